"""Pareto fronts: who is beaten by nobody, then who is beaten by those alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from corridor.codes.arrays import Numbers
from corridor.recommend.criterion import Criterion
from corridor.recommend.methods.weighted_sum import weighted_sum


def pareto(candidates: pl.DataFrame, criteria: Sequence[Criterion], weights: Mapping[str, float]) -> pl.Expr:
    """A score by fronts: all of an earlier front stand above all of a later one, 0..1.

    A candidate beats another that is nowhere better and somewhere worse; the first front is beaten by nobody. The
    fronts ask no weights; within a front the weighted mean orders. Criteria of weight zero do not count. Null where
    any criterion is unknown.

    Source: non-dominated sorting, Goldberg (1989), Genetic Algorithms, p. 201.
    """
    counted = [each for each in criteria if weights[each.name] > 0]
    scores = candidates.select(pl.col(f"score_{each.name}").cast(pl.Float64) for each in counted).to_numpy()
    known = ~np.isnan(scores).any(axis=1)
    front = np.full(candidates.height, np.nan)
    front[known] = _fronts(scores[known])
    last = float(np.nanmax(front)) if known.any() else 1.0
    place = pl.Series("_front", front, nan_to_null=True)
    return (last - pl.lit(place) + weighted_sum(candidates, criteria, weights)) / last


def _fronts(scores: Numbers) -> Numbers:
    """The number of each row's front, from 1."""
    front = np.zeros(len(scores))
    number = 0
    while (left := np.flatnonzero(front == 0)).size:
        number += 1
        own = scores[left]
        beaten = [bool(((own >= row).all(axis=1) & (own > row).any(axis=1)).any()) for row in own]
        front[left[~np.array(beaten)]] = number
    return front
