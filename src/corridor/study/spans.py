"""Spans of days as periods, and periods as a column of text codes."""

from __future__ import annotations

from datetime import date

import polars as pl

from corridor.codes.periods import Period, of_dates

#: Month that ends the first quarter.
_QUARTER = 3


def span(start: date, end: date) -> Period:
    """The period of these days: a year, a month, a span from January, else a quarter or half-month."""
    if start == date(start.year, 1, 1) and start.month != end.month:
        whole = end == date(start.year, 12, 31)
        return Period.year(start.year) if whole else of_dates(start, end, cumulative=True)
    return of_dates(start, end, cumulative=False)


def month_start(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the month."""
    return Period.month(day.year, day.month).end


def with_period(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds ``period``, the text code of each row's span; a frame with ``period_end`` alone holds months."""
    if "period_start" not in frame.columns:
        frame = frame.with_columns(period_start=pl.col("period_end").dt.month_start())
    keys = [name for name in ("period_start", "period_end", "cumulative") if name in frame.columns]
    spans = frame.select(keys).unique()
    codes = [_code(*row) for row in spans.iter_rows()]
    return frame.join(
        spans.with_columns(period=pl.Series(codes, dtype=pl.String)),
        on=keys,
        how="left",
        maintain_order="left",
    )


def _code(start: date, end: date, cumulative: bool | None = None) -> str:
    """A first quarter that is told to be no span from January is called the quarter."""
    first_quarter = (start.month, end.month) == (1, _QUARTER) and cumulative is False
    return (of_dates(start, end, cumulative=False) if first_quarter else span(start, end)).code
