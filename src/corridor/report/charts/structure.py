"""The structure of trade both ways: two treemaps. Series: exports, imports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from corridor.report.charts.figures import Figures, Mark
from corridor.report.charts.look import (
    FIRST,
    INK,
    LETTER,
    LINE,
    PAPER,
    ROW,
    SECOND,
    Look,
    Spec,
    finished,
    layered,
    lines,
    table,
)
from corridor.report.charts.squares import Box, squarified

_GAP = 28
_HEIGHT = 330
_TITLE = 22
_INSET = 7


def draw(figures: Figures, look: Look) -> Spec:
    """Areas in proportion to trade, in one scale for both directions; a box too small for its words stays without."""
    totals = [sum(value for value in figures.column(place) if value > 0) for place in (0, 1)]
    frames = _frames(totals, look)
    layers = [
        layer
        for place, (frame, colour) in enumerate(zip(frames, (FIRST, SECOND), strict=True))
        for layer in _treemap(figures, place, frame, colour)
    ]
    height = max(frame.y + frame.height for frame in frames)
    return finished(layered(layers, width=look.width - 8, height=height), figures.unit)


def _frames(totals: list[float], look: Look) -> tuple[Box, Box]:
    # One scale: a frame's area is in proportion to its total.
    width, whole = look.width - 8, sum(totals) or 1.0
    if look.narrow:
        heights = [2 * _HEIGHT * total / whole for total in totals]
        return Box(0, _TITLE, width, heights[0]), Box(0, heights[0] + 2 * _TITLE + _GAP / 2, width, heights[1])
    widths = [(width - _GAP) * total / whole for total in totals]
    return Box(0, _TITLE, widths[0], _HEIGHT), Box(widths[0] + _GAP, _TITLE, widths[1], _HEIGHT)


def _treemap(figures: Figures, place: int, frame: Box, colour: str) -> Iterator[alt.Chart]:
    sold = [(at, mark) for at, mark in enumerate(figures.marks) if (mark.values[place] or 0) > 0]
    ranked = sorted(sold, key=lambda row: -(row[1].values[place] or 0))
    boxes = squarified([mark.values[place] or 0.0 for _, mark in ranked], frame)
    areas = [
        {ROW: at, "left": box.x, "right": box.x + box.width, "top": box.y, "bottom": box.y + box.height}
        for (at, _), box in zip(ranked, boxes, strict=True)
    ]
    x, y = (alt.Scale(domain=[0, 1], range=[0, 1], clamp=False) for _ in "xy")
    yield (
        alt.Chart(table([{"text": figures.series[place]}]))
        .mark_text(align="left", baseline="bottom", fontWeight="bold", color=INK, x=frame.x, y=frame.y - 6)
        .encode(text=alt.Text("text:N"))
    )
    yield (
        alt.Chart(table(areas))
        .mark_rect(color=colour, stroke=PAPER, strokeWidth=2)
        .encode(
            x=alt.X("left:Q", axis=None, scale=x),
            x2=alt.X2("right:Q"),
            y=alt.Y("top:Q", axis=None, scale=y),
            y2=alt.Y2("bottom:Q"),
        )
    )
    words = [
        {ROW: at, **text}
        for (at, mark), box in zip(ranked, boxes, strict=True)
        for text in _words(mark, mark.printed[place], box)
    ]
    for bold in (True, False):
        part = [word for word in words if word["bold"] is bold]
        yield (
            alt.Chart(table(part))
            .mark_text(align="left", baseline="top", color=PAPER, fontWeight="bold" if bold else "normal", fontSize=12)
            .encode(x=alt.X("x:Q", axis=None, scale=x), y=alt.Y("y:Q", axis=None, scale=y), text=alt.Text("text:N"))
        )


def _words(mark: Mark, printed: str, box: Box) -> Iterator[dict[str, Any]]:
    room = box.width - 2 * _INSET
    name = lines(mark.label, max(int(room / (LETTER * 1.06)), 1))
    widest = max(len(line) for line in (*name, printed)) * LETTER * 1.06
    if widest > room or (len(name) + 1) * LINE + _INSET > box.height:
        return
    for place, line in enumerate((*name, printed)):
        top = box.y + _INSET + place * LINE
        yield {"x": box.x + _INSET, "y": top, "text": line, "bold": place < len(name)}
