"""The rows of two economies' trade with each other."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl


def between(pair: Collection[str]) -> pl.Expr:
    """Whether a row is one side's report on the other: what an economy brings back from itself is neither's."""
    both = list(pair)
    apart = pl.col("reporter") != pl.col("partner")
    return pl.col("reporter").is_in(both) & pl.col("partner").is_in(both) & apart
