"""The terminal: parse, call the workspace, print. Heavy things are imported when a command needs them."""

from __future__ import annotations

import os
import sys
from itertools import pairwise

from corridor.cli import (  # each adds its verbs to the program
    add,
    backtest,
    bulletin,
    check,
    find,
    indicator,
    look,
    potential,
    regions,
    serve,
    simulate,
    sql,
    study,
    target,
    tariff,
    template,
    update,
)
from corridor.cli.app import app
from corridor.cli.output import complain
from corridor.errors import CorridorError

__all__ = [
    "add",
    "app",
    "backtest",
    "bulletin",
    "check",
    "find",
    "indicator",
    "look",
    "main",
    "potential",
    "regions",
    "serve",
    "simulate",
    "sql",
    "study",
    "target",
    "tariff",
    "template",
    "update",
]

#: The order in which the help lists the verbs: what people come for first, chores last.
ORDER = (
    "study", "bulletin", "check", "find", "indicator", "potential", "recommend", "regions", "region", "simulate",
    "tariff", "target", "backtest", "add", "update", "template", "sources", "coverage", "checks", "flows", "explain",
    "sql", "serve", "rebuild", "replay",
)  # fmt: skip
app.registered_commands.sort(key=lambda verb: ORDER.index(verb.name or getattr(verb.callback, "__name__", "")))


def main() -> None:
    """Entry point: any failure a person can act on is one line on standard error, and an exit code."""
    _speak_any_code_page()
    try:
        app()
    except CorridorError as error:
        complain(_in_words(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _hush_closed_pipe()
        sys.exit(0)


def _in_words(error: CorridorError) -> str:
    """The failure in the language that was asked for with --lang, however far the command came."""
    asked = [after for word, after in pairwise(sys.argv) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in sys.argv if word.startswith("--lang=")]
    if not asked or asked[-1] not in ("ru", "vi"):
        return error.line()
    from corridor.report.faults import line

    return line(error, asked[-1])


def _speak_any_code_page() -> None:
    """A letter that the console's code page lacks is printed as a question mark, never as an exception."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _hush_closed_pipe() -> None:
    # The reader went away (`corridor flows … | head`): leave nothing for Python to flush into a closed pipe.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
