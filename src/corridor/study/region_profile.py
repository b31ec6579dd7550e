"""What one region sells to a partner, against its country, against what the partner buys, and against its peers."""

from __future__ import annotations

import polars as pl

from corridor.indicators import (
    density,
    export_similarity,
    hhi,
    location_quotient,
    partner_dependence,
    rca,
    share,
    shift_share,
    unit_value,
)
from corridor.study.region_potential import able
from corridor.study.region_years import detailed, named, newest

#: Regions with the most similar baskets to everybody.
PEERS = 5
_KEYS = ("region", "product")


def profile(
    sold: pl.DataFrame, everywhere: pl.DataFrame, region: str, bought: pl.DataFrame | None = None
) -> dict[str, pl.DataFrame]:
    """The tables of a region's page, newest year unless they say otherwise; a table without its data is empty.

    ``sold`` and ``everywhere`` are of `region_years`, all regions; ``bought`` is the partner's own import vector
    (``product, value_usd``) in the same classification, where one is held.

    ``structure``: products with share, location quotient (in the region's sales to the partner against those of all
    regions), RCA of its exports to everybody within the country, unit value and its ratio to the other regions'.
    ``summary``: one row of totals, HHI, dependence on the partner and on the largest product, similarity.
    ``shift_share``: one row, its change on the year before in three parts that add up. ``shift_share_products``: the
    same by product. ``related``: products it does not export, by density. ``gaps``: rows of `able`. ``peers``: regions
    with the most similar exports that sell the partner more, and the products they sell there and it does not.
    """
    rows = detailed(sold)
    latest = newest(rows)
    here = rows.filter(pl.col("year") == latest)
    basket = detailed(everywhere).filter(pl.col("year") == latest) if everywhere.height else everywhere
    moved = _shift_share(rows, latest)
    gaps = able(sold, everywhere)
    return {
        "structure": _structure(here, basket, region),
        "summary": _summary(here, basket, region, bought),
        "shift_share": _of(_effects(moved), region),
        "shift_share_products": _of(moved, region),
        "related": _related(basket, region),
        "gaps": _of(gaps, region),
        "peers": _peers(here, basket, region),
    }


def _of(table: pl.DataFrame, region: str) -> pl.DataFrame:
    return table.filter(pl.col("region") == region) if table.height else table


def _structure(here: pl.DataFrame, basket: pl.DataFrame, region: str) -> pl.DataFrame:
    own = share(_of(here, region))
    whole = here.group_by("product").agg(whole=pl.col("value_usd").sum())
    grid = whole.join(own, on="product", how="left")
    special = location_quotient(grid).select("product", "location_quotient")
    table = own.join(special, on="product", how="left").join(_unit_values(here, region), on="product", how="left")
    advantage = _specialisation(basket)
    return (
        table.join(_of(advantage, region).select("product", "rca"), on="product", how="left")
        .drop("share_absence", strict=False)
        .sort("value_usd", "product", descending=[True, False])
    )


def _specialisation(basket: pl.DataFrame) -> pl.DataFrame:
    if basket.is_empty() or basket["value_usd"].sum() == 0:
        return pl.DataFrame(schema={"region": pl.String, "product": pl.String, "rca": pl.Float64})
    return rca(basket, exporter="region")


def _unit_values(here: pl.DataFrame, region: str) -> pl.DataFrame:
    """USD a tonne of the region and of the other regions in the same product and year, and the ratio."""
    mine = pl.col("region") == region
    sides = [
        unit_value(
            here.filter(rows & pl.col("net_weight_kg").is_not_null())
            .group_by("product")
            .agg(pl.col("value_usd").sum(), quantity=pl.col("net_weight_kg").sum() / 1000)
        ).select("product", unit_value=pl.col("unit_value"))
        for rows in (mine, ~mine)
    ]
    both = sides[0].join(sides[1].rename({"unit_value": "unit_value_others"}), on="product", how="left")
    return both.with_columns(unit_value_ratio=pl.col("unit_value") / pl.col("unit_value_others"))


