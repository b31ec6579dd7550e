"""Reads a list of classes: a CSV ``scheme, classification, from, to, class``, text ranges of codes.

``classification`` is H0 to H6, HS (any revision), S1 to S4, B4, I3...; ``to`` may be empty. Codes below those of a
range belong to it, and of nested ranges the longer codes decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from corridor.codes.classifications import CLASSIFICATIONS
from corridor.evidence import ListReading
from corridor.sources import headed_list

SOURCE = "class_lists"
HEADER = ["scheme", "classification", "from", "to", "class"]

_CODE = re.compile(r"[0-9A-Za-z_]{1,12}")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading is the list's."""
    del path
    return headed_list.is_headed(head, HEADER)


def read(path: Path, name: str) -> ListReading:
    """The ranges of every scheme in the file."""
    import polars as pl

    lines, refusals = headed_list.lines(path, name, HEADER, _fault)
    found = [
        (number, scheme, classification, first, last or first, called)
        for number, (scheme, classification, first, last, called) in lines
    ]
    names = ("scheme", "classification", "first_product", "last_product", "class")
    types = {"row": pl.Int64} | dict.fromkeys(names, pl.String)
    table = pl.DataFrame(found, schema=types, orient="row").with_columns(page=pl.lit(""), file=pl.lit(name))
    edition = ", ".join(table["scheme"].unique(maintain_order=True).head(5)) or "no class"
    return ListReading(SOURCE, "classes", edition, None, {"class_ranges": table}, refusals)


def _fault(cells: Sequence[str]) -> str:
    """Why a line cannot be used; empty where it can."""
    scheme, classification, first, last, called = cells
    if not (scheme and called):
        return "the scheme and the class need a name"
    if classification not in (*CLASSIFICATIONS, "HS"):
        return f"no classification is called “{classification}”"
    if not _CODE.fullmatch(first) or (last and (len(last) != len(first) or last < first)):
        return "a range goes from a code to a later one of the same length"
    return ""
