"""A table in a language: headers with units, one scale a unit, every cell printed. Shared by all renderers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from corridor.codes.schema import Unit
from corridor.evidence import Measure
from corridor.report.documents.document import Cell, Column, Row, Table
from corridor.report.numbers import DASH, Style, column_style, heading
from corridor.report.text import Voice


@dataclass(frozen=True)
class Head:
    """A column's header: words, unit, heading over several columns, alignment."""

    words: str
    unit: str
    group: str
    numeric: bool
    style: Style


@dataclass(frozen=True)
class Printed:
    """A cell in print; ``absence`` says why there is no number."""

    text: str
    measure: Measure | None = None
    absence: str = ""


@dataclass(frozen=True)
class Line:
    """A row in print, with the row it comes from."""

    cells: tuple[Printed, ...]
    row: Row


@dataclass(frozen=True)
class Laid:
    """A table in print; ``same_sources``: all its traced rows come from the same ones, which the caption names once."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    footers: tuple[Line, ...]
    same_sources: bool = False

    @property
    def grouped(self) -> bool:
        """Whether headings stand over several columns."""
        return any(head.group for head in self.heads)

    def groups(self) -> tuple[tuple[str, int], ...]:
        """The headings over the columns: words and how many columns each spans."""
        spans: list[tuple[str, int]] = []
        for head in self.heads:
            if spans and head.group and spans[-1][0] == head.group:
                spans[-1] = (head.group, spans[-1][1] + 1)
            else:
                spans.append((head.group, 1))
        return tuple(spans)

    def strong(self) -> tuple[int, ...]:
        """The places of the rows in bold, totals counted behind the others: highlighted ones and totals."""
        marked = (place for place, line in enumerate(self.lines) if line.row.highlight)
        return (*marked, *range(len(self.lines), len(self.lines) + len(self.footers)))

    @cached_property
    def absences(self) -> tuple[str, ...]:
        """The reasons why figures are absent, once each, in order of appearance."""
        cells = (cell for line in (*self.lines, *self.footers) for cell in line.cells)
        return tuple(dict.fromkeys(cell.absence for cell in cells if cell.absence))


def lay_out(table: Table, voice: Voice) -> Laid:
    """Put a table into a language; a terse voice prints amounts as a chart does."""
    styles = _styles(table, brief=voice.terse)
    heads = tuple(_head(column, style, voice) for column, style in zip(table.columns, styles, strict=True))
    return Laid(heads, _lines(table.rows, styles, voice), _lines(table.footers, styles, voice))


def _styles(table: Table, *, brief: bool) -> tuple[Style, ...]:
    # Columns of the same unit share a scale, so that a reader may compare along the row.
    columns = tuple(enumerate(table.columns))
    shared: Mapping[Unit, Style] = {
        unit: column_style(_measures(table, (i for i, column in columns if column.unit == unit)), unit, brief=brief)
        for unit in {column.unit for column in table.columns}
    }
    return tuple(_style(table, i, column, shared[column.unit]) for i, column in columns)


def _style(table: Table, place: int, column: Column, shared: Style) -> Style:
    own = Style(
        scale=column.scale or shared.scale,
        digits=column.digits if column.digits is not None or column.scale else shared.digits,
        sign="always" if column.kind == "change" else "auto",
        quantity_unit=column.quantity_unit,
    )
    return column_style(_measures(table, (place,)), column.unit, own)


def _measures(table: Table, places: Iterable[int]) -> list[Measure]:
    wanted = tuple(places)
    cells = (row.cells[place] for row in (*table.rows, *table.footers) for place in wanted)
    return [cell for cell in cells if isinstance(cell, Measure)]


def _head(column: Column, style: Style, voice: Voice) -> Head:
    words = voice.label(column.label) if column.label is not None else voice.words.say(f"column.{column.key}")
    group = voice.label(column.group) if column.group is not None else ""
    unit = heading(column.unit, voice.words, style)
    return Head(words, unit, group, column.kind in ("number", "change"), style)


def _lines(rows: tuple[Row, ...], styles: tuple[Style, ...], voice: Voice) -> tuple[Line, ...]:
    return tuple(
        Line(tuple(_cell(cell, style, voice) for cell, style in zip(row.cells, styles, strict=True)), row)
        for row in rows
    )


def _cell(cell: Cell, style: Style, voice: Voice) -> Printed:
    if cell is None:
        return Printed("")
    if not isinstance(cell, Measure):
        return Printed(voice.label(cell))
    if cell.value is None:
        return Printed(DASH, cell, voice.absence(cell))
    return Printed(voice.number(cell, style), cell)
