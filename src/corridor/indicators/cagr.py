"""Compound annual growth rate."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def cagr(frame: IntoFrameT, value: str = "value_usd", year: str = "year", by: frames.Names = ()) -> IntoFrameT:
    """Mean yearly growth between the first and the last year of each series.

    ``cagr = (x_T / x_0)^(1/T) - 1``, ``T`` = last year - first year, from -1 up. Only the two ends count; years between
    them may be missing, and a single odd end moves the rate (see `trend_growth`).

    Takes a row a year with ``value`` (USD, none missing, zero allowed) and ``year`` (a whole number, once a series).
    Returns a row a group: ``first_year, last_year, cagr, cagr_absence`` (``one_period``: first and last are the same
    year; ``no_base``: the first value is zero).

    Checked by hand: 100, 110, 121 gives 0.1; equal to `trend_growth` for an exact geometric series.

    Worked example: 100 in 2020 and 121 in 2022: (121/100)^(1/2) - 1 = 0.1.

    In Stata: ``gen g = (xT/x0)^(1/T) - 1``. In R: ``(xT / x0)^(1 / T) - 1``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value, year], groups=by)
    frames.check_unique(table, (*by, year))
    return frames.leave(_rate(_ends(table, value, year, by)).select(*by, *_COLUMNS), frame)


_COLUMNS = ("first_year", "last_year", "cagr", "cagr_absence")


def _ends(table: frames.Table, value: str, year: str, by: tuple[str, ...]) -> frames.Table:
    time = nw.col(year).cast(nw.Int64)
    first, last = frames.within(time.min(), by), frames.within(time.max(), by)
    marked = table.with_columns(
        first_year=first,
        last_year=last,
        _start=nw.when(time == first).then(frames.number(value)).otherwise(0.0),
        _end=nw.when(time == last).then(frames.number(value)).otherwise(0.0),
    )
    return frames.each(
        marked,
        by,
        first_year=nw.col("first_year").min(),
        last_year=nw.col("last_year").max(),
        _start=nw.col("_start").sum(),
        _end=nw.col("_end").sum(),
    )


def _rate(ends: frames.Table) -> frames.Table:
    years, start = nw.col("last_year") - nw.col("first_year"), nw.col("_start")
    return ends.with_columns(
        cagr=nw.when(years > 0).then(frames.ratio(nw.col("_end"), start)) ** frames.ratio(nw.lit(1.0), years) - 1,
        cagr_absence=frames.absence((~(years.fill_null(0) > 0), "one_period"), (start == 0, "no_base")),
    )
