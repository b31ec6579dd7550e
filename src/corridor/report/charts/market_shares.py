"""Suppliers' market shares for each product: bars of the whole. Series: the country studied, then its competitors."""

from __future__ import annotations

from typing import Any

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import FIRST, GREYS, INK, LETTER, PAPER, Look, Spec, colours, finished, table
from corridor.report.charts.rows import Rows, long_form, rows, x

_THICKNESS = 20
_MARGIN = 50


def draw(figures: Figures, look: Look) -> Spec:
    """Each bar adds up to the market: the country studied in colour, its share at the end of the row, others grey."""
    bands = rows(figures, look, _THICKNESS)
    palette = (FIRST, *_greys(len(figures.series) - 1))
    records = _stacked(figures, bands)
    end = 100 * bands.plot / (bands.plot - _MARGIN)
    across = alt.Scale(domain=[0, end], nice=False)
    bars = alt.Chart(table(records)).mark_bar(height=_THICKNESS, yOffset=bands.shift, stroke=PAPER, strokeWidth=1)
    return finished(
        bands.layered(
            bars.encode(
                x=x(across, "from"), x2=alt.X2("to:Q"), y=bands.y(),
                color=colours(figures.series, palette, bands.plot),
            ),
            *_inside(records, bands, across, figures.series[1]),
            *_own(figures, bands, across),
        ),
        figures.unit,
    )  # fmt: skip


def _greys(count: int) -> tuple[str, ...]:
    # The lightest grey is the last: the suppliers not named.
    return tuple(GREYS[min(place, len(GREYS) - 1)] for place in range(count - 1)) + GREYS[-1:]


def _stacked(figures: Figures, bands: Rows) -> list[dict[str, Any]]:
    ends: dict[str, float] = {}
    records = []
    for item in long_form(figures, bands):
        start = ends.get(item["row"], 0.0)
        ends[item["row"]] = start + item["value"]
        records.append({**item, "from": start, "to": ends[item["row"]], "mid": start + item["value"] / 2})
    return records


def _inside(records: list[dict[str, Any]], bands: Rows, across: alt.Scale, darkest: str) -> list[alt.Chart]:
    plot = bands.plot - _MARGIN
    charts = []
    for pale in (False, True):
        shown = [
            item
            for item in records
            if item["from"] > 0
            and (item["series"] != darkest) is pale
            and item["value"] / 100 * plot > len(item["text"]) * LETTER + 8
        ]
        mark = alt.Chart(table(shown)).mark_text(yOffset=bands.shift, color=INK if pale else PAPER, fontSize=11)
        charts.append(mark.encode(x=x(across, "mid"), y=bands.y(), text=alt.Text("text:N")))
    return charts


def _own(figures: Figures, bands: Rows, across: alt.Scale) -> list[alt.Chart]:
    own = [{**item, "end": 100} for item in long_form(figures, bands, (0,))]
    mark: alt.Chart = alt.Chart(table(own)).mark_text(
        align="left", dx=8, yOffset=bands.shift, color=FIRST, fontWeight="bold"
    )
    return [mark.encode(x=x(across, "end"), y=bands.y(), text=alt.Text("text:N"))]
