"""`corridor add`, `corridor rebuild` and `corridor checks`: files into the store, and what is odd in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import Data, Lang, LangOption, Rows, RowsFormat, Source, Words, WordsFormat
from corridor.cli.output import complain, counted, note, print_rows, progress, workspace
from corridor.errors import UsageError

if TYPE_CHECKING:
    from corridor.ingest import AddReport


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of them, as downloaded.")],
    data: Data = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", metavar="MAP", help="What the columns of a table of your own mean (YAML).")
    ] = None,
    guess: Annotated[bool, typer.Option("--guess", help="Print a map proposed for a table; nothing is added.")] = False,
    format: WordsFormat = Words.text,
) -> None:
    """Add publishers' files to the store.

    Each is recognised by what it says, not by its name; good files are kept, each refused one is named in one line.
    """
    if (guess or map_file) and len(paths) != 1:
        raise UsageError("a map is of one table", next_step="name one file")
    if guess:
        typer.echo(workspace(data).guess_map(paths[0]), nl=False)
        return
    with progress("Reading") as bar:
        held = workspace(data)
        report = held.add_own(paths[0], map_file, progress=bar) if map_file else held.add(paths, progress=bar)
    if format is Words.json:
        typer.echo(report.json())
        raise typer.Exit(1 if report.of("refused") else 0)
    raise typer.Exit(_told(report, "added"))


@app.command()
def checks(
    source: Source = None,
    file: Annotated[str | None, typer.Option(help="Only of the file added under this name.")] = None,
    format: RowsFormat = Rows.text,
    lang: LangOption = Lang.en,
    data: Data = None,
) -> None:
    """What is odd in the files that were added.

    Levels of goods that do not add up, unit values far from the others, periods with too few rows, slips by a
    thousand, and what was not checked. A finding changes no figure.
    """
    print_rows(workspace(data).checks(source=source, file=file), format, lang, "checks")


@app.command()
def rebuild(data: Data = None) -> None:
    """Make all tables again from the publishers' files."""
    with progress("Rebuilding") as bar:
        report = workspace(data).rebuild(progress=bar)
    code = _told(report, "rebuilt")
    if not report.replaced:
        complain("the old tables stay as they are, because a file they answer from could not be read again")
    raise typer.Exit(code if report.replaced else 1)


def _told(report: AddReport, done: str) -> int:
    """Says what became of the files: a line for each that was refused or not wholly understood, then the count."""
    refused = report.of("refused")
    for outcome in refused:
        complain(outcome.message)
    for outcome in report.of("left_out"):
        note(outcome.message)
    for outcome in report.of("added"):
        if outcome.not_understood:
            rows = counted(outcome.not_understood, "row")
            complain(f"{outcome.path.name}: {rows} not understood, set aside with the reason")
    if report.findings:
        kinds = ", ".join(f"{kind} {count}" for kind, count in report.findings.items())
        note(f"findings of the checks, which change no figure: {kinds}; see: corridor checks")
    counts = [
        f"{len(report.of('added'))} {done}",
        f"{len(report.of('already_held'))} already held",
        f"{len(refused)} refused",
        f"{counted(report.not_understood, 'row')} not understood",
    ]
    typer.echo(f"{counted(report.named, 'file')}: {', '.join(counts)}")
    return 1 if refused else 0
