"""A data directory: tables that read without waiting, and one writer at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from corridor.codes import schema
from corridor.errors import NothingFound, StoreError, Where
from corridor.evidence import Trace
from corridor.store import sums, tables
from corridor.store.catalog import Catalog, Standing
from corridor.store.downloads import Downloads, Missed, open_downloads, read_missed
from corridor.store.entries import Ingest, TableFile
from corridor.store.files import one_line
from corridor.store.snapshots import Snapshots
from corridor.store.writer import Writer, open_writer

if TYPE_CHECKING:
    from corridor.store.sql import Files


#: What tells one report of a pair's flows from another, whatever the goods.
PAIR = (
    "source", "release", "classification", "reporter", "partner", "flow", "freq", "period_start", "period_end",
    "cumulative",
)  # fmt: skip
_SUMMED = ("value_usd", "net_weight_kg")
_AMOUNTS = (pl.len().cast(pl.Int64).alias("rows"), pl.col(_SUMMED).sum())
_CODES = {"snapshot": pl.String, "_code": pl.String}


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

    def current(
        self,
        table: str,
        *,
        as_of: date | None = None,
        where: pl.Expr | None = None,
        sources: Collection[str] | None = None,
    ) -> pl.LazyFrame:
        """The rows of the current editions as they stood at ``as_of`` (None: now); see `tables.current`.

        Of two editions published on one day the one added later counts. A table that has no editions
        (``not_understood``) is read whole. ``where`` keeps rows by columns of `schema.FLOW_KEY`: before editions
        are compared, so that a question about a pair reads little. ``sources`` leaves the files of others alone.
        """
        asked = None if sources is None else {each.snapshot for each in self.ingests() if each.source in sources}
        return self._current(table, as_of, where, asked)

    def pairs(self, *, as_of: date | None = None, where: pl.Expr | None = None) -> pl.LazyFrame:
        """Whose current flows with whom are held, and of when: the columns `PAIR`, each once.

        A file that is kept narrow, in one classification, says so in ``coverage``, a row a pair; of other files the
        flows are read. ``where`` keeps rows by columns of `PAIR`, the classification apart.
        """
        files = self._files("flows", as_of)
        alike = {name: tables.classification_of(self._path(file)) for name, file in files.items()}
        told = {name: code for name, code in alike.items() if code}
        codes = pl.LazyFrame({"snapshot": list(told), "_code": list(told.values())}, schema=_CODES)
        spoken = self._current("coverage", as_of, where, told.keys()).join(codes, on="snapshot")
        rest = self._current("flows", as_of, where, alike.keys() - told.keys())
        return pl.concat(
            [spoken.with_columns(classification="_code").select(PAIR).unique(), rest.select(PAIR).unique()]
        )

    def added_up(self, keys: Collection[str], source: str) -> pl.DataFrame:
        """The current flows of a source that is held, added up by ``keys`` of `schema.SUMS`: ``rows`` and the sums.

        Of a file that is current as a whole and was added up when it came, the flows are not read.
        """
        asked = {each.snapshot for each in self.ingests() if each.source == source}
        standing = self._standing("flows", None, asked)
        found = {name: sums.read(self.directory, standing.files[name]) for name in _plain(standing)[0]}
        kept = {name: table for name, table in found.items() if table is not None}
        rest = self._current("flows", None, None, asked - kept.keys()).group_by(keys).agg(_AMOUNTS)
        parts = [table.select(*keys, pl.col("rows").cast(pl.Int64), *_SUMMED) for table in kept.values()]
        parts.append(rest.collect(engine="streaming"))
        return pl.concat(parts).group_by(keys).agg(pl.col("rows", *_SUMMED).sum())

    def _current(
        self, table: str, as_of: date | None, where: pl.Expr | None, asked: Collection[str] | None
    ) -> pl.LazyFrame:
        """`current` of the publishers' files ``asked`` for, by checksum."""
        if not set(schema.EDITION_KEY) <= set(schema.columns(table)) or not self._catalog.present():
            return _kept(self.scan(table, as_of=as_of), where)
        standing = self._standing(table, as_of, asked)
        plain, losing, lost = _plain(standing)
        parts = [self._rows(table, standing, plain, where)]
        if losing:
            parts.append(tables.without(self._rows(table, standing, sorted(losing), where), lost))
        if cells := standing.overlapping.keys() & standing.files.keys():
            numbered = tables.without(self._numbered(table, standing, sorted(cells), where), standing.covered)
            parts.append(tables.latest_cells(numbered))
        return pl.concat(parts)

    def _standing(self, table: str, as_of: date | None, asked: Collection[str] | None) -> Standing:
        found = self._catalog.standing(table, as_of)
        if asked is None:
            return found
        return replace(found, files={name: file for name, file in found.files.items() if name in asked})

    def _rows(self, table: str, standing: Standing, names: Iterable[str], where: pl.Expr | None) -> pl.LazyFrame:
        return _kept(tables.scan(table, self._paths([standing.files[name] for name in names])), where)

    def _numbered(self, table: str, standing: Standing, names: Iterable[str], where: pl.Expr | None) -> pl.LazyFrame:
        """The rows of selections with ``ingest``, their file's place in the order of adding."""
        parts = [
            self._rows(table, standing, [name], where).with_columns(ingest=pl.lit(standing.overlapping[name]))
            for name in names
        ]
        return pl.concat(parts)

    def sql(self, query: str) -> pl.DataFrame:
        """What one SELECT gives over the stored tables; see `corridor.store.sql.answer`."""
        from corridor.store import sql

        return sql.answer({table: self._for_sql(table) for table in schema.TABLES}, query)

    def _for_sql(self, table: str) -> Files:
        """The files of a table as `current` would read them."""
        from corridor.store.sql import Files

        held = self._paths(self._files(table, None).values())
        if not set(schema.EDITION_KEY) <= set(schema.columns(table)) or not self._catalog.present():
            return Files(held, held)
        standing = self._standing(table, None, None)
        plain, losing, lost = _plain(standing)
        paths = {name: self._path(file) for name, file in standing.files.items()}
        return Files(
            held,
            whole=[paths[name] for name in plain],
            partly=[paths[name] for name in sorted(losing)],
            lost=lost,
            cells={paths[name]: standing.overlapping[name] for name in paths if name in standing.overlapping},
        )

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


def _plain(standing: Standing) -> tuple[list[str], frozenset[str], pl.DataFrame]:
    """The files that are current as a whole, by snapshot; those that lost editions to others, and which they lost."""
    gone, lost = tables.superseded(standing.contested)
    lost = pl.concat([lost.select(standing.covered.columns), standing.covered])
    losing = frozenset(lost["snapshot"]) - standing.overlapping.keys()
    plain = [name for name in standing.files if name not in gone | losing | standing.overlapping.keys()]
    return plain, losing & standing.files.keys(), lost


def _kept(rows: pl.LazyFrame, where: pl.Expr | None) -> pl.LazyFrame:
    return rows if where is None else rows.filter(where)
