"""A national flow shared out to regions by a method that the user names: estimates, marked so row by row."""

from __future__ import annotations

import polars as pl

from corridor.codes.products import TOTAL, is_hs
from corridor.errors import NothingFound, UsageError

#: What a region's part is taken from: its exports of the same product, all its exports, the user's own key.
METHODS = ("exports", "total_exports", "key")
CAVEAT, MATURITY = "apportioned", "estimated"
COLUMNS = (
    "region", "product", "year", "value_usd", "region_share", "national_usd", "method", "weights_year", "maturity",
    "caveats", "trace_id",
)  # fmt: skip


def apportion(national: pl.DataFrame, weights: pl.DataFrame, method: str) -> pl.DataFrame:
    """One row a region and product, which add up to the national figure of each product.

    ``national``: ``product, year, value_usd, trace_id``, one year. ``weights``: ``region, weight``, with ``product``
    where they differ by product, with ``year`` where they are of one. ``region_share`` = weight over the weights of all
    regions, 0..1; every row has ``maturity`` estimated and the caveat ``apportioned``. A product without a weight above
    zero has no row: it is not spread by another product's weights.

    Raises: UsageError for a method that is none of `METHODS`, NothingFound where no product has a weight.
    """
    if method not in METHODS:
        raise UsageError(f"no method of apportioning “{method}”", next_step=f"there are: {', '.join(METHODS)}")
    by = ["product"] if "product" in weights.columns else []
    whole = pl.col("weight").sum()
    parts = (
        weights.filter(pl.col("weight") > 0)
        .group_by("region", *by)
        .agg(whole)
        .with_columns(region_share=pl.col("weight") / (whole.over(by) if by else whole))
    )
    told = national.rename({"value_usd": "national_usd"})
    rows = told.join(parts, on=by) if by else told.join(parts, how="cross")
    if rows.is_empty():
        raise NothingFound(
            "nothing was apportioned: no product of the national flow has a weight",
            next_step="apportion by total_exports or by a key of your own, or add the national flow by HS code",
        )
    year = weights["year"].max() if "year" in weights.columns else None
    return (
        rows.with_columns(
            value_usd=pl.col("national_usd") * pl.col("region_share"),
            method=pl.lit(method),
            weights_year=pl.lit(year, dtype=pl.Int64),
            maturity=pl.lit(MATURITY),
            caveats=pl.lit(CAVEAT),
        )
        .select(COLUMNS)
        .sort("value_usd", "region", "product", descending=[True, False, False])
    )


def national_flow(trade: pl.DataFrame, exporter: str, digits: int) -> pl.DataFrame:
    """The newest year of one direction of `national_trade`: HS codes cut to ``digits``, the total only where alone.

    Columns ``product, year, value_usd, trace_id``.
    """
    own = trade.filter(pl.col("exporter") == exporter) if trade.height else trade
    if own.is_empty():
        return pl.DataFrame()
    latest = own.filter(pl.col("year") == pl.col("year").max())
    single = latest.filter(pl.col("product") != TOTAL)
    rows = single if single.height else latest
    cut = {code: code[:digits] if is_hs(code) else code for code in rows["product"].unique()}
    return (
        rows.with_columns(pl.col("product").replace(cut))
        .group_by("product", "year")
        .agg(pl.col("value_usd").sum(), pl.col("trace_id").sort().str.join(" "))
        .sort("product")
    )


def by_exports(everywhere: pl.DataFrame, year: int, *, single: bool) -> pl.DataFrame:
    """Weights from what regions export to everybody in the newest year up to ``year``; ``single``: product by product.

    ``everywhere`` as `corridor.study.region_years.to_everybody` gives it.
    """
    rows = everywhere.filter(pl.col("year") <= year) if everywhere.height else everywhere
    if rows.is_empty():
        raise NothingFound(
            f"no rows of what the regions exported to everybody up to {year} are held",
            next_step="apportion by a key of your own (--apportion key --key FILE), or add such rows",
        )
    latest = rows.filter(pl.col("year") == pl.col("year").max())
    detailed = latest.filter(pl.col("product") != TOTAL)
    if single:
        return detailed.select("region", "product", "year", weight="value_usd")
    printed = latest.filter(pl.col("product") == TOTAL)
    rest = detailed.join(printed, on="region", how="anti")
    return pl.concat([printed, rest]).group_by("region", "year").agg(weight=pl.col("value_usd").sum())
