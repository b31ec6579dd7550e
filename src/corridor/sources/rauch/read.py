"""Reads Rauch's table: ``sitc4, con, lib``; each SITC Rev. 2 code is w, r or n, conservatively and liberally.

w: traded on an organised exchange; r: has a reference price; n: differentiated (Rauch 1999, Journal of International
Economics 48, 7-35).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from corridor.errors import BrokenLayout, Where
from corridor.evidence import ListReading, Refusal
from corridor.sources import plain
from corridor.sources.left_out import LETTERS
from corridor.sources.workbook import OLE, ZIP, Cell, is_workbook, open_sheets, words

SOURCE = "rauch"
HEADER = ("sitc4", "con", "lib")
#: Column of the table -> name of the scheme.
SCHEMES = {1: "rauch_conservative", 2: "rauch_liberal"}
CLASSES = ("w", "r", "n")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading of a CSV, or of a workbook's first sheet, is ``sitc4, con, lib``."""
    if head.startswith((OLE, ZIP)):
        return is_workbook(path, head) and any(_heading(sheet.rows) for sheet in open_sheets(path, path.name)[:1])
    return tuple(plain.first_cells(head)) == HEADER


def read(path: Path, name: str) -> ListReading:
    """Both classes of each code. Raises `BrokenLayout` without the heading."""
    import polars as pl

    rows = _rows(path, name)
    if not _heading(rows):
        raise BrokenLayout("the heading is not sitc4, con, lib", where=Where(file=name))
    found, refusals = [], []
    for number, row in enumerate(rows[1:], start=2):
        said = [words(cell).strip() for cell in row]
        if len(said) >= 3 and re.fullmatch(r"\d{1,4}", said[0]) and {said[1], said[2]} <= set(CLASSES):
            code = said[0].zfill(4)
            found += [(number, scheme, code, code, said[column]) for column, scheme in SCHEMES.items()]
        elif any(said):
            refusals.append(
                Refusal(None, number, " | ".join(said)[:LETTERS], "not a code of four digits and two classes")
            )
    types = {"row": pl.Int64} | dict.fromkeys(("scheme", "first_product", "last_product", "class"), pl.String)
    table = pl.DataFrame(found, schema=types, orient="row").with_columns(
        classification=pl.lit("S2"), page=pl.lit(""), file=pl.lit(name)
    )
    return ListReading(SOURCE, "classes", "Rauch, SITC Rev. 2", None, {"class_ranges": table}, tuple(refusals))


def _rows(path: Path, name: str) -> Sequence[Sequence[Cell]]:
    with path.open("rb") as opened:
        start = opened.read(8)
    if start.startswith((OLE, ZIP)):
        return open_sheets(path, name)[0].rows
    return plain.cells(plain.decoded(plain.read_bytes(path, name)), name)


def _heading(rows: Sequence[Sequence[Cell]]) -> bool:
    return bool(rows) and tuple(words(cell) for cell in rows[0][:3]) == HEADER
