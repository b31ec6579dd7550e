"""Questions in SQL: DuckDB over the Parquet files of the stored tables, where they lie.

The session lives in memory, sees the store's files and no others, writes nothing and fetches no extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from corridor.codes import schema
from corridor.codes.units import KG_PER_TONNE
from corridor.errors import UsageError
from corridor.evidence import Constant
from corridor.store import narrow
from corridor.store.types import TYPES

if TYPE_CHECKING:
    import duckdb

#: The view of every row held of a table, all editions, is called so with the table's name behind it.
ALL = "all_"

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    # Else a name in a query could mean a variable of this program.
    "python_enable_replacements": False,
    "temp_directory": "",
}
_SQL_TYPES: Mapping[pl.DataType, str] = {
    pl.String(): "varchar", pl.Int64(): "bigint", pl.Float64(): "double", pl.Date(): "date", pl.Boolean(): "boolean",
}  # fmt: skip
_ONE_FILE = (*schema.EDITION_KEY, "snapshot")


@dataclass(frozen=True)
class Files:
    """The files of a stored table: ``whole`` answer with every row, ``partly`` without the tables in ``lost``.

    ``cells`` hold selections, of which the latest figure counts; each with its place in the order of adding. ``lost``
    has the columns of `schema.EDITION_KEY` and ``snapshot``. ``held`` are the files of all editions.
    """

    held: Sequence[Path]
    whole: Sequence[Path]
    partly: Sequence[Path] = ()
    lost: pl.DataFrame = field(default_factory=pl.DataFrame)
    cells: Mapping[Path, int] = field(default_factory=dict)


def answer(tables: Mapping[str, Files], query: str) -> pl.DataFrame:
    """What one SELECT gives over the stored tables: ``flows`` etc. as they stand, ``all_flows`` with all editions.

    Raises `UsageError` in one line for a query that DuckDB refuses, for anything but one SELECT, and where DuckDB is
    not installed.
    """
    with _session(tables) as session:
        _require_a_select(session, query)
        cursor = session.execute(query)
        names = [str(column[0]) for column in cursor.description or ()]
        rows = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    return pl.DataFrame(rows, schema=_once(names), orient="row", infer_schema_length=None)


@contextmanager
def _session(tables: Mapping[str, Files]) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        import duckdb
    except ImportError:
        raise UsageError("SQL needs DuckDB", next_step='install it: pip install "corridor[sql]"') from None
    with duckdb.connect(config=_CONFIG) as session:
        for name, files in tables.items():
            _describe(session, name, files)
        _lock(session, sorted({str(path) for files in tables.values() for path in files.held}))
        try:
            yield session
        except duckdb.Error as fault:
            # What follows an empty line is the place in the query, drawn below it.
            words = str(fault).partition("\n\n")[0]
            raise UsageError(f"the query cannot be answered: {words}") from None


def _lock(session: duckdb.DuckDBPyConnection, files: Sequence[str]) -> None:
    """From here on the session reads these files, and no statement can change that."""
    # A query names a file by its pattern, and DuckDB opens it by its path.
    named = sorted({*files, *map(_pattern, files)})
    session.execute(f"set allowed_paths = [{', '.join(map(_text, named))}]")
    session.execute("set enable_external_access = false")
    session.execute("set lock_configuration = true")


def _require_a_select(session: duckdb.DuckDBPyConnection, query: str) -> None:
    kinds = [statement.type.name for statement in session.extract_statements(query)]
    if kinds != ["SELECT"]:
        said = ", ".join(kinds) or "nothing"
        raise UsageError(f"the store answers one SELECT at a time, this is: {said}")


def _describe(session: duckdb.DuckDBPyConnection, name: str, files: Files) -> None:
    """Both views of a table."""
    session.execute(f"create view {ALL}{name} as {_union(name, files.held)}")
    parts = [_union(name, files.whole)]
    if files.lost.height:
        _insert(session, f"_lost_{name}", files.lost.select(_ONE_FILE))
    if files.partly:
        parts.append(_without(name, _union(name, files.partly), files.lost))
    if files.cells:
        parts.append(_latest(name, files.cells, files.lost))
    session.execute(f"create view {name} as {_joined(parts)}")


def _without(name: str, rows: str, lost: pl.DataFrame) -> str:
    """The rows that belong to none of the tables in ``lost``."""
    if lost.is_empty():
        return rows
    same = " and ".join(f'lost."{key}" is not distinct from held."{key}"' for key in _ONE_FILE)
    return f"from ({rows}) held where not exists (from _lost_{name} lost where {same})"


def _latest(name: str, cells: Mapping[Path, int], lost: pl.DataFrame) -> str:
    """Of each figure the row printed last; of two printed on one day, of the file added later."""
    held = [f"select *, {place} as ingest from ({_union(name, [path])})" for path, place in cells.items()]
    rows = _without(name, _joined(held), lost)
    key = ", ".join(f'"{each}"' for each in schema.FLOW_KEY)
    return (
        f"select * exclude (ingest) from ({rows}) "
        f"qualify row_number() over (partition by {key} order by published desc, ingest desc) = 1"
    )


def _insert(session: duckdb.DuckDBPyConnection, name: str, rows: pl.DataFrame) -> None:
    columns = ", ".join(f'"{column}" {_SQL_TYPES[kind]}' for column, kind in rows.schema.items())
    session.execute(f"create table {name} ({columns})")
    if rows.height:
        session.executemany(f"insert into {name} values ({', '.join('?' * rows.width)})", rows.rows())


def _union(table: str, paths: Sequence[Path]) -> str:
    """The rows of a list of files with every column of their table; without files, a table without rows."""
    constants = {path: narrow.constants_of(path) for path in paths}
    columns = ", ".join(f'"{name}"' for name in TYPES[table])
    plain = [str(path) for path, said in constants.items() if said is None]
    parts = [f"select {columns} from {_parquet(plain)}"] if plain else []
    parts += [_widened(table, path, said) for path, said in constants.items() if said is not None]
    return _joined(parts) if parts else f"select {_no_row(table)} where false"


def _no_row(table: str) -> str:
    return ", ".join(f'null::{_SQL_TYPES[kind]} as "{name}"' for name, kind in TYPES[table].items())


def _widened(table: str, path: Path, constants: Mapping[str, Constant]) -> str:
    """What `corridor.store.narrow.widen` does, as a query."""
    given = set(pl.scan_parquet(path, glob=False).collect_schema())
    place = f"{str(constants['snapshot'])[:16]}/{constants[narrow.PAGE]}/"
    made = {
        "trace_id": f"{_text(place)} || row::varchar",
        "value": '"value_usd"',
        "net_weight_kg": f'"quantity" * {KG_PER_TONNE}',
    }
    columns = []
    for name, kind in TYPES[table].items():
        said = f'"{name}"' if name in given else _literal(constants[name]) if name in constants else made[name]
        columns.append(f'({said})::{_SQL_TYPES[kind]} as "{name}"')
    return f"select {', '.join(columns)} from {_parquet([str(path)])}"


def _parquet(paths: Sequence[str]) -> str:
    return f"read_parquet([{', '.join(_text(_pattern(path)) for path in paths)}], hive_partitioning = false)"


def _pattern(path: str) -> str:
    """The pattern that only this path fits: a folder may be called anything."""
    return re.sub(r"([*?\[])", r"[\1]", path)


def _joined(parts: Sequence[str]) -> str:
    return " union all ".join(f"({part})" for part in parts)


def _literal(value: Constant) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float | int) else _text(str(value))


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _once(names: Sequence[str]) -> list[str]:
    """The names of an answer's columns, a repeated one numbered."""
    found: list[str] = []
    for name in names:
        number, free = 2, name
        while free in found:
            number, free = number + 1, f"{name}_{number}"
        found.append(free)
    return found


def _plain(value: object) -> object:
    """A value as the other answers have it: numbers, text, dates."""
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, str | bool | int | float) or type(value) is date:
        return value
    return str(value)
