"""`corridor template`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corridor.cli.app import app


@app.command()
def template(
    kind: Annotated[str, typer.Argument(help="What to fill in: region.")],
    country: Annotated[str, typer.Option(help="Whose regions the sheet lists.")] = "RUS",
    out: Annotated[Path, typer.Option(help="The file to write; an existing one is left alone.")] = Path("region.xlsx"),
) -> None:
    """An XLSX sheet to fill in; corridor add reads it back.

    For figures that no publisher's file holds, each with its source.
    """
    from corridor.codes import areas
    from corridor.made_template import write

    typer.echo(str(write(kind, out, areas.find(country).code)))
