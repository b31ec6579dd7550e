"""Reads the open list of the Harmonised System: ``section, hscode, description, parent, level``; HS 2022 in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corridor.evidence import ListReading, Refusal
from corridor.sources import plain
from corridor.sources.left_out import LETTERS
from corridor.sources.name_rows import Named, name_rows

SOURCE = "hs_names"
HEADER = ["section", "hscode", "description", "parent", "level"]

_CODE = re.compile(r"\d\d(?:\d\d){0,2}")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading is the list's."""
    return plain.first_cells(head) == HEADER


def read(path: Path, name: str) -> ListReading:
    """97 chapters, 1,229 headings and 5,613 subheadings in English. Raises `UnreadableFile` for a damaged file."""
    refusals: list[Refusal] = []
    lines = plain.cells(plain.decoded(plain.read_bytes(path, name)), name)[1:]
    rows = name_rows(_rows(lines, refusals.append), "H6", "en")
    return ListReading(SOURCE, "names", "names in HS 2022", None, {"product_names": rows}, tuple(refusals))


def _rows(lines: Sequence[Sequence[str]], refuse: Callable[[Refusal], None]) -> Iterator[Named]:
    for number, line in enumerate(lines, start=2):
        cells = [cell.strip() for cell in line]
        if len(cells) == len(HEADER) and _CODE.fullmatch(cells[1]) and cells[2]:
            yield number, cells[1], " ".join(cells[2].split()), None, None
        elif any(cells) and cells[1:2] != ["TOTAL"]:
            refuse(Refusal(None, number, " | ".join(cells)[:LETTERS], "not a code of 2, 4 or 6 digits with its name"))