def _summary(here: pl.DataFrame, basket: pl.DataFrame, region: str, bought: pl.DataFrame | None) -> pl.DataFrame:
    own = _of(here, region)
    if own.is_empty():
        return own
    index = hhi(own, by=["region", "year"]).drop("hhi_absence", strict=False)
    country = here.select(country_usd=pl.col("value_usd").sum()).item()
    largest = own.sort("value_usd", "product", descending=[True, False]).row(0, named=True)
    total = own["value_usd"].sum()
    whole = _of(basket, region)["value_usd"].sum() if basket.height else None
    depends = partner_dependence(
        pl.DataFrame({"value_usd": [total], "whole": [whole]}, schema={"value_usd": pl.Float64, "whole": pl.Float64})
    )["partner_dependence"].item()
    return index.with_columns(
        value_usd=pl.lit(total),
        region_share=pl.lit(total / country if country else None, dtype=pl.Float64),
        dependence=pl.lit(depends, dtype=pl.Float64),
        largest_product=pl.lit(largest["product"]),
        largest_share=pl.lit(largest["value_usd"] / total if total else None, dtype=pl.Float64),
        similarity=pl.lit(_similarity(basket, region, bought), dtype=pl.Float64),
        trace_id=pl.lit(largest["trace_id"]),
    )


def _similarity(basket: pl.DataFrame, region: str, bought: pl.DataFrame | None) -> float | None:
    """Finger-Kreinin of what the region sells everybody and what the partner buys of everybody."""
    if bought is None or bought.is_empty() or basket.is_empty():
        return None
    mine = _of(basket, region).select("product", value_a="value_usd")
    theirs = bought.group_by("product").agg(value_b=pl.col("value_usd").sum())
    pair = mine.join(theirs, on="product", how="full", coalesce=True)
    found: float | None = export_similarity(pair)["export_similarity"].item()
    return found


def _shift_share(rows: pl.DataFrame, latest: int) -> pl.DataFrame:
    """Region by product, the year before and the newest, with the three effects."""
    ends = [
        rows.filter(pl.col("year") == year).select(*_KEYS, pl.col("value_usd").alias(name))
        for year, name in ((latest - 1, "value_0"), (latest, "value_1"))
    ]
    if any(end.is_empty() for end in ends):
        return pl.DataFrame()
    return shift_share(ends[0].join(ends[1], on=_KEYS, how="full", coalesce=True))


def _effects(moved: pl.DataFrame) -> pl.DataFrame:
    if moved.is_empty():
        return moved
    pair = moved.select(*_KEYS, "value_0", "value_1")
    return shift_share(pair, aggregate=True)


def _related(basket: pl.DataFrame, region: str) -> pl.DataFrame:
    """Products the region does not export, by how much of what is near them it does, within the country's regions."""
    basket = named(basket)
    if basket.is_empty() or basket["region"].n_unique() < 2 or basket["value_usd"].sum() == 0:
        return pl.DataFrame()
    table = density(basket.select(*_KEYS, "value_usd"), exporter="region", pairs="all")
    mine = _of(table, region).filter(pl.col("value_usd").fill_null(0.0) == 0).drop_nulls("density")
    return mine.select(*_KEYS, "density").sort("density", "product", descending=[True, False])


def _peers(here: pl.DataFrame, basket: pl.DataFrame, region: str) -> pl.DataFrame:
    if _of(basket, region).is_empty():
        return pl.DataFrame()
    mine = _of(basket, region).select("product", value_a="value_usd")
    others = [other for other in sorted(basket["region"].unique()) if other != region]
    frames = [
        mine.join(
            _of(basket, other).select("product", value_b="value_usd"), on="product", how="full", coalesce=True
        ).with_columns(region=pl.lit(other))
        for other in others
    ]
    if not frames:
        return pl.DataFrame()
    alike = export_similarity(pl.concat(frames), by=["region"]).select("region", "export_similarity")
    totals = here.group_by("region").agg(pl.col("value_usd").sum())
    own = _of(totals, region)["value_usd"].sum()
    more = alike.join(totals.filter(pl.col("value_usd") > own), on="region")
    nearest = more.sort("export_similarity", "region", descending=[True, False]).head(PEERS)
    lessons = (
        named(here)
        .filter(~pl.col("product").is_in(_of(here, region)["product"].implode()))
        .sort("value_usd", "product", descending=[True, False])
    )
    return nearest.join(
        lessons.group_by("region").agg(goods=pl.col("product").head(3).str.join(" ")), on="region", how="left",
        maintain_order="left",
    )  # fmt: skip
