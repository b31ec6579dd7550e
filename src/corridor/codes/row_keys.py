"""One whole number for each combination of several columns, in their order: millions of rows sort by it quickly."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

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
    key, room = pl.repeat(0, rows.height, dtype=pl.Int64, eager=True), 1
    for name in columns:
        place, size = _places(rows[name])
        room *= size
        if room > _ROOM:
            return None
        key = key * size + place
    return key


def _places(cells: pl.Series) -> tuple[pl.Series, int]:
    """The place of each cell among the different ones, from 0, and how many places there are."""
    if cells.dtype.is_temporal() or cells.dtype.is_integer() or cells.dtype == pl.Boolean:
        numbers = cells.to_physical().cast(pl.Int64)
        least, most = numbers.min(), numbers.max()
        if not isinstance(least, int) or not isinstance(most, int):
            return numbers, 1
        return numbers - least, most - least + 1
    different = cells.unique()
    ordered = different.cast(pl.String).rank("dense").cast(pl.Int64) - 1
    return cells.replace_strict(different, ordered, return_dtype=pl.Int64), different.len()
