"""Closeness to the ideal candidate: TOPSIS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from corridor.recommend.criterion import Criterion


def topsis(candidates: pl.DataFrame, criteria: Sequence[Criterion], weights: Mapping[str, float]) -> pl.Expr:
    """``d- / (d+ + d-)``, 0..1: how far a candidate is from the worst of everything, and how near to the best.

    Distances are Euclidean over the criteria's scores (0..1), each times its weight; best and worst are those held by
    any candidate. Null where any criterion is unknown; 1/2 where all candidates are alike.

    Source: Hwang and Yoon (1981), Multiple Attribute Decision Making.
    """
    known = candidates.select(f"score_{each.name}" for each in criteria).drop_nulls()
    to_best, to_worst = [], []
    for each in criteria:
        score = pl.col(f"score_{each.name}")
        ends = known[f"score_{each.name}"]
        best, worst = (ends.max(), ends.min()) if len(ends) else (0.0, 0.0)
        to_best.append(((score - pl.lit(best)) * weights[each.name]) ** 2)
        to_worst.append(((score - pl.lit(worst)) * weights[each.name]) ** 2)
    far = pl.sum_horizontal(to_worst, ignore_nulls=False).sqrt()
    away = pl.sum_horizontal(to_best, ignore_nulls=False).sqrt()
    return pl.when(far + away > 0).then(far / (far + away)).when((far + away) == 0).then(pl.lit(0.5))
