"""What could have been recommended, measured on the years up to the base year and on nothing later."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from corridor.codes import products
from corridor.codes.frames import check, enter
from corridor.recommend.backtest.design import Design
from corridor.recommend.features import CELL, cell_features, economy_features, indices


def known(panel: pl.DataFrame, design: Design) -> pl.DataFrame:
    """The rows a forecaster of the base year could have seen; everything measured before the outcome starts here."""
    check(enter(panel), values=["value_usd", "year"], groups=CELL)
    return panel.filter(pl.col("year") <= design.base)


def activations(panel: pl.DataFrame, design: Design) -> pl.DataFrame:
    """One row an economy and product it does not export: its index is below the threshold in every known year.

    Columns: ``exporter, product``, what was known (``rca, density, share, market_usd, market_growth, past_growth``)
    and ``outcome``: 1 if the index of the judged years is above the threshold.
    """
    seen = known(panel, design)
    features = economy_features(seen, design.base)
    highest = pl.concat([_indices(seen, [year]) for year in sorted(seen["year"].unique())])
    highest = highest.group_by("exporter", "product").agg(highest=pl.col("rca").max())
    later = _indices(panel, design.judged).select("exporter", "product", later="rca")
    return (
        features.filter(pl.col("product") != products.RESIDUAL)
        .join(highest, on=["exporter", "product"])
        .filter(pl.col("highest") < design.below)
        # A product that nobody sells any more, or an economy without figures, cannot tell a failure.
        .join(later.select("product").unique(), on="product", how="semi")
        .join(later.select("exporter").unique(), on="exporter", how="semi")
        .join(later, on=["exporter", "product"], how="left")
        .with_columns(outcome=(pl.col("later").fill_null(0.0) > design.above).cast(pl.Float64))
        .drop("highest", "later")
        .sort("exporter", "product")
    )


def _indices(panel: pl.DataFrame, years: Sequence[int]) -> pl.DataFrame:
    rows = panel.filter(pl.col("year").is_in(list(years)))
    return indices(rows.group_by("exporter", "product").agg(pl.col("value_usd").sum()))


def growth(panel: pl.DataFrame, design: Design) -> pl.DataFrame:
    """One row an exporter, importer and product that the one sold and the other bought in the base year.

    Columns: what was known (as `activations`, and ``cell_usd, cell_share, cell_growth, share_change, demand_usd,
    demand_growth, location_quotient``), ``change_usd`` (the judged years' mean less the base year) and ``outcome``:
    change beyond growing with all trade, USD.
    """
    seen = known(panel, design)
    base = cell_features(seen, design.base)
    after = (
        panel.filter(pl.col("year").is_in(list(design.judged)))
        .group_by(CELL)
        .agg(after=pl.col("value_usd").sum() / len(design.judged))
    )
    joined = base.join(after, on=CELL, how="left").with_columns(pl.col("after").fill_null(0.0))
    traded = float(seen.filter(pl.col("year") == design.base)["value_usd"].sum())
    whole = float(after["after"].sum()) / traded if traded else 1.0
    return (
        joined.filter(pl.col("product") != products.RESIDUAL)
        .join(after.select("product").unique(), on="product", how="semi")
        .with_columns(
            change_usd=pl.col("after") - pl.col("cell_usd"), outcome=pl.col("after") - pl.col("cell_usd") * whole
        )
        .drop("after")
        .sort(CELL)
    )
