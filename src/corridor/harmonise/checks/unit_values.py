"""Unit values far away from the others of the same goods."""

from __future__ import annotations

from math import log

import numpy as np
import polars as pl

from corridor.codes.products import TOTAL
from corridor.harmonise.checks.finding import findings
from corridor.harmonise.checks.spread import Groups, Numbers, Places, numbered, spread

#: A robust standard deviation is so many median absolute deviations of a normal distribution.
MAD_TO_SIGMA = 1.4826
#: What goods are compared within.
GOODS = ("classification", "product", "flow")
#: A row's place among the rows that were given.
AT = "at"
_MEASURED = (pl.col("value_usd") > 0) & (pl.col("net_weight_kg") > 0)
_RATIO = pl.col("value_usd") / pl.col("net_weight_kg")
# By a weight next to nothing, or next to infinite, the division gives no number.
_UNIT = pl.when(_MEASURED & (_RATIO > 0) & _RATIO.is_finite()).then(_RATIO)
_NEARLY = 1 - 1e-9
#: Rows that are looked at together.
_STRETCH = 1 << 20


def unit_value_outliers(
    flows: pl.DataFrame, *, deviations: float = 5.0, factor: float = 3.0, least: int = 8
) -> pl.DataFrame:
    """Rows whose US dollars per kilogram stand apart from those of the same product and flow: `FINDING`.

    Apart means more than ``deviations`` robust standard deviations of the logarithms, and ``factor`` times more or less
    than the median, among at least ``least`` rows with a value and a weight above zero. Needs ``classification,
    product, flow, value_usd, net_weight_kg``.
    """
    odd = apart(flows.lazy(), deviations=deviations, factor=factor, least=least)
    return told(flows[odd[AT]], odd)


def apart(flows: pl.LazyFrame, *, deviations: float = 5.0, factor: float = 3.0, least: int = 8) -> pl.DataFrame:
    """The places `AT` of the rows that `unit_value_outliers` tells of, with ``_middle``, a logarithm, and ``_rows``.

    Of `GOODS` those must be there that differ between rows, at least one, in any code.
    """
    goods = [name for name in GOODS if name in flows.collect_schema().names()]
    logs, groups = _logs(flows), numbered(flows.select(goods).collect())
    within = spread(logs, groups)
    # A hair less than the factor: whether it is reached is asked of the few rows that are left.
    near = np.maximum(deviations * (MAD_TO_SIGMA * within.deviation), _NEARLY * log(factor))
    odd = _beyond(logs, groups, within.median, np.where(within.rows >= least, near, np.inf))
    stats = {"_middle": within.median[groups[odd]], "_rows": within.rows[groups[odd]], "_log": logs[odd]}
    found = pl.DataFrame({AT: odd, **stats}, schema_overrides={AT: pl.get_index_type()})
    return found.filter((pl.col("_log") - pl.col("_middle")).abs().exp() > factor).drop("_log")


def _logs(flows: pl.LazyFrame) -> Numbers:
    """The logarithm of each row's unit value, NaN where there is none."""
    logs = np.empty(int(flows.select(pl.len()).collect().item()))
    # In stretches, so that a second copy of millions of numbers is never held.
    for start in range(0, len(logs), _STRETCH):
        stretch = flows.slice(start, _STRETCH).select(_UNIT.log()).collect(engine="streaming").to_series()
        logs[start : start + _STRETCH] = stretch.to_numpy()
    return logs


def _beyond(logs: Numbers, groups: Groups, middle: Numbers, limit: Numbers) -> Places:
    """The places of the rows farther from the ``middle`` of their group than its ``limit``."""
    found = [np.empty(0, dtype=np.intp)]
    for start in range(0, len(logs), _STRETCH):
        stretch = slice(start, start + _STRETCH)
        off = np.abs(logs[stretch] - middle[groups[stretch]])
        found.append(np.flatnonzero(off > limit[groups[stretch]]) + start)
    return np.concatenate(found)


def told(rows: pl.DataFrame, odd: pl.DataFrame) -> pl.DataFrame:
    """The rows at the places of `apart`, in our codes, as findings; a kilogram of all goods together is none."""
    known = pl.concat([rows.with_columns(_unit=_UNIT), odd.drop(AT)], how="horizontal")
    return findings(
        known.filter(pl.col("product") != TOTAL),
        "unit_value_outlier",
        value=pl.col("_unit"),
        expected=pl.col("_middle").exp(),
        evidence=pl.format(
            "{} USD/kg, the median of {} rows is {}",
            pl.col("_unit").round_sig_figs(4),
            "_rows",
            pl.col("_middle").exp().round_sig_figs(4),
        ),
    )
