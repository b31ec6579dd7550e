"""How every chart looks: two colours and greys, one font, direct labels, no frame.

The colours are tokens: the SVG writer replaces each by a CSS variable, so that a page may darken them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from corridor.report.catalogue import LOCALES, Lang
from corridor.report.numbers import MINUS

#: A Vega or Vega-Lite specification.
Spec = dict[str, Any]

INK = "#22303b"
MUTED = "#5f6c76"
RULE = "#d8dde1"
PAPER = "#fefefe"
FIRST = "#1f5a8a"
SECOND = "#a5620e"
FIRST_SOFT = "#a8c4da"
SECOND_SOFT = "#e3c9a0"
ZERO = "#a9b2b9"
GREYS = ("#66727c", "#929da6", "#b3bcc3", "#ccd3d8", "#e1e5e8")

#: CSS variables of the colours: token -> name.
TOKENS: Mapping[str, str] = {
    INK: "ink",
    MUTED: "muted",
    RULE: "rule",
    ZERO: "zero",
    PAPER: "paper",
    FIRST: "first",
    SECOND: "second",
    FIRST_SOFT: "first-soft",
    SECOND_SOFT: "second-soft",
    **{grey: f"grey-{place}" for place, grey in enumerate(GREYS, start=1)},
}

#: Arial or what is metrically the same; every system has one of them, with Vietnamese and Cyrillic letters.
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"

#: Height of a line of a label and mean width of a letter, in pixels at the font size of labels.
LINE = 15
LETTER = 6.6
SIZE = 12

#: The field of a record that holds the place of its row in the figures, from 0; a page leads from a mark to the row.
ROW = "at"

_SYMBOL = 40


@dataclass(frozen=True)
class Look:
    """The language and the width of a chart in pixels; below 480 it is drawn for a telephone."""

    lang: Lang
    width: int = 760

    @property
    def narrow(self) -> bool:
        """Whether labels stand above their bars instead of beside them."""
        return self.width < 480


def table(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Inline data."""
    # Altair copies lists through and through at every step, and leaves tuples alone.
    return alt.InlineData(values=tuple(dict(row) for row in rows))


def layered(layers: Iterable[alt.Chart], *, width: float, height: float) -> Spec:
    """Charts drawn over each other on the same axes.

    Put together from their specifications: Altair's own layering copies every part three times.
    """
    datasets: dict[str, Any] = {}
    context = {"top_level": False, "datasets": datasets}
    drawn = [layer.to_dict(validate=False, context=context) for layer in layers]
    rows = {name: list(values) for name, values in datasets.items()}
    for layer in drawn:
        _name_rows(layer, rows)
    return {"layer": drawn, "width": width, "height": height, "datasets": rows}


def _name_rows(layer: Spec, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Has each mark say which row of the figures it draws, where its records do; a line draws many."""
    own = rows.get(layer.get("data", {}).get("name", ""), ())
    if layer["mark"]["type"] != "line" and any(ROW in record for record in own):
        layer["mark"]["description"] = {"expr": f"'{ROW} ' + datum.{ROW}"}
    else:
        layer["mark"]["aria"] = False


def finished(spec: Spec, unit: str = "") -> Spec:
    """The specification with the house's configuration; ``unit`` is written over the plot."""
    title = {"title": {"text": unit, "anchor": "start", "frame": "group"}} if unit else {}
    return {"$schema": alt.SCHEMA_URL, **spec, **title, "config": _config(), "background": "transparent"}


def number_locale(lang: Lang) -> Spec:
    """Decimal and thousands signs for the numbers of an axis, from CLDR."""
    locale = Locale.parse(LOCALES[lang])
    return {
        "decimal": get_decimal_symbol(locale),
        "thousands": get_group_symbol(locale),
        "grouping": [3],
        "currency": ["", ""],
        "minus": MINUS[lang],
    }


def lines(label: str, letters: int) -> list[str]:
    """A label broken into lines of at most so many letters, at blanks; never cut."""
    return textwrap.wrap(label, letters, break_long_words=False, break_on_hyphens=False) or [label]


def legend(series: Sequence[str], room: float) -> alt.Legend:
    """A legend over the plot, in as many columns as have room in so many pixels."""
    entry = max((len(name) for name in series), default=0) * LETTER + _SYMBOL
    one_line = sum(len(name) * LETTER + _SYMBOL for name in series) < room
    columns = len(series) if one_line else max(int(room // entry), 1)
    return alt.Legend(
        orient="top", title=None, direction="horizontal", columns=columns, labelLimit=0, symbolType="square", offset=8
    )


def colours(series: Sequence[str], palette: Sequence[str], room: float, *, shown: bool = True) -> alt.Color:
    """Colour by the field ``series``, in the order given; ``room`` is the width of the plot its legend stands over."""
    scale = alt.Scale(domain=list(series), range=list(palette))
    return alt.Color("series:N", scale=scale, sort=list(series), legend=legend(series, room) if shown else None)


def _config() -> Spec:
    text = {"font": FONT, "fontSize": SIZE}
    label = {"labelFont": FONT, "labelFontSize": SIZE, "labelColor": MUTED, "titleFont": FONT, "titleColor": MUTED}
    return {
        "font": FONT,
        "padding": {"left": 2, "right": 6, "top": 2, "bottom": 4},
        "view": {"stroke": None},
        "axis": {**label, "titleFontSize": SIZE, "titleFontWeight": "normal", "labelLimit": 0, "gridColor": RULE,
                 "domainColor": RULE, "tickColor": RULE, "labelPadding": 6},
        "legend": {**label, "labelColor": INK, "symbolStrokeWidth": 0, "symbolSize": 110, "columnPadding": 18},
        "title": {**text, "color": MUTED, "fontWeight": "normal", "offset": 8},
        "text": {**text, "color": INK},
    }  # fmt: skip
