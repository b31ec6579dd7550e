"""How much easier a pair trades than its world shares would say."""

from __future__ import annotations

import narwhals as nw
import numpy as np

from corridor.codes import frames
from corridor.codes.arrays import Rows, first_rows
from corridor.potential.trade import World, held


def measure(
    world: World,
    supply: frames.Table,
    demand: frames.Table,
    distance: frames.Table | None,
    *,
    itself: bool = False,
    eased: bool = True,
) -> frames.Table:
    """One row a pair: ``expected_usd`` (what world shares would give), ``bilateral_ease``, ``log_distance``.

    ``bilateral_ease`` = v_ij / Σ_k (v_ik / v_k) v_jk, zero for a pair that trades nothing; 1 without ``eased``.
    ``itself`` keeps the pair of an economy with itself.
    """
    pairs = expected(supply, demand)
    if not itself:
        pairs = pairs.filter(nw.col("exporter") != nw.col("importer"))
    ease = nw.col("_sold").fill_null(0.0) / nw.col("expected_usd") if eased else nw.lit(1.0)
    sold = held(world.realised().group_by("exporter", "importer").agg(_sold=nw.col("realised_usd").sum()))
    pairs = (
        pairs.filter(nw.col("expected_usd") > 0)
        .join(sold, on=["exporter", "importer"], how="left")
        .with_columns(bilateral_ease=ease)
        .drop("_sold")
    )
    if distance is None:
        return held(pairs)
    away = distance.select("exporter", "importer", log_distance=nw.col("distance_km").log())
    return held(pairs.join(away, on=["exporter", "importer"], how="left"))


def expected(supply: frames.Table, demand: frames.Table) -> frames.Table:
    """``exporter, importer, expected_usd``: Σ_k (v_ik / v_k) v_jk, a product of two matrices."""
    shares = supply.select(economy=nw.col("exporter"), product="product", _number="world_share", _sells=nw.lit(1.0))
    bought = demand.select(economy=nw.col("importer"), product="product", _number="imports_usd", _sells=nw.lit(0.0))
    both = Rows(held(nw.concat([shares, bought])), ("economy", "product", "_number", "_sells"))
    economy, product = both.places("economy"), both.places("product")
    numbers, sells = both.numbers("_number"), both.numbers("_sells") > 0
    width = int(product.max()) + 1 if both.count else 0
    height = int(economy.max()) + 1 if both.count else 0
    share, imports = np.zeros((height, width)), np.zeros((height, width))
    share[economy[sells], product[sells]] = numbers[sells]
    imports[economy[~sells], product[~sells]] = numbers[~sells]
    there = first_rows(economy)
    sellers, buyers = np.unique(economy[sells]), np.unique(economy[~sells])
    first, second = np.repeat(sellers, len(buyers)), np.tile(buyers, len(sellers))
    every = np.arange(len(first))
    return both.table(
        [
            ("exporter", ("economy", there[first], every)),
            ("importer", ("economy", there[second], every)),
            ("expected_usd", (share[sellers] @ imports[buyers].T).ravel()),
        ]
    )
