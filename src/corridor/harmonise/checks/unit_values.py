"""Unit values far away from the others of the same goods."""

from __future__ import annotations

import polars as pl

from corridor.harmonise.checks.finding import findings, varying

#: A robust standard deviation is so many median absolute deviations of a normal distribution.
MAD_TO_SIGMA = 1.4826


#: What goods are compared within.
GOODS = ("classification", "product", "flow")


def unit_value_outliers(
    flows: pl.DataFrame, *, deviations: float = 5.0, factor: float = 3.0, least: int = 8
) -> pl.DataFrame:
    """Rows whose US dollars per kilogram stand apart from those of the same product and flow: `FINDING`.

    Apart means more than ``deviations`` robust standard deviations of the logarithms, and ``factor`` times more or less
    than the median, among at least ``least`` rows with a value and a weight above zero. Needs ``classification,
    product, flow, value_usd, net_weight_kg``.
    """
    return told(apart(flows, deviations=deviations, factor=factor, least=least))


def apart(flows: pl.DataFrame, *, deviations: float = 5.0, factor: float = 3.0, least: int = 8) -> pl.DataFrame:
    """The rows that `unit_value_outliers` tells of, with ``_unit``, the logarithm ``_middle`` and ``_rows``.

    Of `GOODS` those must be there that differ between rows, in any code.
    """
    goods = varying(flows, GOODS)
    rows = flows.filter((pl.col("value_usd") > 0) & (pl.col("net_weight_kg") > 0)).with_columns(
        _unit=pl.col("value_usd") / pl.col("net_weight_kg")
    )
    rows = rows.with_columns(_log=pl.col("_unit").log())
    log = pl.col("_log")
    middles = rows.group_by(goods).agg(_middle=log.median(), _mad=(log - log.median()).abs().median(), _rows=pl.len())
    off = (log - pl.col("_middle")).abs()
    odd = (pl.col("_rows") >= least) & (off > deviations * (MAD_TO_SIGMA * pl.col("_mad"))) & (off.exp() > factor)
    return rows.join(middles, on=goods, maintain_order="left", nulls_equal=True).filter(odd).drop("_log", "_mad")


def told(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `apart` in our codes as findings."""
    return findings(
        rows,
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
