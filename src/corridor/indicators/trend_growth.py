"""Trend growth of a series."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def trend_growth(frame: IntoFrameT, value: str = "value_usd", year: str = "year", by: frames.Names = ()) -> IntoFrameT:
    """Yearly growth along the log-linear trend through all years (least-squares growth rate).

    ``ln x_t = a + b t`` by ordinary least squares, ``b = Σ(t - t̄)(ln x - mean ln x) / Σ(t - t̄)²``, ``trend_growth =
    e^b - 1``, from -1 up.

    Takes a row a year with ``value`` (USD, none missing) and ``year`` (a whole number, once a series); years may be
    missing between others. Returns a row a group: ``n`` (years), ``trend_growth``, ``trend_growth_absence``
    (``one_period``: fewer than two years; ``zero_in_series``: a zero has no logarithm, and dropping it would make the
    trend look steadier than the trade was).

    Source: World Bank, World Development Indicators, statistical methods, "least-squares growth rate". Checked by hand:
    1, 2, 2 over three years gives b = (ln 2)/2, that is √2 - 1.

    Worked example: 1, 2 and 2 in three years: b = (-1 · 0 + 0 · ln 2 + 1 · ln 2) / 2 = ln 2 / 2, so √2 - 1 = 0.4142.

    In Stata: ``regress lnx year`` and ``display exp(_b[year])-1``. In R: ``exp(coef(lm(log(x) ~ year))[2]) - 1``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value, year], groups=by)
    frames.check_unique(table, (*by, year))
    return frames.leave(_trend(_sums(table, value, year, by), by), frame)


def _sums(table: frames.Table, value: str, year: str, by: tuple[str, ...]) -> frames.Table:
    amount, time = frames.number(value), frames.number(year)
    logs = table.with_columns(
        _log=nw.when(amount > 0).then(amount).log(),
        _zero=(amount == 0).cast(nw.Int64),
        _time=time - frames.within(time.mean(), by),
    )
    # The deviations of time add up to zero, so the mean of the logarithms falls out of the first sum.
    products = logs.with_columns(_above=nw.col("_time") * nw.col("_log"), _below=nw.col("_time") ** 2)
    sums = {name: nw.col(name).sum() for name in ("_zero", "_above", "_below")}
    return frames.each(products, by, n=nw.len(), **sums)


def _trend(sums: frames.Table, by: tuple[str, ...]) -> frames.Table:
    usable = (nw.col("_zero") == 0) & (nw.col("n") > 1)
    slope = frames.ratio(nw.col("_above"), nw.col("_below"))
    return sums.select(
        *by,
        n=nw.col("n").cast(nw.Int64),
        trend_growth=nw.when(usable).then(slope).exp() - 1,
        trend_growth_absence=frames.absence((nw.col("n") < 2, "one_period"), (nw.col("_zero") > 0, "zero_in_series")),
    )
