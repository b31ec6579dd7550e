"""Reads a list of classes: a CSV ``scheme, classification, from, to, class``, text ranges of codes.

``classification`` is H0 to H6, HS (any revision), S1 to S4, B4, I3...; ``to`` may be empty. Codes below those of a
range belong to it, and of nested ranges the longer codes decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from corridor.codes.classifications import CLASSIFICATIONS
from corridor.evidence import ListReading, Refusal
from corridor.sources import plain

SOURCE = "class_lists"
HEADER = ["scheme", "classification", "from", "to", "class"]

_CODE = re.compile(r"[0-9A-Za-z_]{1,12}")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading is the list's."""
    return [cell.lower() for cell in plain.first_cells(head)] == HEADER


def read(path: Path, name: str) -> ListReading:
    """The ranges of every scheme in the file."""
    import polars as pl

    found, refusals = [], []
    lines = plain.cells(plain.decoded(plain.read_bytes(path, name)), name)[1:]
    for number, line in enumerate(lines, start=2):
        cells = [cell.strip() for cell in line]
        fault = _fault(cells) if any(cells) else ""
        if fault:
            refusals.append(Refusal(None, number, " | ".join(cells)[:200], fault))
        elif any(cells):
            scheme, classification, first, last, called = cells
            found.append((number, scheme, classification, first, last or first, called))
    names = ("scheme", "classification", "first_product", "last_product", "class")
    types = {"row": pl.Int64} | dict.fromkeys(names, pl.String)
    table = pl.DataFrame(found, schema=types, orient="row").with_columns(page=pl.lit(""), file=pl.lit(name))
    edition = ", ".join(table["scheme"].unique(maintain_order=True).head(5)) or "no class"
    return ListReading(SOURCE, "classes", edition, None, {"class_ranges": table}, tuple(refusals))


def _fault(cells: Sequence[str]) -> str:
    """Why a line cannot be used; empty where it can."""
    if len(cells) != len(HEADER):
        return f"{len(cells)} cells instead of {len(HEADER)}"
    scheme, classification, first, last, called = cells
    if not (scheme and called):
        return "the scheme and the class need a name"
    if classification not in (*CLASSIFICATIONS, "HS"):
        return f"no classification is called “{classification}”"
    if not _CODE.fullmatch(first) or (last and (len(last) != len(first) or last < first)):
        return "a range goes from a code to a later one of the same length"
    return ""
