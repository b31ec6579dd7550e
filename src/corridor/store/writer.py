"""The one who may write: keeps publishers' files and commits them, one file a commit.

A commit is made in this order: the publisher's bytes, the Parquet files, the catalog's commit that names them,
the note beside the bytes. Whatever happens between two steps, the next writer either finishes the file or
removes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import date
from pathlib import Path

import polars as pl

from corridor import __version__
from corridor.errors import StoreError, Where
from corridor.store import lock, sums
from corridor.store.bundle import Bundle, Part, conform, part
from corridor.store.catalog import Catalog, DamagedCatalog
from corridor.store.entries import Ingest, TableFile
from corridor.store.files import PART, one_line, remove, write_whole
from corridor.store.snapshots import NOTE, Record, Snapshots, checksum

_OURS = re.compile(rf"[0-9a-f]{{64}}\.parquet({re.escape(PART)})?")


class Writer:
    """The store opened for writing; made by `open_writer`."""

    def __init__(self, directory: Path, catalog: Catalog, ingests: Iterable[Ingest]) -> None:
        self._directory = directory
        self._catalog = catalog
        self._snapshots = Snapshots(directory)
        self._ingests = {ingest.snapshot: ingest for ingest in ingests}
        self._pending: set[str] = set()
        self._next = 1 + max([*self._ids(), *(record.order for record in self._records() if record)], default=0)

    @property
    def ingests(self) -> Mapping[str, Ingest]:
        """The files that were added, by checksum."""
        return self._ingests

    def paths(self, table: str, ingests: Iterable[Ingest] | None = None) -> tuple[Path, ...]:
        """The Parquet files of a table; of the files held unless ``ingests`` names others."""
        named = self._ingests.values() if ingests is None else ingests
        return tuple(self._directory / file.path for each in named for file in each.files if file.table == table)

    def keep(self, original: Path, snapshot: str) -> Path:
        """Take a file's bytes in and say where they lie; without a `commit` they go when the writer closes.

        Raises `UnreadableFile` where the file cannot be read or is no longer the one with the checksum.
        """
        if self._snapshots.keep(original, snapshot) and snapshot not in self._ingests:
            self._pending.add(snapshot)
        return self._snapshots.path(snapshot)

    def commit(self, bundle: Bundle, *, snapshot: str, name: str, added: date, url: str = "") -> Ingest:
        """Add one publisher's file, whose bytes are kept, to all tables at once."""
        with one_line(self._directory):
            size = self._snapshots.path(snapshot).stat().st_size
        record = Record(snapshot, name, size, added, bundle.source, url, self._next)
        ingest = self.write_tables(bundle, record)
        # An interruption from here on may find the commit made: the bytes are no longer ours to remove.
        self._pending.discard(snapshot)
        self._catalog.commit(ingest, bundle.editions)
        self._ingests[snapshot] = ingest
        self._next += 1
        self._snapshots.describe(record)
        return ingest

    def replace(self, table: str, rows: Mapping[str, pl.DataFrame]) -> None:
        """Put other rows of a table in the place of those of files held, by checksum, all in one commit."""
        files = {
            self._ingests[snapshot].id: self._write(part(table, conform(table, frame))) if frame.height else None
            for snapshot, frame in rows.items()
        }
        self._catalog.replace_files(table, files)
        self._ingests = {ingest.snapshot: ingest for ingest in self._catalog.ingests()}

    def is_compared(self, source: str) -> bool:
        """Whether the files held of a source are those that `note_compared` was last told of."""
        return self._catalog.setting(_compared(source)) == self._newest(source)

    def note_compared(self, source: str) -> None:
        """Note that the files held of a source were compared with one another."""
        self._catalog.note(_compared(source), self._newest(source))

    def write_tables(self, bundle: Bundle, record: Record) -> Ingest:
        """Write the Parquet files of one publisher's file; they count for nothing before a commit names them."""
        files = tuple(self._write(part) for part in bundle.parts)
        flows = next((file for file in files if file.table == "flows"), None)
        if flows and bundle.sums is not None:
            sums.write(self._directory, flows, bundle.sums)
        return Ingest(
            id=record.order,
            snapshot=record.snapshot,
            source=bundle.source,
            table=bundle.table,
            release=bundle.release,
            edition=bundle.edition,
            file=record.name,
            size=record.size,
            added=record.added,
            published=bundle.published,
            url=record.url,
            corridor=__version__,
            files=files,
            reasons=bundle.reasons,
        )

    def recorded(self) -> tuple[Record, ...]:
        """Every file ever added, in the order of adding. Raises `StoreError` where a note is damaged."""
        return tuple(
            sorted(map(self._read, self._snapshots.noted()), key=lambda record: (record.order, record.snapshot))
        )

    def sound(self, snapshot: str) -> Path | None:
        """Where the bytes of a checksum lie, or None where they are gone or no longer the same."""
        return self._snapshots.path(snapshot) if self._snapshots.sound(snapshot) else None

    def replace_all(self, ingests: Iterable[tuple[Ingest, pl.DataFrame]]) -> None:
        """Name these files, with their editions, in the place of everything named before, in one step."""
        self._catalog.replace_all(ingests)

    def sweep(self) -> None:
        """Finish or remove what an earlier writer left: files no commit names, notes a commit lacks."""
        named = {file.path for ingest in self._ingests.values() for file in ingest.files}
        with one_line(self._directory):
            for path in (self._directory / "tables").glob("*/*"):
                if _OURS.fullmatch(path.name) and path.relative_to(self._directory).as_posix() not in named:
                    remove(path)
        sums.sweep(self._directory, {file.sha for ingest in self._ingests.values() for file in ingest.files})
        self._snapshots.sweep_parts()
        noted = set(self._snapshots.noted())
        for snapshot in {*self._snapshots.held(), *self._ingests}:
            self._settle(snapshot, snapshot in noted)

    def close(self) -> None:
        """Remove bytes that were taken in and not committed; what was there before this writer stays."""
        for snapshot in self._pending:
            self._snapshots.discard(snapshot)

    def _records(self) -> Iterator[Record | None]:
        return map(self._snapshots.record, self._snapshots.noted())

    def _read(self, snapshot: str) -> Record:
        record = self._snapshots.record(snapshot)
        if record is None:
            where = Where(file=f"{self._snapshots.path(snapshot)}{NOTE}")
            raise StoreError("is damaged", where=where, next_step="put it right, or remove it and add the file again")
        return record

    def _newest(self, source: str) -> str:
        """The number of the file of a source that was added last; files are only ever added."""
        return str(max((each.id for each in self._ingests.values() if each.source == source), default=0))

    def _ids(self) -> Iterator[int]:
        return (ingest.id for ingest in self._ingests.values())

    def _write(self, part: Part) -> TableFile:
        file = TableFile(part.table, f"tables/{part.table}/{part.sha}.parquet", part.rows, len(part.data), part.sha)
        path = self._directory / file.path
        with one_line(path):
            # The same rows give the same file, and a reader may have it open.
            if not path.is_file() or checksum(path) != part.sha:
                write_whole(path, part.data)
        return file

    def _settle(self, snapshot: str, noted: bool) -> None:
        ingest = self._ingests.get(snapshot)
        if ingest is None and not noted:
            self._snapshots.discard(snapshot)
        if ingest and self._snapshots.record(snapshot) is None:
            self._snapshots.describe(
                Record(snapshot, ingest.file, ingest.size, ingest.added, ingest.source, ingest.url, ingest.id)
            )


