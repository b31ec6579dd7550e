"""Groups in two periods: paired bars. Series: the earlier period, the later period."""

from __future__ import annotations

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import FIRST, FIRST_SOFT, Look, Spec, colours, finished, table
from corridor.report.charts.rows import end_labels, long_form, rows, scale, x, zero_line

_BAR = 12
_PAIR = 2 * _BAR + 2


def draw(figures: Figures, look: Look) -> Spec:
    """Two bars a row, the later period in the strong colour, each with its value."""
    bands = rows(figures, look, _PAIR)
    across = scale(figures.all_values(), (text for mark in figures.marks for text in mark.printed), bands)
    palette = colours(figures.series, (FIRST_SOFT, FIRST), bands.plot)
    layers: list[alt.Chart] = []
    for place, above in ((0, -1), (1, 1)):
        shift = bands.shift + above * (_BAR + 2) / 2
        records = long_form(figures, bands, (place,))
        bars = alt.Chart(table(records)).mark_bar(height=_BAR, yOffset=shift)
        layers += [bars.encode(x=x(across), y=bands.y(), color=palette), *end_labels(records, bands, across, shift)]
    return finished(bands.layered(zero_line(across, bands), *layers), figures.unit)
