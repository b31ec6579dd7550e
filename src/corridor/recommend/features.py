"""What a base year knew of every economy, product and cell; nothing here looks at a later one."""

from __future__ import annotations

import polars as pl

from corridor.indicators.density import density
from corridor.indicators.rca import rca

CELL = ("exporter", "importer", "product")


def indices(sums: pl.DataFrame) -> pl.DataFrame:
    """``exporter, product, value_usd`` of a world with a row for every two of them, and ``rca``, zero without trade."""
    every = sums.select("exporter").unique().join(sums.select("product").unique(), how="cross")
    full = every.join(sums, on=["exporter", "product"], how="left").with_columns(pl.col("value_usd").fill_null(0.0))
    return rca(full).with_columns(pl.col("rca").fill_null(0.0))


def economy_features(seen: pl.DataFrame, base: int) -> pl.DataFrame:
    """One row an economy and product of the year ``base``, whether traded or not, with what was known of it.

    ``rca``, ``density`` (0..1), ``share`` of the world's exports of the product, ``market_usd``, ``market_growth`` and
    ``past_growth`` (midpoint, -2..2, over all years held).
    """
    now = summed(seen, ("exporter", "product"), base, "value")
    first = summed(seen, ("exporter", "product"), seen["year"].min(), "value_0")
    table = indices(now.rename({"value": "value_usd"})).drop("rca_absence").rename({"value_usd": "value"})
    near = density(table.select("exporter", "product", value_usd="value"), pairs="given").select(
        "exporter", "product", pl.col("density").fill_null(0.0)
    )
    table = table.join(near, on=["exporter", "product"]).join(first, on=["exporter", "product"], how="left")
    market = pl.col("value").sum().over("product")
    market_0 = pl.col("value_0").sum().over("product")
    return table.with_columns(pl.col("value_0").fill_null(0.0)).with_columns(
        share=pl.when(market > 0).then(pl.col("value") / market).otherwise(0.0),
        market_usd=market,
        market_growth=_midpoint(market_0, market),
        past_growth=_midpoint(pl.col("value_0"), pl.col("value")),
    )


def summed(seen: pl.DataFrame, keys: tuple[str, ...], year: object, name: str) -> pl.DataFrame:
    """The trade of one year added up by ``keys``, in the column ``name`` (USD)."""
    return seen.filter(pl.col("year") == year).group_by(*keys).agg(pl.col("value_usd").sum().alias(name))


def _midpoint(before: pl.Expr, after: pl.Expr) -> pl.Expr:
    """Change over the mean of both, -2..2, 0 where there was nothing: Davis, Haltiwanger and Schuh (1996)."""
    return pl.when(before + after > 0).then((after - before) / ((after + before) / 2)).otherwise(0.0)


def cell_features(seen: pl.DataFrame, base: int, *, pair: tuple[str, str] | None = None) -> pl.DataFrame:
    """One row a cell of the year ``base`` with what was known of it; the columns are those of `growth`.

    ``pair``: the cells of this exporter and importer alone, each as it is among all; a world by subheading has
    hundreds of millions.
    """
    economies = economy_features(seen, base).filter(pl.col("value") > 0).drop("value", "value_0")
    first = seen["year"].min()
    if pair is not None:
        economies = economies.filter(pl.col("exporter") == pair[0])
        seen = seen.filter(pl.col("importer") == pair[1])
    cells = summed(seen, CELL, base, "cell_usd")
    cells_0 = summed(seen, CELL, first, "cell_0")
    bought = summed(seen, ("importer", "product"), base, "demand_usd")
    bought_0 = summed(seen, ("importer", "product"), first, "demand_0")
    table = (
        economies.join(bought.join(bought_0, on=["importer", "product"], how="left"), on="product")
        .filter(pl.col("exporter") != pl.col("importer"))
        .join(cells, on=CELL, how="left")
        .join(cells_0, on=CELL, how="left")
        .with_columns(pl.col("cell_usd", "cell_0", "demand_0").fill_null(0.0))
    )
    share = pl.col("cell_usd") / pl.col("demand_usd")
    share_0 = pl.when(pl.col("demand_0") > 0).then(pl.col("cell_0") / pl.col("demand_0")).otherwise(0.0)
    sold = pl.col("cell_usd").sum().over("exporter", "importer")
    importer = bought.group_by("importer").agg(all_usd=pl.col("demand_usd").sum())
    return (
        table.join(importer, on="importer")
        .with_columns(
            cell_share=share,
            share_change=share - share_0,
            cell_growth=pl.col("cell_usd") - pl.col("cell_0"),
            demand_growth=_midpoint(pl.col("demand_0"), pl.col("demand_usd")),
            location_quotient=pl.when(sold > 0)
            .then(pl.col("cell_usd") * pl.col("all_usd") / (sold * pl.col("demand_usd")))
            .otherwise(0.0),
        )
        .drop("cell_0", "demand_0", "all_usd")
    )
