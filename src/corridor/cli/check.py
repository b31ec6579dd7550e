"""`corridor check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import AsOf, Data, Lang, Verdicts
from corridor.cli.output import columns, day, note, workspace

if TYPE_CHECKING:
    from corridor.made_check import Text

#: How standard input is named, and what it is called in the answer.
PIPE, PIPE_NAME = "-", "standard input"
#: Exit code of --strict where a claim differs or is inconsistent.
FAULTY = 3


@app.command()
def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Plain text, Markdown, HTML or DOCX; - is standard input."),
    ],
    format: Annotated[Verdicts, typer.Option("--format", help="How to print.")] = Verdicts.text,
    lang: Annotated[
        Lang | None, typer.Option("--lang", help="Language of the reasons.  [default: that of the text]")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write into this file instead of printing.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 3 when a claim differs or is inconsistent.")
    ] = False,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """Check what a published text says about trade, claim by claim.

    Each is compared with every official figure held, with the text's own arithmetic and with the other files given.
    """
    texts = [_read(each) for each in files]
    made = workspace(data).check(*texts, as_of=day(as_of))
    spoken = lang.value if lang else None
    for line in made.notes(spoken or "en"):
        note(line)
    if out is None:
        typer.echo(made.render(format.value, lang=spoken, width=columns()), nl=False)
    else:
        typer.echo(str(made.write(out, format.value, lang=spoken)))
    if strict and made.faulty:
        raise typer.Exit(FAULTY)


def _read(file: str) -> Text:
    from corridor.made_check import read_bytes, read_file, too_long

    return read_bytes(sys.stdin.buffer.read(too_long()), PIPE_NAME) if file == PIPE else read_file(Path(file))
