"""A ranking with scores: bars. Series: the score."""

from __future__ import annotations

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import FIRST, Look, Spec, finished, table
from corridor.report.charts.rows import end_labels, long_form, rows, scale, x, zero_line

_THICKNESS = 13


def draw(figures: Figures, look: Look) -> Spec:
    """One bar a row, in the order given, with its score."""
    bands = rows(figures, look, _THICKNESS)
    records = long_form(figures, bands, (0,))
    across = scale(figures.column(0), (mark.printed[0] for mark in figures.marks), bands)
    bars = alt.Chart(table(records)).mark_bar(height=_THICKNESS, yOffset=bands.shift, color=FIRST)
    labels = end_labels(records, bands, across, bands.shift)
    return finished(
        bands.layered(zero_line(across, bands), bars.encode(x=x(across), y=bands.y()), *labels), figures.unit
    )
