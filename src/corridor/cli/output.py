"""What verbs share when they open the store and print."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from corridor.cli.options import DEFAULT_DATA, Lang, Rows
from corridor.errors import UsageError

if TYPE_CHECKING:
    from corridor.made_advice import Answer
    from corridor.workspace import Workspace


def workspace(data: Path | None) -> Workspace:
    """The workspace over the folder named, else over the one the environment names, else over the usual one."""
    from corridor.workspace import Workspace

    return Workspace(data or Path(os.environ.get("CORRIDOR_DATA") or DEFAULT_DATA))


def day(text: str | None) -> date | None:
    """The day a user wrote; `UsageError` for anything that is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{text}” is no date", next_step="write it as 2025-06-30") from None


def print_rows(
    table: Any, format: Rows, lang: Lang, what: str, beside: Sequence[str] = (), notes: Sequence[str] = ()
) -> None:
    """Prints a table as a person, a program or a spreadsheet wants it; ``beside``: lines that explain it.

    A spreadsheet has no place for the lines: they go to standard error. ``notes`` are for a program alone: a person has
    read them on standard error.
    """
    from corridor.report.rows import as_csv, as_json, as_text

    if format is Rows.json:
        typer.echo(as_json(table, what, explained=beside, notes=notes))
    elif format is Rows.csv:
        # Bytes, because the byte order mark and the line ends are part of what Excel expects.
        sys.stdout.buffer.write(as_csv(table, lang.value))
    else:
        typer.echo(as_text(table, what, lang.value, width=columns(in_pipe=200)))
    if beside and format is not Rows.json:
        typer.echo("\n".join(("", *beside) if format is Rows.text else beside), err=format is Rows.csv)


def print_answer(answer: Answer, format: Rows, lang: Lang, what: str) -> None:
    """Prints a table under the lines that belong above it; a spreadsheet gets them on standard error."""
    from corridor.report.rows import as_answer

    if format is Rows.json:
        typer.echo(as_answer(answer.table, answer.apart, what, answer.title, answer.notes))
        return
    told = typer.echo if format is Rows.text else note
    for line in (answer.title, *answer.notes):
        told(line)
    print_rows(answer.table, format, lang, what)
    if format is Rows.text and answer.apart.height:
        print_rows(answer.apart, format, lang, f"{what}_apart")


def require_file(format: str, out: Path | None, *, printable: Collection[str]) -> None:
    """Raises `UsageError` where what is no text is to be printed: a word processor's file needs a name."""
    if out is None and format not in printable:
        raise UsageError(f"a {format} file cannot be printed", next_step="name a file with --out")


def columns(in_pipe: int = 100) -> int:
    """The width of the terminal; ``in_pipe`` where the answer goes into a pipe or a file."""
    import shutil

    return shutil.get_terminal_size((120, 40)).columns if sys.stdout.isatty() else in_pipe


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int, str], None] | None]:
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


def complain(line: str) -> None:
    """One line on standard error: something went wrong."""
    typer.echo(line, err=True)


def note(line: str) -> None:
    """One line on standard error: something to know beside the answer."""
    typer.echo(line, err=True)


def counted(number: int, noun: str) -> str:
    """A number with its noun in the singular or the plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
