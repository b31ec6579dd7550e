"""Periods with far fewer or far more rows than the periods around them: a file cut off, or a change of detail."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import polars as pl

from corridor.harmonise.checks.finding import findings, varying

_SERIES = ("source", "release", "table", "reporter", "partner", "flow", "classification", "freq", "cumulative")


def row_count_jumps(flows: pl.DataFrame, *, factor: float = 2.0, least: int = 20) -> pl.DataFrame:
    """Periods whose rows are ``factor`` times more or fewer than both neighbours': `FINDING`, counts as values.

    Of the first and the last period only the one neighbour counts. A series is what shares the columns of `_SERIES`
    that the table has; series that never reach ``least`` rows a period are too small to tell. Needs ``period_end``.
    """
    return jumps(counted(flows), factor=factor, least=least)


def counted(flows: pl.DataFrame) -> pl.DataFrame:
    """How many rows each series has in each period: the columns of `_SERIES` that are there, ``period_end, rows``."""
    series = varying(flows, _SERIES)
    same = [pl.col(name).first() for name in _SERIES if name in flows.columns and name not in series]
    return flows.group_by(*series, "period_end").agg(*same, rows=pl.len().cast(pl.Float64))


def added_up(counts: Iterable[pl.DataFrame], without: Collection[str] = ()) -> pl.DataFrame:
    """The counts of several tables, or of series that differ in the columns ``without`` alone, as one."""
    parts = pl.concat(counts)
    keys = [name for name in parts.columns if name != "rows" and name not in without]
    return parts.group_by(keys).agg(pl.col("rows").sum())


def jumps(counts: pl.DataFrame, *, factor: float = 2.0, least: int = 20) -> pl.DataFrame:
    """The jumps in a table of `counted`; see `row_count_jumps`."""
    series = varying(counts, _SERIES)
    counts = counts.rename({"rows": "_rows"}).sort(*series, "period_end")
    neighbours = {
        "_before": pl.col("_rows").shift(1).over(series),
        "_after": pl.col("_rows").shift(-1).over(series),
        "_most": pl.col("_rows").max().over(series),
    }
    table = counts.with_columns(**neighbours).with_columns(
        _low=pl.min_horizontal("_before", "_after"), _high=pl.max_horizontal("_before", "_after")
    )
    jumps = (pl.col("_rows") >= factor * pl.col("_high")) | (pl.col("_rows") * factor <= pl.col("_low"))
    return findings(
        table.filter(jumps & (pl.col("_most") >= least)),
        "row_count_jump",
        value=pl.col("_rows"),
        expected=pl.mean_horizontal("_before", "_after"),
        evidence=pl.format(
            "{} rows, {} before and {} after",
            pl.col("_rows").cast(pl.Int64),
            _or_none("_before"),
            _or_none("_after"),
        ),
    )


def _or_none(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Int64).cast(pl.String).fill_null("none")
