"""What the catalog says of one publisher's file, and how SQLite holds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from corridor.codes import schema
from corridor.store.tables import EDITION_TYPES

FORM = """
CREATE TABLE ingests (
  id INTEGER PRIMARY KEY, snapshot TEXT NOT NULL UNIQUE, source TEXT NOT NULL, "table" TEXT NOT NULL,
  release TEXT NOT NULL, edition TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, added TEXT NOT NULL,
  published TEXT NOT NULL, url TEXT NOT NULL, corridor TEXT NOT NULL, editions INTEGER NOT NULL);
CREATE TABLE parquet_files (
  ingest INTEGER NOT NULL REFERENCES ingests (id) ON DELETE CASCADE, "table" TEXT NOT NULL, path TEXT NOT NULL,
  rows INTEGER NOT NULL, size INTEGER NOT NULL, sha TEXT NOT NULL, PRIMARY KEY ("table", ingest)) WITHOUT ROWID;
CREATE TABLE editions (
  source TEXT, release TEXT, "table" TEXT, reporter TEXT, flow TEXT, freq TEXT, period_end TEXT, cumulative INTEGER,
  ingest INTEGER NOT NULL REFERENCES ingests (id) ON DELETE CASCADE,
  PRIMARY KEY (source, release, "table", reporter, flow, freq, period_end, cumulative, ingest)) WITHOUT ROWID;
CREATE INDEX editions_of_ingest ON editions (ingest);
CREATE TABLE rivals (
  older INTEGER NOT NULL REFERENCES ingests (id) ON DELETE CASCADE,
  newer INTEGER NOT NULL REFERENCES ingests (id) ON DELETE CASCADE,
  shared INTEGER NOT NULL, PRIMARY KEY (older, newer)) WITHOUT ROWID;
CREATE INDEX rivals_of_newer ON rivals (newer);
CREATE TABLE not_understood (
  ingest INTEGER NOT NULL REFERENCES ingests (id) ON DELETE CASCADE, reason TEXT NOT NULL, rows INTEGER NOT NULL,
  PRIMARY KEY (ingest, reason)) WITHOUT ROWID;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

#: The files published by a date; the pairs of them that share editions; those whose every edition a newer one has.
_KNOWN = """
WITH known AS (SELECT id FROM ingests WHERE published <= ?),
 duels AS (SELECT older, newer, shared FROM rivals WHERE older IN known AND newer IN known),
 gone AS (SELECT older FROM duels JOIN ingests ON id = older WHERE shared = editions)
"""

#: Names of tables that supersede one another cell by cell.
_SELECTIONS = f"%{schema.SELECTION}"
_KEY = tuple(f'"{name}"' for name in schema.EDITION_KEY)
_COLUMNS = (
    *("id", "snapshot", "source", '"table"', "release", "edition", "file"),
    *("size", "added", "published", "url", "corridor"),
)
#: How SQLite holds what it has no type for: dates in ISO 8601, truth as 0 and 1.
_STORED: Mapping[str, pl.DataType] = {
    **EDITION_TYPES,
    "period_end": pl.String(),
    "published": pl.String(),
    "cumulative": pl.Int64(),
}


@dataclass(frozen=True)
class TableFile:
    """One Parquet file of a table; ``path`` is relative to the store, with forward slashes; ``size`` in bytes."""

    table: str
    path: str
    rows: int
    size: int
    sha: str


