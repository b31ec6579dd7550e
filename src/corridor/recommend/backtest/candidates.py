"""What could have been recommended, measured on the years up to the base year and on nothing later."""

from __future__ import annotations

import polars as pl

from corridor.codes.frames import check, enter
from corridor.indicators.density import density
from corridor.indicators.rca import rca
from corridor.recommend.backtest.design import Design

CELL = ("exporter", "importer", "product")


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
        features.join(highest, on=["exporter", "product"])
        .filter(pl.col("highest") < design.below)
        # A product that nobody sells any more, or an economy without figures, cannot tell a failure.
        .join(later.select("product").unique(), on="product", how="semi")
        .join(later.select("exporter").unique(), on="exporter", how="semi")
        .join(later, on=["exporter", "product"], how="left")
        .with_columns(outcome=(pl.col("later").fill_null(0.0) > design.above).cast(pl.Float64))
        .drop("highest", "later")
        .sort("exporter", "product")
    )


def _indices(panel: pl.DataFrame, years: object) -> pl.DataFrame:
    rows = panel.filter(pl.col("year").is_in(list(years)))  # type: ignore[call-overload]
    return _indices_of(rows.group_by("exporter", "product").agg(pl.col("value_usd").sum()))


def _indices_of(sums: pl.DataFrame) -> pl.DataFrame:
    every = sums.select("exporter").unique().join(sums.select("product").unique(), how="cross")
    full = every.join(sums, on=["exporter", "product"], how="left").with_columns(pl.col("value_usd").fill_null(0.0))
    return rca(full).with_columns(pl.col("rca").fill_null(0.0))


def economy_features(seen: pl.DataFrame, base: int) -> pl.DataFrame:
    """One row an economy and product of the year ``base``, whether traded or not, with what was known of it.

    ``rca``, ``density`` (0..1), ``share`` of the world's exports of the product, ``market_usd``, ``market_growth`` and
    ``past_growth`` (midpoint, -2..2, over all years held).
    """
    now = _summed(seen, ("exporter", "product"), base, "value")
    first = _summed(seen, ("exporter", "product"), seen["year"].min(), "value_0")
    table = _indices_of(now.rename({"value": "value_usd"})).drop("rca_absence").rename({"value_usd": "value"})
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


def _summed(seen: pl.DataFrame, keys: tuple[str, ...], year: object, name: str) -> pl.DataFrame:
    return seen.filter(pl.col("year") == year).group_by(*keys).agg(pl.col("value_usd").sum().alias(name))


def _midpoint(before: pl.Expr, after: pl.Expr) -> pl.Expr:
    """Change over the mean of both, -2..2, 0 where there was nothing: Davis, Haltiwanger and Schuh (1996)."""
    return pl.when(before + after > 0).then((after - before) / ((after + before) / 2)).otherwise(0.0)


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
    whole = after["after"].sum() / max(seen.filter(pl.col("year") == design.base)["value_usd"].sum(), 1e-300)
    return (
        joined.join(after.select("product").unique(), on="product", how="semi")
        .with_columns(
            change_usd=pl.col("after") - pl.col("cell_usd"), outcome=pl.col("after") - pl.col("cell_usd") * whole
        )
        .drop("after")
        .sort(CELL)
    )


def cell_features(seen: pl.DataFrame, base: int) -> pl.DataFrame:
    """One row a cell of the year ``base`` with what was known of it; the columns are those of `growth`."""
    economies = economy_features(seen, base).filter(pl.col("value") > 0).drop("value", "value_0")
    cells = _summed(seen, CELL, base, "cell_usd")
    cells_0 = _summed(seen, CELL, seen["year"].min(), "cell_0")
    bought = _summed(seen, ("importer", "product"), base, "demand_usd")
    bought_0 = _summed(seen, ("importer", "product"), seen["year"].min(), "demand_0")
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
            .then(pl.col("cell_usd") / sold / (pl.col("demand_usd") / pl.col("all_usd")))
            .otherwise(0.0),
        )
        .drop("cell_0", "demand_0", "all_usd")
    )
