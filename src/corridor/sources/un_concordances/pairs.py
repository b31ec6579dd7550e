"""The pairs of codes below a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from corridor.codes.classifications import classification, is_hs
from corridor.evidence import Refusal
from corridor.sources.un_concordances.heading import PARTS, Heading
from corridor.sources.workbook import Cell, Sheet, words

#: from_product, to_product, relationship, part, row (from 1).
Pair: TypeAlias = tuple[str | None, str | None, str | None, bool | None, int]

#: Said instead of a code where the other classification has no counterpart.
NONE = ("n/a", "n.a.")

_CODE = re.compile(r"[0-9A-Z]{1,6}")
_RELATIONSHIP = re.compile(r"'?\s*([1n])\s*(?::|to)\s*([1n])")


def pairs(sheet: Sheet, heading: Heading) -> Iterator[Pair | Refusal]:
    """Every pair, or the row that is none with the reason; rows without a word are left out."""
    for number, row in enumerate(sheet.rows[heading.row + 1 :], start=heading.row + 2):
        said = [words(cell) for cell in row]
        if any(said):
            yield _pair(row, heading, sheet.name, number)


def _pair(row: Sequence[Cell], heading: Heading, page: str, number: int) -> Pair | Refusal:
    sides = [
        _code(_cell(row, column), of)
        for column, of in (
            (heading.from_column, heading.from_classification),
            (heading.to_column, heading.to_classification),
        )
    ]
    relationship = _cell(row, heading.relationship_column)
    stated = _RELATIONSHIP.fullmatch(words(relationship).lower())
    if "" in sides or sides == [None, None]:
        text = " | ".join(words(cell) for cell in row if words(cell))
        return Refusal(page, number, text, "the row does not hold a code on each side")
    part = None if heading.part_column is None else words(_cell(row, heading.part_column)).lower() in PARTS
    return sides[0], sides[1], f"{stated[1]}:{stated[2]}" if stated else None, part, number


def _cell(row: Sequence[Cell], column: int | None) -> Cell:
    return "" if column is None or column >= len(row) else row[column]


def _code(cell: Cell, of: str) -> str | None:
    """The code as digits, None where the publisher says there is none, the empty text where it is no code."""
    said = words(cell).lstrip("'")
    if said.lower() in NONE:
        return None
    code = said.replace(".", "").replace(" ", "")
    if is_hs(of) and isinstance(cell, int | float):
        # A spreadsheet that took codes for numbers has lost their leading zeros.
        code = code.zfill(classification(of).finest)
    return code if _CODE.fullmatch(code) else ""
