"""A data directory: tables that read without waiting, and one writer at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import polars as pl

from corridor.codes import schema
from corridor.errors import NothingFound, StoreError, Where
from corridor.evidence import Trace
from corridor.store import tables
from corridor.store.catalog import Catalog
from corridor.store.downloads import Downloads, Missed, open_downloads, read_missed
from corridor.store.entries import Ingest, TableFile
from corridor.store.files import one_line
from corridor.store.snapshots import Snapshots
from corridor.store.writer import Writer, open_writer


class Store:
    """The data directory ``directory``. A folder that is not there reads as an empty store; writing makes it.

    Every method raises `StoreError` in one line where the folder cannot be used, the catalog is missing,
    damaged or from a newer corridor, or a table's file is gone.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._catalog = Catalog(directory)
        self._snapshots = Snapshots(directory)

    def scan(self, table: str, *, as_of: date | None = None) -> pl.LazyFrame:
        """Every row held of a table, all editions, of files published by ``as_of`` (None: ever)."""
        return tables.scan(table, self._paths(self._files(table, as_of).values()))

    def current(self, table: str, *, as_of: date | None = None) -> pl.LazyFrame:
        """The rows of the current editions as they stood at ``as_of`` (None: now); see `tables.current`.

        Of two editions published on one day the one added later counts. A table that has no editions
        (``not_understood``) is read whole.
        """
        if not set(schema.EDITION_KEY) <= set(schema.columns(table)) or not self._catalog.present():
            return self.scan(table, as_of=as_of)
        standing = self._catalog.standing(table, as_of)
        files = standing.files
        gone, lost = tables.superseded(standing.contested)
        losing = set(lost["snapshot"]) & set(files)
        rows = tables.scan(table, self._paths([files[name] for name in files if name not in losing | gone]))
        if not losing:
            return rows
        partly = tables.scan(table, self._paths([files[name] for name in files if name in losing]))
        return pl.concat([rows, tables.without(partly, lost)])

    def ingests(self) -> tuple[Ingest, ...]:
        """Every publisher's file that was added, in the order of adding."""
        return self._catalog.ingests() if self._catalog.present() else ()

    def trace(self, trace_id: str) -> Trace:
        """Publisher, file, checksum, page and row of a trace id. Raises `NothingFound` where nothing held has it."""
        if not self._catalog.present():
            raise NothingFound(f"the store is empty, it has no trace {trace_id}", where=Where(file=str(self.directory)))
        return self._catalog.trace(trace_id)

    def snapshot(self, checksum: str) -> Path:
        """Where the publisher's own bytes of a checksum lie."""
        return self._snapshots.path(checksum)

    def writer(self, *, repair: bool = False) -> AbstractContextManager[Writer]:
        """Open the store for writing, alone; see `corridor.store.writer.open_writer`."""
        return open_writer(self.directory, repair=repair)

    def downloads(self) -> AbstractContextManager[Downloads]:
        """Open the folder of downloads, alone; see `corridor.store.downloads.open_downloads`."""
        return open_downloads(self.directory)

    def missed(self) -> tuple[Missed, ...]:
        """Every period that a publisher was asked for and did not give so far."""
        return read_missed(self.directory)

    def _files(self, table: str, as_of: date | None) -> Mapping[str, TableFile]:
        return self._catalog.files(table, as_of) if self._catalog.present() else {}

    def _paths(self, files: Iterable[TableFile]) -> list[Path]:
        return [self._path(file) for file in files]

    def _path(self, file: TableFile) -> Path:
        path = self.directory / file.path
        with one_line(path):
            if not path.is_file() or path.stat().st_size != file.size:
                where = Where(file=str(path))
                raise StoreError("is gone or no longer whole", where=where, next_step="run `corridor rebuild`")
        return path
