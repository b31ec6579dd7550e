"""Cells of a table that take several columns or rows, spelled out so that each column keeps its place."""

from __future__ import annotations

from dataclasses import dataclass, field

# No cell is so wide, nor written with so many digits: Python refuses to read a number of thousands.
_WIDEST, _DIGITS = 30, 9


def columns_of(told: str) -> int:
    """How many columns, or rows, a cell takes by what its page says."""
    wide = int(told[:_DIGITS]) if told.isascii() and told.isdecimal() else 1
    return min(wide, _WIDEST) or 1


@dataclass
class Spans:
    """The row being read: ``column`` is its next one, ``wide`` the columns that its last cell takes.

    ``taken`` counts for each column the rows below that a cell above still takes.
    """

    column: int = 0
    wide: int = 1
    taken: dict[int, int] = field(default_factory=dict)

    def begin_row(self) -> None:
        """The next row: cells above took the columns that this one did not reach."""
        for column in [each for each in self.taken if each >= self.column]:
            self._pass(column)
        self.column = 0

    def begin_cell(self, columns: int, rows: int) -> int:
        """A cell begins that takes so many columns and rows; how many columns before it are taken from above."""
        before = 0
        while self.column in self.taken:
            self._pass(self.column)
            self.column += 1
            before += 1
        if rows > 1:
            self.taken.update(dict.fromkeys(range(self.column, self.column + columns), rows - 1))
        self.column += columns
        self.wide = columns
        return before

    def _pass(self, column: int) -> None:
        self.taken[column] -= 1
        if not self.taken[column]:
            del self.taken[column]


def alone(line: str) -> str:
    """A row's only cell, however wide, without the columns that it spans: a heading, or a page laid out in a table."""
    bare = line.rstrip("\t ")
    return line if "\t" in bare or bare == line else bare + "\t"
