"""A map of tiles: one square a region, roughly where it lies. Rows are named by region. Series: the value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from corridor.codes import areas
from corridor.codes.tiles import places
from corridor.report.charts.figures import Figures, Mark
from corridor.report.charts.look import FIRST, GREYS, INK, LETTER, MUTED, PAPER, Look, Spec, finished, layered, table

#: Shades of one colour, so that no pair of colours must be told apart; their order survives a grey print.
_SHADES = (0.14, 0.32, 0.52, 0.75, 1.0)
#: From this shade on, letters are light.
_DARK = 3
_GAP = 2
_TALLEST = 40
_NAMED = 84
_KEY = 20
#: Width of a small letter in those of a label.
_SMALL = 0.76
#: Columns of a strip of regions that the layout does not know.
_STRIP = 6


@dataclass(frozen=True)
class _Grid:
    columns: int
    rows: int
    width: float
    height: float


def draw(figures: Figures, look: Look) -> Spec:
    """Tiles in five shades with about as many regions in each; a zero is an empty frame, no figure a broken one."""
    codes = _codes(look)
    where = _placed([codes.get(mark.label, mark.label) for mark in figures.marks])
    grid = _grid(where, look)
    shades = _shades(figures)
    tiles = [
        _tile(mark, codes.get(mark.label, mark.label), where, shade, grid, look)
        for mark, shade in zip(figures.marks, shades, strict=True)
    ]
    key = list(_key(figures, shades, grid, look))
    height = grid.rows * grid.height + (len({item["y"] for item in key}) + 1) * _KEY
    layers = [*_boxes([*tiles, *key]), *_words(tiles), _captions(key)]
    return finished(layered(layers, width=look.width - 8, height=height), figures.unit)


def _codes(look: Look) -> dict[str, str]:
    """The code of every region that has a tile, by its name in the language."""
    return {areas.name(code, look.lang): code for code in places()}


def _placed(labels: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Where each label stands; those without a tile in a strip below the others."""
    known = {label: places()[label] for label in labels if label in places()}
    below = max((row for _, row in known.values()), default=-1) + 1
    strays = [label for label in dict.fromkeys(labels) if label not in known]
    return known | {label: (at % _STRIP, below + at // _STRIP) for at, label in enumerate(strays)}


def _grid(where: dict[str, tuple[int, int]], look: Look) -> _Grid:
    columns = max((column for column, _ in where.values()), default=0) + 1
    rows = max((row for _, row in where.values()), default=0) + 1
    width = (look.width - 8) / columns
    return _Grid(columns, rows, width, min(width, _TALLEST if columns > _STRIP * 2 else 30))


def _shades(figures: Figures) -> list[int | None]:
    """The class of each row by its rank among the positive ones, equal values alike; None for zero and no figure."""
    positive = sorted(value for mark in figures.marks if (value := mark.values[0]) is not None and value > 0)
    return [
        min(len(_SHADES) * positive.index(value) // len(positive), len(_SHADES) - 1)
        if value is not None and value > 0
        else None
        for value in (mark.values[0] for mark in figures.marks)
    ]


def _tile(
    mark: Mark, code: str, where: dict[str, tuple[int, int]], shade: int | None, grid: _Grid, look: Look
) -> dict[str, Any]:
    x, y = where[code][0] * grid.width, where[code][1] * grid.height
    text, small = _label(code, grid.width, look)
    return {
        "x": x + _GAP / 2, "y": y + _GAP / 2, "x2": x + grid.width - _GAP / 2, "y2": y + grid.height - _GAP / 2,
        "text": text, "small": small, **_paint(mark.values[0], shade),
    }  # fmt: skip


def _paint(value: float | None, shade: int | None) -> dict[str, Any]:
    if value is None:
        return {"kind": "none", "opacity": 1.0, "light": False}
    if shade is None:
        return {"kind": "zero", "opacity": 1.0, "light": False}
    return {"kind": "value", "opacity": _SHADES[shade], "light": shade >= _DARK}


def _label(code: str, width: float, look: Look) -> tuple[str, bool]:
    """The region's name where it has room, else the last part of its code; whether it is printed small."""
    if code not in places():
        return code, look.narrow
    name = areas.name(code, look.lang)
    if width >= _NAMED and len(name) * LETTER * _SMALL < width:
        return name, len(name) * LETTER > width
    return code.partition("-")[2], look.narrow


def _key(figures: Figures, shades: list[int | None], grid: _Grid, look: Look) -> Iterator[dict[str, Any]]:
    """A swatch for each shade with the smallest and largest figure in it, then one for zero and one for no figure."""
    entries = []
    for shade in range(len(_SHADES)):
        of = [mark for mark, own in zip(figures.marks, shades, strict=True) if own == shade]
        if of:
            ends = sorted(of, key=lambda mark: mark.values[0] or 0.0)
            least, most = ends[0].printed[0], ends[-1].printed[0]
            entries.append((least if least == most else f"{least} – {most}", _paint(1.0, shade)))
    for value in (0.0, None):
        of = [mark for mark in figures.marks if mark.values[0] == value]
        if of:
            entries.append((of[0].printed[0], _paint(value, None)))
    x, y = 0.0, grid.rows * grid.height + _KEY / 2
    for text, paint in entries:
        length = len(text) * LETTER + 34
        if x + length > look.width - 8 and x:
            x, y = 0.0, y + _KEY
        yield {"x": x + 1, "y": y, "x2": x + 15, "y2": y + 14, "text": text, **paint}
        x += length


def _boxes(tiles: list[dict[str, Any]]) -> Iterator[alt.Chart]:
    looks: dict[str, dict[str, Any]] = {
        "value": {"color": FIRST},
        "zero": {"color": PAPER, "stroke": FIRST, "strokeWidth": 1},
        "none": {"color": PAPER, "stroke": GREYS[1], "strokeWidth": 1, "strokeDash": [2, 3]},
    }  # fmt: skip
    for kind, mark in looks.items():
        opacities = sorted({tile["opacity"] for tile in tiles if tile["kind"] == kind})
        for opacity in opacities:
            shown = [tile for tile in tiles if tile["kind"] == kind and tile["opacity"] == opacity]
            chart = alt.Chart(table(shown)).mark_rect(**mark, fillOpacity=opacity)
            yield chart.encode(x=_pixel("x"), y=_pixel("y"), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"))


def _pixel(field: str) -> Any:
    # A pixel is a pixel: charts of one layer share their scales.
    scale = alt.Scale(domain=[0, 1], range=[0, 1], clamp=False)
    return (alt.X if field.startswith("x") else alt.Y)(f"{field}:Q", axis=None, scale=scale)


def _words(tiles: list[dict[str, Any]]) -> Iterator[alt.Chart]:
    for light, colour in ((False, INK), (True, PAPER)):
        for small, size in ((False, 11), (True, 8)):
            shown = [
                {**tile, "x": (tile["x"] + tile["x2"]) / 2, "y": (tile["y"] + tile["y2"]) / 2}
                for tile in tiles
                if (tile["light"], tile["small"]) == (light, small)
            ]
            yield _text(shown, color=colour, fontSize=size, align="center", baseline="middle")


def _captions(key: list[dict[str, Any]]) -> alt.Chart:
    shown = [{**item, "x": item["x2"] + 5, "y": (item["y"] + item["y2"]) / 2} for item in key]
    return _text(shown, color=MUTED, fontSize=12, align="left", baseline="middle")


def _text(shown: list[dict[str, Any]], **mark: Any) -> alt.Chart:
    chart: alt.Chart = alt.Chart(table(shown)).mark_text(**mark)
    return chart.encode(x=_pixel("x"), y=_pixel("y"), text=alt.Text("text:N"))
