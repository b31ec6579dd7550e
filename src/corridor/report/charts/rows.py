"""The ground of every chart of horizontal bars: a band a row, its label beside it or, on a telephone, above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from corridor.report.charts.figures import Figures, Mark
from corridor.report.charts.look import INK, LETTER, LINE, ROW, ZERO, Look, Spec, layered, lines, table

#: Letters of a line of a label; a longer line where it spares every row a second one.
_BESIDE, _LONG = 36, 44
_GAP = 12
_MARGIN = 10

# The band's category carries number, label and emphasis, so that equal labels stay two rows.
_WORDS = "split(split(datum.value, '\\t')[1], '\\n')"
_BOLD = "split(datum.value, '\\t')[2] == '1'"


@dataclass(frozen=True)
class Rows:
    """The bands of a chart: their labels, their height, and where in a band label and bars stand."""

    look: Look
    labels: tuple[tuple[str, ...], ...]
    highlight: tuple[bool, ...]
    thickness: int

    @property
    def depth(self) -> int:
        """Height of the tallest label in pixels."""
        return LINE * max((len(label) for label in self.labels), default=1)

    @property
    def step(self) -> int:
        """Height of a band in pixels."""
        if self.look.narrow:
            return self.depth + self.thickness + _GAP + 4
        return max(self.depth + 6, self.thickness + _GAP)

    @property
    def shift(self) -> float:
        """How far below the middle of its band a bar stands."""
        return (self.step - self.thickness - _GAP) / 2 if self.look.narrow else 0

    @property
    def plot(self) -> float:
        """Width left for the bars in pixels."""
        widest = max((len(line) for label in self.labels for line in label), default=0)
        return self.look.width - _MARGIN - (0 if self.look.narrow else widest * LETTER + _GAP)

    def category(self, place: int) -> str:
        """The name of a band."""
        return f"{place}\t" + "\n".join(self.labels[place]) + f"\t{int(self.highlight[place])}"

    def y(self) -> alt.Y:
        """The vertical encoding: one band a row, in the order given."""
        bands = alt.Scale(domain=[self.category(i) for i in range(len(self.labels))], paddingInner=0, paddingOuter=0)
        return alt.Y("row:N", sort=None, title=None, axis=None if self.look.narrow else _axis(), scale=bands)

    def layered(self, *layers: alt.Chart) -> Spec:
        """The layers on bands, with the labels above the bars where there is no room beside them."""
        return layered((*self._captions(), *layers), width=self.plot, height=self.step * len(self.labels))

    def _captions(self) -> Iterable[alt.Chart]:
        looks = {(len(label), bold) for label, bold in zip(self.labels, self.highlight, strict=True)}
        for count, bold in sorted(looks) if self.look.narrow else ():
            # The last line of every label stands just over its bar.
            top = self.shift - self.thickness / 2 - 10 - LINE * (count - 1)
            rows = [
                {"row": self.category(i), "label": list(label)}
                for i, label in enumerate(self.labels)
                if (len(label), self.highlight[i]) == (count, bold)
            ]
            mark = alt.Chart(table(rows)).mark_text(
                x=0,
                align="left",
                baseline="middle",
                yOffset=top,
                fontWeight="bold" if bold else "normal",
                lineHeight=LINE,
            )
            yield mark.encode(y=self.y(), text=alt.Text("label:N"))


def _axis() -> alt.Axis:
    # Vega hangs a label of several lines from the middle of its first line.
    lifts = [{"test": f"length({_WORDS}) == {count}", "value": -LINE * (count - 1) / 2} for count in range(2, 7)]
    return alt.Axis(
        labelExpr=_WORDS,
        domain=False,
        ticks=False,
        grid=False,
        labelColor=INK,
        labelPadding=10,
        labelLineHeight=LINE,
        labelOffset={"condition": lifts, "value": 0},
        labelFontWeight={"condition": {"test": _BOLD, "value": "bold"}, "value": "normal"},
    )


def rows(figures: Figures, look: Look, thickness: int) -> Rows:
    """The bands for the rows of these figures; ``thickness`` is that of all bars of a row together."""
    longest = max((len(mark.label) for mark in figures.marks), default=0)
    beside = _LONG if _BESIDE < longest <= _LONG else _BESIDE
    letters = int(look.width / LETTER) if look.narrow else beside
    labels = tuple(tuple(lines(mark.label, letters)) for mark in figures.marks)
    return Rows(look, labels, tuple(mark.highlight for mark in figures.marks), thickness)


def long_form(figures: Figures, bands: Rows, series: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """One record a figure: row, series, value, value in print. Absent figures have no record."""
    places = range(len(figures.series)) if series is None else series
    return [
        record(mark, bands.category(i), place, figures.series[place])
        for i, mark in enumerate(figures.marks)
        for place in places
        if mark.values[place] is not None
    ]


def record(mark: Mark, category: str, place: int, series: str) -> dict[str, Any]:
    """One figure of a row."""
    at = int(category.partition("\t")[0])
    return {"row": category, ROW: at, "series": series, "value": mark.values[place], "text": mark.printed[place]}


def scale(values: Iterable[float], printed: Iterable[str], bands: Rows) -> alt.Scale:
    """From the least to the largest value and zero, with room for labels at both ends of the bars."""
    known = tuple(values)
    low, high = min((*known, 0.0)), max((*known, 0.0))
    room = (max((len(text) for text in printed), default=0) + 2) * LETTER / bands.plot
    span = (high - low or 1.0) * room / max(1 - 2 * room, 0.2)
    return alt.Scale(domain=[low - span if low < 0 else 0, high + span if high > 0 else 0], nice=False)


def x(scale: alt.Scale, field: str = "value") -> alt.X:
    """The horizontal encoding of a field, without an axis: the values are printed."""
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def zero_line(scale: alt.Scale, bands: Rows) -> alt.Chart:
    """A hairline at zero, along the bars alone where labels stand between them."""
    data = table([{"row": bands.category(i), "value": 0} for i in range(len(bands.labels))])
    height = bands.thickness + 8 if bands.look.narrow else bands.step
    mark: alt.Chart = alt.Chart(data).mark_tick(opacity=1, color=ZERO, thickness=1, size=height, yOffset=bands.shift)
    return mark.encode(x=x(scale), y=bands.y())


def end_labels(records: Sequence[Mapping[str, Any]], bands: Rows, scale: alt.Scale, shift: float) -> list[alt.Chart]:
    """The field ``text`` at the outer end of each bar, which reaches to the field ``value``."""
    charts = []
    for negative in (True, False):
        side = [item for item in records if (item["value"] < 0) is negative]
        if side:
            mark = alt.Chart(table(side)).mark_text(
                align="right" if negative else "left", dx=-4 if negative else 4, baseline="middle", yOffset=shift
            )
            charts.append(mark.encode(x=x(scale), y=bands.y(), text=alt.Text("text:N")))
    return charts
