"""What a chart draws: a table in a language, with its numbers in the unit that its axis names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corridor.errors import CorridorError
from corridor.evidence import Measure, Name
from corridor.report.documents.document import Chart, ChartKind, Table
from corridor.report.layout import Laid, Line, lay_out
from corridor.report.numbers import scaled
from corridor.report.shapes import Outline
from corridor.report.text import Voice


@dataclass(frozen=True)
class Mark:
    """One row of a chart: its label, a value for each series (None = no figure), the values in print.

    ``outline`` is the shape of the region that the row is of, where a map is drawn in shapes.
    """

    label: str
    values: tuple[float | None, ...]
    printed: tuple[str, ...]
    highlight: bool = False
    outline: Outline = ()


@dataclass(frozen=True)
class Figures:
    """All that a chart draws, in a language: names of the series, the unit of its axis, its rows.

    ``units`` are those of the series in a chart whose series have units of their own.
    """

    series: tuple[str, ...]
    unit: str
    marks: tuple[Mark, ...]
    units: tuple[str, ...] = ()

    def unit_of(self, place: int) -> str:
        """The unit of one series, where series have units of their own."""
        return self.units[place] if self.units else self.unit

    def column(self, place: int) -> tuple[float, ...]:
        """The values of one series that exist."""
        return tuple(value for mark in self.marks if (value := mark.values[place]) is not None)

    def all_values(self) -> tuple[float, ...]:
        """The values of every series that exist."""
        return tuple(value for place in range(len(self.series)) for value in self.column(place))


class MixedUnits(CorridorError):
    """The series of a chart are in different units: no axis can show them."""


#: Charts whose series have axes of their own.
MIXED: frozenset[ChartKind] = frozenset({"ranking", "growth_share"})


def figures_of(chart: Chart, voice: Voice) -> Figures:
    """What a chart draws. Raises `MixedUnits` where its series are in several units and it has one axis."""
    drawn = figures(chart.figures, voice, mixed=chart.kind in MIXED)
    if not chart.outlines:
        return drawn
    shapes = dict(chart.outlines)
    named = [cell.code if isinstance(cell := row.cells[0], Name) else "" for row in chart.figures.rows]
    marks = [replace(mark, outline=shapes.get(code, ())) for mark, code in zip(drawn.marks, named, strict=True)]
    return replace(drawn, marks=tuple(marks))


def figures(table: Table, voice: Voice, *, mixed: bool = False) -> Figures:
    """A table as the figures of a chart; its first column names the rows, the rest are series of one unit.

    Raises `MixedUnits`, unless the series may be ``mixed``.
    """
    units = {column.unit for column in table.columns[1:]}
    if len(units) != 1 and not mixed:
        raise MixedUnits(
            f"the chart {table.key!r} has series in {len(units)} units: {', '.join(sorted(units)) or 'none'}"
        )
    laid = lay_out(table, replace(voice, terse=True))
    series = tuple(head.words for head in laid.heads[1:])
    own = tuple(head.unit for head in laid.heads[1:]) if mixed else ()
    return Figures(series, laid.heads[1].unit, tuple(_mark(line, laid) for line in laid.lines), own)


def _mark(line: Line, laid: Laid) -> Mark:
    numbers = [(cell, head.style) for cell, head in zip(line.cells[1:], laid.heads[1:], strict=True)]
    values = tuple(scaled(cell.measure or Measure(None, ""), style) for cell, style in numbers)
    return Mark(line.cells[0].text, values, tuple(cell.text for cell, _ in numbers), line.row.highlight)
