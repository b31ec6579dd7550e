"""Months in their first and revised releases. Series: first release, revised; then the same of another flow, if any."""

from __future__ import annotations

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import (
    FIRST,
    FIRST_SOFT,
    SECOND,
    SECOND_SOFT,
    Look,
    Spec,
    colours,
    finished,
    layered,
    table,
)
from corridor.report.charts.years import AXIS, records, value_axis, x

_HEIGHT = 240
_PALETTE = (FIRST_SOFT, FIRST, SECOND_SOFT, SECOND)


def draw(figures: Figures, look: Look) -> Spec:
    """A line of the revised figures over points of the first release: where they part, the revision shows."""
    firsts, revised = (tuple(range(start, len(figures.series), 2)) for start in (0, 1))
    y = alt.Y("value:Q", axis=value_axis(), scale=alt.Scale(zero=True))
    across = x(figures, look)
    palette = colours(figures.series, _PALETTE[: len(figures.series)], look.width - AXIS)
    points = alt.Chart(table(records(figures, *firsts))).mark_point(filled=True, size=52, opacity=1)
    lines = alt.Chart(table(records(figures, *revised, gaps=True))).mark_line(strokeWidth=2)
    layers = [mark.encode(x=across, y=y, color=palette) for mark in (lines, points)]
    return finished(layered(layers, width=look.width - AXIS, height=_HEIGHT), figures.unit)
