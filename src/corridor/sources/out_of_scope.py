"""Files that are known and not to be read: what they are, and what to do instead. Told by content, never by name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from corridor.codes import strict_yaml
from corridor.sources import packed, plain
from corridor.sources.archive import DAMAGE

#: Where a text document keeps its words.
_DOCUMENT = "word/document.xml"


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it is told, what it is, and what to do instead."""

    what: str
    instead: str
    begins: tuple[str, ...] = ()
    headed: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Whether a file that begins with ``text`` is of this kind."""
        bare = text.replace('"', "").lstrip("\ufeff ")
        return (
            bare.startswith(tuple(each.replace('"', "") for each in self.begins))
            or bare.split("\n", 1)[0].strip() in self.headed
            or any(each in text for each in self.holds)
        )


DOCUMENT = Kind("a text document, no table", "corridor check reads texts")


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order of the list."""
    rows = strict_yaml.load(files("corridor.sources").joinpath("out_of_scope.yml").read_text(encoding="utf-8"))
    return tuple(_kind(row) for row in rows)


def kind_of(path: Path, head: bytes) -> Kind | None:
    """The kind of a file that no reader takes; None for one that nobody knows."""
    if _is_document(path):
        return DOCUMENT
    texts = list(_texts(path, head))
    return next((kind for kind in kinds() if any(kind.fits(text) for text in texts)), None)


def _kind(row: dict[str, str | list[str]]) -> Kind:
    lists = {name: tuple(row.get(name, ())) for name in ("begins", "headed", "holds")}
    return Kind(str(row["what"]), str(row["instead"]), **lists)


def _texts(path: Path, head: bytes) -> Iterator[str]:
    """How the file begins, as text; a workbook by the first row of each sheet."""
    yield plain.decoded(packed.unpacked(head))
    from corridor.sources import workbook

    if workbook.is_workbook(path, head):
        for sheet in workbook.open_sheets(path, path.name):
            if sheet.rows:
                yield ",".join(workbook.words(cell) for cell in sheet.rows[0])


def _is_document(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return _DOCUMENT in archive.namelist()
    except DAMAGE:
        return False
