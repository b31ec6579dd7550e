"""Our tables: Parquet files read in place, and which edition of a figure is the current one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from corridor.codes import schema
from corridor.store import narrow
from corridor.store.types import TYPES

#: What `winners` needs: the table and period, the date printed, and which file says so.
EDITION_TYPES: Mapping[str, pl.DataType] = {
    **{name: TYPES["flows"][name] for name in schema.EDITION_KEY},
    "published": pl.Date(),
    "snapshot": pl.String(),
    "ingest": pl.Int64(),
}

_ONE_FILE = (*schema.EDITION_KEY, "snapshot")


def scan(table: str, paths: Sequence[Path]) -> pl.LazyFrame:
    """The rows of a table in a list of Parquet files, narrow ones widened; of none, a frame without rows."""
    constants = {path: narrow.constants_of(path) for path in paths}
    plain = [path for path, said in constants.items() if said is None]
    parts = [_read(plain)] if plain else []
    parts += [narrow.widen(_read([path]), said, table) for path, said in constants.items() if said is not None]
    return pl.concat(parts) if parts else pl.LazyFrame(schema=dict(TYPES[table]))


def classification_of(path: Path) -> str | None:
    """The classification of all goods of a file of flows; None where its rows differ, or say it themselves."""
    said = (narrow.constants_of(path) or {}).get("classification")
    return None if said is None else str(said)


def _read(paths: list[Path]) -> pl.LazyFrame:
    return pl.scan_parquet(paths, glob=False, hive_partitioning=False)


def current(frame: pl.LazyFrame, as_of: date | None = None) -> pl.LazyFrame:
    """The rows of the current editions: of a table printed twice, those of the latest one and no others.

    Rows equal in `schema.EDITION_KEY` are one table; of its editions published by ``as_of`` (None: ever) the
    latest wins as a whole, so a row it lacks is gone. Of two printed on one day the later added wins. Of
    selections (`schema.SELECTION`) the latest wins cell by cell, and gives way to a whole table of the same name.
    """
    known = frame if as_of is None else frame.filter(pl.col("published") <= as_of)
    selected = pl.col("table").str.ends_with(schema.SELECTION)
    whole = known.filter(~selected)
    files = pl.struct("added", "snapshot").rank("dense")
    cells = latest_cells(known.filter(selected).with_columns(ingest=files))
    spoken = whole.select(schema.EDITION_KEY).unique().with_columns(pl.col("table") + schema.SELECTION)
    cells = cells.join(spoken, on=schema.EDITION_KEY, how="anti", nulls_equal=True)
    return pl.concat([whole.join(winners(editions_of(whole)), on=_ONE_FILE, how="semi", nulls_equal=True), cells])


def latest_cells(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Of each figure (`schema.FLOW_KEY`) the row published last; of two published on one day, of the later ``ingest``.

    ``ingest`` is left out of the answer.
    """
    ordered = frame.sort("published", "ingest")
    return ordered.unique(schema.FLOW_KEY, keep="last", maintain_order=True).drop("ingest")


def editions_of(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The editions in a table's rows: `EDITION_TYPES`, where ``ingest`` ranks files by date added and checksum."""
    files = pl.struct("added", "snapshot").rank("dense").cast(pl.Int64)
    return frame.select(*schema.EDITION_KEY, "published", "snapshot", ingest=files).unique()


def winners(editions: pl.LazyFrame, as_of: date | None = None) -> pl.LazyFrame:
    """The edition that counts of each table and period: `schema.EDITION_KEY` and ``snapshot``."""
    known = editions if as_of is None else editions.filter(pl.col("published") <= as_of)
    latest = pl.col("snapshot").sort_by("published", "ingest").last()
    return known.group_by(schema.EDITION_KEY).agg(latest)


def superseded(editions: pl.DataFrame) -> tuple[frozenset[str], pl.DataFrame]:
    """What the winners leave behind: files superseded as a whole, and the tables lost by the other files.

    The second part has the columns of `schema.EDITION_KEY` and ``snapshot``.
    """
    winning = winners(editions.lazy()).collect()
    gone = frozenset(editions["snapshot"]) - frozenset(winning["snapshot"])
    lost = editions.select(_ONE_FILE).join(winning, on=_ONE_FILE, how="anti", nulls_equal=True)
    return gone, lost.filter(~pl.col("snapshot").is_in(list(gone)))


def without(frame: pl.LazyFrame, lost: pl.DataFrame) -> pl.LazyFrame:
    """The rows that do not belong to a superseded table; ``lost`` as `superseded` gives it."""
    return frame.join(lost.lazy(), on=_ONE_FILE, how="anti", nulls_equal=True)
