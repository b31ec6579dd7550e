"""Reads the forms by commodity where they come as a workbook: a sheet with the same title and the same columns.

A row of the sheet is a row of the table, so that no name goes on in the next one. Numbers are numbers of the workbook,
or text as the office prints it. No real file has been seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corridor.errors import BrokenLayout, Where
from corridor.evidence import Reading
from corridor.sources.vn_customs.columns import Cells
from corridor.sources.vn_customs.footer import Footers
from corridor.sources.vn_customs.goods import Row, goods_form, goods_reading, names_goods
from corridor.sources.vn_customs.goods_columns import LAYOUTS
from corridor.sources.workbook import Cell, Sheet, open_sheets, words

#: Rows of a sheet in which the form says what it is.
_ABOVE = 30
_QUANTITY, _VALUE, _UNIT, _NUMBER = "lượng", "trị giá", "đvt", "stt"
#: Digits behind the comma in a quantity as the office prints it, and how far a workbook's number may be from it.
_DECIMALS, _NOISE = 2, 1e-6


def form_sheet(path: Path, name: str) -> Sheet | None:
    """The first sheet that bears the number of a form by commodity; None where there is none."""
    for sheet in open_sheets(path, name):
        if names_goods(" ".join(_lines(sheet.rows[:_ABOVE]))):
            return sheet
    return None


def read_sheet(sheet: Sheet, source: str, name: str) -> Reading:
    """The whole form. Raises `BrokenLayout` for a sheet whose structure is not the known one."""
    where = Where(file=name, page=sheet.name)
    at = _heading_at(sheet, where)
    form = goods_form(list(_lines(sheet.rows[: at + 1])), where)
    footers = Footers()
    rows = list(_rows(sheet, at, footers, where))
    if not rows:
        raise BrokenLayout("no row stands beneath the heading", where=where)
    return goods_reading(form, rows, footers.printed[-1] if footers.printed else None, source)


def _lines(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """What stands in the cells, each for itself."""
    return (said for row in rows for cell in row if (said := words(cell)))


def _heading_at(sheet: Sheet, where: Where) -> int:
    """The last row of the heading, which names quantities and values in turns."""
    for number, row in enumerate(sheet.rows[:_ABOVE]):
        if len(_measures(row)) in LAYOUTS:
            return number
    raise BrokenLayout("no row of the heading has “Lượng” and “Trị giá” in turns", where=where)


def _measures(row: Sequence[Cell]) -> list[int]:
    """The columns of figures; none where quantities and values do not stand in turns."""
    said = [(place, words(cell).lower()) for place, cell in enumerate(row)]
    found = [(place, word) for place, word in said if word.startswith((_QUANTITY, _VALUE))]
    in_turns = all(word.startswith((_QUANTITY, _VALUE)[nth % 2]) for nth, (_, word) in enumerate(found))
    return [place for place, _ in found] if in_turns else []


def _rows(sheet: Sheet, at: int, footers: Footers, where: Where) -> Iterator[Row]:
    unit = _column(sheet, at, _UNIT, where)
    number = _column(sheet, at, _NUMBER, where)
    measures = _measures(sheet.rows[at])
    kept = [measures[place] for place in LAYOUTS[len(measures)]]
    for row, cells in enumerate(sheet.rows[at + 1 :], start=at + 2):
        said = list(_lines([cells]))
        label = " ".join(filter(None, (words(cell) for cell in cells[number:unit])))
        one, two, three, four = (_printed(cells[place]) for place in kept)
        if any((one, two, three, four)) or words(cells[unit]):
            yield Row(
                sheet.name, row, [label] if label else [], Cells(label, words(cells[unit]), (one, two, three, four))
            )
        elif label and words(cells[number]).isdecimal():
            yield Row(sheet.name, row, [label])
        else:
            footers.take(" ".join(said), where)


def _column(sheet: Sheet, at: int, word: str, where: Where) -> int:
    """The column of a word of the heading."""
    found = {place for row in sheet.rows[: at + 1] for place, cell in enumerate(row) if words(cell).lower() == word}
    if len(found) != 1:
        raise BrokenLayout(f"the heading has {len(found) or 'no'} columns “{word.upper()}”", where=where)
    return found.pop()


def _printed(cell: Cell) -> str:
    """A figure as the office prints it; a number that has more digits behind the comma stays as it is."""
    if isinstance(cell, str):
        return words(cell)
    rounded = round(cell, _DECIMALS)
    if abs(rounded - cell) > _NOISE:
        return f"{cell:.12g}"
    whole, _, part = f"{rounded:,.{_DECIMALS}f}".partition(".")
    return whole.replace(",", ".") + (f",{part}" if part.strip("0") else "")
