"""Seasonal profile of a monthly series."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames

_MONTHS = 12


def seasonal_profile(
    frame: IntoFrameT, value: str = "value_usd", period_end: str = "period_end", by: frames.Names = ()
) -> IntoFrameT:
    """The share of each month in the year's trade, and how much it differs between years.

    ``P_m = mean over years of x_{y,m} / Σ_m x_{y,m}``, 0..1, the twelve add up to 1; with the lowest and highest share
    and their standard deviation over the years (of the sample). A holiday that moves, such as the lunar New Year, shows
    as spread.

    Takes a row a month with ``value`` (USD, none missing) and ``period_end`` (a date in the month, one row a month);
    ``by`` for several series. Only years with all twelve months and some trade count; others are left out, and
    ``years`` says how many were used. Returns a row a calendar month (1..12): ``by, month, years, seasonal_profile,
    lowest, highest, spread, seasonal_profile_absence`` (``one_year``: a single year has no spread). Without a full year
    there are no rows.

    A ratio-to-total seasonal index; no single source. Checked by hand: the worked example.

    Worked example: January is 10 of a year of 100, then 30 of 150: shares 0.1 and 0.2, profile 0.15, spread √0.005 =
    0.0707.

    In Stata: ``egen Y = total(x), by(year)``, ``gen s = x/Y``, ``collapse (mean) s (sd) spread=s, by(month)``. In R:
    ``aggregate(s ~ month, FUN = mean)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], dates=[period_end], groups=by)
    day = nw.col(period_end).dt
    months = table.select(
        *by,
        _year=day.year().cast(nw.Int64),
        month=day.month().cast(nw.Int64),
        _value=frames.number(value),
        _one=nw.lit(1),
    )
    frames.check_unique(months, (*by, "_year", "month"))
    year = (*by, "_year")
    counted = months.with_columns(
        _months=nw.col("_one").sum().over(*year), _share=frames.share_within(nw.col("_value"), year)
    )
    full = counted.filter(nw.col("_months") == _MONTHS, ~nw.col("_share").is_null())
    return frames.leave(_profile(full, (*by, "month")), frame)


def _profile(rows: frames.Table, keys: tuple[str, ...]) -> frames.Table:
    share = nw.col("_share")
    sums = frames.each(
        rows,
        keys,
        years=nw.len(),
        seasonal_profile=share.mean(),
        lowest=share.min(),
        highest=share.max(),
        spread=share.std(),
    )
    years = nw.col("years").cast(nw.Int64)
    return sums.with_columns(
        years=years,
        spread=nw.when(years > 1).then(nw.col("spread")),
        seasonal_profile_absence=frames.absence((years < 2, "one_year")),
    )
