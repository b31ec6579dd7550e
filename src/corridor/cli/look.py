"""`corridor sources`, `coverage`, `flows` and `explain`: what is there."""

from __future__ import annotations

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
    Words,
    WordsFormat,
)
from corridor.cli.output import day, print_rows, workspace


@app.command()
def sources(format: RowsFormat = Rows.text, lang: LangOption = Lang.en, data: Data = None) -> None:
    """Which publishers can be read, and what is held of each."""
    print_rows(workspace(data).sources(lang=lang.value), format, lang, "sources")


@app.command()
def coverage(
    reporter: Annotated[str, typer.Argument(help="Who reports.")],
    partner: Annotated[str, typer.Argument(help="Trade with whom.")],
    period: PeriodOption = None,
    freq: Freq = None,
    source: Source = None,
    release: Release = None,
    format: RowsFormat = Rows.text,
    lang: LangOption = Lang.en,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """What was printed on a pair, and why a period is missing.

    Table by table and period by period, with a reason for every hole.
    """
    table = workspace(data).coverage(
        reporter, partner, period=period, freq=freq, source=source, release=release, as_of=day(as_of)
    )
    print_rows(table, format, lang, "coverage")


@app.command()
def flows(
    reporter: Annotated[str, typer.Argument(help="Who reports.")],
    partner: Annotated[str, typer.Argument(help="Trade with whom.")],
    product: Annotated[
        str | None, typer.Option("--product", help="One product: its code, or a group by name.", metavar="PRODUCT")
    ] = None,
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
    """The figures themselves, each with its source row.

    All releases are printed unless one is named.
    """
    table = workspace(data).flows(
        reporter,
        partner,
        product=product,
        period=period,
        freq=freq,
        source=source,
        release=release,
        classification=classification,
        as_of=day(as_of),
    )
    print_rows(table, format, lang, "flows")


@app.command()
def explain(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The id of a recommendation or of a ranked candidate, or the trace id of a figure."
        ),
    ],
    lang: LangOption = Lang.en,
    format: WordsFormat = Words.text,
    data: Data = None,
) -> None:
    """The argument or the publisher's row behind an ID.

    The ID of a recommendation or of a candidate of `corridor recommend` gives its whole argument, the trace id of a
    figure the publisher's row.
    """
    typer.echo(workspace(data).explain(id, lang=lang.value, as_json=format is Words.json))
