"""Potential against what is realised of it: a thin bar on a wide one. Series: potential, realised."""

from __future__ import annotations

import altair as alt

from corridor.report.charts.figures import Figures, Mark
from corridor.report.charts.look import FIRST, FIRST_SOFT, ROW, Look, Spec, colours, finished, table
from corridor.report.charts.rows import end_labels, long_form, rows, scale, x, zero_line

#: Heights of the bars in pixels: potential, realised.
_BARS = (18, 8)


def draw(figures: Figures, look: Look) -> Spec:
    """What is sold on top of what could be: where the thin bar is longer, more is sold than the benchmark says."""
    bands = rows(figures, look, _BARS[0])
    printed = [_both(mark) for mark in figures.marks]
    across = scale(figures.all_values(), printed, bands)
    palette = colours(figures.series, (FIRST_SOFT, FIRST), bands.plot)
    bars = [
        alt.Chart(table(long_form(figures, bands, (place,))))
        .mark_bar(height=height, yOffset=bands.shift)
        .encode(x=x(across), y=bands.y(), color=palette)
        for place, height in enumerate(_BARS)
    ]
    ends = [
        {"row": bands.category(place), ROW: place, "value": max(known), "text": text}
        for place, (mark, text) in enumerate(zip(figures.marks, printed, strict=True))
        if (known := [value for value in mark.values if value is not None])
    ]
    labels = end_labels(ends, bands, across, bands.shift)
    return finished(bands.layered(zero_line(across, bands), *bars, *labels), figures.unit)


def _both(mark: Mark) -> str:
    """What is realised, then the potential, as the legend's colours are told apart: the smaller bar first."""
    return " / ".join(reversed(mark.printed))
