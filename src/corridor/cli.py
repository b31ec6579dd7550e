"""The terminal: parse, call the workspace, print. Heavy things are imported when a command needs them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corridor import __version__
from corridor.errors import CorridorError, UsageError

if TYPE_CHECKING:
    from corridor.ingest import AddReport
    from corridor.workspace import Workspace

app = typer.Typer(
    name="corridor",
    help="Trade between two economies: from official tables to a five-stage study, every number traceable to its row.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Lang(StrEnum):
    """Languages of the reports."""

    en = "en"
    ru = "ru"
    vi = "vi"


class Detail(StrEnum):
    """How much of the study the report shows."""

    short = "short"
    full = "full"


class Rows(StrEnum):
    """Formats of the commands that print rows."""

    text = "text"
    json = "json"
    csv = "csv"


class Prose(StrEnum):
    """Formats of a bulletin."""

    md = "md"
    html = "html"
    json = "json"


class Annex(StrEnum):
    """How much of the annex a bulletin prints."""

    none = "none"
    short = "short"
    full = "full"


class Words(StrEnum):
    """Formats of the commands that print an argument or an outcome."""

    text = "text"
    json = "json"


DEFAULT_DATA = "corridor-data"
Data = Annotated[
    Path | None, typer.Option("--data", help=f"Folder of the store.  [default: $CORRIDOR_DATA, else ./{DEFAULT_DATA}]")
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="What had been published by that day.")]
Source = Annotated[str | None, typer.Option(help="Use this source instead of the default one (see: corridor sources).")]
Release = Annotated[str | None, typer.Option(help="first, revised or official.")]
Classification = Annotated[str | None, typer.Option(help="Classification of the goods, e.g. VNC.")]
PeriodOption = Annotated[
    str | None, typer.Option("--period", help="2025, 2025Q3, 2025-01, 2025-01:2025-09 or 2023:2025.")
]
Freq = Annotated[str | None, typer.Option("--freq", help="M, Q, A or YTD: which kind of periods.")]
LangOption = Annotated[Lang, typer.Option("--lang", help="Language of the text and of the numbers.")]
RowsFormat = Annotated[Rows, typer.Option("--format", help="How to print.")]
WordsFormat = Annotated[Words, typer.Option("--format", help="How to print.")]


def main() -> None:
    """Entry point: any failure a person can act on is one line on standard error, and an exit code."""
    _speak_any_code_page()
    try:
        app()
    except CorridorError as error:
        _complain(error.line())
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _hush_closed_pipe()
        sys.exit(0)


@app.callback(invoke_without_command=True)
def _corridor(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"corridor {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def study(
    exporter: Annotated[str, typer.Argument(help="Whose exports: a code or a name, e.g. RUS, Nga, Russia.")],
    partner: Annotated[str, typer.Argument(help="To whom, e.g. VNM, Вьетнам.")],
    years: Annotated[str | None, typer.Option(help="2023:2025; short for --period with years.")] = None,
    period: PeriodOption = None,
    freq: Freq = None,
    lang: LangOption = Lang.en,
    format: Annotated[str, typer.Option("--format", help="html, json, md; several with commas.")] = "html",
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("report"),
    detail: Annotated[Detail, typer.Option(help="short folds the chapters, full opens them.")] = Detail.short,
    threshold: Annotated[float, typer.Option(help="Share of exports the key regions must cover.")] = 0.8,
    source: Source = None,
    release: Release = None,
    classification: Classification = None,
    as_of: AsOf = None,
    archive: Annotated[
        Path | None, typer.Option(help="Also pack report, tables, sources and options into this .zip.")
    ] = None,
    data: Data = None,
) -> None:
    """The five-stage study of what EXPORTER sells to PARTNER.

    The return direction has chapters of its own.
    """
    if years and period:
        raise UsageError("--years and --period are two words for one thing", next_step="give one of them")
    formats = _formats(format)
    made = _workspace(data).study(
        exporter,
        partner,
        period=years or period,
        freq=freq,
        as_of=_day(as_of),
        source=source,
        release=release,
        classification=classification,
        threshold=threshold,
    )
    for line in made.notes():
        _note(line)
    for path in made.write(out, formats=formats, lang=lang.value, detail=detail.value):
        typer.echo(str(path))
    if archive is not None:
        typer.echo(str(made.archive(archive, formats=formats, lang=lang.value, detail=detail.value)))


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

    made = _workspace(data).bulletin(
        reporter,
        partner,
        period,
        previous=previous,
        thresholds=Thresholds(named, least_contribution, least_value, least_growth, tolerance),
        as_of=_day(as_of),
        source=source,
        release=release,
        classification=classification,
    )
    for line in made.notes():
        _note(line)
    if out is None:
        typer.echo(made.render(format.value, lang=lang.value, annex=annex.value), nl=False)
    else:
        typer.echo(str(made.write(out, format.value, lang=lang.value, annex=annex.value)))


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, as downloaded from the publishers.")],
    data: Data = None,
) -> None:
    """Add publishers' files to the store.

    Each is recognised by what it says, not by its name; good files are kept, each refused one is named in one line.
    """
    with _progress("Reading") as progress:
        report = _workspace(data).add(paths, progress=progress)
    raise typer.Exit(_told(report, "added"))


@app.command()
def sources(format: RowsFormat = Rows.text, lang: LangOption = Lang.en, data: Data = None) -> None:
    """Which publishers can be read, and what is held of each."""
    _print_rows(_workspace(data).sources(lang=lang.value), format, lang, "sources")


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
    table = _workspace(data).coverage(
        reporter, partner, period=period, freq=freq, source=source, release=release, as_of=_day(as_of)
    )
    _print_rows(table, format, lang, "coverage")


@app.command()
def flows(
    reporter: Annotated[str, typer.Argument(help="Who reports.")],
    partner: Annotated[str, typer.Argument(help="Trade with whom.")],
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
    table = _workspace(data).flows(
        reporter,
        partner,
        period=period,
        freq=freq,
        source=source,
        release=release,
        classification=classification,
        as_of=_day(as_of),
    )
    _print_rows(table, format, lang, "flows")


@app.command()
def explain(
    id: Annotated[str, typer.Argument(metavar="ID", help="A recommendation's id, or the trace id of a figure.")],
    lang: LangOption = Lang.en,
    format: WordsFormat = Words.text,
    data: Data = None,
) -> None:
    """The argument or the publisher's row behind an ID.

    The ID of a recommendation gives its whole argument, the trace id of a figure the publisher's row.
    """
    typer.echo(_workspace(data).explain(id, lang=lang.value, as_json=format is Words.json))


@app.command()
def rebuild(data: Data = None) -> None:
    """Make all tables again from the publishers' files."""
    with _progress("Rebuilding") as progress:
        report = _workspace(data).rebuild(progress=progress)
    code = _told(report, "rebuilt")
    if not report.replaced:
        _complain("the old tables stay as they are, because a file they answer from could not be read again")
    raise typer.Exit(code if report.replaced else 1)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="An archive made with corridor study --archive.")],
    format: WordsFormat = Words.text,
    data: Data = None,
) -> None:
    """Run an archived study again: which numbers moved, why."""
    outcome = _workspace(data).replay(file)
    typer.echo(outcome.json() if format is Words.json else outcome.text())


