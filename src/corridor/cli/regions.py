"""`corridor regions` and `corridor region`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import Data, Lang, LangOption
from corridor.cli.output import note, workspace


class Page(StrEnum):
    """Formats of a page."""

    text = "text"
    json = "json"
    html = "html"


PageFormat = Annotated[Page, typer.Option("--format", help="How to print; html holds the map.")]
Digits = Annotated[int, typer.Option(help="Digits of the Harmonized System at which goods are told apart.")]
Apportion = Annotated[
    str | None,
    typer.Option(
        metavar="METHOD", help="Share the national flow out to regions, as estimates: exports, total_exports or key."
    ),
]
Key = Annotated[Path | None, typer.Option(metavar="FILE", help="Weights of your own for --apportion key (CSV).")]


@app.command()
def regions(
    exporter: Annotated[str, typer.Argument(help="Whose regions: a code or a name, e.g. RUS.")],
    partner: Annotated[str, typer.Argument(help="To whom they sell, e.g. VNM.")],
    threshold: Annotated[float, typer.Option(help="Share of exports the key regions must cover.")] = 0.8,
    digits: Digits = 4,
    without_head_offices: Annotated[
        bool, typer.Option("--without-head-offices", help="Leave out the regions where head offices declare.")
    ] = False,
    apportion: Apportion = None,
    key: Key = None,
    geojson: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Shapes for the map (GeoJSON) instead of equal tiles.")
    ] = None,
    format: PageFormat = Page.text,
    lang: LangOption = Lang.en,
    data: Data = None,
) -> None:
    """Which regions of EXPORTER sell to PARTNER, and which could.

    Key regions by value, growth, steadiness and breadth. Where no rows are held, the figures that others published.
    """
    made = workspace(data).regions(
        exporter,
        partner,
        threshold=threshold,
        digits=digits,
        head_offices=not without_head_offices,
        apportion=apportion,
        key=key,
        geojson=geojson,
    )
    for line in made.notes(lang.value):
        note(line)
    typer.echo({Page.text: made.text, Page.html: made.html}[format](lang.value) if format != Page.json else made.json())


@app.command()
def region(
    code: Annotated[str, typer.Argument(metavar="REGION", help="A code or a name, e.g. RU-VLG, Vologda.")],
    partner: Annotated[str, typer.Argument(help="To whom it sells, e.g. VNM.")],
    product: Annotated[
        list[str] | None, typer.Option(help="Goods whose national trade is shown beside it; repeat for several.")
    ] = None,
    digits: Digits = 4,
    apportion: Apportion = None,
    key: Key = None,
    format: PageFormat = Page.text,
    lang: LangOption = Lang.en,
    data: Data = None,
) -> None:
    """One region's exports to PARTNER: structure, strength, what it could sell.

    Where no rows are held: its published figures, and the national trade in the goods named.
    """
    made = workspace(data).region(code, partner, products=product or (), digits=digits, apportion=apportion, key=key)
    for line in made.notes(lang.value):
        note(line)
    typer.echo({Page.text: made.text, Page.html: made.html}[format](lang.value) if format != Page.json else made.json())
