"""Annual trade both ways with its balance. Series: exports, imports, balance (exports minus imports)."""

from __future__ import annotations

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import (
    FIRST,
    GREYS,
    LETTER,
    RULE,
    SECOND,
    SIZE,
    Look,
    Spec,
    colours,
    finished,
    layered,
    table,
)
from corridor.report.charts.years import AXIS, records, value_axis, x

_TRADE = 220
_BALANCE = 90


def draw(figures: Figures, look: Look) -> Spec:
    """Exports and imports side by side; under them the balance, above or below zero. Few years carry their values."""
    labelled = _room(figures, look)
    width = look.width - 8 - (0 if labelled else AXIS)
    upper = layered(_trade(figures, look, labelled), width=width, height=_TRADE)
    lower = layered(_balance(figures, look, labelled), width=width, height=_BALANCE)
    datasets = upper.pop("datasets") | lower.pop("datasets")
    scales = {"scale": {"x": "shared", "color": "independent"}}
    return finished({"vconcat": [upper, lower], "spacing": 14, "resolve": scales, "datasets": datasets}, figures.unit)


def _room(figures: Figures, look: Look) -> bool:
    widest = max((len(text) for mark in figures.marks for text in mark.printed), default=1)
    return len(figures.marks) * 2 * (widest * LETTER + 4) < look.width * 0.86


def _trade(figures: Figures, look: Look, labelled: bool) -> list[alt.Chart]:
    data = records(figures, 0, 1)
    top = max(figures.all_values(), default=1.0) * (1.1 if labelled else 1.0)
    y = alt.Y("value:Q", axis=value_axis(labels=not labelled), scale=alt.Scale(domain=[0, top], nice=not labelled))
    side = alt.XOffset("series:N", sort=list(figures.series[:2]))
    across = x(figures, look, labels=False)
    bars = alt.Chart(table(data)).mark_bar().encode(
        x=across, xOffset=side, y=y,
        color=colours(figures.series, (FIRST, SECOND, GREYS[0]), look.width - AXIS))  # fmt: skip
    if not labelled:
        return [bars]
    text = alt.Chart(table(data)).mark_text(dy=-8, fontSize=SIZE)
    return [bars, text.encode(x=across, xOffset=side, y=y, text=alt.Text("text:N"))]


def _balance(figures: Figures, look: Look, labelled: bool) -> list[alt.Chart]:
    data = records(figures, 2)
    values = figures.column(2)
    low, high = min((*values, 0.0)), max((*values, 0.0))
    room = 0.3 * (high - low or 1.0) if labelled else 0.0
    domain = [low - room if low < 0 else 0, high + room if high > 0 else 0]
    y = alt.Y(
        "value:Q", axis=value_axis(labels=not labelled, ticks=3), scale=alt.Scale(domain=domain, nice=not labelled)
    )
    across = x(figures, look)
    zero = alt.Chart(table([{"value": 0}])).mark_rule(color=RULE).encode(y=y)
    layers: list[alt.Chart] = [
        alt.Chart(table(data)).mark_bar(color=GREYS[0], width={"band": 0.36}).encode(x=across, y=y), zero,
    ]  # fmt: skip
    for below in (True, False) if labelled else ():
        part = [item for item in data if (item["value"] < 0) is below]
        text = alt.Chart(table(part)).mark_text(dy=10 if below else -9)
        layers.append(text.encode(x=across, y=y, text=alt.Text("text:N")))
    return layers
