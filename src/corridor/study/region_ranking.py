"""Key regions: how much, how steadily and how broadly a country's regions sell to a partner."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import polars as pl

from corridor.codes import areas
from corridor.codes.declarants import declarant_regions
from corridor.indicators import cagr, contribution, gini, growth, hhi, smallest_set
from corridor.study.region_years import detailed, newest, without, yearly_totals


def key_regions(sold: pl.DataFrame, *, threshold: float) -> pl.DataFrame:
    """The regions of the newest year, largest first, with what else makes a region a key one.

    Columns: ``region, year, value_usd, rank, share, cumulative_share, in_smallest_set``; ``growth`` and
    ``contribution`` (to the growth of all regions) on the year before; ``cagr`` from the first year held;
    ``years_present`` of the years held; ``variation`` = standard deviation of its yearly values over their mean, a year
    without a row being a zero; ``products`` sold (0 where no products are printed).
    """
    totals = yearly_totals(sold)
    if totals.is_empty():
        return totals
    latest = newest(totals)
    ranked = smallest_set(totals.filter(pl.col("year") == latest), threshold=threshold).drop("smallest_set_absence")
    return (
        ranked.join(_moved(totals, latest), on="region", how="left")
        .join(_steadiness(totals), on="region")
        .join(_breadth(sold, latest), on="region", how="left")
        .with_columns(pl.col("products").fill_null(0))
        .sort("rank", "region")
    )


def entries_and_exits(sold: pl.DataFrame, *, threshold: float) -> pl.DataFrame:
    """Who entered and who left the smallest set that covers the threshold, between neighbouring years held.

    Columns ``region, year, year_before, moved`` (``entered`` or ``left``).
    """
    totals = yearly_totals(sold)
    ranked = smallest_set(totals, threshold=threshold, by=["year"]).filter("in_smallest_set")
    years = sorted(totals["year"].unique())
    rows = []
    for before, after in pairwise(years):
        old, new = (set(ranked.filter(pl.col("year") == year)["region"]) for year in (before, after))
        rows += [(region, after, before, "entered") for region in sorted(new - old)]
        rows += [(region, after, before, "left") for region in sorted(old - new)]
    types = {"region": pl.String, "year": pl.Int64, "year_before": pl.Int64, "moved": pl.String}
    return pl.DataFrame(rows, schema=types, orient="row")


def suppliers(sold: pl.DataFrame, *, threshold: float) -> pl.DataFrame:
    """Who sells each product in the newest year: `smallest_set` within the product, largest products first."""
    rows = detailed(sold)
    ranked = smallest_set(rows.filter(pl.col("year") == newest(rows)), threshold=threshold, by=["product"]).drop(
        "smallest_set_absence"
    )
    return (
        ranked.with_columns(product_usd=pl.col("value_usd").sum().over("product"))
        .select("product", "product_usd", "region", "value_usd", "share", "rank", "in_smallest_set", "trace_id")
        .sort("product_usd", "product", "rank", "region", descending=[True, False, False, False])
    )


def districts(sold: pl.DataFrame) -> pl.DataFrame:
    """Each group of regions (Russia's federal districts), as it was on the last day of the year, with its share."""
    totals = yearly_totals(sold)
    groups = [
        (region, year, group)
        for region, year in totals.select("region", "year").unique().iter_rows()
        for group in areas.groups_of(region, date(year, 12, 31))
        if areas.area(group).parent == areas.country_of(region)
    ]
    types = {"region": pl.String, "year": pl.Int64, "district": pl.String}
    members = pl.DataFrame(groups, schema=types, orient="row")
    summed = (
        totals.join(members, on=["region", "year"])
        .group_by("district", "year")
        .agg(pl.col("value_usd").sum(), regions=pl.col("region").n_unique())
    )
    whole = totals.group_by("year").agg(whole=pl.col("value_usd").sum())
    return (
        summed.join(whole, on="year")
        .with_columns(share=pl.when(pl.col("whole") > 0).then(pl.col("value_usd") / pl.col("whole")))
        .drop("whole")
        .sort("year", "value_usd", "district", descending=[True, True, False])
    )


def declarant_effect(sold: pl.DataFrame, exporter: str, *, threshold: float) -> pl.DataFrame:
    """How much of each year stands in the regions where head offices declare, and what changes without them.

    Columns ``year, declared_usd, share`` (of all regions) and, with every region and without these, the size of the
    smallest set, ``hhi`` and ``gini``. No row where no such region is known.
    """
    offices = declarant_regions(exporter)
    totals = yearly_totals(sold)
    others = without(totals, offices)
    if totals.height == others.height or others.is_empty():
        return pl.DataFrame()
    declared = totals.group_by("year").agg(
        declared_usd=pl.col("value_usd").filter(pl.col("region").is_in(offices)).sum(), whole=pl.col("value_usd").sum()
    )
    return (
        declared.with_columns(share=pl.when(pl.col("whole") > 0).then(pl.col("declared_usd") / pl.col("whole")))
        .drop("whole")
        .join(concentration(totals, threshold), on="year")
        .join(concentration(others, threshold), on="year", how="left", suffix="_without")
        .sort("year")
    )


def concentration(totals: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """``year, n`` (regions with a row), ``hhi, gini, smallest_set`` of yearly totals."""
    sizes = (
        smallest_set(totals, threshold=threshold, by=["year"])
        .group_by("year")
        .agg(smallest_set=pl.col("in_smallest_set").sum().cast(pl.Int64))
    )
    indices = hhi(totals, over="region", by=["year"]).select("year", "n", "hhi")
    unequal = gini(totals, over="region", by=["year"]).select("year", "gini")
    return indices.join(unequal, on="year").join(sizes, on="year").sort("year")


def two_years(totals: pl.DataFrame, latest: int) -> pl.DataFrame:
    """Regions with ``value_0`` (the year before ``latest``) and ``value_1``; null = no row."""
    one, two = (
        totals.filter(pl.col("year") == year).select("region", pl.col("value_usd").alias(name))
        for year, name in ((latest - 1, "value_0"), (latest, "value_1"))
    )
    return one.join(two, on="region", how="full", coalesce=True)


def _moved(totals: pl.DataFrame, latest: int) -> pl.DataFrame:
    pair = two_years(totals, latest)
    moved = contribution(growth(pair))
    rates = cagr(totals.select("region", "year", "value_usd"), by=["region"]).filter(pl.col("last_year") == latest)
    return moved.select("region", "growth", "contribution").join(
        rates.select("region", "cagr"), on="region", how="left"
    )


def _steadiness(totals: pl.DataFrame) -> pl.DataFrame:
    years = totals.select("year").unique()
    grid = (
        totals.select("region")
        .unique()
        .join(years, how="cross")
        .join(totals.select("region", "year", "value_usd"), on=["region", "year"], how="left")
    )
    filled = pl.col("value_usd").fill_null(0.0)
    return grid.group_by("region").agg(
        years_present=(filled > 0).sum().cast(pl.Int64),
        variation=pl.when((filled.mean() > 0) & (pl.len() > 1)).then(filled.std() / filled.mean()),
    )


def _breadth(sold: pl.DataFrame, latest: int) -> pl.DataFrame:
    rows = detailed(sold).filter((pl.col("year") == latest) & (pl.col("value_usd") > 0))
    return rows.group_by("region").agg(products=pl.col("product").n_unique().cast(pl.Int64))
