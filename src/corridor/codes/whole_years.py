"""Which rows of a table tell of a whole calendar year."""

from __future__ import annotations

from datetime import date

import polars as pl


def is_whole_year(year: int | None = None) -> pl.Expr:
    """Whether ``period_start`` to ``period_end``, dates, are one calendar year from its first day to its last.

    With ``year``, that one.
    """
    start, end = pl.col("period_start"), pl.col("period_end")
    if year is not None:
        return (start == date(year, 1, 1)) & (end == date(year, 12, 31))
    first = start.dt.truncate("1y")
    return (start == first) & (end == first.dt.offset_by("1y").dt.offset_by("-1d"))


def is_printed_year() -> pl.Expr:
    """Whether a row is a calendar year's figure as its publisher printed it: the year's, or its months' running sum."""
    return is_whole_year() & (pl.col("cumulative") | (pl.col("freq") == "A"))
