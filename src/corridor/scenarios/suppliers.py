"""Who supplies a market: economies, each once."""

from __future__ import annotations

import polars as pl

from corridor.codes import areas


def economies(imports: pl.DataFrame) -> pl.DataFrame:
    """Imports by ``partner`` without groups of economies and publishers' totals, which hold their members once more."""
    single = [code for code in imports["partner"].unique() if areas.area(code).kind not in ("group", "aggregate")]
    return imports.filter(pl.col("partner").is_in(single))
