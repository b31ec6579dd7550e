"""Season, trend and a moving holiday in a monthly series."""

from __future__ import annotations

import narwhals as nw
import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import frames, stl
from corridor.codes.arrays import Numbers, Rows
from corridor.errors import UsageError

_YEAR, _LEAST = 12, 36
_PARTS = ("stl_trend", "stl_seasonal", "stl_holiday", "stl_remainder")


def stl_holiday(
    frame: IntoFrameT,
    value: str = "value_usd",
    period_end: str = "period_end",
    holiday: str = "holiday_days",
    by: frames.Names = (),
    *,
    logarithms: bool = True,
    seasonal: int = 7,
) -> IntoFrameT:
    """A monthly series taken apart into trend, season, a holiday that moves between months, and the rest.

    ``ln x = T + S + b h + R`` (``logarithms=False``: ``x`` itself): seasonal-trend decomposition by loess, not robust,
    of the series less the holiday's effect, where ``h`` is the number of holiday days in the month and ``b`` the
    least-squares slope of what the decomposition leaves of the series on what it leaves of ``h``. ``seasonal``: the
    years that the loess of each calendar month sees, odd, 7 or more; other windows as in the original.
    ``corridor.codes.calendar.tet_days`` counts the days of the lunar New Year.

    Takes a row a month without gaps, with ``value`` (USD, none missing), ``period_end`` (a date in the month) and
    ``holiday`` (days, none missing); ``by`` for several series. Adds ``stl_trend`` (USD), ``stl_seasonal``,
    ``stl_holiday`` and ``stl_remainder``, whose product is the value (without logarithms: all in USD, and the sum), and
    ``stl_holiday_absence``: ``zero_in_series`` (no logarithm), ``not_determined`` (the holiday is always in the same
    months: it cannot be told from the season).

    Raises: UnfitTable if a series is shorter than three full years or has gaps: a season cannot be known from less.
    UsageError for an even ``seasonal`` or one below 7.

    Source: Cleveland, Cleveland, McRae and Terpenning (1990), STL, Journal of Official Statistics 6, 3-73; on moving
    holidays Bell and Hillmer (1983), Journal of the American Statistical Association 78, 526-534. Checked against:
    statsmodels 0.15 ``STL`` without holiday, random series of 36 to 120 months, to 1e-12.

    Worked example: if every February with the holiday is 20 % below other Februaries, and nothing else happens,
    ``stl_holiday`` is 0.8 in those months over its value in the months without.

    In Stata: no command; ``regress`` on month dummies and holiday days is the nearest. In R: ``stl(log(x), s.window =
    7)`` on the series less the holiday's effect.
    """
    if seasonal < 7 or not seasonal % 2:
        raise UsageError(f"a season cannot see {seasonal} years", next_step="give an odd number, 7 or more")
    by, at = frames.names(by), f"month of {period_end}"
    table = frames.enter(frame)
    frames.check(table, values=[value, holiday], dates=[period_end], groups=by)
    months = table.with_columns(frames.month(period_end).alias(at))
    frames.check_unique(months, (*by, at))
    rows = Rows(months, (*by, at, period_end, value, holiday))
    parts = np.full((len(_PARTS), rows.count), np.nan)
    zero, unclear = np.zeros(rows.count, dtype=np.int64), np.zeros(rows.count, dtype=np.int64)
    group = rows.groups(by)
    for place in np.unique(group):
        here = np.flatnonzero(group == place)
        here = here[np.argsort(rows.numbers(at)[here])]
        _check_length(rows.numbers(at)[here])
        series, days = rows.numbers(value)[here], rows.numbers(holiday)[here]
        zero[here] = logarithms and not series.all()
        found = _parts(series, days, seasonal, logarithms=logarithms) if not zero[here].any() else None
        unclear[here] = found is None
        parts[:, here] = np.nan if found is None else found
    columns = dict(zip(_PARTS, parts, strict=True))
    result = rows.beside((*by, at), {**columns, "_zero": zero, "_unclear": unclear})
    return frames.leave(_explained(result).drop(at, "_zero", "_unclear"), frame)


def _check_length(months: Numbers) -> None:
    if len(months) < _LEAST:
        raise frames.UnfitTable(
            f"a series has {len(months)} months; a season needs three full years, {_LEAST} months",
            next_step="take a longer series, or compare the same months of two years",
        )
    if (np.diff(months) != 1).any():
        raise frames.UnfitTable("a series has gaps between its months", next_step="take the part after the last gap")


def _parts(series: Numbers, days: Numbers, seasonal: int, *, logarithms: bool) -> Numbers | None:
    """Trend, season, holiday and remainder; None if the holiday cannot be told from the season."""
    level = np.log(series) if logarithms else series
    trend, season = stl.smoothers(len(level), _YEAR, seasonal)
    left_days = days - (trend + season) @ days
    weight = float(left_days @ left_days)
    if weight <= 1e-9 * float(days @ days) or not days.any():
        return None
    slope = float(left_days @ (level - (trend + season) @ level)) / weight
    plain = level - slope * days
    parts = np.array([trend @ plain, season @ plain, slope * days, plain - (trend + season) @ plain])
    return np.exp(parts) if logarithms else parts


def _explained(table: frames.Table) -> frames.Table:
    return table.with_columns(
        **{name: nw.when(~nw.col(name).is_nan()).then(nw.col(name)) for name in _PARTS},
        stl_holiday_absence=frames.absence(
            (nw.col("_zero") == 1, "zero_in_series"), (nw.col("_unclear") == 1, "not_determined")
        ),
    )
