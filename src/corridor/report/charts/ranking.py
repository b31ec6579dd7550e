"""A ranking with scores: bars. Series: the score, and, where it is known, how stable the standing is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import FIRST, Look, Spec, finished, table
from corridor.report.charts.rows import end_labels, long_form, rows, scale, x, zero_line
from corridor.report.numbers import with_unit

_THICKNESS = 13


def draw(figures: Figures, look: Look) -> Spec:
    """One bar a row, in the order given, with its score and in brackets its stability."""
    bands = rows(figures, look, _THICKNESS)
    records = [{**item, "text": _label(figures, item, look)} for item in long_form(figures, bands, (0,))]
    across = scale(figures.column(0), (item["text"] for item in records), bands)
    bars = alt.Chart(table(records)).mark_bar(height=_THICKNESS, yOffset=bands.shift, color=FIRST)
    labels = end_labels(records, bands, across, bands.shift)
    return finished(
        bands.layered(zero_line(across, bands), bars.encode(x=x(across), y=bands.y()), *labels), _title(figures)
    )


def _label(figures: Figures, item: Mapping[str, Any], look: Look) -> str:
    row = int(item["row"].partition("\t")[0])
    printed = figures.marks[row].printed
    return (
        f"{item['text']} ({with_unit(printed[1], figures.unit_of(1), look.lang)})"
        if len(printed) > 1
        else str(item["text"])
    )


def _title(figures: Figures) -> str:
    return f"{figures.series[0]} ({figures.series[1].lower()})" if len(figures.series) > 1 else figures.unit
