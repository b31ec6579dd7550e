"""The weighted mean of the criteria's scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from corridor.recommend.criterion import Criterion


def weighted_sum(candidates: pl.DataFrame, criteria: Sequence[Criterion], weights: Mapping[str, float]) -> pl.Expr:
    """Score 0..1 of each candidate; null where any weighted criterion is unknown, which is not a zero.

    A market nobody has measured must not rank below one that was measured and found poor.
    """
    unknown = weights.keys() - {criterion.name for criterion in criteria}
    if unknown:
        raise KeyError(f"weights name criteria that do not exist: {sorted(unknown)}")
    parts = [pl.col(f"score_{criterion.name}") * weights[criterion.name] for criterion in criteria]
    return pl.sum_horizontal(parts, ignore_nulls=False) / sum(weights.values())
