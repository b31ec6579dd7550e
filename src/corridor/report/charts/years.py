"""The ground of every chart over time: periods along the foot, thinned where there are many."""

from __future__ import annotations

from typing import Any

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import LETTER, ROW, Look

#: Width kept for the numbers of a vertical axis, in pixels.
AXIS = 56


def x(figures: Figures, look: Look, *, labels: bool = True) -> alt.X:
    """The horizontal encoding of the field ``period``: every period, in the order given, with or without figures."""
    axis = alt.Axis(
        labelAngle=0, ticks=False, domain=False, grid=False, labelPadding=8, labels=labels, values=shown(figures, look)
    )
    scale = alt.Scale(domain=[mark.label for mark in figures.marks], paddingInner=0.28, paddingOuter=0.14)
    return alt.X("period:N", sort=None, title=None, axis=axis, scale=scale)


def shown(figures: Figures, look: Look) -> list[str]:
    """The periods whose labels have room: all, or every second, third, ... counted back from the last."""
    names = [mark.label for mark in figures.marks]
    widest = max((len(name) for name in names), default=1) * LETTER + 14
    every = -(-int(widest * len(names)) // (look.width - AXIS))
    return names[::-1][:: max(every, 1)][::-1]


def records(figures: Figures, *places: int, gaps: bool = False) -> list[dict[str, Any]]:
    """One record a figure: period, series, value, value in print.

    An absent figure has no record; with ``gaps`` it has one without a value, which breaks a line.
    """
    return [
        {
            ROW: at,
            "period": mark.label,
            "series": figures.series[place],
            "value": mark.values[place],
            "text": mark.printed[place],
        }
        for at, mark in enumerate(figures.marks)
        for place in places
        if gaps or mark.values[place] is not None
    ]


def value_axis(*, labels: bool = True, ticks: int = 5, form: str = ",~f") -> alt.Axis | None:
    """A quiet vertical axis: a few gridlines and numbers in the report's language."""
    if not labels:
        return None
    return alt.Axis(domain=False, ticks=False, grid=True, tickCount=ticks, format=form, title=None)
