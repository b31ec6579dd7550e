"""Ranks the candidates of one direction, and tells how far the ranking depends on its weights and on single years."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from corridor.errors import UsageError
from corridor.recommend.criterion import Criterion
from corridor.recommend.methods import METHODS

#: Each weight is moved by this much, up and down, one at a time.
WEIGHT_SHIFT = 0.10
#: A candidate is stable where it stays among this many first.
FIRST = 5


def rank(candidates: pl.DataFrame, criteria: Sequence[Criterion], method: str = "weighted_sum") -> pl.DataFrame:
    """Adds ``score_<criterion>`` (0..1), ``score`` (0..1), ``rank`` (1 the best) and ``stability``.

    ``stability`` is the share of the shifted weightings under which a candidate that is among the first five
    stays there; for the others the share under which it stays out. Candidates with an unknown criterion keep a
    null score and rank. Ties are broken by the product's code, so the order never depends on the input's.

    Raises: UsageError for a ``method`` that is none of `corridor.recommend.methods`.
    """
    if method not in METHODS:
        raise UsageError(f"no ranking method “{method}”", next_step=f"there are: {', '.join(METHODS)}")
    scored = candidates.with_columns(criterion.score().alias(f"score_{criterion.name}") for criterion in criteria)
    weights = {criterion.name: criterion.weight for criterion in criteria}
    ranked = _ranked(scored.with_columns(score=METHODS[method](scored, criteria, weights)), "score", "rank")
    return _with_stability(ranked, criteria, method).sort("rank", "product", nulls_last=True)


def unscorable(candidates: pl.DataFrame, criteria: Sequence[Criterion]) -> pl.DataFrame:
    """The candidates that cannot be ranked: ``product`` and ``missing``, the criteria nobody measured for them."""
    missing = pl.concat_list(
        pl.when(pl.col(each.column).is_null()).then(pl.lit(each.name)) for each in criteria
    ).list.drop_nulls()
    return (
        candidates.with_columns(missing=missing.list.join(" "))
        .filter(pl.col("missing") != "")
        .select("product", "missing")
        .sort("product")
    )


def stays(ranked: pl.DataFrame, others: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """``ranked`` with ``stability_years``: in what share of ``others`` a candidate stays on its side of the first five.

    ``others`` are the same ranking made with one year left out each; a candidate that is not in one of them is out.
    Null where there are none.
    """
    if not others:
        return ranked.with_columns(stability_years=pl.lit(None, pl.Float64))
    inside = pl.col("rank") <= FIRST
    kept = [
        ranked.select("product", "rank")
        .join(other.select("product", _other="rank"), on="product", how="left")
        .select("product", kept=((pl.col("_other") <= FIRST).fill_null(value=False) == inside).cast(pl.Float64))
        for other in others
    ]
    share = pl.concat(kept).group_by("product").agg(stability_years=pl.col("kept").mean())
    return ranked.join(share, on="product", how="left", maintain_order="left")


def _ranked(frame: pl.DataFrame, score: str, name: str) -> pl.DataFrame:
    order = frame.sort([score, "product"], descending=[True, False], nulls_last=True)
    places = pl.int_range(1, pl.len() + 1)
    return order.with_columns(pl.when(pl.col(score).is_not_null()).then(places).alias(name))


def _with_stability(ranked: pl.DataFrame, criteria: Sequence[Criterion], method: str) -> pl.DataFrame:
    weights = {criterion.name: criterion.weight for criterion in criteria}
    stays_so = []
    for name in weights:
        for factor in (1 - WEIGHT_SHIFT, 1 + WEIGHT_SHIFT):
            shifted = {**weights, name: weights[name] * factor}
            score = METHODS[method](ranked, criteria, shifted)
            again = _ranked(ranked.with_columns(_shifted=score), "_shifted", "_place")
            stays_so.append(
                again.select(
                    "product", kept=((pl.col("_place") <= FIRST) == (pl.col("rank") <= FIRST)).cast(pl.Float64)
                )
            )
    share = pl.concat(stays_so).group_by("product").agg(stability=pl.col("kept").mean())
    return ranked.join(share, on="product", how="left")
