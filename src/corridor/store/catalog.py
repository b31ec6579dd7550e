"""The catalog: which files were added, and which Parquet files make up each table. One SQLite file.

Readers see one commit or the next, never half of one, and never wait. Every connection lives for one
question only, so nothing is held open between questions.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import polars as pl

from corridor.errors import NothingFound, StoreError, Where
from corridor.evidence import Trace
from corridor.store import entries
from corridor.store.entries import Ingest, TableFile
from corridor.store.files import one_line
from corridor.store.snapshots import Snapshots

#: Version of the catalog's form. A higher one was written by a newer corridor.
VERSION = 1
#: Marks the SQLite file as ours: "corr" in ASCII.
APPLICATION = 0x636F7272

_REBUILD = "run `corridor rebuild`: it makes the catalog again from the kept files"
_MAGIC = b"SQLite format 3\x00"

#: SQLite's codes for a file that is no database, no whole one, or lacks our tables.
_DAMAGE = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR})
#: Its codes for a folder in which it cannot put the files it shares between readers.
_NOT_WRITABLE = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})


class DamagedCatalog(StoreError):
    """The catalog is no catalog any more; the kept files are not touched by that."""


@dataclass(frozen=True)
class Standing:
    """The files of a table that may hold current rows, by snapshot, and what they contend over.

    ``contested`` are the editions of whole tables; ``overlapping`` the selections that share a table and period,
    with their place in the order of adding; ``covered`` the editions of selections that give way to a whole table.
    """

    files: Mapping[str, TableFile]
    contested: pl.DataFrame
    overlapping: Mapping[str, int]
    covered: pl.DataFrame


class Catalog:
    """The file ``catalog.sqlite`` of a store."""

    def __init__(self, directory: Path, name: str = "catalog.sqlite") -> None:
        self.directory = directory
        self.path = directory / name

    def present(self) -> bool:
        """Whether there is a catalog; there is none before the first file is added.

        Raises `DamagedCatalog` where files were added and the catalog is gone or no database, and `StoreError`
        for one from a newer corridor.
        """
        if self.directory.exists() and not self.directory.is_dir():
            raise StoreError("is not a folder, and the store needs one", where=Where(file=str(self.directory)))
        head = self._head()
        if not head:
            if Snapshots(self.directory).noted():
                raise self._damaged("is missing")
            return False
        if not head.startswith(_MAGIC):
            raise self._damaged("is not a database")
        # Told from the bytes first: opening a newer catalog with SQLite could already change files beside it.
        self._refuse_newer(int.from_bytes(head[60:64], "big"))
        return True

    def _head(self) -> bytes:
        with one_line(self.path):
            try:
                with self.path.open("rb") as opened:
                    return opened.read(100)
            except FileNotFoundError:
                return b""

    def check(self) -> None:
        """Read the whole catalog once. Raises `DamagedCatalog` where it is no longer whole."""
        with self._reading() as connection:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise self._damaged(f"is damaged ({verdict})")

    def create(self) -> None:
        """Make an empty catalog where there is no file yet."""
        with one_line(self.path), closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            marks = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
            connection.executescript(f"BEGIN; {entries.FORM} {marks} COMMIT;")

    def take_place_of(self, old: Catalog) -> None:
        """Become the catalog in the place of none, or of a damaged one, which is set aside."""
        with one_line(self.path):
            old._remove_log()
            if old._head():
                old.path.replace(old.path.with_name(f"{old.path.stem}.damaged.sqlite"))
            self.path.replace(old.path)

    def remove(self) -> None:
        """Remove a catalog that never took its place."""
        with one_line(self.path):
            self._remove_log()
            self.path.unlink(missing_ok=True)

    def _remove_log(self) -> None:
        # A log left behind would be replayed into whatever database next bears this name.
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def ingests(self) -> tuple[Ingest, ...]:
        """Every file that was added, in the order of adding."""
        with self._reading() as connection:
            return entries.read_all(connection)

    def files(self, table: str, as_of: date | None = None) -> Mapping[str, TableFile]:
        """The files, by snapshot, that hold a table's rows published by ``as_of`` (None: ever)."""
        with self._reading() as connection:
            return entries.read_files(connection, table, as_of or date.max)

    def standing(self, table: str, as_of: date | None = None) -> Standing:
        """The files that hold a table's current rows as they stood at ``as_of`` (None: now)."""
        until = as_of or date.max
        with self._reading() as connection:
            files = entries.read_standing(connection, table, until)
            contested = entries.read_contested(connection, until)
            overlapping = entries.read_overlapping(connection, until)
            return Standing(files, contested, overlapping, entries.read_covered(connection, until))

    def trace(self, trace_id: str) -> Trace:
        """Where the row of a trace id stands. Raises `NothingFound` where no file that was added has it."""
        prefix, _, place = trace_id.partition("/")
        page, _, row = place.rpartition("/")
        with self._reading() as connection:
            found = connection.execute(
                "SELECT source, file, snapshot, edition, url FROM ingests WHERE substr(snapshot, 1, 16) = ?", (prefix,)
            ).fetchone()
        if found is None:
            raise NothingFound(
                f"no file in the store has the trace {trace_id}", where=Where(file=str(self.path.parent))
            )
        source, file, snapshot, edition, url = found
        return Trace(source, file, snapshot, page=page, row=row, edition=edition, url=url)

    def commit(self, ingest: Ingest, editions: pl.DataFrame) -> None:
        """Name one file and its tables; ``editions`` has the columns of `schema.EDITION_KEY`."""
        with self._writing() as connection:
            entries.write(connection, ingest, editions)

    def replace_files(self, table: str, files: Mapping[int, TableFile | None]) -> None:
        """Name other files of a table, or none, in the place of those of ingests by number, in one commit."""
        with self._writing() as connection:
            for ingest, file in files.items():
                entries.write_file(connection, ingest, table, file)

    def setting(self, key: str) -> str | None:
        """What was noted under a key about the files named; None where nothing was."""
        with self._reading() as connection:
            return entries.read_setting(connection, key)

    def note(self, key: str, value: str) -> None:
        """Note something about the files named; `replace_all` forgets it."""
        with self._writing() as connection:
            entries.write_setting(connection, key, value)

    def replace_all(self, ingests: Iterable[tuple[Ingest, pl.DataFrame]]) -> None:
        """Put these files in the place of all that were named before, in one commit."""
        with self._writing() as connection:
            connection.execute("DELETE FROM ingests")
            connection.execute("DELETE FROM settings")
            for ingest, editions in ingests:
                entries.write(connection, ingest, editions)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._one_line(), closing(self._open()) as connection:
            # One transaction: all questions of a caller see the same commit.
            connection.execute("BEGIN")
            self._refuse_newer(connection.execute("PRAGMA user_version").fetchone()[0])
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
                raise self._damaged("is a database of something else")
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._one_line(), closing(_connect(self.path, "rw")) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("BEGIN IMMEDIATE")
            # Closing without a commit rolls back, whatever went wrong.
            yield connection
            connection.execute("COMMIT")

    def _open(self) -> sqlite3.Connection:
        """A connection for reading, also in a folder where nothing may be written."""
        connection = _connect(self.path, "rw")
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        except sqlite3.Error as fault:
            connection.close()
            if _code(fault) not in _NOT_WRITABLE:
                raise
            return _connect(self.path, "ro&immutable=1")
        return connection

    @contextmanager
    def _one_line(self) -> Iterator[None]:
        with one_line(self.path):
            try:
                yield
            except sqlite3.DatabaseError as fault:
                if _code(fault) not in _DAMAGE:
                    raise
                raise self._damaged(f"is damaged ({fault})") from None

    def _refuse_newer(self, version: int) -> None:
        if version > VERSION:
            raise StoreError(
                f"was written by a newer corridor (catalog version {version}, this one knows {VERSION})",
                where=Where(file=str(self.path.parent)),
                next_step="install that version of corridor; nothing was changed",
            )

    def _damaged(self, what: str) -> DamagedCatalog:
        return DamagedCatalog(f"the catalog {what}", where=Where(file=str(self.path)), next_step=_REBUILD)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # Not Path.as_uri: it puts the server of a Windows share where SQLite allows no name.
    posix = path.absolute().as_posix()
    address = f"file://{'' if posix.startswith('/') else '/'}{quote(os.fsencode(posix))}"
    return sqlite3.connect(f"{address}?mode={mode}", uri=True, isolation_level=None)


def _code(fault: sqlite3.Error) -> int:
    """SQLite's primary result code; the finer ones carry it in their lowest byte."""
    return fault.sqlite_errorcode & 0xFF
