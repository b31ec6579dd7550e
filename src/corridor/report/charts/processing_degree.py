"""Shares of degrees of processing as intervals: from at least to at most. Series: the least, the most."""

from __future__ import annotations

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import FIRST, FIRST_SOFT, GREYS, ROW, Look, Spec, finished, table
from corridor.report.charts.rows import Rows, rows, x

_THICKNESS = 14


def draw(figures: Figures, look: Look) -> Spec:
    """A bar from the least to the most the share can be, both ends in print; a tick where they are equal."""
    bands = rows(figures, look, _THICKNESS)
    across = alt.Scale(domain=[-8, 108], nice=False)
    records = _intervals(figures, bands)
    bars = alt.Chart(table(records)).mark_bar(height=_THICKNESS, yOffset=bands.shift, color=FIRST_SOFT)
    return finished(
        bands.layered(
            _frame(across, bands),
            bars.encode(x=x(across, "least"), x2=alt.X2("most:Q"), y=bands.y()),
            *(_end(records, bands, across, side) for side in ("least", "most")),
            *(_label(records, bands, across, side) for side in ("least", "most")),
        ),
        figures.unit,
    )


def _intervals(figures: Figures, bands: Rows) -> list[dict[str, object]]:
    return [
        {
            "row": bands.category(place),
            ROW: place,
            "least": mark.values[0],
            "most": mark.values[1],
            # Where both ends are one, one number says it.
            "least_text": mark.printed[0] if mark.printed[0] != mark.printed[1] else "",
            "most_text": mark.printed[1],
        }
        for place, mark in enumerate(figures.marks)
        if None not in mark.values[:2]
    ]


def _frame(across: alt.Scale, bands: Rows) -> alt.Chart:
    whole = [{"row": bands.category(place), "from": 0, "to": 100} for place in range(len(bands.labels))]
    mark: alt.Chart = alt.Chart(table(whole)).mark_bar(
        color=GREYS[-1], height=_THICKNESS, opacity=0.5, yOffset=bands.shift
    )
    return mark.encode(x=x(across, "from"), x2=alt.X2("to:Q"), y=bands.y())


def _end(records: list[dict[str, object]], bands: Rows, across: alt.Scale, side: str) -> alt.Chart:
    mark: alt.Chart = alt.Chart(table(records)).mark_tick(
        opacity=1, color=FIRST, thickness=3, size=_THICKNESS + 4, yOffset=bands.shift
    )
    return mark.encode(x=x(across, side), y=bands.y())


def _label(records: list[dict[str, object]], bands: Rows, across: alt.Scale, side: str) -> alt.Chart:
    left = side == "least"
    mark: alt.Chart = alt.Chart(table(records)).mark_text(
        align="right" if left else "left", dx=-6 if left else 6, yOffset=bands.shift
    )
    return mark.encode(x=x(across, side), y=bands.y(), text=alt.Text(f"{side}_text:N"))
