"""Reads the United Nations' correlation and conversion tables between classifications of goods.

A workbook (.xls, .xlsx) has a sheet of correlations (every pair of codes that have something in common, with the
relationship) and a sheet of conversions (one code for each); a CSV has one of the two. Known by headings that name
two classifications, never by the file's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, UnrecognisedFile, Where
from corridor.evidence import ListReading, Refusal
from corridor.sources import packed, plain
from corridor.sources.un_concordances.heading import Heading, find_heading
from corridor.sources.un_concordances.pairs import Pair, pairs
from corridor.sources.workbook import OLE, ZIP, Sheet, is_workbook, open_sheets

if TYPE_CHECKING:
    import polars as pl

SOURCE = "un_concordances"


def recognise(path: Path, head: bytes) -> bool:
    """Whether a workbook's sheet, or a CSV, has a heading that names two classifications."""
    if head.startswith((OLE, ZIP)):
        return is_workbook(path, head) and any(find_heading(sheet.rows) for sheet in open_sheets(path, path.name))
    if head.startswith(packed.GZIP):
        return False
    lines = plain.decoded(head).split("\n")[:3]
    return bool(find_heading([plain.first_cells(line.encode()) or [""] for line in lines]))


def read(path: Path, name: str) -> ListReading:
    """All pairs of all sheets as rows of ``concordances``; a pair that the table repeats counts once.

    Raises `UnreadableFile`, `UnrecognisedFile` without a heading, `BrokenLayout` without a pair.
    """
    sheets = _sheets(path, name)
    headed = [(sheet, heading) for sheet in sheets if (heading := find_heading(sheet.rows))]
    if not headed:
        raise UnrecognisedFile("no sheet has a heading that names two classifications", where=Where(file=name))
    refusals: list[Refusal] = []
    frames = [_frame(sheet, heading, name, refusals) for sheet, heading in headed]
    rows, repeated = _once(frames)
    if rows.is_empty():
        raise BrokenLayout("there is no pair of codes below the heading", where=Where(file=name))
    first = headed[0][1]
    names = f"{first.from_classification} to {first.to_classification}"
    return ListReading(
        source=SOURCE,
        table="concordance",
        edition=names,
        published=None,
        tables={"concordances": rows},
        refusals=tuple(refusals),
        ignored=(f"{repeated} pairs that the table repeats",) if repeated else (),
    )


def _sheets(path: Path, name: str) -> Sequence[Sheet]:
    with path.open("rb") as opened:
        start = opened.read(8)
    if start.startswith((OLE, ZIP)):
        return open_sheets(path, name)
    lines = plain.cells(plain.decoded(plain.read_bytes(path, name)), name)
    return (Sheet("", tuple(tuple(line) or ("",) for line in lines)),)


def _frame(sheet: Sheet, heading: Heading, name: str, refusals: list[Refusal]) -> pl.DataFrame:
    import polars as pl

    found: list[Pair] = []
    for each in pairs(sheet, heading):
        if isinstance(each, Refusal):
            refusals.append(each)
        else:
            found.append(each)
    types = {
        "from_product": pl.String, "to_product": pl.String, "relationship": pl.String, "part": pl.Boolean,
        "row": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(found, schema=types, orient="row").with_columns(
        from_classification=pl.lit(heading.from_classification),
        to_classification=pl.lit(heading.to_classification),
        kind=pl.lit(heading.kind),
        page=pl.lit(sheet.name),
        file=pl.lit(name),
    )


def _once(frames: Sequence[pl.DataFrame]) -> tuple[pl.DataFrame, int]:
    import polars as pl

    rows = pl.concat(frames)
    key = ["from_classification", "from_product", "to_classification", "to_product", "kind"]
    unique = rows.unique(key, keep="first", maintain_order=True)
    return unique, rows.height - unique.height
