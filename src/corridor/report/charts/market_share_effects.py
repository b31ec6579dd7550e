"""Constant market share analysis: a waterfall. Series: the amount of each effect; highlighted rows are totals."""

from __future__ import annotations

from typing import Any

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import FIRST, GREYS, ROW, SECOND, Look, Spec, finished, table
from corridor.report.charts.rows import Rows, end_labels, rows, scale, x, zero_line

_THICKNESS = 17


def draw(figures: Figures, look: Look) -> Spec:
    """Each effect begins where the one before ended; totals stand on zero."""
    bands = rows(figures, look, _THICKNESS)
    records = _steps(figures, bands)
    ends = [end for item in records for end in (item["from"], item["to"])]
    across = scale(ends, (item["text"] for item in records), bands)
    fill = alt.Color(
        "kind:N", scale=alt.Scale(domain=["total", "up", "down"], range=[GREYS[0], FIRST, SECOND]), legend=None
    )
    bars = alt.Chart(table(records)).mark_bar(height=_THICKNESS, yOffset=bands.shift)
    labels = [{**item, "value": item["outer"]} for item in records]
    return finished(
        bands.layered(
            zero_line(across, bands),
            bars.encode(x=x(across, "from"), x2=alt.X2("to:Q"), y=bands.y(), color=fill),
            *end_labels(labels, bands, across, bands.shift),
        ),
        figures.unit,
    )


def _steps(figures: Figures, bands: Rows) -> list[dict[str, Any]]:
    reached = 0.0
    steps = []
    for place, mark in enumerate(figures.marks):
        value = mark.values[0]
        if value is None:
            continue
        start = 0.0 if mark.highlight else reached
        reached = start + value
        kind = "total" if mark.highlight else "up" if value >= 0 else "down"
        steps.append({
            "row": bands.category(place), ROW: place, "from": start, "to": reached, "text": mark.printed[0],
            "kind": kind, "outer": max(start, reached) if max(start, reached) > 0 else min(start, reached),
        })  # fmt: skip
    return steps
