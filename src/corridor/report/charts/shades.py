"""Five shades of one colour, each the same number of times the one before, and their key: what maps share."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import altair as alt

from corridor.report.catalogue import catalogue
from corridor.report.charts.figures import Figures, Mark
from corridor.report.charts.look import FIRST, GREYS, LETTER, MUTED, PAPER, Look, table
from corridor.report.numbers import grouped

#: Shades of one colour, so that no pair of colours must be told apart; their order survives a grey print.
SHADES = (0.14, 0.32, 0.52, 0.75, 1.0)
#: From this shade on, letters are light.
_DARK = 3
KEY = 20
#: The largest figure over the smallest that has a shade of its own: at most ten times lie between two shades.
_SPAN = 1e5
#: Significant digits of the ends of a class that are below one unit.
_BELOW_ONE = 2
#: How a figure, a zero and no figure are painted.
LOOKS: dict[str, dict[str, Any]] = {
    "value": {"color": FIRST},
    "zero": {"color": PAPER, "stroke": FIRST, "strokeWidth": 1},
    "none": {"color": PAPER, "stroke": GREYS[1], "strokeWidth": 1, "strokeDash": [2, 3]},
}  # fmt: skip


def shades(figures: Figures) -> list[int | None]:
    """The class of each row, the darkest holding the largest; None for zero and no figure.

    Trade is uneven: a few regions sell most of it. The ends of classes are in one ratio, so that a shade joins what is
    of one size, and what is `_SPAN` times smaller than the largest, or less, is of the lightest.
    """
    positive = [value for mark in figures.marks if (value := mark.values[0]) is not None and value > 0]
    if not positive:
        return [None for _ in figures.marks]
    most = max(positive)
    least = max(min(positive), most / _SPAN)
    return [_class(mark.values[0], least, most) for mark in figures.marks]


def _class(value: float | None, least: float, most: float) -> int | None:
    if value is None or value <= 0:
        return None
    if most == least:
        return len(SHADES) - 1
    place = math.log(max(value, least) / least) / math.log(most / least)
    return min(int(len(SHADES) * place), len(SHADES) - 1)


def paint(value: float | None, shade: int | None) -> dict[str, Any]:
    """How an area of a class is painted."""
    if value is None:
        return {"kind": "none", "opacity": 1.0, "light": False}
    if shade is None:
        return {"kind": "zero", "opacity": 1.0, "light": False}
    return {"kind": "value", "opacity": SHADES[shade], "light": shade >= _DARK}


def key(figures: Figures, classes: list[int | None], top: float, look: Look) -> Iterator[dict[str, Any]]:
    """A swatch for each shade with the smallest and largest figure in it, then one for zero and one for no figure."""
    entries = []
    for shade in range(len(SHADES)):
        of = [mark for mark, own in zip(figures.marks, classes, strict=True) if own == shade]
        if of:
            ends = sorted(of, key=lambda mark: mark.values[0] or 0.0)
            least, most = _bound(ends[0], look), _bound(ends[-1], look)
            entries.append((least if least == most else f"{least} – {most}", paint(1.0, shade)))
    for value in (0.0, None):
        of = [mark for mark in figures.marks if mark.values[0] == value]
        if of:
            said = of[0].printed[0] if value is not None else catalogue(look.lang).say("chart.no_row")
            entries.append((said, paint(value, None)))
    x, y = 0.0, top + KEY / 2
    for words, painted in entries:
        length = len(words) * LETTER + 34
        if x + length > look.width - 8 and x:
            x, y = 0.0, y + KEY
        yield {"x": x + 1, "y": y, "x2": x + 15, "y2": y + 14, "text": words, **painted}
        x += length


def _bound(mark: Mark, look: Look) -> str:
    """An end of a class as printed; below one unit in two digits: shades that all begin at <1 tell nothing."""
    value = mark.values[0]
    if value is None or value >= 1:
        return mark.printed[0]
    rounded = Decimal(f"{value:.{_BELOW_ONE}g}")
    return grouped(rounded, look.lang, most_digits=max(0, -int(rounded.as_tuple().exponent)))


def boxes(tiles: list[dict[str, Any]]) -> Iterator[alt.Chart]:
    """Rectangles in pixels, as they are painted."""
    for kind, mark in LOOKS.items():
        opacities = sorted({tile["opacity"] for tile in tiles if tile["kind"] == kind})
        for opacity in opacities:
            shown = [tile for tile in tiles if tile["kind"] == kind and tile["opacity"] == opacity]
            chart = alt.Chart(table(shown)).mark_rect(**mark, fillOpacity=opacity)
            yield chart.encode(x=pixel("x"), y=pixel("y"), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"))


def pixel(field: str) -> Any:
    """A field that holds pixels."""
    # A pixel is a pixel: charts of one layer share their scales.
    scale = alt.Scale(domain=[0, 1], range=[0, 1], clamp=False)
    return (alt.X if field.startswith("x") else alt.Y)(f"{field}:Q", axis=None, scale=scale)


def captions(entries: list[dict[str, Any]]) -> alt.Chart:
    """The words beside the swatches of a key."""
    shown = [{**item, "x": item["x2"] + 5, "y": (item["y"] + item["y2"]) / 2} for item in entries]
    return text(shown, color=MUTED, fontSize=12, align="left", baseline="middle")


def text(shown: list[dict[str, Any]], **mark: Any) -> alt.Chart:
    """Words at places in pixels."""
    chart: alt.Chart = alt.Chart(table(shown)).mark_text(**mark)
    return chart.encode(x=pixel("x"), y=pixel("y"), text=alt.Text("text:N"))
