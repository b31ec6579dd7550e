"""Reads WITS concordances: ``HS 2007 Product Code, ... Description, SITC Revision 3 Product Code, ... Description``.

A list of one classification alone (two columns) gives names. Each line is a pair without a relationship, one code
converted to for each; the names are kept too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corridor.codes.classifications import find
from corridor.errors import BrokenLayout, Where
from corridor.evidence import ListReading, Refusal
from corridor.sources import packed, plain
from corridor.sources.left_out import LETTERS
from corridor.sources.name_rows import Named, name_rows

SOURCE = "wits_concordances"

_CODE, _NAME = " Product Code", " Product Description"
#: WITS joins all revisions of the HS in one list; it stands for none of them and is read as it is named.
COMBINED = "HSC"


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading names two classifications and their descriptions, or one."""
    header = plain.first_cells(packed.unpacked(head))
    return _between(header) is not None or _listed(header) is not None


def read(path: Path, name: str) -> ListReading:
    """The pairs and the names. Raises `BrokenLayout` for a heading that is none."""
    import polars as pl

    header, *lines = plain.cells(plain.decoded(plain.read_bytes(path, name)), name)
    listed = _listed([cell.strip() for cell in header])
    if listed is not None:
        return _names(lines, listed)
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
            _called(good, at),
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


def _called(good: Sequence[tuple[int, Sequence[str]]], at: int) -> Iterator[Named]:
    """The names of the codes in a column, where they have one."""
    for number, cells in good:
        if called := " ".join(cells[at + 1].split()):
            yield number, cells[at].strip(), called, None, None


def _names(lines: Sequence[Sequence[str]], classification: str) -> ListReading:
    """A list of goods alone."""
    good, refusals = _sorted_out(lines, cells=2)
    found = ((number, cells[0].strip(), " ".join(cells[1].split()), None, None) for number, cells in good)
    rows = name_rows(found, classification, "en").unique("product", keep="first", maintain_order=True)
    return ListReading(SOURCE, "names", f"names in {classification}", None, {"product_names": rows}, refusals)


def _listed(header: Sequence[str]) -> str | None:
    """The classification of a heading that names one."""
    if len(header) != 2 or not (header[0].endswith(_CODE) and header[1].endswith(_NAME)):
        return None
    return _classification(header[0].removesuffix(_CODE))


def _between(header: Sequence[str]) -> tuple[str, str] | None:
    if len(header) != 4 or not (header[0].endswith(_CODE) and header[2].endswith(_CODE)):
        return None
    if not (header[1].endswith(_NAME) and header[3].endswith(_NAME)):
        return None
    found = [_classification(cell.removesuffix(_CODE)) for cell in (header[0], header[2])]
    return (found[0], found[1]) if found[0] and found[1] else None


def _classification(text: str) -> str | None:
    return COMBINED if "combined" in text.lower() else find(text)


def _sorted_out(
    lines: Sequence[Sequence[str]], cells: int = 4
) -> tuple[list[tuple[int, Sequence[str]]], tuple[Refusal, ...]]:
    """The lines of so many ``cells``, a code before every name, and the others with the reason."""
    good, refusals = [], []
    for number, line in enumerate(lines, start=2):
        # A pair of codes is worth keeping without their names, a list of names is not.
        needed = line[::2] if cells == 4 else line
        if len(line) == cells and all(cell.strip() for cell in needed):
            good.append((number, line))
        elif any(line):
            refusals.append(
                Refusal(
                    None,
                    number,
                    " | ".join(line)[:LETTERS],
                    "not two codes with their names" if cells == 4 else "not a code with its name",
                )
            )
    return good, tuple(refusals)
