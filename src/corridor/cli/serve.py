"""`corridor serve`: the verbs as pages."""

from __future__ import annotations

from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import Data
from corridor.cli.output import note, workspace
from corridor.errors import CorridorError


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen at; one open to a network needs --token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 8000,
    token: Annotated[
        str | None,
        typer.Option(envvar="CORRIDOR_TOKEN", help="Word without which nothing is shown; 16 letters or more."),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    data: Data = None,
) -> None:
    """The same as pages in the browser, on this machine.

    Needs the extra web: pip install 'corridor[web]'.
    """
    from corridor.web.settings import Settings

    settings = Settings(workspace(data).store.directory, host, port, token)
    try:
        from corridor.web.serving import serve
    except ModuleNotFoundError as missing:
        raise CorridorError(
            f"the pages need {missing.name}, which is not installed", next_step="pip install 'corridor[web]'"
        ) from None
    note(f"{settings.address} (Ctrl+C stops)")
    serve(settings, browser=browser)
