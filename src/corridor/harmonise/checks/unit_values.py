"""Unit values far away from the others of the same goods."""

from __future__ import annotations

import polars as pl

from corridor.harmonise.checks.finding import findings, varying

#: A robust standard deviation is so many median absolute deviations of a normal distribution.
MAD_TO_SIGMA = 1.4826


def unit_value_outliers(
    flows: pl.DataFrame, *, deviations: float = 5.0, factor: float = 3.0, least: int = 8
) -> pl.DataFrame:
    """Rows whose US dollars per kilogram stand apart from those of the same product and flow: `FINDING`.

    Apart means more than ``deviations`` robust standard deviations of the logarithms, and ``factor`` times more or less
    than the median, among at least ``least`` rows with a value and a weight above zero. Needs ``classification,
    product, flow, value_usd, net_weight_kg``.
    """
    goods = varying(flows, ("classification", "product", "flow"))
    rows = flows.filter((pl.col("value_usd") > 0) & (pl.col("net_weight_kg") > 0)).with_columns(
        _unit=pl.col("value_usd") / pl.col("net_weight_kg")
    )
    rows = rows.with_columns(_log=pl.col("_unit").log()).with_columns(
        _middle=pl.col("_log").median().over(goods), _rows=pl.len().over(goods)
    )
    off = (pl.col("_log") - pl.col("_middle")).abs()
    rows = rows.with_columns(_off=off).with_columns(
        _sigma=MAD_TO_SIGMA * pl.col("_off").median().over(goods), _factor=pl.col("_off").exp()
    )
    apart = (pl.col("_rows") >= least) & (pl.col("_off") > deviations * pl.col("_sigma")) & (pl.col("_factor") > factor)
    return findings(
        rows.filter(apart),
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
