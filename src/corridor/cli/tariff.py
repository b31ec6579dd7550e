"""`corridor tariff`: the market-access card of a product, and negotiation sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import AsOf, Data, Lang, LangOption, Rows, RowsFormat
from corridor.cli.output import day, note, print_rows, workspace
from corridor.errors import UsageError


@app.command()
def tariff(
    reporter: Annotated[str, typer.Argument(help="Whose duties: the importer, a code or a name.")],
    partner: Annotated[str, typer.Argument(help="On whose goods.")],
    product: Annotated[
        str | None, typer.Argument(help="A tariff line, the beginning of a code, or a customs group, e.g. coal.")
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(help="request, defensive, coverage, averages, peaks, escalation, staging or revenue: all lines."),
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Rates in force on that day.  [default: today]")
    ] = None,
    notes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="YAML file of dated notes to print beside the card.")
    ] = None,
    format: RowsFormat = Rows.text,
    lang: LangOption = Lang.en,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """What a partner's goods pay at the border, and what rivals pay.

    With a PRODUCT its market-access card: MFN, preferential and competitors' duties, taxes as printed, quota,
    certificate. With --sheet a negotiation sheet over all lines.
    """
    if (product is None) == (sheet is None):
        raise UsageError("name a product, or a sheet with --sheet", next_step="e.g. corridor tariff VNM RUS coal")
    made = workspace(data).tariff(
        reporter, partner, product, sheet=sheet, on=day(on), notes=notes, lang=lang.value, as_of=day(as_of)
    )
    for line in made.notes(lang.value):
        note(line)
    if format is Rows.json:
        typer.echo(made.json())
    else:
        print_rows(made.table, format, lang, made.what)
