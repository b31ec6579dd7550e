"""Where the six columns of the table stand on a page, read off the page's own heading.

The table has a label, a unit, then quantity and value twice: of the month and since the year began. Labels are
aligned left, units centred, numbers right; so a number belongs to the column in which it ends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from corridor.errors import BrokenLayout, Where
from corridor.sources.vn_customs.lines import Line
from corridor.sources.vn_customs.words import Word

#: Points by which a unit may reach to the left of its heading ("Chiếc" is wider than "ĐVT").
UNIT_OVERHANG = 5.0


class Cells(NamedTuple):
    """One line of the table as printed; an empty text is a blank cell.

    ``figures`` are quantity and value of the month or half-month, then of the year to date.
    """

    label: str
    unit: str
    figures: tuple[str, str, str, str]


@dataclass(frozen=True)
class Columns:
    """Where the columns begin and end, in points from the left edge of the page.

    ``bounds`` are the ends of the unit and of all columns of figures but the last; ``kept`` says where the four that
    are read stand among the figures.
    """

    units_from: float
    bounds: tuple[float, ...]
    kept: tuple[int, int, int, int] = (0, 1, 2, 3)

    def cells(self, line: Line) -> Cells:
        """The words of a line by column; several words of a cell are joined by single blanks."""
        cells: list[list[str]] = [[] for _ in range(len(self.bounds) + 2)]
        for word in line.words:
            cells[self._column(word)].append(word.text)
        label, unit, *figures = (" ".join(cell) for cell in cells)
        one, two, three, four = (figures[place] for place in self.kept)
        return Cells(label, unit, (one, two, three, four))

    def _column(self, word: Word) -> int:
        if word.start < self.units_from:
            return 0
        return 1 + bisect_left(self.bounds, word.end)


class Heading(NamedTuple):
    """The table's heading on one page: how many lines reach down to its end, and the columns beneath it."""

    lines: int
    columns: Columns


def heading(lines: list[Line], where: Where) -> Heading:
    """Find the heading among a page's lines.

    Raises `BrokenLayout` unless a line holds "Lượng" and "(USD)" twice, with "ĐVT" above it on the left and the
    month's columns standing left of the cumulative ones.
    """
    for index, line in enumerate(lines):
        quantities, values = line.places("Lượng"), line.places("(USD)")
        if len(quantities) == 2 and len(values) == 2:
            above = lines[: index + 1]
            return Heading(index + 1, _columns(above, [*quantities, *values], where))
    raise broken("no heading with “Lượng” and “(USD)” twice", where)


def _columns(above: list[Line], figures: list[Word], where: Where) -> Columns:
    unit = _only("ĐVT", above, where)
    ends = sorted((unit.end, *(word.end for word in figures)))
    month, cumulative = _only("liệu", above, where), _only("Cộng", above, where)
    if not (unit.end == ends[0] and month.start < ends[2] < cumulative.start < ends[4]):
        raise broken("the columns do not stand in the known order", where)
    return Columns(unit.start - UNIT_OVERHANG, middles(ends))


def _only(text: str, lines: list[Line], where: Where) -> Word:
    found = [word for line in lines for word in line.places(text)]
    if len(found) != 1:
        raise broken(f"the heading has “{text}” {len(found)} times instead of once", where)
    return found[0]


def middles(ends: Sequence[float]) -> tuple[float, ...]:
    """Half-way between neighbouring ends: where one column stops and the next begins."""
    return tuple((left + right) / 2 for left, right in pairwise(ends))


def broken(what: str, where: Where) -> BrokenLayout:
    """What is said of a page whose heading is another."""
    return BrokenLayout(what, where=where, next_step="the office changed its form, or the page is damaged")
