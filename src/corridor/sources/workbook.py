"""A workbook's sheets as plain rows of cells, whatever state the file is in.

The library that reads spreadsheets can bring the whole process down on a damaged .xls: it panics, or asks for
as much memory as a broken row number says. So it works in a process of its own, and a damaged workbook costs
one line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import ZipFile

from corridor.errors import UnreadableFile, Where
from corridor.sources.archive import DAMAGE, check_archive

#: First bytes of .xls (an OLE file) and of .xlsx (a zip archive).
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"

#: Longest time a workbook may take. The largest one known, 1.1 MB, takes a third of a second.
SECONDS = 120

#: A cell: a number, or words; the empty cell is the empty text.
Cell = float | str


@dataclass(frozen=True)
class Sheet:
    """One worksheet: rows of cells from A1 on, all of one length. Row 1 is ``rows[0]``."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def words(cell: Cell) -> str:
    """What a cell says, in Unicode NFC, with single blanks and none at the ends."""
    if cell == "":
        # One stray cell far below makes a sheet of millions that are empty.
        return ""
    # Twelve digits show every printed figure whole and none of a spreadsheet's binary noise.
    text = f"{cell:.12g}" if isinstance(cell, int | float) else cell
    return " ".join(unicodedata.normalize("NFC", text).split())


def column_name(index: int) -> str:
    """A column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    higher, letter = divmod(index, 26)
    return (column_name(higher - 1) if higher else "") + chr(ord("A") + letter)


def is_workbook(path: Path, head: bytes) -> bool:
    """Whether a file may be a workbook, by its first bytes. Raises `UnreadableFile` for a damaged zip archive."""
    if head.startswith(OLE):
        return True
    if not head.startswith(ZIP):
        return False
    try:
        with ZipFile(path) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return False
            check_archive(archive, path.stat().st_size, path.name)
            return True
    except DAMAGE as fault:
        raise _unreadable(path.name, f"a damaged archive or .xlsx ({fault})") from None


def open_sheets(path: Path, name: str) -> tuple[Sheet, ...]:
    """All worksheets of a workbook. Raises `UnreadableFile` for one that does not open.

    A workbook that several readers look at in turn is opened once.
    """
    seen = path.stat()
    return _opened(path, name, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=1)
def _opened(path: Path, name: str, _changed: int, _size: int) -> tuple[Sheet, ...]:
    # The day and the size of the file are in the key, so that a file that changed is opened again.
    program = [sys.executable, "-P", str(Path(__file__).with_name("unpack.py")), str(path.resolve())]
    # The program must find what this one finds, wherever this one was told to look.
    places = os.pathsep.join(place for place in sys.path if place)
    environment = {**os.environ, "PYTHONPATH": places}
    try:
        ran = subprocess.run(
            program, capture_output=True, check=False, env=environment, stdin=subprocess.DEVNULL, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise _unreadable(name, f"the workbook does not open within {SECONDS} seconds") from None
    if ran.returncode:
        raise _unreadable(name, f"cannot be opened as a workbook: {_reason(ran)}")
    return tuple(Sheet(sheet, tuple(map(tuple, rows))) for sheet, rows in json.loads(ran.stdout))


def _reason(ran: subprocess.CompletedProcess[bytes]) -> str:
    from corridor.sources.unpack import CANNOT_OPEN

    said = ran.stderr.decode("utf-8", "replace").strip()
    return said if ran.returncode == CANNOT_OPEN else "it is damaged"


def _unreadable(name: str, what: str) -> UnreadableFile:
    return UnreadableFile(what, where=Where(file=name), next_step="fetch the file again, or save it anew as .xlsx")
