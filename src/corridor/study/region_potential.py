"""Potential key regions: strong in what the partner buys, and absent there."""

from __future__ import annotations

import polars as pl

from corridor.indicators import rca
from corridor.study.region_years import detailed, named, newest

#: Products that a potential key region is told by.
_TOLD = 3


def able(sold: pl.DataFrame, everywhere: pl.DataFrame) -> pl.DataFrame:
    """Region by product, newest year: what a region would sell the partner if its share there were its share elsewhere.

    Only products the partner bought of the country's regions at all, and regions specialised in them (``rca`` of at
    least 1 within the country). Columns ``region, product, whole_usd`` (sold to everybody), ``region_share`` (of the
    country's), ``rca``, ``partner_usd`` (what the partner bought of all regions), ``expected_usd = region_share x
    partner_usd``, ``value_usd`` (what it did sell there) and ``gap_usd``, which is never below 0. The gaps are not a
    forecast and not to be added to national ones: they split what the partner buys already among who can supply it.
    """
    rows = named(detailed(sold))
    latest = newest(rows)
    bought = rows.filter(pl.col("year") == latest)
    partner = bought.group_by("product").agg(partner_usd=pl.col("value_usd").sum())
    basket = detailed(everywhere).filter((pl.col("year") == latest) & (pl.col("value_usd") > 0))
    if basket.is_empty() or bought.is_empty():
        return pl.DataFrame()
    special = rca(basket, exporter="region").with_columns(
        region_share=pl.col("value_usd") / pl.col("value_usd").sum().over("product")
    )
    return (
        special.rename({"value_usd": "whole_usd"})
        .filter(pl.col("rca") >= 1)
        .join(partner, on="product")
        .join(bought.select("region", "product", "value_usd"), on=["region", "product"], how="left")
        .with_columns(pl.col("value_usd").fill_null(0.0), expected_usd=pl.col("region_share") * pl.col("partner_usd"))
        .with_columns(gap_usd=pl.max_horizontal(pl.col("expected_usd") - pl.col("value_usd"), pl.lit(0.0)))
        .select(
            "region", "product", "year", "whole_usd", "region_share", "rca", "partner_usd", "expected_usd", "value_usd",
            "gap_usd",
        )
        .sort("gap_usd", "region", "product", descending=[True, False, False])
    )  # fmt: skip


def potential_key_regions(gaps: pl.DataFrame) -> pl.DataFrame:
    """Regions that sell none of what they could (rows of `able`), by what their share elsewhere would make there.

    Columns ``region, expected_usd, products`` (how many), ``goods`` (the largest, by a blank). A region that sells the
    partner something of it is not among them.
    """
    if gaps.is_empty():
        return gaps
    absent = gaps.filter(pl.col("value_usd").sum().over("region") == 0).sort(
        "expected_usd", "product", descending=[True, False]
    )
    return (
        absent.group_by("region")
        .agg(
            expected_usd=pl.col("expected_usd").sum(),
            products=pl.len().cast(pl.Int64),
            goods=pl.col("product").head(_TOLD).str.join(" "),
        )
        .sort("expected_usd", "region", descending=[True, False])
    )
