"""The program: one typer application, to which every verb's module adds itself."""

from __future__ import annotations

from typing import Annotated

import typer

from corridor import __version__

app = typer.Typer(
    name="corridor",
    help="Trade between two economies: from official tables to a five-stage study, every number traceable to its row.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
