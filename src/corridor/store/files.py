"""Files that are there whole or not at all, and their faults in one line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corridor.errors import StoreError, Where

#: Ending of a file that is still being written; such a file counts for nothing.
PART = ".part"


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` so that ``path`` is at every moment the old file, or none, or the new one whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + PART)
    with part.open("wb") as opened:
        opened.write(data)
        opened.flush()
        # The catalog must never name a file whose bytes a power cut can still take.
        os.fsync(opened.fileno())
    part.replace(path)


def remove(path: Path) -> None:
    """Remove a file nobody names. One that a reader holds open stays (Windows) until the next sweep."""
    with suppress(FileNotFoundError, PermissionError):
        path.unlink()


@contextmanager
def one_line(path: Path, next_step: str = "") -> Iterator[None]:
    """Turn faults of the file system and of SQLite into a `StoreError` that names ``path``."""
    try:
        yield
    except OSError as fault:
        raise StoreError(_words(fault), where=Where(file=str(path)), next_step=next_step) from None
    except sqlite3.Error as fault:
        raise StoreError(f"cannot be used ({fault})", where=Where(file=str(path)), next_step=next_step) from None


def _words(fault: OSError) -> str:
    if isinstance(fault, (FileExistsError, NotADirectoryError)):
        return "is not a folder, and the store needs one"
    return f"cannot be used ({fault.strerror or fault})"
