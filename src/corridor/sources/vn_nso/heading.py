"""What stands between a title and the figures: the month and the measure of every column.

A sheet's name and the file's name say nothing reliable: a file called 2025-10 holds months to July 2026, and its
title speaks of 2025. The header rows alone are trusted. Years stand once and carry on to the right; a row of
years may stand twice; months are printed "Tháng 01" and "Tháng 3" in the same row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from corridor.errors import BrokenLayout, Where
from corridor.evidence import Refusal
from corridor.sources.vn_nso.title import Title
from corridor.sources.workbook import Cell, Sheet, column_name, words

#: What a column holds, as printed in the row below the months (without regard to case).
MEASURES: Mapping[str, str] = {
    "xuất khẩu": "export",
    "nhập khẩu": "import",
    "lượng (tấn)": "quantity",
    "trị giá (1000 usd)": "value",
}

_MONTH = re.compile(r"tháng 0?([1-9]|1[0-2])")
_YEAR = re.compile(r"(?:năm )?((?:19|20)\d\d)")


@dataclass(frozen=True)
class Slot:
    """Where one month of one flow stands: columns, from 0, of the value and of the quantity."""

    month: date
    flow: str
    value: int
    quantity: int | None = None


@dataclass(frozen=True)
class Heading:
    """A table's columns, by month; ``body`` is the index of the first row under the header."""

    title: Title
    body: int
    labels: range
    slots: tuple[Slot, ...]
    refusals: tuple[Refusal, ...]


def read_heading(sheet: Sheet, title: Title, name: str) -> Heading:
    """The columns of the table under a title. Raises `BrokenLayout` where months or measures cannot be told."""
    where = Where(file=name, page=sheet.name)
    top = _row_of_months(sheet, title, where)
    bottom = _row_of_measures(sheet, top, where)
    scan = _Scan(sheet, top, bottom, _years(sheet.rows[title.row : top], where))
    first = next(i for i, cell in enumerate(sheet.rows[top]) if _month(cell))
    for index in range(first, len(sheet.rows[top])):
        scan.column(index)
    _check(scan.found, {"quantity", "value"} if title.flow else {"export", "import"}, where)
    return Heading(title, bottom + 1, range(first), _slots(scan.found, title.flow), tuple(scan.refusals))


def _month(cell: Cell) -> int | None:
    found = _MONTH.fullmatch(words(cell).casefold())
    return int(found[1]) if found else None


def _year(cell: Cell) -> int | None:
    found = _YEAR.fullmatch(words(cell).casefold())
    return int(found[1]) if found else None


def _row_of_months(sheet: Sheet, title: Title, where: Where) -> int:
    for index in range(title.row, len(sheet.rows)):
        if any(_month(cell) for cell in sheet.rows[index]):
            return index
    raise BrokenLayout("no row of months (Tháng 01, Tháng 02, ...) under the title", where=where)


def _row_of_measures(sheet: Sheet, top: int, where: Where) -> int:
    for index in range(top + 1, len(sheet.rows)):
        if any(words(cell).casefold() in MEASURES for cell in sheet.rows[index]):
            return index
    raise BrokenLayout(f"no row under the months says what the columns hold ({', '.join(MEASURES)})", where=where)


def _years(rows: Sequence[Sequence[Cell]], where: Where) -> dict[int, int]:
    """Column -> the year printed there; rows that repeat the years must agree."""
    found: dict[int, int] = {}
    for row in rows:
        for column, cell in enumerate(row):
            year = _year(cell)
            if year and found.setdefault(column, year) != year:
                raise BrokenLayout(
                    f"column {column_name(column)} has two years: {found[column]} and {year}", where=where
                )
    return found


@dataclass(frozen=True)
class _Column:
    index: int
    month: date
    measure: str


@dataclass
class _Scan:
    """The header's columns from left to right; year and month carry on until the next one is printed."""

    sheet: Sheet
    top: int
    bottom: int
    years: Mapping[int, int]
    year: int | None = None
    month: int | None = None
    found: list[_Column] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def column(self, index: int) -> None:
        """Take in one column; a heading that says something else is refused."""
        self.year = self.years.get(index, self.year)
        above, below = (words(self.sheet.rows[row][index]) for row in (self.top, self.bottom))
        if above:
            self.month = _month(above)
            if self.month is None:
                self._refuse(self.top, index, above, "is no month: the columns under it are not read")
        measure = MEASURES.get(below.casefold())
        if below and measure is None:
            self._refuse(self.bottom, index, below, "is no known measure: the column is not read")
        if measure and self.month:
            self._keep(index, measure)

    def _keep(self, index: int, measure: str) -> None:
        if self.year and self.month:
            self.found.append(_Column(index, date(self.year, self.month, 1), measure))
        else:
            self._refuse(self.top, index, f"Tháng {self.month}", "is a month without a year: the column is not read")

    def _refuse(self, row: int, index: int, text: str, reason: str) -> None:
        reason = f"the heading of column {column_name(index)} {reason}"
        self.refusals.append(Refusal(self.sheet.name, row + 1, text, reason))


def _slots(columns: Sequence[_Column], flow: str | None) -> tuple[Slot, ...]:
    if flow is None:
        return tuple(Slot(column.month, column.measure, column.index) for column in columns)
    quantities = {column.month: column.index for column in columns if column.measure == "quantity"}
    values = [column for column in columns if column.measure == "value"]
    return tuple(Slot(column.month, flow, column.index, quantities[column.month]) for column in values)


def _check(columns: Sequence[_Column], wanted: set[str], where: Where) -> None:
    """Months follow one another and each has every measure once: else the header was misread."""
    if not columns:
        raise BrokenLayout("no column of the header has a year, a month and a measure", where=where)
    by_month: dict[date, list[str]] = {}
    for column in columns:
        by_month.setdefault(column.month, []).append(column.measure)
    for month, measures in by_month.items():
        if sorted(measures) != sorted(wanted):
            raise BrokenLayout(
                f"{month:%Y-%m} has the columns {', '.join(measures)} instead of {' and '.join(sorted(wanted))}",
                where=where,
            )
    for before, after in pairwise(by_month):
        if (after.year - before.year) * 12 + after.month - before.month != 1:
            raise BrokenLayout(f"in the header {after:%Y-%m} follows {before:%Y-%m}", where=where)
