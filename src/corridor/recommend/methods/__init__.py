"""One ranking method a file: a score from 0 to 1, the higher the better, null where a criterion is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import polars as pl

from corridor.recommend.criterion import Criterion
from corridor.recommend.methods.pareto import pareto
from corridor.recommend.methods.topsis import topsis
from corridor.recommend.methods.weighted_sum import weighted_sum

Method: TypeAlias = Callable[[pl.DataFrame, Sequence[Criterion], Mapping[str, float]], pl.Expr]

METHODS: Mapping[str, Method] = {"weighted_sum": weighted_sum, "topsis": topsis, "pareto": pareto}
