"""`corridor update`: files from the publishers into the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import Data
from corridor.cli.output import complain, counted, note, progress, workspace
from corridor.errors import UsageError

if TYPE_CHECKING:
    from corridor.ingest.updating import UpdateReport


@app.command()
def update(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WHAT...", help="A publisher, e.g. un_comtrade; two economies; or both."),
    ],
    years: Annotated[
        str | None, typer.Option("--years", metavar="A:B", help="Years, both included.  [default: the last ten]")
    ] = None,
    classification: Annotated[
        str | None, typer.Option(help="Edition of the goods, e.g. HS17 of BACI or H5 of UN Comtrade.")
    ] = None,
    edition: Annotated[
        str | None, typer.Option(help="Edition of the data where there are several, e.g. 202601.")
    ] = None,
    base: Annotated[
        list[str] | None,
        typer.Option("--base", metavar="SOURCE=URL", help="Ask this publisher at another address."),
    ] = None,
    data: Data = None,
) -> None:
    """Download from the publishers and add the files.

    Two economies alone mean all that can be had of their trade. What could not be had is said, and stays in the
    coverage until it is.
    """
    with progress("Downloading") as bar:
        report = workspace(data).update(
            words,
            years=_years(years),
            classification=classification,
            edition=edition,
            bases=dict(_base(each) for each in base or []),
            progress=bar,
        )
    raise typer.Exit(_told(report))


def _years(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    first, _, last = text.partition(":")
    last = last or first
    if not (_is_year(first) and _is_year(last) and int(first) <= int(last)):
        raise UsageError(f"“{text}” are no years", next_step="write them as 2015:2024")
    return int(first), int(last)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal()


def _base(text: str) -> tuple[str, str]:
    source, equals, address = text.partition("=")
    if not (source and equals and address):
        raise UsageError(f"“{text}” names no address", next_step="write it as un_comtrade=https://…")
    return source, address


def _told(report: UpdateReport) -> int:
    """Says what came and what did not: a line for each fault, gap and refused file, then the count."""
    from corridor.ingest.updating import lines

    refused = report.files.of("refused")
    wrong = [*report.faults, *lines(report.gaps), *(outcome.message for outcome in refused)]
    for line in wrong:
        complain(line)
    if report.left_out:
        note(f"not asked, because no reader knows their files yet: {', '.join(report.left_out)}")
    counts = [
        f"{len(report.files.of('added'))} added",
        f"{len(report.files.of('already_held'))} already held",
        f"{report.unchanged} unchanged at the publisher",
        f"{len(refused)} refused",
        f"{counted(report.files.not_understood, 'row')} not understood",
        f"{counted(len(report.missed), 'period')} not had",
    ]
    typer.echo(f"{counted(report.files.named, 'file')}: {', '.join(counts)}")
    return 1 if wrong else 0
