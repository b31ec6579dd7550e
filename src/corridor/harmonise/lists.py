"""A list that reports no flows becomes rows of our tables: schedules, names, elasticities.

Nothing is computed here: the columns the publisher says nothing about are empty, and each row gets its trace.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import polars as pl

from corridor.codes import schema
from corridor.evidence import ListReading
from corridor.harmonise.not_understood import not_understood, refused

#: Tables every publisher's file is kept in, so that each has its schema even where it has no rows.
_ALWAYS = ("flows", "quantities", "coverage", "not_understood")


def harmonise_list(reading: ListReading, *, snapshot: str, file: str, added: date) -> Mapping[str, pl.DataFrame]:
    """The rows of each stored table; ``snapshot`` is the SHA-256 of the file, ``file`` the name it was added under."""
    tables = {name: _empty(name) for name in _ALWAYS}
    for name, rows in reading.tables.items():
        tables[name] = _stored(name, rows, reading, snapshot, added)
    aside = refused(reading.refusals)
    tables["not_understood"] = not_understood(aside, source=reading.source, snapshot=snapshot, file=file, added=added)
    return tables


@cache
def _empty(table: str) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(schema.columns(table), pl.Null))


def _stored(table: str, rows: pl.DataFrame, reading: ListReading, snapshot: str, added: date) -> pl.DataFrame:
    known = {
        "source": pl.lit(reading.source),
        "table": pl.lit(reading.table),
        "edition": pl.lit(reading.edition),
        "published": pl.lit(reading.published or added, dtype=pl.Date),
        "added": pl.lit(added, dtype=pl.Date),
        "snapshot": pl.lit(snapshot),
        "trace_id": pl.format("{}/{}/{}", pl.lit(snapshot[:16]), "page", "row"),
        "caveats": _caveats(rows, dated=reading.published is not None),
    }
    wanted = schema.columns(table)
    known |= {name: pl.col(name) for name in wanted if name in rows.columns and name != "caveats"}
    return rows.select(known.get(name, pl.lit(None)).alias(name) for name in wanted)


def _caveats(rows: pl.DataFrame, *, dated: bool) -> pl.Expr:
    own = pl.col("caveats").fill_null("") if "caveats" in rows.columns else pl.lit("")
    return own if dated else (pl.lit("published_is_added ") + own).str.strip_chars()
