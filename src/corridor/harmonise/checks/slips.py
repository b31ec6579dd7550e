"""Figures a thousand times too large or too small: thousands printed for units, or units for thousands."""

from __future__ import annotations

import polars as pl

from corridor.codes import schema
from corridor.harmonise.checks.finding import findings, varying

KIND = "slip_by_a_thousand"
#: How far, as a power of ten, a ratio may be off a thousand: half to twice a thousand.
NEAR = 0.30103
#: The other values of the series must lie so close to their median, as a power of ten, to be a measure of one.
CALM = 1.0
#: Fewer values than these are no series.
LEAST = 4

_PERIOD = ("period_start", "period_end")
_SERIES = tuple(name for name in schema.FLOW_KEY if name not in _PERIOD)


def slips_by_a_thousand(flows: pl.DataFrame, amount: str = "value_usd", *, least: int = LEAST) -> pl.DataFrame:
    """Rows about a thousand times more or less than the median of their own series: `FINDING`.

    A series is one source's reports of one flow of one product over periods of one kind; it needs ``least`` values
    above zero, three quarters of which lie within a factor of ten of their median. ``amount`` may be a weight or a
    quantity.
    """
    if flows.select(name for name in _PERIOD if name in flows.columns).n_unique() < least:
        return findings(flows.clear(), KIND, value=pl.col(amount), expected=pl.col(amount), evidence=pl.lit(""))
    series = varying(flows, _SERIES)
    rows = flows.filter(pl.col(amount) > 0).with_columns(_log=pl.col(amount).log(10))
    rows = rows.with_columns(_middle=pl.col("_log").median().over(series), _rows=pl.len().over(series))
    off = pl.col("_log") - pl.col("_middle")
    rows = rows.with_columns(_off=off).with_columns(_calm=(pl.col("_off").abs() <= CALM).mean().over(series))
    slips = ((pl.col("_off").abs() - 3).abs() <= NEAR) & (pl.col("_rows") >= least) & (pl.col("_calm") >= 0.75)
    return findings(
        rows.filter(slips),
        KIND,
        value=pl.col(amount),
        expected=pl.lit(10.0).pow("_middle"),
        evidence=pl.format(
            "{} is {} times the median of {} periods",
            amount,
            pl.lit(10.0).pow("_off").round_sig_figs(3),
            "_rows",
        ),
    )
