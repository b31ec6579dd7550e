"""One publisher's file over all tables, packed so that it can be kept in one commit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO

import polars as pl

from corridor.codes import schema
from corridor.store import narrow
from corridor.store.narrow import Narrow
from corridor.store.types import TYPES

#: Rows of one pair lie together, so that a question about a pair reads little.
_ORDER = ("reporter", "partner", "flow", "classification", "product", "cumulative", "freq", "period_start")


_KEY = set(schema.EDITION_KEY)
#: Rows of a narrow file that are read or passed over together.
ROW_GROUP = 131_072
#: How a Parquet file ends: the length of its description in four bytes, and its mark.
_END = b"\0\0\0\0PAR1"
#: The key under which Polars notes its own types in that description, and another one as long, each as text of a
#: Thrift record: the kind of the field and the length.
_POLARS_TYPES, _SET_ASIDE = b"\x18\x0cARROW:schema", b"\x18\x0cwords.before"
#: Of millions of rows: an eighth more bytes than the usual level of compression gives, in four fifths of the time.
QUICK = 1


@dataclass(frozen=True)
class Part:
    """The rows of one table as the bytes of a Parquet file; ``sha`` is their SHA-256."""

    table: str
    rows: int
    sha: str
    data: bytes


@dataclass(frozen=True)
class Bundle:
    """What one publisher's file became.

    ``editions`` has the columns of `schema.EDITION_KEY`: the tables and periods the file is an edition of.
    ``reasons`` counts the rows not understood by reason, ``findings`` what the checks found by kind. ``published`` is
    the publisher's date, or the date added. ``sums`` are long flows added up (`schema.SUMS`), None where they were not.
    """

    source: str
    table: str
    release: str
    edition: str
    published: date
    parts: tuple[Part, ...]
    editions: pl.DataFrame
    reasons: Mapping[str, int]
    findings: Mapping[str, int] = field(default_factory=dict)
    sums: pl.DataFrame | None = None

    @property
    def rows(self) -> Mapping[str, int]:
        """Rows by table; a table without rows is left out."""
        return {part.table: part.rows for part in self.parts}


def pack(
    frames: Mapping[str, pl.DataFrame | Narrow],
    *,
    source: str,
    table: str,
    release: str,
    edition: str,
    published: date,
    sums: pl.DataFrame | None = None,
) -> Bundle:
    """Pack the rows of one publisher's file, one frame a stored table; the narrow ones are kept in their order.

    Raises `schema.MissingColumns` for a frame that lacks a column of its table, TypeError for a column of
    another type than the data dictionary's, ValueError for a flow without a value or a row without a part of
    `schema.EDITION_KEY`.
    """
    stored = {name: _sound(name, frame) for name, frame in frames.items()}
    flows = stored["flows"]
    if isinstance(flows, pl.DataFrame) and flows["value_usd"].null_count():
        raise ValueError("a flow has no value_usd; rows with a quantity alone belong to quantities")
    editions = _editions(stored)
    if nameless := [name for name in schema.EDITION_KEY if editions[name].null_count()]:
        raise ValueError(f"a row has no {', '.join(nameless)}, so nobody could say which edition it is of")
    return Bundle(
        source=source,
        table=table,
        release=release,
        edition=edition,
        published=published,
        parts=tuple(part(name, frame) for name, frame in sorted(stored.items()) if frame.height),
        editions=editions,
        reasons=_counted(stored["not_understood"], "reason"),
        findings=_counted(stored.get("checks"), "finding"),
        sums=sums,
    )


def _sound(table: str, frame: pl.DataFrame | Narrow) -> pl.DataFrame | Narrow:
    if not isinstance(frame, Narrow):
        return conform(table, frame)
    narrow.check(frame, table)
    return frame


def conform(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The stored columns of a table in their order and types, sorted by all of them."""
    types = TYPES[table]
    schema.require(frame.columns, *types, what=f"table {table}")
    given = frame.schema
    for name, wanted in types.items():
        found = given[name]
        if not (found in (wanted, pl.Null) or (found.is_numeric() and wanted.is_numeric())):
            raise TypeError(f"column {name} of {table} is {found}, not {wanted}")
    if not frame.height:
        return _empty(table)
    first = [name for name in _ORDER if name in types]
    cast = [name if given[name] == wanted else pl.col(name).cast(wanted) for name, wanted in types.items()]
    return frame.select(cast).sort(first + [name for name in types if name not in first])


@cache
def _empty(table: str) -> pl.DataFrame:
    """A table's columns without rows, made once: most files fill few of the tables."""
    return pl.DataFrame(schema=dict(TYPES[table]))


def part(table: str, rows: pl.DataFrame | Narrow) -> Part:
    """The rows of a table, which have its columns, as a Parquet file."""
    buffer = BytesIO()
    if isinstance(rows, Narrow):
        _write_narrow(buffer, table, rows)
    else:
        rows.write_parquet(buffer, compression="zstd")
    data = buffer.getvalue()
    return Part(table=table, rows=rows.height, sha=hashlib.sha256(data).hexdigest(), data=data)


def _write_narrow(buffer: BytesIO, table: str, rows: Narrow) -> None:
    types = rows.frame.collect_schema()
    empty = {name: pl.lit(None, dtype=TYPES[table].get(name)) for name, kind in types.items() if kind == pl.Null}
    rows.frame.with_columns(**empty).sink_parquet(
        buffer,
        compression="zstd",
        compression_level=QUICK,
        metadata=narrow.metadata(rows),
        row_group_size=ROW_GROUP,
        engine="streaming",
    )
    if pl.Enum in types.values():
        _as_text(buffer)


def _as_text(buffer: BytesIO) -> None:
    """Let a reader see text where categories were written: Parquet holds either as words and their numbers.

    Polars would make categories again by a note of its own at the end of the file, which gets another name here.
    """
    with buffer.getbuffer() as data:
        end = len(data) - len(_END)
        start = end - int.from_bytes(data[end : end + 4], "little")
        said = bytes(data[start:end])
        data[start:end] = said.replace(_POLARS_TYPES, _SET_ASIDE)


def _editions(stored: Mapping[str, pl.DataFrame | Narrow]) -> pl.DataFrame:
    """Over all tables: a republished table without a single value supersedes the older one nevertheless.

    Rows kept narrow are not asked: whatever they speak of stands in ``coverage`` too.
    """
    keyed = [rows for rows in stored.values() if isinstance(rows, pl.DataFrame) and set(rows.columns) >= _KEY]
    filled = [rows for rows in keyed if rows.height] or keyed
    keys = pl.concat([rows.lazy().select(schema.EDITION_KEY).unique() for rows in filled])
    return keys.unique().sort(schema.EDITION_KEY).collect()


def _counted(rows: pl.DataFrame | Narrow | None, by: str) -> dict[str, int]:
    if not isinstance(rows, pl.DataFrame) or not rows.height:
        return {}
    return dict(rows.group_by(by).len().sort(by).iter_rows())
