"""What moved a value: unit-value effect against quantity effect. Series: the two effects, then the whole change."""

from __future__ import annotations

from typing import Any

import altair as alt

from corridor.report.charts.figures import Figures, Mark
from corridor.report.charts.look import FIRST, INK, SECOND, Look, Spec, colours, finished, table
from corridor.report.charts.rows import end_labels, long_form, rows, scale, x, zero_line

_THICKNESS = 16


def draw(figures: Figures, look: Look) -> Spec:
    """Effects stacked left and right of zero, a dark mark at the whole change with its value at the end of the row."""
    bands = rows(figures, look, _THICKNESS)
    ends = tuple(_reach(mark, low) for mark in figures.marks for low in (True, False))
    across = scale(ends, (mark.printed[2] for mark in figures.marks), bands)
    stacked = alt.Chart(table(long_form(figures, bands, (0, 1)))).mark_bar(height=_THICKNESS, yOffset=bands.shift)
    totals = long_form(figures, bands, (2,))
    ticks = alt.Chart(table(totals)).mark_tick(opacity=1, thickness=3, size=_THICKNESS + 8, yOffset=bands.shift)
    palette = colours(figures.series, (SECOND, FIRST, INK), bands.plot)
    return finished(
        bands.layered(
            stacked.encode(x=x(across), y=bands.y(), color=palette, order=alt.Order("series:N")),
            zero_line(across, bands),
            ticks.encode(x=x(across), y=bands.y(), color=palette),
            *end_labels(_outer(figures, totals), bands, across, bands.shift),
        ),
        figures.unit,
    )


def _reach(mark: Mark, low: bool) -> float:
    """How far the stack goes on one side of zero."""
    return sum((value for value in mark.values[:2] if value is not None and (value < 0) is low), 0.0)


def _outer(figures: Figures, totals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    marks = [mark for mark in figures.marks if mark.values[2] is not None]
    return [{**item, "value": _reach(mark, item["value"] < 0)} for item, mark in zip(totals, marks, strict=True)]
