"""`corridor target`."""

from __future__ import annotations

from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import Data, Lang, LangOption, Rows, RowsFormat
from corridor.cli.output import note, print_rows, workspace


@app.command()
def target(
    one: Annotated[str, typer.Argument(metavar="A", help="One economy: a code or a name.")],
    other: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    billion: Annotated[float, typer.Option(help="The turnover promised, billions of US dollars.")],
    by: Annotated[int, typer.Option(metavar="YEAR", help="The year it is promised for.")],
    statistics: Annotated[str, typer.Option(help="Whose statistics it is counted in: A or B; there is no default.")],
    format: RowsFormat = Rows.text,
    lang: LangOption = Lang.en,
    data: Data = None,
) -> None:
    """What a promised turnover asks for, in whose statistics.

    Growth a year in both sides' figures, and what each group must add.
    """
    made = workspace(data).target(one, other, billion * 1e9, by, statistics=statistics)
    for line in made.notes(lang.value):
        note(line)
    if format is Rows.json:
        typer.echo(made.json())
    else:
        print_rows(made.groups, format, lang, "target")
