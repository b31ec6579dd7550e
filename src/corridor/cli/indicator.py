"""`corridor indicator`: any indicator on the figures that are held."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import (
    AsOf,
    Classification,
    Data,
    Freq,
    Lang,
    LangOption,
    PeriodOption,
    Release,
    Rows,
    RowsFormat,
    Source,
)
from corridor.cli.output import day, note, print_rows, workspace
from corridor.errors import UsageError


class Over(StrEnum):
    """What a distribution is over."""

    product = "product"
    partner = "partner"


class Flow(StrEnum):
    """Which way a reporter's trade goes."""

    export = "export"
    import_ = "import"


@app.command()
def indicator(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Its name, e.g. hhi (see --list).")] = None,
    exporter: Annotated[str | None, typer.Option(help="Who sells.")] = None,
    importer: Annotated[str | None, typer.Option(help="Who buys.")] = None,
    reporter: Annotated[str | None, typer.Option(help="Whose figures; the seller's or buyer's alike.")] = None,
    partner: Annotated[str | None, typer.Option(help="The other side of the one named.")] = None,
    flow: Annotated[Flow | None, typer.Option(help="With --reporter: its exports or its imports.")] = None,
    product: Annotated[str | None, typer.Option(help="One product: a code or a group's name.")] = None,
    over: Annotated[Over | None, typer.Option(help="Distribution over products or partners.")] = None,
    top: Annotated[int | None, typer.Option(min=1, help="The largest rows only.")] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="OPTION=VALUE", help="An option of the indicator, e.g. n=5.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the formula with the numbers put in.")] = False,
    among_held: Annotated[
        bool, typer.Option("--among-held", help="Take the economies held for the whole world, however few.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="Name every indicator with its options, and stop.")] = False,
    period: PeriodOption = None,
    freq: Freq = None,
    source: Source = None,
    release: Release = None,
    classification: Classification = None,
    format: RowsFormat = Rows.text,
    lang: LangOption = Lang.en,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """An indicator of what is held, e.g. hhi --exporter VNM --importer RUS.

    What the store lacks for it is said in one line.
    """
    ws = workspace(data)
    if list_:
        print_rows(ws.indicators(), format, lang, "indicators")
        return
    if name is None:
        raise UsageError("which indicator?", next_step="corridor indicator --list names all")
    sides = _sides(exporter, importer, reporter, partner, flow)
    found = ws.indicator(
        name,
        **sides,
        product=product,
        over=over.value if over else None,
        period=period,
        freq=freq,
        source=source,
        release=release,
        classification=classification,
        among_held=among_held,
        as_of=day(as_of),
        options=dict(map(_option, set_ or ())),
    )
    rows = found.largest(top)
    for line in (*ws.notes(lang.value), *found.laid.notes):
        note(line)
    print_rows(rows, format, lang, "indicator", found.explained(rows) if explain else (), found.laid.notes)


def _sides(
    exporter: str | None, importer: str | None, reporter: str | None, partner: str | None, flow: Flow | None
) -> dict[str, str | None]:
    """Who sells, who buys and who reports, however the user said it."""
    if flow and not reporter:
        raise UsageError("whose exports or imports?", next_step="--flow goes with --reporter")
    if reporter and not (exporter or importer):
        buys = flow is Flow.import_
        exporter, importer = (partner, reporter) if buys else (reporter, partner)
    elif partner and exporter and importer:
        raise UsageError("three sides are one too many", next_step="leave out --partner")
    elif partner:
        exporter, importer = exporter or partner, importer or partner
    return {"exporter": exporter, "importer": importer, "reporter": reporter}


def _option(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise UsageError(f"“{text}” is no option", next_step="write it as NAME=VALUE, e.g. --set n=5")
    return name.strip(), value.strip()
