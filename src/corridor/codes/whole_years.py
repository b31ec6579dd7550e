"""Which rows of a table tell of a whole calendar year."""

from __future__ import annotations

import polars as pl


def is_whole_year(year: int | None = None) -> pl.Expr:
    """Whether ``period_start`` to ``period_end``, dates, are one calendar year from its first day to its last.

    With ``year``, that one.
    """
    start, end = pl.col("period_start"), pl.col("period_end")
    first = start.dt.truncate("1y")
    whole = (start == first) & (end == first.dt.offset_by("1y").dt.offset_by("-1d"))
    return whole if year is None else whole & (end.dt.year() == year)


def is_printed_year() -> pl.Expr:
    """Whether a row is a calendar year's figure as its publisher printed it: the year's, or its months' running sum."""
    return is_whole_year() & (pl.col("cumulative") | (pl.col("freq") == "A"))
