"""From a table of the study to a table of the report: columns chosen, cells measured, rows traced, long tables cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from corridor.codes.caveats import vocabulary
from corridor.codes.schema import Unit
from corridor.evidence import Finding, Measure, Name
from corridor.report.documents.document import Block, Cell, Column, Label, List, Paragraph, Row, Table

#: A row of a table of the study.
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A column of the report and how a row of the study fills it."""

    column: Column
    cell: Callable[[Record], Cell]


def number(
    key: str,
    unit: Unit,
    *,
    of: str | None = None,
    absence: str = "unknown",
    kind: Literal["number", "change"] = "number",
    label: Label | None = None,
    digits: int | None = None,
) -> Field:
    """A measured column: ``of`` is the study's column (``key`` unless given), ``absence`` why a cell may be empty."""
    name = of or key

    def cell(record: Record) -> Measure:
        value = record[name]
        return Measure(None, unit, absence) if value is None else Measure(float(value), unit)

    return Field(Column(key, unit, kind, label=label, digits=digits), cell)


def change(
    key: str, unit: Unit, *, of: str | None = None, absence: str = "no_base", label: Label | None = None
) -> Field:
    """A measured column printed with its sign."""
    return number(key, unit, of=of, absence=absence, kind="change", label=label)


def named(
    key: str,
    kind: Literal["area", "product", "period", "term", "text", "source"],
    *,
    of: str | None = None,
    prefix: str = "",
    label: Label | None = None,
) -> Field:
    """A column of names: areas, products, publishers, or words of the catalogue (``prefix`` and the cell's code)."""
    name = of or key

    def cell(record: Record) -> Name | None:
        value = record[name]
        return None if value is None else Name(kind, f"{prefix}{value}")

    return Field(Column(key, kind="name", label=label), cell)


def unit_of_quantity(*, of: str = "quantity_unit") -> Field:
    """The unit that a row's quantity is in, as it is written: t, pieces."""

    def cell(record: Record) -> Finding | None:
        code = record[of]
        return None if code is None else Finding("cell.unit", {"unit": Name("term", str(code))})

    return Field(Column("unit", kind="name"), cell)


def words(key: str, cell: Callable[[Record], Cell], *, label: Label | None = None) -> Field:
    """A column whose cells are told by a function."""
    return Field(Column(key, kind="name", label=label), cell)


def printed(key: str, *, of: str | None = None) -> Field:
    """A column of a publisher's own words."""
    name = of or key
    return Field(Column(key, kind="text"), lambda record: record[name] or "")


def table(
    key: str,
    title: Finding,
    frame: pl.DataFrame | Sequence[Record],
    fields: Sequence[Field],
    *,
    most: int | None = None,
    highlight: Callable[[Record], bool] = lambda record: False,
    footers: Sequence[Record] = (),
    notes: Iterable[Finding] = (),
    caveats: tuple[str, ...] = (),
    traced: Callable[[Record], tuple[str, ...]] | None = None,
) -> Table:
    """The rows of ``frame`` as a table of the report; with ``most`` only the first rows and how many more there are."""
    records = frame.to_dicts() if isinstance(frame, pl.DataFrame) else list(frame)
    shown = records if most is None else records[:most]
    lines = [_row(record, fields, highlight, traced) for record in shown]
    feet = tuple(_row(record, fields, highlight, traced) for record in footers)
    left = len(records) - len(shown)
    more = (Finding("table.more", {"n": Measure(left, "count")}),) if left else ()
    columns = tuple(field.column for field in fields)
    return Table(key, title, columns, tuple(lines), feet, (*notes, *more), caveats)


def _row(
    record: Record,
    fields: Sequence[Field],
    highlight: Callable[[Record], bool],
    traced: Callable[[Record], tuple[str, ...]] | None,
) -> Row:
    traces = traced(record) if traced else traces_of(record)
    cells = tuple(field.cell(record) for field in fields)
    return Row(cells, traces, caveats_of(record), highlight(record))


def said(findings: Iterable[Finding]) -> list[Block]:
    """Sentences as a block: one as a paragraph, several as a list, none as nothing."""
    found = tuple(findings)
    if len(found) == 1:
        return [Paragraph(found[0])]
    return [List(found)] if found else []


def traces_of(record: Record) -> tuple[str, ...]:
    """The publisher's rows behind a row of the study."""
    return tuple(dict.fromkeys(str(record.get("trace_id") or "").split()))


def caveats_of(record: Record) -> tuple[str, ...]:
    """The caveats of a row, those of the vocabulary only: a press figure also carries words of its own list."""
    known = set(vocabulary())
    return tuple(key for key in str(record.get("caveats") or "").split() if key in known)


def traces_in(frame: pl.DataFrame) -> tuple[str, ...]:
    """The publisher's rows behind all rows of a table."""
    if "trace_id" not in frame.columns:
        return ()
    return tuple(dict.fromkeys(part for cell in frame["trace_id"].drop_nulls() for part in cell.split()))


def chosen(frame: pl.DataFrame, **values: object) -> pl.DataFrame:
    """The rows with these values; a table without rows stays as it is."""
    if frame.is_empty():
        return frame
    return frame.filter(pl.all_horizontal([pl.col(name) == value for name, value in values.items()]))
