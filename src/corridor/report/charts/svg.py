"""From a specification to an SVG that can stand inside a page: no scripts, no addresses, no names that could clash."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from xml.sax.saxutils import escape

import vl_convert
from altair.utils.schemapi import debug_mode

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import ROW, TOKENS, Look, Spec, number_locale
from corridor.report.documents.document import ChartKind

_SIZE = re.compile(r'^<svg [^>]*?width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>')
_EMPTY = re.compile(
    r'<path class="(?:background|foreground)" aria-hidden="true" d="[^"]*"'
    r'(?: pointer-events="none")?(?: display="none")?/>'
    r'|<rect [^>]*fill="transparent"/>'
)
_NOISE = re.compile(r' (?:class|aria-[a-z]+|role|pointer-events|stroke-miterlimit)="[^"]*"| opacity="1"')
_ROW = re.compile(rf'aria-label="{ROW} (\d+)"')
_FONT = re.compile(r'font-family="[^"]*"')
_COLOUR = re.compile("|".join(TOKENS))


def specification(kind: ChartKind, figures: Figures, look: Look) -> Spec:
    """The Vega-Lite specification of a chart: `draw` of the module of its kind."""
    draw: Callable[[Figures, Look], Spec] = import_module(f"corridor.report.charts.{kind}").draw
    # Altair checks every part against the schema of Vega-Lite, which costs more than drawing; the tests check it.
    with debug_mode(False):
        return draw(figures, look)


@lru_cache(maxsize=256)
def drawing(kind: ChartKind, figures: Figures, look: Look) -> str:
    """The drawing as bare SVG in its own colours, as it is printed."""
    return _plain(
        vl_convert.vegalite_to_svg(
            specification(kind, figures, look), format_locale=number_locale(look.lang), allowed_base_urls=[]
        )
    )


def picture(kind: ChartKind, figures: Figures, look: Look) -> str:
    """The drawing for a page: its colours as CSS variables with the light colours to fall back on."""
    return _COLOUR.sub(lambda match: f"var(--chart-{TOKENS[match[0]]},{match[0]})", drawing(kind, figures, look))


def in_font(drawn: str, family: str) -> str:
    """The drawing with all its words in one font."""
    return _FONT.sub(f'font-family="{family}"', drawn)


def size(drawn: str) -> tuple[float, float]:
    """Width and height of a drawing in pixels."""
    found = _SIZE.match(drawn)
    if found is None:
        raise ValueError("no SVG drawing")
    return float(found["width"]), float(found["height"])


def embedded(drawn: str, title: str, description: str, name: str) -> str:
    """The drawing for a page: an image with a title and a description; ``name`` makes its ids unique."""
    width, height = (f"{side:g}" for side in size(drawn))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
    )
    return head + drawn.partition(">")[2]


def _plain(drawn: str) -> str:
    head, bracket, body = _EMPTY.sub("", _ROW.sub(r'data-row="\1"', drawn)).partition(">")
    # The halo of a text is painted before its letters.
    return (
        head
        + bracket
        + _NOISE.sub("", body).replace(' stroke-linejoin="round"', ' stroke-linejoin="round" paint-order="stroke"')
    )
