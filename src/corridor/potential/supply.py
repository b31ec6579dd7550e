"""The supply side of export potential: an exporter's share of the world's exports of a product, corrected."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

import narwhals as nw

from corridor.codes import frames
from corridor.potential.trade import World, held
from corridor.potential.variants import Factor

Tables: TypeAlias = Mapping[Factor, frames.Table | None]


def measure(world: World, tables: Tables, *, balance: bool, neutral: Collection[Factor]) -> frames.Table:
    """One row an exporter and product: ``exports_usd, world_share, export_share, balance, supply_access``.

    ``world_share`` = v_ik / v_k today, ``export_share`` the same weighted by each exporter's growth.
    """
    table = _shared(world, tables.get("outlook"), neutral)
    table = _balanced(table, world, neutral) if balance else table.with_columns(balance=nw.lit(1.0))
    return held(_accessed(table, world, tables.get("tariffs")))


def _shared(world: World, outlook: frames.Table | None, neutral: Collection[Factor]) -> frames.Table:
    own = world.exports()
    if outlook is None:
        total = held(world.rows.group_by("product").agg(world_usd=nw.col("value_usd").sum()))
        share = nw.col("exports_usd") / nw.col("world_usd")
        return own.join(total, on="product").with_columns(world_share=share, export_share=share)
    growth = outlook.select(exporter=nw.col("economy"), supply_outlook=nw.col("gdp_growth"))
    grown = _grown(nw.col("supply_outlook"), neutral)
    # First by exporter: growth is then looked up once an exporter and product, not once a row.
    everybody = world.rows.group_by("exporter", "product").agg(_v=nw.col("value_usd").sum())
    weighed = everybody.join(growth, on="exporter", how="left").with_columns(_w=nw.col("_v") * grown)
    total = weighed.group_by("product").agg(
        world_usd=nw.col("_v").sum(), _grown=nw.col("_w").sum(), _all=nw.len(), _known=nw.col("_w").count()
    )
    return (
        own.join(held(total), on="product")
        .join(growth, on="exporter", how="left")
        .with_columns(
            world_share=nw.col("exports_usd") / nw.col("world_usd"),
            # A sum that lacks a rival's growth would hand the rival's share to everybody else.
            export_share=nw.when(nw.col("_all") == nw.col("_known")).then(
                nw.col("exports_usd") * grown / nw.col("_grown")
            ),
        )
        .drop("_grown", "_all", "_known")
    )


def _grown(growth: nw.Expr, neutral: Collection[Factor]) -> nw.Expr:
    return growth.fill_null(1.0) if "outlook" in neutral else growth


def _balanced(table: frames.Table, world: World, neutral: Collection[Factor]) -> frames.Table:
    """min(1, exports / own imports). An exporter that reports imports of other things imports none of this."""
    imports = world.own_imports()
    reports = imports.group_by("exporter").agg(_reports=nw.len())
    bought = nw.col("own_imports_usd").fill_null(0.0)
    part = nw.when(nw.col("exports_usd") < bought).then(nw.col("exports_usd") / bought).otherwise(nw.lit(1.0))
    return (
        table.join(imports, on=["exporter", "product"], how="left")
        .join(reports, on="exporter", how="left")
        .with_columns(balance=nw.when(~nw.col("_reports").is_null()).then(part))
        .drop("_reports", "own_imports_usd")
    )


def _accessed(table: frames.Table, world: World, tariffs: frames.Table | None) -> frames.Table:
    """(1 + average duty on the exporter's sales) / (1 + average duty on everybody's), weighted by sales."""
    if tariffs is None:
        return table.with_columns(supply_access=nw.lit(1.0))
    own = _average(world.sales(), tariffs, ("exporter", "product"), "_own")
    every = _average(world.rows, tariffs, ("product",), "_every")
    return (
        table.join(own, on=["exporter", "product"], how="left")
        .join(every, on="product", how="left")
        .with_columns(supply_access=(1 + nw.col("_own")) / (1 + nw.col("_every")))
        .drop("_own", "_every")
    )


def _average(rows: frames.Table, tariffs: frames.Table, keys: tuple[str, ...], name: str) -> frames.Table:
    return average(rows.join(tariffs, on=["exporter", "importer", "product"]), "tariff", keys, name)


def average(rows: frames.Table, column: str, keys: tuple[str, ...], name: str) -> frames.Table:
    """``keys`` and the mean of a column, weighted by ``value_usd``, over the rows where it is known."""
    known = rows.filter(~nw.col(column).is_null()).with_columns(_part=nw.col(column) * nw.col("value_usd"))
    sums = known.group_by(*keys).agg(_part=nw.col("_part").sum(), _whole=nw.col("value_usd").sum())
    mean = frames.ratio(nw.col("_part"), nw.col("_whole")).alias(name)
    return held(sums.with_columns(mean).select(*keys, name))
