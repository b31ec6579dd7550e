"""The heading of a concordance: which classifications it is between, and in which columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corridor.codes.classifications import find
from corridor.sources.workbook import Cell, words

#: Headings stand below a title and notes; none was seen lower than in row 8.
ROWS_LOOKED_AT = 25

#: Two classifications, a mark of parts for each, a relationship or a detail.
MOST_CELLS = 5

#: Words around the name of a classification: “From HS 2012”, “ISIC4code”.
_AROUND = re.compile(r"^(?:from|to)\b|code$", re.IGNORECASE)
#: The only revision with a point is the ISIC's, so two bare revisions, one of them 3.1, are the ISIC's.
_BARE = {"Rev31": "I31", "Rev3": "I3"}
#: How the tables say that only a part of a code is meant.
PARTS = ("ex", "ex.", "1")


@dataclass(frozen=True)
class Heading:
    """Where the parts of a pair stand; ``row`` is the last heading row's index, columns count from 0."""

    row: int
    from_classification: str
    to_classification: str
    from_column: int
    to_column: int
    part_column: int | None
    relationship_column: int | None

    @property
    def kind(self) -> str:
        """A table that states relationships has every pair, one that does not names one code for each."""
        return "conversion" if self.relationship_column is None and self.part_column is None else "correlation"


def find_heading(rows: Sequence[Sequence[Cell]]) -> Heading | None:
    """The heading of a sheet, or None where none of its first rows names two classifications."""
    for index, row in enumerate(rows[:ROWS_LOOKED_AT]):
        found = list(_named(row))
        # A row of trade may name two classifications as well, among many other cells.
        if len(found) == 2 and found[0][1] != found[1][1] and sum(bool(words(cell)) for cell in row) <= MOST_CELLS:
            return _heading(rows, index, found)
        if [words(cell) for cell in row if words(cell)] == ["Source", "Target"] and (pair := _title(rows[:index])):
            return Heading(index, *pair, 0, 1, None, None)
    return None


def _named(row: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    """The columns that name a classification."""
    said = [words(cell) for cell in row]
    bare = _BARE if set(_BARE) <= set(said) else {}
    for column, text in enumerate(said):
        code = bare.get(text) or find(_AROUND.sub("", text))
        if code:
            yield column, code


def _heading(rows: Sequence[Sequence[Cell]], index: int, found: Sequence[tuple[int, str]]) -> Heading:
    (first, source), (second, target) = found
    last = [column for column, cell in enumerate(rows[index]) if words(cell).lower().startswith("relationship")]
    part = second - 1 if second - first == 2 else None
    if _says_part(rows[index + 1 :], second):
        # The heading is written over the column of “ex”, the codes stand in the next one.
        part, second = second, second + 1
    return Heading(index, source, target, first, second, part, last[0] if last else None)


def _says_part(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    said = {words(row[column]) for row in rows if column + 1 < len(row)}
    return bool(said) and said <= {"", "ex", "ex."}


def _title(rows: Sequence[Sequence[Cell]]) -> tuple[str, str] | None:
    """The two classifications of a title such as “ISIC REV. 3 - SITC REV. 3”."""
    for row in rows:
        sides = words(row[0]).split(" - ") if row else []
        codes = [code for side in sides if (code := find(side))]
        if len(codes) == len(sides) == 2:
            return codes[0], codes[1]
    return None