def _told(report: AddReport, done: str) -> int:
    """Says what became of the files: a line for each that was refused or not wholly understood, then the count."""
    refused = report.of("refused")
    for outcome in refused:
        _complain(outcome.message)
    for outcome in report.of("added"):
        if outcome.not_understood:
            rows = _counted(outcome.not_understood, "row")
            _complain(f"{outcome.path.name}: {rows} not understood, set aside with the reason")
    counts = [
        f"{len(report.of('added'))} {done}",
        f"{len(report.of('already_held'))} already held",
        f"{len(refused)} refused",
        f"{_counted(report.not_understood, 'row')} not understood",
    ]
    typer.echo(f"{_counted(len(report.outcomes), 'file')}: {', '.join(counts)}")
    return 1 if refused else 0


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _formats(text: str) -> list[str]:
    """The report's formats, each once; asked before the study is made, which takes longer than a mistyped letter."""
    from corridor.made_study import FORMATS

    asked = list(dict.fromkeys(text.replace(",", " ").lower().split()))
    if not asked or set(asked) - set(FORMATS):
        unknown = ", ".join(f"“{each}”" for each in asked if each not in FORMATS) or "“”"
        raise UsageError(f"no format {unknown}", next_step=f"there are: {', '.join(FORMATS)}")
    return asked


def _workspace(data: Path | None) -> Workspace:
    from corridor.workspace import Workspace

    return Workspace(data or Path(os.environ.get("CORRIDOR_DATA") or DEFAULT_DATA))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{text}” is no date", next_step="write it as 2025-06-30") from None


def _print_rows(table: Any, format: Rows, lang: Lang, what: str) -> None:
    from corridor.report.rows import as_csv, as_json, as_text

    if format is Rows.json:
        typer.echo(as_json(table, what))
    elif format is Rows.csv:
        # Bytes, because the byte order mark and the line ends are part of what Excel expects.
        sys.stdout.buffer.write(as_csv(table, lang.value))
    else:
        typer.echo(as_text(table, what, lang.value, width=_width()))


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((120, 40)).columns if sys.stdout.isatty() else 200


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress bar on a terminal, none in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, name="")
        yield lambda done, total, name: bar.update(task, completed=done, total=total, name=name)


def _speak_any_code_page() -> None:
    """A letter that the console's code page lacks is printed as a question mark, never as an exception."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _hush_closed_pipe() -> None:
    # The reader went away (`corridor flows … | head`): leave nothing for Python to flush into a closed pipe.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _complain(line: str) -> None:
    typer.echo(line, err=True)


def _note(line: str) -> None:
    typer.echo(line, err=True)


if __name__ == "__main__":
    main()
