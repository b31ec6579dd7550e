"""A map of tiles: one square a region, roughly where it lies. Rows are named by region. Series: the value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from corridor.codes import areas
from corridor.codes.tiles import places
from corridor.report.charts.figures import Figures, Mark
from corridor.report.charts.look import INK, LETTER, PAPER, ROW, Look, Spec, finished, layered
from corridor.report.charts.shades import KEY, boxes, captions, key, paint, shades, text

_GAP = 2
_TALLEST = 40
_NAMED = 84
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
    drawn = [codes.get(mark.label.casefold(), mark.label) for mark in figures.marks]
    where = _placed(drawn)
    grid = _grid(where, look)
    classes = shades(figures)
    tiles = [
        {ROW: at, **_tile(mark, code, where, shade, grid, look)}
        for at, (mark, code, shade) in enumerate(zip(figures.marks, drawn, classes, strict=True))
    ]
    entries = list(key(figures, classes, grid.rows * grid.height, look))
    height = grid.rows * grid.height + (len({item["y"] for item in entries}) + 1) * KEY
    layers = [*boxes([*tiles, *entries]), *_words(tiles), captions(entries)]
    return finished(layered(layers, width=look.width - 8, height=height), figures.unit)


def _codes(look: Look) -> dict[str, str]:
    """The code of every region that has a tile, by its name in the language, in whatever letters a label begins."""
    return {areas.name(code, look.lang).casefold(): code for code in places()}


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


def _tile(
    mark: Mark, code: str, where: dict[str, tuple[int, int]], shade: int | None, grid: _Grid, look: Look
) -> dict[str, Any]:
    x, y = where[code][0] * grid.width, where[code][1] * grid.height
    text, small = _label(code, grid.width, look)
    return {
        "x": x + _GAP / 2, "y": y + _GAP / 2, "x2": x + grid.width - _GAP / 2, "y2": y + grid.height - _GAP / 2,
        "text": text, "small": small, **paint(mark.values[0], shade),
    }  # fmt: skip


def _label(code: str, width: float, look: Look) -> tuple[str, bool]:
    """The region's name where it has room, else the last part of its code; whether it is printed small."""
    if code not in places():
        return code, look.narrow
    name = areas.name(code, look.lang)
    if width >= _NAMED and len(name) * LETTER * _SMALL < width:
        return name, len(name) * LETTER > width
    return code.partition("-")[2], look.narrow


def _words(tiles: list[dict[str, Any]]) -> Iterator[alt.Chart]:
    for light, colour in ((False, INK), (True, PAPER)):
        for small, size in ((False, 11), (True, 8)):
            shown = [
                {**tile, "x": (tile["x"] + tile["x2"]) / 2, "y": (tile["y"] + tile["y2"]) / 2}
                for tile in tiles
                if (tile["light"], tile["small"]) == (light, small)
            ]
            yield text(shown, color=colour, fontSize=size, align="center", baseline="middle")