@dataclass(frozen=True)
class Ingest:
    """One publisher's file that was added.

    ``id`` is its place among all files ever added, ``corridor`` the version that read it, ``reasons`` the
    number of rows not understood by reason.
    """

    id: int
    snapshot: str
    source: str
    table: str
    release: str
    edition: str
    file: str
    size: int
    added: date
    published: date
    url: str
    corridor: str
    files: tuple[TableFile, ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> Mapping[str, int]:
        """Rows by stored table; a table without rows is left out."""
        return {file.table: file.rows for file in self.files}


def write(connection: sqlite3.Connection, ingest: Ingest, editions: pl.DataFrame) -> None:
    """Write one ingest with its editions (columns of `schema.EDITION_KEY`)."""
    head = (ingest.id, ingest.snapshot, ingest.source, ingest.table, ingest.release, ingest.edition, ingest.file)
    tail = (ingest.size, ingest.added.isoformat(), ingest.published.isoformat(), ingest.url, ingest.corridor)
    _insert(connection, "ingests", [(*head, *tail, editions.height)])
    files = [(ingest.id, file.table, file.path, file.rows, file.size, file.sha) for file in ingest.files]
    _insert(connection, "parquet_files", files)
    keys = editions.select(pl.col(name).cast(_STORED[name]) for name in schema.EDITION_KEY)
    _insert(connection, "editions", [(*key, ingest.id) for key in keys.iter_rows()])
    _insert(connection, "not_understood", [(ingest.id, *counted) for counted in ingest.reasons.items()])
    _match(connection, ingest)


def write_file(connection: sqlite3.Connection, ingest: int, table: str, file: TableFile | None) -> None:
    """Name another file of a table, or none, in the place of an ingest's."""
    connection.execute('DELETE FROM parquet_files WHERE ingest = ? AND "table" = ?', (ingest, table))
    if file:
        _insert(connection, "parquet_files", [(ingest, file.table, file.path, file.rows, file.size, file.sha)])


def read_all(connection: sqlite3.Connection) -> tuple[Ingest, ...]:
    """Every ingest, in the order of adding."""
    files = _by_ingest(connection, 'SELECT ingest, "table", path, rows, size, sha FROM parquet_files')
    reasons = _by_ingest(connection, "SELECT ingest, reason, rows FROM not_understood")
    rows = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM ingests ORDER BY id")
    return tuple(_ingest(row, files.get(row[0], []), reasons.get(row[0], [])) for row in rows)


def read_setting(connection: sqlite3.Connection, key: str) -> str | None:
    """What was noted under a key; None where nothing was."""
    found = connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    return None if found is None else str(found[0])


def write_setting(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Note a value in the place of what was noted under the key."""
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, value))


def read_files(connection: sqlite3.Connection, table: str, until: date) -> dict[str, TableFile]:
    """The Parquet files of a table by snapshot, of publishers' files published by ``until``."""
    return _files(connection, table, until, "id IN known")


def read_standing(connection: sqlite3.Connection, table: str, until: date) -> dict[str, TableFile]:
    """Those of `read_files` that no newer file supersedes in everything they hold."""
    return _files(connection, table, until, "id IN known AND id NOT IN gone")


def read_contested(connection: sqlite3.Connection, until: date) -> pl.DataFrame:
    """The editions, in `EDITION_TYPES`, of the files of `read_standing` that share some of them with another."""
    rows = connection.execute(
        f"{_KNOWN} SELECT {', '.join(f'e.{name}' for name in _KEY)}, published, snapshot, ingest"
        " FROM ingests i JOIN editions e ON e.ingest = i.id WHERE i.id NOT IN gone"
        " AND (i.id IN (SELECT older FROM duels) OR i.id IN (SELECT newer FROM duels WHERE older NOT IN gone))",
        (until.isoformat(),),
    ).fetchall()
    return pl.DataFrame(rows, schema=dict(_STORED), orient="row").with_columns(
        pl.col("period_end", "published").str.to_date("%Y-%m-%d"), pl.col("cumulative").cast(pl.Boolean)
    )


def read_overlapping(connection: sqlite3.Connection, until: date) -> dict[str, int]:
    """The selections (`schema.SELECTION`) that speak of a table and period another one speaks of: snapshot -> id."""
    names, ours = ", ".join(_KEY), ", ".join(f"e.{name}" for name in _KEY)
    rows = connection.execute(
        f"WITH spoken AS (SELECT {ours} FROM editions e JOIN ingests i ON e.ingest = i.id"
        f' WHERE e."table" LIKE ? AND published <= ? GROUP BY {ours} HAVING count(*) > 1)'
        f" SELECT DISTINCT snapshot, i.id FROM spoken JOIN editions USING ({names}) JOIN ingests i ON ingest = i.id"
        " WHERE published <= ?",
        (_SELECTIONS, until.isoformat(), until.isoformat()),
    )
    return dict(rows)


def read_covered(connection: sqlite3.Connection, until: date) -> pl.DataFrame:
    """The editions of selections that a whole table of the same name speaks of: `schema.EDITION_KEY`, ``snapshot``."""
    rest = [name for name in _KEY if name not in ('"source"', '"table"')]
    same = " AND ".join(f"w.{name} IS e.{name}" for name in rest)
    rows = connection.execute(
        # CROSS JOIN keeps this order: files are few, and every edition of one compared with every other's is a square.
        f"SELECT DISTINCT {', '.join(f'e.{name}' for name in _KEY)}, mine.snapshot FROM ingests mine"
        f' CROSS JOIN ingests whole ON whole.source = mine.source AND whole."table" || ? = mine."table"'
        f" CROSS JOIN editions e ON e.ingest = mine.id"
        f" CROSS JOIN editions w ON w.ingest = whole.id AND w.source = e.source"
        f' AND w."table" = whole."table" AND {same} WHERE mine."table" LIKE ?'
        " AND mine.published <= ? AND whole.published <= ?",
        (schema.SELECTION, _SELECTIONS, until.isoformat(), until.isoformat()),
    ).fetchall()
    kinds = {name: kind for name, kind in _STORED.items() if name in (*schema.EDITION_KEY, "snapshot")}
    ordered = {name: kinds[name] for name in (*schema.EDITION_KEY, "snapshot")}
    return pl.DataFrame(rows, schema=ordered, orient="row").with_columns(
        pl.col("period_end").str.to_date("%Y-%m-%d"), pl.col("cumulative").cast(pl.Boolean)
    )


def _files(connection: sqlite3.Connection, table: str, until: date, which: str) -> dict[str, TableFile]:
    rows = connection.execute(
        f'{_KNOWN} SELECT snapshot, f."table", path, rows, f.size, sha'
        f' FROM parquet_files f JOIN ingests i ON f.ingest = i.id WHERE f."table" = ? AND {which} ORDER BY id',
        (until.isoformat(), table),
    )
    return {snapshot: TableFile(*file) for snapshot, *file in rows}


def _match(connection: sqlite3.Connection, ingest: Ingest) -> None:
    """Note with which files this one shares whole tables, how many, and which of the two is the newer."""
    rivals = connection.execute(
        f"SELECT other.ingest, count(*) FROM editions mine JOIN editions other USING ({', '.join(_KEY)})"
        ' WHERE mine.ingest = ? AND other.ingest <> mine.ingest AND mine."table" NOT LIKE ? GROUP BY other.ingest',
        (ingest.id, _SELECTIONS),
    ).fetchall()
    for other, shared in rivals:
        (published,) = connection.execute("SELECT published FROM ingests WHERE id = ?", (other,)).fetchone()
        (_, older), (_, newer) = sorted([(ingest.published.isoformat(), ingest.id), (published, other)])
        _insert(connection, "rivals", [(older, newer, shared)])


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _by_ingest(connection: sqlite3.Connection, query: str) -> dict[int, list[list[Any]]]:
    groups: dict[int, list[list[Any]]] = {}
    for ingest, *rest in connection.execute(query):
        groups.setdefault(ingest, []).append(rest)
    return groups


def _ingest(row: Sequence[Any], files: Iterable[Sequence[Any]], reasons: Iterable[Sequence[Any]]) -> Ingest:
    said = {name.strip('"'): value for name, value in zip(_COLUMNS, row, strict=True)}
    dates = {name: date.fromisoformat(said[name]) for name in ("added", "published")}
    counts = {str(reason): int(count) for reason, count in reasons}
    return Ingest(**{**said, **dates}, files=tuple(TableFile(*file) for file in files), reasons=counts)
