"""One writer at a time, on every operating system.

The lock is an exclusive SQLite transaction on a file of its own, held as long as the writer lives. The
operating system takes it back when the process dies, however it dies, so no lock is ever left behind.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from corridor.errors import StoreError, Where
from corridor.store.files import one_line, remove, write_whole

LOCK = "lock.sqlite"
HOLDER = "lock.json"


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Hold the store in ``directory`` for writing. Raises `StoreError` at once where another writer holds it."""
    path = directory / LOCK
    with one_line(path):
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    with closing(connection):
        _take(connection, directory)
        with suppress(OSError):
            # A courtesy to whoever finds the store in use; the lock does not rest on it.
            write_whole(directory / HOLDER, _holder())
        try:
            yield
        finally:
            remove(directory / HOLDER)


def _take(connection: sqlite3.Connection, directory: Path) -> None:
    with one_line(directory / LOCK, next_step="make the folder writable, or name another one"):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise StoreError(
                f"in use by {_who(directory)}", where=Where(file=str(directory)), next_step="try again when it is done"
            ) from None


def _holder() -> bytes:
    since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return json.dumps({"process": os.getpid(), "since": since}).encode("utf-8")


def _who(directory: Path) -> str:
    """The holder as it announced itself; it may be between taking the lock and saying so."""
    try:
        holder = json.loads((directory / HOLDER).read_text(encoding="utf-8"))
        return f"process {holder['process']} since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
