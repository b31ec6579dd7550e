"""Suppliers' market shares for each product: bars of the whole. Series: the country studied, then its competitors."""

from __future__ import annotations

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import FIRST, GREYS, LETTER, PAPER, Look, Spec, colours, finished, table
from corridor.report.charts.rows import long_form, rows

_THICKNESS = 20


def draw(figures: Figures, look: Look) -> Spec:
    """Each bar adds up to the market; the country studied in colour with its share, the others in greys."""
    bands = rows(figures, look, _THICKNESS)
    palette = colours(figures.series, (FIRST, *_greys(len(figures.series) - 1)), look)
    records = [{**item, "order": figures.series.index(item["series"])} for item in long_form(figures, bands)]
    across = alt.X("value:Q", axis=None, stack="zero", scale=alt.Scale(domain=[0, 100], nice=False))
    bars = alt.Chart(table(records)).mark_bar(
        height=_THICKNESS, yOffset=bands.shift, stroke=PAPER, strokeWidth=1
    )  # fmt: skip
    order = alt.Order("order:O")
    return finished(
        bands.layered(bars.encode(x=across, y=bands.y(), color=palette, order=order), *_own_shares(figures, bands, look)),
        look,
        figures.unit,
    )


def _greys(count: int) -> tuple[str, ...]:
    # The lightest grey is the last: the suppliers not named.
    return (*GREYS[: count - 1], GREYS[-1]) if count <= len(GREYS) else tuple(GREYS[i % 5] for i in range(count))


def _own_shares(figures: Figures, bands: "Rows", look: Look) -> list[alt.Chart]:
    charts = []
    for inside in (True, False):
        own = [item for item in long_form(figures, bands, (0,)) if _fits(item["value"], item["text"], look) is inside]
        mark = alt.Chart(table(own)).mark_text(
            align="right" if inside else "left", dx=-5 if inside else 5, baseline="middle", yOffset=bands.shift,
            fontWeight="bold", color=PAPER if inside else PAPER,
        )  # fmt: skip
        if own:
            charts.append(mark.encode(x="value:Q", y=bands.y(), text="text:N"))
    return charts


def _fits(value: float, text: str, look: Look) -> bool:
    plot = look.width * (0.97 if look.narrow else 0.66)
    return value / 100 * plot > (len(text) + 1) * LETTER
