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

_HEIGHT = 300
_AXIS = 70
#: A growth beyond this many units of its axis is drawn at the edge; its label says the figure.
_EDGE = 100.0
#: Areas of the least and of the largest circle, in square pixels.
_LEAST, _LARGEST = 30.0, 2400.0
#: Letters of a line of a name, height of the line.
_LETTERS, _LINE = 22, 13
#: Pixels between a circle and its name.
_BESIDE = 4


@dataclass(frozen=True)
class _Circle:
    at: int
    x: float
    y: float
    size: float
    label: tuple[str, ...]
    beyond: bool = False

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
        _name(each, place, up).encode(x=x, y=y, text=alt.Text("label:N"))
        for each, place in _with_room(circles, across, up)
    ]
    caption = f"○ {figures.series[2]}" + (f", {figures.unit_of(2)}" if figures.unit_of(2) else "")
    layers = [zero, dots.encode(x=x, y=y, size=size), *names]
    return finished(layered(layers, width=across.pixels, height=_HEIGHT), caption)


def _circle(at: int, mark: Mark, figures: Figures, look: Look) -> _Circle:
    growth, share, value = (each or 0.0 for each in mark.values)
    edge = max(min(growth, _EDGE), -_EDGE)
    beyond = f" ({with_unit(mark.printed[0], figures.unit_of(0), look.lang)})" if edge != growth else ""
    return _Circle(at, edge, share, abs(value), tuple(lines(f"{mark.label}{beyond}", _LETTERS)), bool(beyond))


@dataclass(frozen=True)
class _Place:
    """Where the name of a circle stands: its box, how far from the circle's middle, on which side."""

    box: Box
    beside: float
    left: bool


def _name(circle: _Circle, place: _Place, up: _Span) -> alt.Chart:
    """The name beside its circle."""
    data = table([{ROW: circle.at, "x": circle.x, "y": circle.y, "label": list(circle.label)}])
    mark: alt.Chart = alt.Chart(data).mark_text(
        align="right" if place.left else "left",
        baseline="middle",
        dx=-place.beside if place.left else place.beside,
        dy=place.box.y + _LINE / 2 - (up.pixels - up.at(circle.y)),
        lineHeight=_LINE,
        fontSize=11,
        color=INK,
    )
    return mark


def _with_room(circles: Sequence[_Circle], across: _Span, up: _Span) -> list[tuple[_Circle, _Place]]:
    """The circles whose names run over no name before them and no edge, and where the names stand.

    Circles drawn at the edge come first, because their names say their figure, then larger ones. The table has the
    figures of all.
    """
    largest = circles[0].size if circles else 0.0
    drawn = {circle.at: _drawn(circle, largest, across, up) for circle in circles}
    placed: list[Box] = []
    named = []
    for circle in sorted(circles, key=lambda circle: not circle.beyond):
        others = [box for at, box in drawn.items() if at != circle.at]
        right, left = (_place(circle, largest, across, up, left) for left in (False, True))
        # Over another circle only where there is no room beside all of them.
        for place, kept_off in ((right, [*placed, *others]), (left, [*placed, *others]), (right, placed)):
            if _inside(place.box, across) and not any(_meet(place.box, box) for box in kept_off):
                placed.append(place.box)
                named.append((circle, place))
                break
    return named


def _drawn(circle: _Circle, largest: float, across: _Span, up: _Span) -> Box:
    """The square around a circle."""
    radius = circle.radius(largest)
    return Box(across.at(circle.x) - radius, up.pixels - up.at(circle.y) - radius, 2 * radius, 2 * radius)


def _place(circle: _Circle, largest: float, across: _Span, up: _Span, left: bool) -> _Place:
    """Beside the circle, moved up or down so far that no line leaves the plot; pixels from the upper left corner."""
    width, height = max(map(len, circle.label)) * LETTER, _LINE * len(circle.label)
    beside = circle.radius(largest) + _BESIDE
    x = across.at(circle.x) + (-beside - width if left else beside)
    y = min(max(up.pixels - up.at(circle.y) - height / 2, 0.0), up.pixels - height)
    return _Place(Box(x, y, width, height), beside, left)


def _inside(box: Box, across: _Span) -> bool:
    return box.x >= 0 and box.x + box.width <= across.pixels + _AXIS / 2


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