class Repairer(Writer):
    """The store opened to be made again from the kept files, its catalog being gone or damaged."""

    def replace_all(self, ingests: Iterable[tuple[Ingest, pl.DataFrame]]) -> None:
        """Name these files, with their editions, in a new catalog that then takes the old one's place."""
        super().replace_all(ingests)
        self._catalog.take_place_of(Catalog(self._directory))

    def close(self) -> None:
        """Remove the new catalog where it did not take the old one's place."""
        super().close()
        self._catalog.remove()


def _compared(source: str) -> str:
    return f"compared {source}"


@contextmanager
def open_writer(directory: Path, *, repair: bool = False) -> Iterator[Writer]:
    """Open a store for writing, alone, and make it where there is none.

    ``repair`` opens a store whose catalog is gone or damaged too; nothing held is then known, and only
    `Writer.replace_all` makes sense. Raises `StoreError` where another writer is at work, the folder cannot
    be written, or the catalog is damaged or from a newer corridor; the store is then untouched.
    """
    catalog = Catalog(directory)
    with suppress(DamagedCatalog) if repair else nullcontext():
        catalog.present()
    with one_line(directory):
        directory.mkdir(parents=True, exist_ok=True)
    with lock.writing(directory):
        whole = not repair or _whole(catalog)
        with closing(_writer(directory, catalog) if whole else Repairer(directory, _fresh(directory), ())) as writer:
            yield writer


def _writer(directory: Path, catalog: Catalog) -> Writer:
    if not catalog.present():
        _fresh(directory).take_place_of(catalog)
    writer = Writer(directory, catalog, catalog.ingests())
    writer.sweep()
    return writer


def _fresh(directory: Path) -> Catalog:
    """An empty catalog beside the one in use, which it replaces when it is complete."""
    fresh = Catalog(directory, "catalog.new.sqlite")
    fresh.remove()
    fresh.create()
    return fresh


def _whole(catalog: Catalog) -> bool:
    try:
        if catalog.present():
            catalog.check()
    except DamagedCatalog:
        return False
    return True
