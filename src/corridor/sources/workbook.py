"""A workbook that several readers look at in turn is opened once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from corridor.sources.vn_nso.spreadsheet import OLE, ZIP, Cell, Sheet, is_workbook, words
from corridor.sources.vn_nso.spreadsheet import open_sheets as _open

__all__ = ["OLE", "ZIP", "Cell", "Sheet", "is_workbook", "open_sheets", "words"]


def open_sheets(path: Path, name: str) -> tuple[Sheet, ...]:
    """All worksheets of a workbook. Raises `UnreadableFile` for one that does not open."""
    seen = path.stat()
    return _opened(path, name, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=1)
def _opened(path: Path, name: str, _changed: int, _size: int) -> tuple[Sheet, ...]:
    # The day and the size of the file are in the key, so that a file that changed is opened again.
    return _open(path, name)
