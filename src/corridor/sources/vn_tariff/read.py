"""Reads Viet Nam's tariff schedule: MFN, general, every agreement, VAT, excise and export duty, line by line.

One honest page about the shapes. The schedule is a workbook with one sheet BT<year>; from row 8 each row with a
code is a line or a heading of the nomenclature (AHTN 2022). Two files made from it are read as well: its rows as
JSON records, one a line, and a CSV extract of fourteen of its columns. All three say the same cells in the same
words, so they share one grammar (`rates`). The extract lacks the acts of most columns and all days but one.

Nothing in a file says when the schedule was put together: the newest day an act took effect stands in the
edition's name, and its year completes temporary rates that are printed without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, Where
from corridor.evidence import ListReading, Refusal
from corridor.sources import plain
from corridor.sources.vn_tariff import layouts
from corridor.sources.vn_tariff.agreements import MEMBERS
from corridor.sources.vn_tariff.layouts import Cell, Line
from corridor.sources.vn_tariff.rates import Rate, calendar_day, read_rates
from corridor.sources.workbook import Sheet, is_workbook, open_sheets

if TYPE_CHECKING:
    import polars as pl

SOURCE, REPORTER, NOMENCLATURE = "vn_tariff", "VNM", "AHTN2022"

#: Taxes of which the schedule prints several rates without saying which is whose, and lists in words.
_WORDS = frozenset({"vat", "excise", "environment", "policy"})
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
_CODE = re.compile(r"\d{4}|\d{6}|\d{8}")

_COLUMNS = (
    "page", "row", "reporter", "partner", "regime", "classification", "product", "rate_text", "rate_kind", "rate",
    "rate_min", "rate_max", "rate_outside_quota", "excluded_partners", "condition", "unit_text", "in_force_from",
    "in_force_until", "legal_reference",
)  # fmt: skip
_NUMBERS = ("rate", "rate_min", "rate_max", "rate_outside_quota")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the file is the schedule's workbook, its records or its extract."""
    first = plain.first_line(head)
    if all(key in first for key in layouts.RECORD_KEYS) or first.startswith(layouts.EXTRACT_HEADING):
        return True
    return is_workbook(path, head) and _sheet(path, path.name) is not None


def read(path: Path, name: str) -> ListReading:
    """The whole schedule. Raises `UnreadableFile` or `BrokenLayout` in one line."""
    table, lines, year = _lines(path, name)
    sound = [line for line in lines if _CODE.fullmatch(line.product)]
    if not sound:
        raise BrokenLayout("no row has a code of four, six or eight digits", where=Where(file=name))
    newest = max(_days(sound), default=None)
    # An extract prints one act's day only: its year says nothing of the other columns.
    year = year or (newest.year if newest and table == "schedule" else None)
    refused = [_refusal(line) for line in lines if not _CODE.fullmatch(line.product)]
    return ListReading(
        source=SOURCE,
        table=table,
        edition=f"Viet Nam's tariff, {table}, acts in force to {newest}" if newest else f"Viet Nam's tariff, {table}",
        published=None,
        tables={"tariffs": _rates(sound, year), "product_names": _names(sound)},
        refusals=tuple(refused),
    )


def _lines(path: Path, name: str) -> tuple[str, list[Line], int | None]:
    """Which of the three shapes it is, its lines, and the year its sheet is named after."""
    with path.open("rb") as opened:
        first = plain.first_line(opened.read(4096))
    if first.startswith("{"):
        return "schedule", list(layouts.of_records(path, name)), None
    if first.startswith(layouts.EXTRACT_HEADING):
        return "extract", list(layouts.of_extract(path, name)), None
    sheet = _sheet(path, name)
    if sheet is None:
        raise BrokenLayout("no sheet is called BT and a year", where=Where(file=name))
    return "schedule", list(layouts.of_sheet(sheet, name)), int(sheet.name[2:])


def _sheet(path: Path, name: str) -> Sheet | None:
    return next((sheet for sheet in open_sheets(path, name) if layouts.SHEET.fullmatch(sheet.name)), None)


def _refusal(line: Line) -> Refusal:
    cells = ", ".join(f"{regime} {text}" for regime, text, _, _ in line.cells)
    words = f"{line.product} · {line.en or line.vi} · {cells}"
    return Refusal(line.page or None, line.row, words, f"a code of {len(line.product)} characters")


def _days(lines: Iterable[Line]) -> Iterator[date]:
    for text in {cell[3] for line in lines for cell in line.cells}:
        if found := _day(text):
            yield found


@lru_cache(maxsize=1024)
def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    return calendar_day(found[3], found[2], found[1]) if found else None


@lru_cache(maxsize=65536)
def _read(regime: str, text: str, year: int | None) -> tuple[Rate, ...]:
    if regime in _WORDS:
        return (Rate("text" if regime == "policy" else "several", condition=text),)
    return read_rates(text, year=year)


def _rates(lines: Sequence[Line], year: int | None) -> pl.DataFrame:
    import polars as pl

    columns: dict[str, list[object]] = {name: [] for name in _COLUMNS}
    for row in _rows(lines, year):
        for column, value in zip(columns.values(), row, strict=True):
            column.append(value)
    kinds: dict[str, type[pl.DataType]] = dict.fromkeys(_NUMBERS, pl.Float64)
    kinds |= {"row": pl.Int64, "in_force_from": pl.Date, "in_force_until": pl.Date}
    return pl.DataFrame(columns, schema={name: kinds.get(name, pl.String) for name in _COLUMNS})


def _rows(lines: Sequence[Line], year: int | None) -> Iterator[tuple[object, ...]]:
    for line in lines:
        for cell in line.cells:
            for rate in _read(cell[0], cell[1], year):
                yield _row(line, cell, rate)


def _row(line: Line, cell: Cell, rate: Rate) -> tuple[object, ...]:
    regime, text, act, day = cell
    return (
        line.page, line.row, REPORTER, rate.partner or MEMBERS.get(regime, ""), regime, NOMENCLATURE, line.product,
        text, rate.kind, rate.rate, rate.low, rate.high, rate.outside, " ".join(rate.excluded) or None,
        rate.condition or None, line.unit or None, rate.since or _day(day), rate.until, act or None,
    )  # fmt: skip


def _names(lines: Sequence[Line]) -> pl.DataFrame:
    import polars as pl

    texts = ("page", "classification", "product", "lang", "name", "name_in_full")
    rows = [
        (line.page, line.row, NOMENCLATURE, line.product, lang, name, in_full or None)
        for line in lines
        for lang, name, in_full in (("vi", line.vi, line.vi_in_full), ("en", line.en, ""))
        if name
    ]
    kinds = {"page": pl.String, "row": pl.Int64} | dict.fromkeys(texts[1:], pl.String)
    return pl.DataFrame(rows, schema=kinds, orient="row")
