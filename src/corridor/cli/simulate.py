"""`corridor simulate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import AsOf, Data, Lang, LangOption, Rows, RowsFormat
from corridor.cli.output import day, note, print_rows, workspace


@app.command()
def simulate(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO.yml", help="The scenario's file.")],
    format: RowsFormat = Rows.text,
    lang: LangOption = Lang.en,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """What a change of duties does: before, after, difference.

    Partial equilibrium, product by product; import demand half and twice as elastic stands beside every result.
    """
    made = workspace(data).simulate(scenario, as_of=day(as_of))
    for line in made.notes(lang.value):
        note(line)
    if format is Rows.json:
        typer.echo(made.json())
    else:
        print_rows(made.shown() if format is Rows.text else made.rows(), format, lang, "simulation")
