"""Which regions could supply what is recommended, and what part of it: by what they export already."""

from __future__ import annotations

import polars as pl

from corridor.codes import products
from corridor.codes.products import TOTAL, is_hs
from corridor.potential.regions import of_regions

COLUMNS = (
    "rank", "product", "region", "region_share", "unrealised_usd", "region_rca", "whole_usd", "sold_usd", "year",
)  # fmt: skip


def by_region(ranked: pl.DataFrame, everywhere: pl.DataFrame, sold: pl.DataFrame) -> pl.DataFrame:
    """One row a recommended product and region that is able to supply it, best products first.

    ``ranked``: ``rank, product, potential_usd, cell_usd, unrealised_usd`` of `corridor.recommend.advice.advise`.
    ``everywhere`` and ``sold``: ``region, product, year, value_usd``, one year, what regions export to everybody and to
    the partner, by HS code. Able is a region with an advantage in the product within its country (``region_rca`` of at
    least 1). The unrealised potential is shared among the able ones by what each exports (``region_share``), so their
    parts add up to it; it is null where it was not measured. ``sold_usd`` is 0 for a region that is absent there.
    """
    rows = everywhere.filter(pl.col("product") != TOTAL)
    whole, of_region = rows["value_usd"].sum(), pl.col("value_usd").sum()
    totals = rows.group_by("region").agg(region_usd=of_region)
    able = [
        _of(rows, product)
        .join(totals, on="region")
        .with_columns(
            exporter=pl.lit(""),
            product=pl.lit(product),
            region_rca=pl.col("value_usd") * whole / (pl.col("region_usd") * pl.col("value_usd").sum()),
            sold_usd=pl.lit(0.0),
        )
        .filter(pl.col("region_rca") >= 1)
        for product in ranked["product"]
    ]
    held = pl.concat(able) if able else pl.DataFrame()
    if held.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.Float64))
    there = pl.concat([_of(sold, product).with_columns(product=pl.lit(product)) for product in ranked["product"]])
    potential = ranked.select(
        "rank", "product", "potential_usd", "unrealised_usd",
        realised_usd="cell_usd", exporter=pl.lit(""), importer=pl.lit(""),
    )  # fmt: skip
    parts = of_regions(potential, held.select("region", "exporter", "product", "value_usd"))
    return (
        parts.join(held.select("region", "product", "region_rca", whole_usd="value_usd"), on=["region", "product"])
        .join(there.rename({"value_usd": "sold_usd"}), on=["region", "product"], how="left")
        .with_columns(pl.col("sold_usd").fill_null(0.0), year=pl.lit(rows["year"].max(), dtype=pl.Int64))
        .select(COLUMNS)
        .sort("rank", "region_share", "region", descending=[False, True, False])
    )


def belongs(product: str) -> pl.Expr:
    """Whether a code of a region's table is of a product: the same, an HS code beneath it, or a heading of a group."""
    code = pl.col("product")
    if is_hs(product):
        return code.str.starts_with(product)
    heads = [head for span in products.headings(product) for head in _spelt(span)] if product in _groups() else []
    return (code == product) | code.str.slice(0, 4).is_in(heads)


def _of(rows: pl.DataFrame, product: str) -> pl.DataFrame:
    return (
        rows.filter(belongs(product)).group_by("region").agg(pl.col("value_usd").sum()).filter(pl.col("value_usd") > 0)
    )


def _spelt(span: str) -> list[str]:
    first, _, last = span.partition("-")
    return [f"{head:04}" for head in range(int(first), int(last or first) + 1)]


def _groups() -> frozenset[str]:
    return frozenset(products.codes())
