"""Reads ``product_codes_HS..csv`` of BACI: ``code, description``; which revision of the HS it is, its codes say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corridor.codes.classifications import CLASSIFICATIONS
from corridor.errors import BrokenLayout, Where
from corridor.evidence import ListReading, Refusal
from corridor.sources import plain
from corridor.sources.left_out import LETTERS
from corridor.sources.name_rows import Named, name_rows

SOURCE = "baci_products"
HEADER = ["code", "description"]

#: A code that came with a revision and stayed, newest first: a list that has it is of that revision or a later one.
MARKS = {"H6": "854911", "H5": "030249", "H4": "010121", "H3": "030267", "H2": "010190", "H1": "020711", "H0": "010111"}

_CODE = re.compile(r"\d{5,6}|9999AA")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading is ``code, description`` and the codes below it have five or six digits."""
    if plain.first_cells(head)[:2] != HEADER:
        return False
    below = plain.first_cells(plain.decoded(head).partition("\n")[2].encode())
    return bool(below) and _CODE.fullmatch(below[0]) is not None


def read(path: Path, name: str) -> ListReading:
    """The names in English. Raises `BrokenLayout` where the codes are those of no revision."""
    refusals: list[Refusal] = []
    lines = plain.cells(plain.decoded(plain.read_bytes(path, name)), name)[1:]
    rows = list(_rows(lines, refusals.append))
    codes = {row[1] for row in rows}
    revision = next((each for each, mark in MARKS.items() if mark in codes), None)
    if revision is None:
        raise BrokenLayout("its codes are those of no revision of the HS", where=Where(file=name))
    names = name_rows(rows, revision, "en")
    edition = f"names in {CLASSIFICATIONS[revision].name}"
    return ListReading(SOURCE, "names", edition, None, {"product_names": names}, tuple(refusals))


def _rows(lines: Sequence[Sequence[str]], refuse: Callable[[Refusal], None]) -> Iterator[Named]:
    for number, cells in enumerate(lines, start=2):
        if len(cells) >= len(HEADER) and _CODE.fullmatch(cells[0]) and cells[1].strip():
            # Read as numbers and written again, codes lose their leading zero.
            yield number, cells[0].zfill(6), " ".join(cells[1].split()), None, None
        elif any(cells):
            refuse(Refusal(None, number, " | ".join(cells)[:LETTERS], "not a code of six digits with its name"))
