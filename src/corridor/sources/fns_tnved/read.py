"""Reads TNVED1.TXT to TNVED4.TXT: sections, chapters, headings and lines of the TN VED with their days in force.

CP866 text, cells ended by ``|``. The first line is version, date and 0000; a code has a line for every wording it ever
had.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corridor.errors import BrokenLayout, Where
from corridor.evidence import ListReading, Refusal
from corridor.sources import plain
from corridor.sources.left_out import LETTERS
from corridor.sources.name_rows import Named, name_rows

SOURCE = "fns_tnved"
ENCODING = "cp866"
CLASSIFICATION = "TNVED"

_DAY = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})")
_FIRST = re.compile(rb"(\d{3})\|(\d{8})\|0000\|\r?\n")


@dataclass(frozen=True)
class Form:
    """One of the four files: the columns of its code, of its name and of its dates; ``table`` is its name."""

    table: str
    cells: int
    code: tuple[str, ...]
    prefix: str = ""

    @property
    def name(self) -> int:
        """The column of the name, the one after the code's."""
        return len(self.code)


#: Told apart by the number of cells and by what the cells of the code look like.
FORMS = (
    Form("TNVED4", 6, (r"\d\d", r"\d\d", r"\d{6}")),
    Form("TNVED3", 5, (r"\d\d", r"\d\d")),
    Form("TNVED2", 6, (r"\d\d", r"\d\d")),
    Form("TNVED1", 5, (r"\d\d",), prefix="S"),
)


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first line is the dictionary's."""
    return _FIRST.match(head) is not None


def read(path: Path, name: str) -> ListReading:
    """The names in Russian with their days in force; a section's code is S and its number.

    Raises `BrokenLayout` where the file is none of the four.
    """
    data = plain.read_bytes(path, name)
    first = _FIRST.match(data)
    lines = plain.decoded(data, (ENCODING, ENCODING)).split("\n")[1:]
    form = _form([line.split("|")[:-1] for line in lines if line], name)
    if first is None or form is None:
        raise BrokenLayout("is none of the files TNVED1 to TNVED4", where=Where(file=name))
    printed = first[2].decode()
    try:
        published = _day(f"{printed[6:]}.{printed[4:6]}.{printed[:4]}")
    except ValueError:
        raise BrokenLayout(f"no day is called {printed}", where=Where(file=name, row=1)) from None
    refusals: list[Refusal] = []
    rows = list(_rows(lines, form, refusals.append))
    return ListReading(
        source=SOURCE,
        table=form.table,
        edition=f"{form.table}, version {first[1].decode()}",
        published=published,
        tables={"product_names": name_rows(rows, CLASSIFICATION, "ru")},
        refusals=tuple(refusals),
    )


def _form(lines: Sequence[Sequence[str]], name: str) -> Form | None:
    if not lines:
        raise BrokenLayout("there is no line below the first", where=Where(file=name))
    return next((form for form in FORMS if len(lines[0]) == form.cells and _code(lines[0], form)), None)


def _rows(lines: Sequence[str], form: Form, refuse: Callable[[Refusal], None]) -> Iterator[Named]:
    for number, line in enumerate(lines, start=2):
        cells = [cell.strip() for cell in line.split("|")]
        code = _code(cells, form) if len(cells) == form.cells + 1 else ""
        days = _in_force(cells[form.cells - 2 : form.cells]) if code else None
        if days and cells[form.name]:
            yield number, code, " ".join(cells[form.name].split()), *days
        elif line.strip():
            refuse(Refusal(None, number, line[:LETTERS], f"not a line of {form.table}: code, name and two dates"))


def _code(cells: Sequence[str], form: Form) -> str:
    parts = cells[: len(form.code)]
    fits = all(re.fullmatch(shape, part) for shape, part in zip(form.code, parts, strict=True))
    # The chapter's own code stands in the second cell, its section in the first.
    own = parts[1:] if form.table == "TNVED2" else parts
    return form.prefix + "".join(own) if fits else ""


def _in_force(cells: Sequence[str]) -> tuple[date | None, date | None] | None:
    """The first and the last day, None for an open end; nothing for cells that are no days."""
    try:
        since, until = (_day(cell) if cell else None for cell in cells)
    except ValueError:
        return None
    return since, until


def _day(text: str) -> date:
    printed = _DAY.fullmatch(text)
    if printed is None:
        raise ValueError(text)
    return date(int(printed["year"]), int(printed["month"]), int(printed["day"]))
