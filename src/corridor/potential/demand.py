"""The demand side of export potential: what an importer buys, its outlook, and what its suppliers are like."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

import narwhals as nw

from corridor.codes import frames
from corridor.potential.supply import average
from corridor.potential.trade import World, held
from corridor.potential.variants import Factor

Tables: TypeAlias = Mapping[Factor, frames.Table | None]

#: What an elasticity counts as where it is not known and was asked to be neutral.
_NEUTRAL: Mapping[Factor, float] = {"income_elasticity": 0.0, "substitution": 1.0}


def measure(world: World, tables: Tables, neutral: Collection[Factor]) -> frames.Table:
    """One row an importer and product: ``imports_usd, demand_outlook`` and what each supplier is set against.

    Columns where the factor was given: ``income_elasticity``, ``substitution``, ``average_tariff``,
    ``average_log_distance`` (of km). A neutral income elasticity is 0, a neutral substitution 1.
    """
    table = world.imports()
    for factor, instead in _NEUTRAL.items():
        if (given := tables.get(factor)) is not None:
            table = _joined(table, given, factor, instead, neutral)
    table = _outlook(table, tables, neutral)
    if (tariffs := tables.get("tariffs")) is not None:
        duties = world.suppliers().join(tariffs, on=["exporter", "importer", "product"])
        means = average(duties, "tariff", ("importer", "product"), "average_tariff")
        table = table.join(means, on=["importer", "product"], how="left")
    if (distance := tables.get("distance")) is not None:
        away = distance.select("exporter", "importer", _log=nw.col("distance_km").log())
        paths = world.suppliers().join(away, on=["exporter", "importer"])
        means = average(paths, "_log", ("importer", "product"), "average_log_distance")
        table = table.join(means, on=["importer", "product"], how="left")
    return held(table)


def _joined(
    table: frames.Table, given: frames.Table, factor: Factor, instead: float, neutral: Collection[Factor]
) -> frames.Table:
    keys: list[str] = [key for key in given.collect_schema().names() if key in ("importer", "product")]
    table = table.join(given, on=keys, how="left")
    if factor not in neutral:
        return table
    number = nw.col(factor)
    return table.with_columns(number.is_null().alias(f"_demand_{factor}"), number.fill_null(instead).alias(factor))


def _outlook(table: frames.Table, tables: Tables, neutral: Collection[Factor]) -> frames.Table:
    """(ΔGDP / ΔPOP)^E ΔPOP, 1 where no outlook is part of the formula or asked for."""
    outlook = tables.get("outlook")
    if outlook is None:
        return table.with_columns(demand_outlook=nw.lit(1.0))
    per_head = nw.col("gdp_growth") / nw.col("population_growth")
    elasticity = nw.col("income_elasticity") if tables.get("income_elasticity") is not None else nw.lit(0.0)
    # A power as an exponential: DuckDB and Spark take no column as an exponent through Narwhals.
    grown = (per_head.log() * elasticity).exp() * nw.col("population_growth")
    table = table.join(outlook.rename({"economy": "importer"}), on="importer", how="left")
    table = table.with_columns(demand_outlook=grown)
    if "outlook" in neutral:
        unknown = (nw.col("gdp_growth") / nw.col("population_growth")).is_null()
        table = table.with_columns(
            _demand_outlook=unknown, demand_outlook=nw.when(unknown).then(nw.lit(1.0)).otherwise(grown)
        )
    return table.drop("gdp_growth", "population_growth")
