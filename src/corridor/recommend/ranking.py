"""Ranks the candidates of one direction, and tells how far the ranking depends on its weights."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from corridor.recommend.criterion import Criterion
from corridor.recommend.methods.weighted_sum import weighted_sum

#: Each weight is moved by this much, up and down, one at a time.
WEIGHT_SHIFT = 0.10
#: A candidate is stable where it stays among this many first.
FIRST = 5


def rank(candidates: pl.DataFrame, criteria: Sequence[Criterion]) -> pl.DataFrame:
    """Adds ``score_<criterion>`` (0..1), ``score`` (0..1), ``rank`` (1 the best) and ``stability``.

    ``stability`` is the share of the shifted weightings under which a candidate that is among the first five
    stays there; for the others the share under which it stays out. Candidates with an unknown criterion keep a
    null score and rank. Ties are broken by the product's code, so the order never depends on the input's.
    """
    scored = candidates.with_columns(criterion.score().alias(f"score_{criterion.name}") for criterion in criteria)
    weights = {criterion.name: criterion.weight for criterion in criteria}
    ranked = _ranked(scored.with_columns(score=weighted_sum(scored, criteria, weights)), "score", "rank")
    return _with_stability(ranked, criteria).sort("rank", "product", nulls_last=True)


def _ranked(frame: pl.DataFrame, score: str, name: str) -> pl.DataFrame:
    order = frame.sort([score, "product"], descending=[True, False], nulls_last=True)
    places = pl.int_range(1, pl.len() + 1)
    return order.with_columns(pl.when(pl.col(score).is_not_null()).then(places).alias(name))


def _with_stability(ranked: pl.DataFrame, criteria: Sequence[Criterion]) -> pl.DataFrame:
    weights = {criterion.name: criterion.weight for criterion in criteria}
    stays = []
    for name in weights:
        for factor in (1 - WEIGHT_SHIFT, 1 + WEIGHT_SHIFT):
            shifted = {**weights, name: weights[name] * factor}
            again = _ranked(ranked.with_columns(_shifted=weighted_sum(ranked, criteria, shifted)), "_shifted", "_place")
            stays.append(
                again.select(
                    "product", kept=((pl.col("_place") <= FIRST) == (pl.col("rank") <= FIRST)).cast(pl.Float64)
                )
            )
    share = pl.concat(stays).group_by("product").agg(stability=pl.col("kept").mean())
    return ranked.join(share, on="product", how="left")
