"""Mirror data over the years: what one side records over what the other does. Series: one ratio a direction."""

from __future__ import annotations

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import (
    FIRST,
    INK,
    LETTER,
    MUTED,
    PAPER,
    SECOND,
    Look,
    Spec,
    colours,
    finished,
    layered,
    table,
)
from corridor.report.charts.years import AXIS, records, value_axis, x

_HEIGHT = 230


def draw(figures: Figures, look: Look) -> Spec:
    """A line a direction against a dashed line at 1, where both sides agree."""
    places = tuple(range(len(figures.series)))
    values = (*figures.all_values(), 1.0)
    margin = 0.12 * (max(values) - min(values) or 1.0)
    y = alt.Y(
        "value:Q", axis=value_axis(form=".1f"),
        scale=alt.Scale(domain=[min(values) - margin, max(values) + margin], nice=False, zero=False),
    )  # fmt: skip
    across = x(figures, look)
    data = records(figures, *places)
    palette = colours(figures.series, (FIRST, SECOND), look.width - AXIS, shown=len(places) > 1)
    one = alt.Chart(table([{"value": 1}])).mark_rule(color=MUTED, strokeDash=[4, 4]).encode(y=y)
    lines = (
        alt.Chart(table(records(figures, *places, gaps=True)))
        .mark_line(strokeWidth=2.2)
        .encode(x=across, y=y, color=palette)
    )
    points = alt.Chart(table(data)).mark_circle(size=44, opacity=1).encode(x=across, y=y, color=palette)
    labels = [_labels(figures, place, look).encode(x=across, y=y, text=alt.Text("text:N")) for place in places]
    return finished(
        layered([one, lines, points, *labels], width=look.width - AXIS, height=_HEIGHT),
        figures.unit,
    )


def _labels(figures: Figures, place: int, look: Look) -> alt.Chart:
    """The values in print over a halo, so that no line runs through them; only the last where there is no room."""
    data = records(figures, place)
    if len(data) * 5 * LETTER > look.width:
        data = data[-1:]
    beside = -12 if place == 0 else 14
    mark: alt.Chart = alt.Chart(table(data)).mark_text(
        dy=beside, color=INK, stroke=PAPER, strokeWidth=4, strokeJoin="round"
    )
    return mark
