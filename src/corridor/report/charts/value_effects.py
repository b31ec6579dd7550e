"""What moved a value: unit-value effect against quantity effect. Series: the two effects, then the whole change."""

from __future__ import annotations

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import FIRST, INK, SECOND, Look, Spec, colours, finished, table
from corridor.report.charts.rows import long_form, rows, x, zero_line

_THICKNESS = 16


def draw(figures: Figures, look: Look) -> Spec:
    """Effects stacked left and right of zero, a mark at the whole change with its value at the end of the row."""
    bands = rows(figures, look, _THICKNESS)
    across = x(_ends(figures), (mark.printed[2] for mark in figures.marks), look)
    palette = colours(figures.series[:2], (SECOND, FIRST), look)
    effects = alt.Chart(table(long_form(figures, bands, (0, 1)))).mark_bar(height=_THICKNESS, yOffset=bands.shift)
    totals = [{**item, "end": _end(figures, i)} for i, item in enumerate(long_form(figures, bands, (2,)))]
    mark = alt.Chart(table(totals)).mark_tick(color=INK, thickness=3, size=_THICKNESS + 8, yOffset=bands.shift)
    labels = [_labels(totals, side, bands.shift).encode(
        x=alt.X("end:Q", axis=None, scale=across.scale), y=bands.y(), text="text:N") for side in (True, False)]  # fmt: skip
    return finished(
        bands.layered(
            effects.encode(x=across, y=bands.y(), color=palette, order="series:N"),
            zero_line(),
            mark.encode(x=across, y=bands.y()),
            *labels,
        ),
        look,
        f"{figures.unit} (▎{figures.series[2]})",
    )


def _ends(figures: Figures) -> tuple[float, ...]:
    sides = [[sum(v for v in mark.values[:2] if v and (v < 0) is low) for low in (True, False)] for mark in figures.marks]
    return tuple(end for pair in sides for end in pair)


def _end(figures: Figures, place: int) -> float:
    mark = figures.marks[place]
    low = (mark.values[2] or 0) < 0
    return float(sum(v for v in mark.values[:2] if v and (v < 0) is low))


def _labels(totals: list[dict[str, object]], negative: bool, shift: float) -> alt.Chart:
    side = [item for item in totals if (item["end"] < 0) is negative]  # type: ignore[operator]
    return alt.Chart(table(side)).mark_text(
        align="right" if negative else "left", dx=-6 if negative else 6, baseline="middle", yOffset=shift
    )
