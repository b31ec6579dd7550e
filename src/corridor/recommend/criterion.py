"""A criterion: one measured column of the candidates, its weight and the unit it is told in."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from corridor.codes.schema import Unit


@dataclass(frozen=True)
class Criterion:
    """One thing that speaks for or against a candidate.

    ``name`` is the message key after ``criterion.``; ``column`` the measured column; with ``descending`` a small
    value speaks for the candidate.
    """

    name: str
    column: str
    unit: Unit
    weight: float
    descending: bool = False

    def score(self) -> pl.Expr:
        """0..1: the candidate's place among all candidates, 1 the best; null where the column is null.

        A place and not a distance, so that one extraordinary market does not drown every other difference.
        Equal values share the mean of their places.
        """
        held = pl.col(self.column).count()
        place = pl.col(self.column).rank("average", descending=self.descending)
        return pl.when(held > 1).then((place - 1) / (held - 1)).when(held == 1).then(pl.lit(1.0) * place)
