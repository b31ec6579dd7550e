"""`corridor bulletin`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import Annex, AsOf, Classification, Data, Lang, LangOption, Prose, Release, Source
from corridor.cli.output import day, note, require_file, workspace


@app.command()
def bulletin(
    reporter: Annotated[str, typer.Argument(help="Whose trade: a code or a name, e.g. VNM.")],
    partner: Annotated[str, typer.Argument(help="With whom: a country, or a group of countries such as EAEU.")],
    period: Annotated[str, typer.Argument(help="2025-01, 2025Q3, 2025-01:2025-09 or 2025.")],
    lang: LangOption = Lang.en,
    format: Annotated[Prose, typer.Option("--format", help="How to print.")] = Prose.md,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write into this file instead of printing.")] = None,
    annex: Annotated[
        Annex, typer.Option(help="Rows of both flows: none, short (the period), full (the year to date too).")
    ] = Annex.full,
    previous: Annotated[bool, typer.Option("--previous", help="Compare with the period just before, too.")] = False,
    working_days: Annotated[
        bool, typer.Option("--working-days", help="Tell growth per working day, too (Viet Nam's calendar).")
    ] = False,
    named: Annotated[int, typer.Option(help="Groups named in one list.")] = 6,
    least_contribution: Annotated[
        float, typer.Option(help="Name groups that moved the total by at least this share of it (0.001 = 0.1 %).")
    ] = 0.001,
    least_value: Annotated[
        float, typer.Option(help="USD a group needs to be named by its rate, as new or as vanished.")
    ] = 100_000,
    least_growth: Annotated[float, typer.Option(help="Rate a group needs to be named by it (0.3 = 30 %).")] = 0.3,
    tolerance: Annotated[
        float, typer.Option(help="Tell a later release that changes a growth rate by more (0.01 = 1 point).")
    ] = 0.01,
    source: Source = None,
    release: Release = None,
    classification: Classification = None,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """The bulletin of REPORTER's trade with PARTNER in one period, as a trade office writes it."""
    from corridor.bulletin.assignment import Thresholds
    from corridor.made_bulletin import TEXTS

    require_file(format.value, out, printable=TEXTS)
    made = workspace(data).bulletin(
        reporter,
        partner,
        period,
        previous=previous,
        working_days=working_days,
        thresholds=Thresholds(named, least_contribution, least_value, least_growth, tolerance),
        as_of=day(as_of),
        source=source,
        release=release,
        classification=classification,
    )
    for line in made.notes(lang.value):
        note(line)
    if out is not None:
        typer.echo(str(made.write(out, format.value, lang=lang.value, annex=annex.value)))
    else:
        typer.echo(made.render(format.value, lang=lang.value, annex=annex.value), nl=False)
