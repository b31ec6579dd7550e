"""One whole number for each combination of several columns, in their order: millions of rows sort by it quickly."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import cast

import polars as pl

from corridor.codes.categories import told

#: Numbers of one column must leave room for those of the others.
_ROOM = 2**62


def row_key(rows: pl.DataFrame, columns: Sequence[str]) -> pl.Series | None:
    """A whole number a row: equal where the rows are equal in ``columns``, and rising as they rise from left to right.

    Text rises by its bytes. None where a cell is empty or the combinations are too many for 64 bits.
    """
    if not columns or any(rows[name].null_count() for name in columns):
        return None
    if not rows.height:
        return pl.Series(dtype=pl.Int64)
    places = [_places(rows[name]) for name in columns]
    if prod(size for _, size in places) > _ROOM:
        return None
    key = pl.lit(0, dtype=pl.Int64)
    for place, size in places:
        key = key * size + place
    # In stretches, on all cores: as whole columns each step would hold millions of numbers more.
    return rows.lazy().select(key.alias("key")).collect(engine="streaming").to_series()


def _places(cells: pl.Series) -> tuple[pl.Expr, int]:
    """The place of each cell among the different ones, from 0, and how many places there are."""
    if cells.dtype.is_temporal() or cells.dtype.is_integer() or cells.dtype == pl.Boolean:
        numbers = cells.to_physical()
        least, most = numbers.min(), numbers.max()
        # Of booleans the least is False, which is 0.
        least, most = int(cast("int", least)), int(cast("int", most))
        return pl.col(cells.name).to_physical().cast(pl.Int64) - least, most - least + 1
    different = cells.unique()
    ordered = different.cast(pl.String).rank("dense").cast(pl.Int64) - 1
    if cells.dtype != pl.Categorical:
        return pl.col(cells.name).replace_strict(different, ordered, return_dtype=pl.Int64), different.len()

    def placed(part: pl.Series) -> pl.Series:
        return told(part, different, ordered)

    return pl.col(cells.name).map_batches(placed, return_dtype=pl.Int64, is_elementwise=True), different.len()
