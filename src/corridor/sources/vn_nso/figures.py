"""Rows of figures become one row a figure.

The months of the sheets by commodity group are differences of running totals. So a row that the publisher adds
inside a year begins with a figure for all months since January, and what it holds was taken off the residual of
that month; once a group that lost goods to a new row even fell below zero. Such cells are no month's trade and
are refused.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corridor.evidence import Refusal
from corridor.sources.vn_nso.heading import Slot
from corridor.sources.vn_nso.lines import TOTALS, Line
from corridor.sources.vn_nso.title import Title
from corridor.sources.workbook import Cell, words

#: Values are printed in thousands of US dollars. The sheets by group say so; V03 does not, and agrees with the
#: customs office's dollars only so.
SCALE = 1000

#: Printed values have at most three decimals; what follows the fifth is the spreadsheet's own binary noise.
DECIMALS = 5

#: Unit of the quantity column, and our words for the partner of a table that has none: all countries together.
UNIT, ALL_PARTNERS = "Tấn", "(tất cả các nước)"

#: The row of goods that belong to no other row.
RESIDUAL = "Hàng hoá khác"

#: One row of `Reading.rows`.
Raw = dict[str, object]


@dataclass(frozen=True)
class Figures:
    """Rows of `corridor.evidence.RAW_COLUMNS` and the cells that are no figure of a month."""

    rows: tuple[Raw, ...]
    refusals: tuple[Refusal, ...]


def printed_slots(lines: Sequence[Line], slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots up to the last month in which something but zeros is printed: later months are still to come."""
    last = max((slot.month for slot in slots if any(_prints(line, slot) for line in lines)), default=date.min)
    return tuple(slot for slot in slots if slot.month <= last)


def read_figures(lines: Sequence[Line], slots: Sequence[Slot], title: Title, page: str) -> Figures:
    """Every printed figure of the slots, in printed order."""
    cells = list(_by_group(lines, slots) if title.flow else _by_partner(lines, slots))
    refusals = [_refusal(cell, page) for cell in cells if cell.fault]
    rows = [_raw(cell, title, page) for cell in cells if not cell.fault]
    return Figures(tuple(rows), tuple(refusals))


@dataclass(frozen=True)
class _Figure:
    block: int
    line: Line
    slot: Slot
    fault: str = ""

    @property
    def value(self) -> Cell:
        return self.line.cells[self.slot.value]

    @property
    def quantity(self) -> Cell:
        return "" if self.slot.quantity is None else self.line.cells[self.slot.quantity]


def _by_partner(lines: Sequence[Line], slots: Sequence[Slot]) -> Iterator[_Figure]:
    """A row is a block of its own: there is nothing under it to add up."""
    for block, line in enumerate(lines):
        for slot in slots:
            yield _Figure(block, line, slot, _fault(line, slot))


def _by_group(lines: Sequence[Line], slots: Sequence[Slot]) -> Iterator[_Figure]:
    """A month is a block: its groups stand under its total. A row has no figure before the month it begins in."""
    begins = {line.label: _begins(line, slots) for line in lines}
    late = {label: slot.month for label, slot in begins.items() if _inside_a_year(slot, slots)}
    for line in lines:
        for block, slot in enumerate(slots):
            if slot.month >= begins[line.label].month:
                fault = _fault(line, slot) or _moved(line, slot, late)
                yield _Figure(block, line, slot, fault)


def _begins(line: Line, slots: Sequence[Slot]) -> Slot:
    return next((slot for slot in slots if words(line.cells[slot.value])), slots[0])


def _inside_a_year(slot: Slot, slots: Sequence[Slot]) -> bool:
    return slot.month > slots[0].month and slot.month.month > 1


def _moved(line: Line, slot: Slot, late: dict[str, date]) -> str:
    """Why a cell of a month in which rows begin inside a year is no month's trade; empty where it may be one."""
    if late.get(line.label) == slot.month:
        return "the row begins inside a year: its first figure holds the months since January"
    if line.label == RESIDUAL and slot.month in late.values():
        return "rows begin in this month, inside a year: what they hold since January was taken off the residual"
    return ""


def _prints(line: Line, slot: Slot) -> bool:
    return any(words(line.cells[index]) not in ("", "0") for index in (slot.value, slot.quantity) if index is not None)


def _fault(line: Line, slot: Slot) -> str:
    faults = (_cell_fault(line.cells[index]) for index in (slot.value, slot.quantity) if index is not None)
    return next((fault for fault in faults if fault), "")


def _cell_fault(cell: Cell) -> str:
    if isinstance(cell, str):
        return "words where a number should stand" if words(cell) else ""
    if not math.isfinite(cell):
        return "not a number"
    return "a negative figure is a correction of earlier months, not a month's trade" if _rounded(cell) < 0 else ""


def _refusal(figure: _Figure, page: str) -> Refusal:
    shown = " | ".join(text for text in (words(figure.quantity), words(figure.value)) if text)
    text = f"{figure.line.label}, {figure.slot.month:%Y-%m}, {figure.slot.flow}: {shown}"
    return Refusal(page, figure.line.row, text, figure.fault)


def _rounded(number: float) -> float:
    # A sum's noise around nothing is nothing, and not a minus nothing.
    return round(number, DECIMALS) + 0.0


def _number(cell: Cell) -> float | None:
    return None if isinstance(cell, str) else _rounded(cell)


def _raw(figure: _Figure, title: Title, page: str) -> Raw:
    line, slot = figure.line, figure.slot
    value, quantity = _number(figure.value), _number(figure.quantity)
    if quantity == 0 and value != 0:
        # The publisher's zero for "this group has no quantity", printed in some months and left out in others.
        quantity = None
    partner, product = (ALL_PARTNERS, line.label) if title.flow else (line.label, None)
    return {
        "block": figure.block,
        "page": page,
        "row": line.row,
        "partner_label": partner,
        "product_label": None if product == TOTALS[title.table] else product,
        "unit_label": None if quantity is None else line.unit or UNIT,
        "flow": slot.flow,
        "freq": "M",
        "period_start": slot.month,
        "period_end": slot.month.replace(day=calendar.monthrange(slot.month.year, slot.month.month)[1]),
        "cumulative": False,
        "value": None if value is None else round(value * SCALE, 2),
        "quantity": quantity,
    }
