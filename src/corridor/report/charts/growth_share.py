"""Growth of a market against the share in it: bubbles. Series: growth, share, value (the area of the circle)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from corridor.report.charts.figures import Figures, Mark
from corridor.report.charts.look import (
    FIRST,
    INK,
    LETTER,
    MUTED,
    ROW,
    RULE,
    ZERO,
    Look,
    Spec,
    finished,
    layered,
    lines,
    table,
)
from corridor.report.charts.squares import Box
from corridor.report.numbers import with_unit

_HEIGHT = 380
_AXIS = 70
#: A growth beyond this many units of its axis is drawn at the edge; its label says the figure.
_EDGE = 100.0
#: Areas of the least and of the largest circle, in square pixels.
_LEAST, _LARGEST = 30.0, 2400.0
#: Letters of a line of a name, height of the line.
_LETTERS, _LINE = 22, 13


@dataclass(frozen=True)
class _Circle:
    at: int
    x: float
    y: float
    size: float
    label: tuple[str, ...]

    def radius(self, largest: float) -> float:
        """In pixels; ``largest`` is the size of the largest circle."""
        return math.sqrt((_LEAST + (_LARGEST - _LEAST) * self.size / (largest or 1.0)) / math.pi)


@dataclass(frozen=True)
class _Span:
    """An axis: its ends, its length in pixels."""

    low: float
    high: float
    pixels: float

    def at(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low) * self.pixels

    def scale(self) -> alt.Scale:
        return alt.Scale(domain=[self.low, self.high], nice=False)


def draw(figures: Figures, look: Look) -> Spec:
    """A circle a row: to the right where the market grows, higher where the share is larger."""
    known = [(at, mark) for at, mark in enumerate(figures.marks) if None not in mark.values]
    circles = sorted((_circle(at, mark, figures, look) for at, mark in known), key=lambda circle: -circle.size)
    across = _span([circle.x for circle in circles], look.width - _AXIS)
    up = _span([circle.y for circle in circles], _HEIGHT, zero=True)
    x = alt.X("x:Q", title=_axis(figures, 0), axis=_ruled(), scale=across.scale())
    y = alt.Y("y:Q", title=_axis(figures, 1), axis=_ruled(), scale=up.scale())
    size = alt.Size("size:Q", legend=None, scale=alt.Scale(range=[_LEAST, _LARGEST], zero=True))
    drawn = [{ROW: each.at, "x": each.x, "y": each.y, "size": each.size, "label": list(each.label)} for each in circles]
    dots = alt.Chart(table(drawn)).mark_circle(color=FIRST, opacity=0.55, stroke=INK, strokeWidth=0.6)
    zero = alt.Chart(table([{"x": 0}])).mark_rule(color=ZERO).encode(x=x)
    names = [
        _name(each, circles[0].size).encode(x=x, y=y, text=alt.Text("label:N"))
        for each in _with_room(circles, across, up)
    ]
    caption = f"○ {figures.series[2]}" + (f", {figures.unit_of(2)}" if figures.unit_of(2) else "")
    layers = [zero, dots.encode(x=x, y=y, size=size), *names]
    return finished(layered(layers, width=across.pixels, height=_HEIGHT), caption)


def _circle(at: int, mark: Mark, figures: Figures, look: Look) -> _Circle:
    growth, share, value = (each or 0.0 for each in mark.values)
    edge = max(min(growth, _EDGE), -_EDGE)
    beyond = f" ({with_unit(mark.printed[0], figures.unit_of(0), look.lang)})" if edge != growth else ""
    return _Circle(at, edge, share, abs(value), tuple(lines(f"{mark.label}{beyond}", _LETTERS)))


def _name(circle: _Circle, largest: float) -> alt.Chart:
    """The name to the right of its circle."""
    data = table([{ROW: circle.at, "x": circle.x, "y": circle.y, "label": list(circle.label)}])
    shift = -_LINE * (len(circle.label) - 1) / 2
    mark: alt.Chart = alt.Chart(data).mark_text(
        align="left",
        baseline="middle",
        dx=circle.radius(largest) + 4,
        dy=shift,
        lineHeight=_LINE,
        fontSize=11,
        color=INK,
    )
    return mark


def _with_room(circles: Sequence[_Circle], across: _Span, up: _Span) -> list[_Circle]:
    """The circles whose names run over no larger circle's name and no edge; the table has the figures of all."""
    placed: list[Box] = []
    named = []
    for circle in circles:
        width = max(map(len, circle.label)) * LETTER
        height = _LINE * len(circle.label)
        left = across.at(circle.x) + circle.radius(circles[0].size) + 4
        box = Box(left, up.pixels - up.at(circle.y) - height / 2, width, height)
        inside = left + width <= across.pixels + _AXIS / 2 and box.y >= 0 and box.y + height <= up.pixels
        if inside and not any(_meet(box, other) for other in placed):
            placed.append(box)
            named.append(circle)
    return named


def _meet(one: Box, other: Box) -> bool:
    beside = one.x + one.width < other.x or other.x + other.width < one.x
    apart = one.y + one.height < other.y or other.y + other.height < one.y
    return not (beside or apart)


def _axis(figures: Figures, place: int) -> str:
    unit = figures.unit_of(place)
    return figures.series[place] + (f", {unit}" if unit else "")


def _ruled() -> alt.Axis:
    return alt.Axis(domain=False, ticks=False, gridColor=RULE, labelColor=MUTED, tickCount=6, format=",~f")


def _span(values: Sequence[float], pixels: float, *, zero: bool = False) -> _Span:
    low, high = min((*values, 0.0)), max((*values, 0.0))
    room = 0.12 * (high - low or 1.0)
    return _Span(low if zero and low == 0 else low - room, high + room * (1 if zero else 2), pixels)
