"""docs/commands.md: every command and option, from the terminal's own help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from corridor import cli
from pages import markdown


def page() -> str:
    """The page."""
    root: Any = get_command(cli.app)
    return markdown.page(
        "# Commands",
        root.help,
        "Exit codes: 0 done; 1 a failure, said in one line; 2 a question that cannot be asked so."
        " `corridor COMMAND --help` says the same as this page.",
        markdown.table(("command", "what it does"), [(f"[`{n}`](#{n})", c.help) for n, c in root.commands.items()]),
        markdown.table(("option of `corridor` itself", "meaning"), _records(root, options=True)),
        *(part for name, command in root.commands.items() for part in _section(name, command)),
    )


def _section(name: str, command: Any) -> Iterator[str]:
    arguments = [each.metavar or each.name.upper() for each in command.params if not _is_option(each)]
    yield f"## {name}"
    yield command.help
    yield f"```text\n{' '.join(['corridor', name, *arguments, '[OPTIONS]'])}\n```"
    yield markdown.table(("argument", "meaning"), _records(command, options=False)) if arguments else ""
    yield markdown.table(("option", "meaning"), _records(command, options=True))


def _records(command: Any, *, options: bool) -> list[tuple[str, str]]:
    context = typer.Context(command, **(cli.app.info.context_settings or {}))
    wanted = [each for each in command.get_params(context) if _is_option(each) == options]
    return [(f"`{call}`", meaning) for call, meaning in (each.get_help_record(context) for each in wanted)]


def _is_option(parameter: Any) -> bool:
    return bool(parameter.opts[0].startswith("-"))
