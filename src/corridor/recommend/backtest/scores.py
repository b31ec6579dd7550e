"""What each method would have said, one column a method: ours, and the baselines that cost nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from corridor.potential.export_potential import export_potential
from corridor.recommend.backtest.candidates import known
from corridor.recommend.backtest.design import Design
from corridor.recommend.features import CELL
from corridor.recommend.findings.demand import DEMAND
from corridor.recommend.findings.supply import SUPPLY
from corridor.recommend.methods.weighted_sum import weighted_sum

#: The study's criteria in the columns of a cell.
_COLUMNS = {
    "market_1": "demand_usd",
    "market_growth": "demand_growth",
    "share_change": "share_change",
    "location_quotient": "location_quotient",
    "value_1": "cell_usd",
}

#: The same where one exporter's reports are all there is; its sales stand for the market, as in the study.
_OF_ONE_SELLER = {
    "market_1": "product_usd",
    "market_growth": "past_growth",
    "midpoint_growth": "cell_midpoint",
    "location_quotient": "buyer_quotient",
    "value_1": "cell_usd",
}


def of_activations(candidates: pl.DataFrame, design: Design) -> pl.DataFrame:
    """A column a method for new products, the higher the better.

    Ours is ``diversification``: the mean place by density and by the size of the market, as
    `corridor.potential.diversification` ranks.
    """
    place = [(pl.col(name).rank("average") / pl.len()) for name in ("density", "market_usd")]
    return candidates.select(
        diversification=sum(place, pl.lit(0.0)) / len(place),
        random=pl.Series(_chance(candidates.height, design.seed)),
        current_share=pl.col("share"),
        market_size=pl.col("market_usd"),
        past_growth=pl.col("past_growth"),
        rca_today=pl.col("rca"),
        density=pl.col("density"),
    )


def of_growth(candidates: pl.DataFrame, panel: pl.DataFrame, design: Design) -> pl.DataFrame:
    """A column a method for growth in USD, the higher the better.

    Ours are ``potential`` and ``unrealised`` (trade alone, no other factor) and ``weighted_sum``, the study's criteria
    within each market.
    """
    base = known(panel, design).filter(pl.col("year") == design.base)
    table = candidates.join(_potential(base), on=CELL, how="left", maintain_order="left")
    return table.with_columns(_weighted(table).alias("weighted_sum")).select(
        potential=pl.col("potential_usd"),
        unrealised=pl.col("unrealised_usd"),
        weighted_sum="weighted_sum",
        random=pl.Series(_chance(candidates.height, design.seed)),
        current_share=pl.col("cell_share"),
        current_value=pl.col("cell_usd"),
        market_size=pl.col("demand_usd"),
        past_growth=pl.col("cell_growth"),
        rca_today=pl.col("rca"),
        density=pl.col("density"),
    )


def _potential(base: pl.DataFrame) -> pl.DataFrame:
    """The potential of each cell; none in a panel of one market or one seller, where it only repeats the trade."""
    columns = (*CELL, "potential_usd", "unrealised_usd")
    if min(base["exporter"].n_unique(), base["importer"].n_unique()) < 2:
        return base.select(*CELL, potential_usd=pl.lit(None), unrealised_usd=pl.lit(None)).clear()
    return export_potential(base.select(*CELL, "value_usd"), formula="trade_only/1").select(columns)


def _weighted(table: pl.DataFrame) -> pl.Series:
    """The study's score: by the importers' demand, or by the seller's supply where only one seller reports."""
    one_seller = table["exporter"].n_unique() == 1 and table["importer"].n_unique() > 1
    judged_by, columns = (SUPPLY, _OF_ONE_SELLER) if one_seller else (DEMAND, _COLUMNS)
    criteria = [replace(each, column=columns[each.column]) for each in judged_by]
    told = _of_one_seller(table) if one_seller else table
    scored = told.with_columns(each.score().over("importer").alias(f"score_{each.name}") for each in criteria)
    weights = {each.name: each.weight for each in criteria}
    return scored.select(weighted_sum(scored, criteria, weights).alias("score"))["score"]


def _of_one_seller(table: pl.DataFrame) -> pl.DataFrame:
    """With the seller's whole sales of a product, the growth of each cell and the buyer's lean towards the product."""
    cell, before = pl.col("cell_usd"), pl.col("cell_usd") - pl.col("cell_growth")
    sold, bought = cell.sum().over("product"), cell.sum().over("importer")
    return table.with_columns(
        product_usd=sold,
        cell_midpoint=pl.when(cell + before > 0).then((cell - before) / ((cell + before) / 2)).otherwise(0.0),
        buyer_quotient=pl.when((sold > 0) & (bought > 0)).then(cell / bought / (sold / cell.sum())).otherwise(0.0),
    )


def _chance(count: int, seed: int) -> list[float]:
    drawn: list[float] = np.random.default_rng(seed).random(count).tolist()
    return drawn
