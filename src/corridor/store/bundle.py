"""One publisher's file over all tables, packed so that it can be kept in one commit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import polars as pl

from corridor.codes import schema
from corridor.store.tables import TYPES, editions_of

#: Rows of one pair lie together, so that a question about a pair reads little.
_ORDER = ("reporter", "partner", "flow", "classification", "product", "cumulative", "freq", "period_start")


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
    ``reasons`` counts the rows not understood by reason. ``published`` is the publisher's date, or the date added.
    """

    source: str
    table: str
    release: str
    edition: str
    published: date
    parts: tuple[Part, ...]
    editions: pl.DataFrame
    reasons: Mapping[str, int]

    @property
    def rows(self) -> Mapping[str, int]:
        """Rows by table; a table without rows is left out."""
        return {part.table: part.rows for part in self.parts}


def pack(
    frames: Mapping[str, pl.DataFrame], *, source: str, table: str, release: str, edition: str, published: date
) -> Bundle:
    """Pack the rows of one publisher's file, one frame a stored table.

    Raises `schema.MissingColumns` for a frame that lacks a column of its table, TypeError for a column of
    another type than the data dictionary's, ValueError for a flow without a value or a row without a part of
    `schema.EDITION_KEY`.
    """
    stored = {name: conform(name, frame) for name, frame in frames.items()}
    if stored["flows"]["value_usd"].null_count():
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
        parts=tuple(_part(name, frame) for name, frame in sorted(stored.items()) if frame.height),
        editions=editions,
        reasons=_reasons(stored["not_understood"]),
    )


def conform(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The stored columns of a table in their order and types, sorted by all of them."""
    types = TYPES[table]
    schema.require(frame.columns, *types, what=f"table {table}")
    for name, wanted in types.items():
        found = frame.schema[name]
        if not (found in (wanted, pl.Null) or (found.is_numeric() and wanted.is_numeric())):
            raise TypeError(f"column {name} of {table} is {found}, not {wanted}")
    first = [name for name in _ORDER if name in types]
    stored = frame.select(pl.col(name).cast(wanted) for name, wanted in types.items())
    return stored.sort(first + [name for name in types if name not in first])


def _part(table: str, frame: pl.DataFrame) -> Part:
    buffer = BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    data = buffer.getvalue()
    return Part(table=table, rows=frame.height, sha=hashlib.sha256(data).hexdigest(), data=data)


def _editions(stored: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Over all tables: a republished table without a single value supersedes the older one nevertheless."""
    keyed = [frame.lazy() for frame in stored.values() if set(schema.EDITION_KEY) <= set(frame.columns)]
    keys = pl.concat([editions_of(frame) for frame in keyed])
    return keys.select(schema.EDITION_KEY).unique().sort(schema.EDITION_KEY).collect()


def _reasons(not_understood: pl.DataFrame) -> dict[str, int]:
    counts = not_understood.group_by("reason").len().sort("reason")
    return dict(counts.iter_rows())
