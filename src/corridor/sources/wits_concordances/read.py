"""Reads WITS concordances: ``HS 2007 Product Code, ... Description, SITC Revision 3 Product Code, ... Description``.

Each line is a pair without a relationship, one code converted to for each; the names are kept too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corridor.codes.classifications import find
from corridor.errors import BrokenLayout, Where
from corridor.evidence import ListReading, Refusal
from corridor.sources import packed, plain
from corridor.sources.name_rows import name_rows

SOURCE = "wits_concordances"

_CODE, _NAME = " Product Code", " Product Description"
#: WITS joins all revisions of the HS in one list; it stands for none of them and is read as it is named.
COMBINED = "HSC"


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading names two classifications and their descriptions."""
    return _between(plain.first_cells(packed.unpacked(head))) is not None


def read(path: Path, name: str) -> ListReading:
    """The pairs and the names. Raises `BrokenLayout` for a heading that is none."""
    import polars as pl

    header, *lines = plain.cells(plain.decoded(plain.read_bytes(path, name)), name)
    between = _between([cell.strip() for cell in header])
    if between is None:
        raise BrokenLayout("the heading does not name two classifications", where=Where(file=name))
    good, refusals = _sorted_out(lines)
    pairs = pl.DataFrame(
        [(number, cells[0].strip(), cells[2].strip()) for number, cells in good],
        schema={"row": pl.Int64, "from_product": pl.String, "to_product": pl.String},
        orient="row",
    ).unique(["from_product", "to_product"], keep="first", maintain_order=True)
    constants = {"from_classification": between[0], "to_classification": between[1], "kind": "conversion",
                 "page": "", "file": name}  # fmt: skip
    names = [
        name_rows(
            ((number, cells[at].strip(), " ".join(cells[at + 1].split()), None, None) for number, cells in good),
            of,
            "en",
        ).unique("product", keep="first", maintain_order=True)
        for at, of in zip((0, 2), between, strict=True)
    ]
    return ListReading(
        source=SOURCE,
        table="concordance",
        edition=f"{between[0]} to {between[1]}",
        published=None,
        tables={
            "concordances": pairs.with_columns(pl.lit(value).alias(column) for column, value in constants.items()),
            "product_names": pl.concat(names),
        },
        refusals=refusals,
    )


def _between(header: Sequence[str]) -> tuple[str, str] | None:
    if len(header) != 4 or not (header[0].endswith(_CODE) and header[2].endswith(_CODE)):
        return None
    if not (header[1].endswith(_NAME) and header[3].endswith(_NAME)):
        return None
    found = [_classification(cell.removesuffix(_CODE)) for cell in (header[0], header[2])]
    return (found[0], found[1]) if found[0] and found[1] else None


def _classification(text: str) -> str | None:
    return COMBINED if "combined" in text.lower() else find(text)


def _sorted_out(lines: Sequence[Sequence[str]]) -> tuple[list[tuple[int, Sequence[str]]], tuple[Refusal, ...]]:
    good, refusals = [], []
    for number, cells in enumerate(lines, start=2):
        if len(cells) == 4 and cells[0].strip() and cells[2].strip():
            good.append((number, cells))
        elif any(cells):
            refusals.append(Refusal(None, number, " | ".join(cells)[:200], "not two codes with their names"))
    return good, tuple(refusals)
