"""Contributions to growth in percentage points: diverging bars. Series: the contribution."""

from __future__ import annotations

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import FIRST, SECOND, Look, Spec, finished, table
from corridor.report.charts.rows import end_labels, long_form, rows, scale, x, zero_line

_THICKNESS = 15


def draw(figures: Figures, look: Look) -> Spec:
    """Bars right of zero for what raised the total, left of it for what lowered it."""
    bands = rows(figures, look, _THICKNESS)
    records = [{**item, "sign": "down" if item["value"] < 0 else "up"} for item in long_form(figures, bands, (0,))]
    across = scale(figures.column(0), (mark.printed[0] for mark in figures.marks), bands)
    sign = alt.Color("sign:N", scale=alt.Scale(domain=["up", "down"], range=[FIRST, SECOND]), legend=None)
    bars = alt.Chart(table(records)).mark_bar(height=_THICKNESS, yOffset=bands.shift)
    return finished(
        bands.layered(
            zero_line(across, bands),
            bars.encode(x=x(across), y=bands.y(), color=sign),
            *end_labels(records, bands, across, bands.shift),
        ),
        figures.unit,
    )
