"""What the words of a long column mean, asked once a word: told to every cell by the number of its category."""

from __future__ import annotations

import numpy as np
import polars as pl


def by_number(words: pl.Series, meant: pl.Series) -> tuple[pl.Series, int]:
    """What stands at the number of each category, and the number under which that of an empty cell stands.

    ``words`` are different categories, of which one may be empty; ``meant`` has what each of them means. What stands at
    other numbers means nothing.
    """
    numbers = words.to_physical()
    most = numbers.max()
    empty = most + 1 if isinstance(most, int) else 0
    place = np.zeros(empty + 1, dtype=np.uint32)
    place[numbers.fill_null(empty).to_numpy()] = np.arange(len(words), dtype=np.uint32)
    return meant.gather(pl.Series(place)), empty


def told(cells: pl.Series, words: pl.Series, meant: pl.Series) -> pl.Series:
    """What each cell means; ``words`` and ``meant`` as in `by_number`, and no cell says anything else."""
    if not len(cells):
        return meant.clear().alias(cells.name)
    table, empty = by_number(words, meant)
    return table.gather(cells.to_physical().fill_null(empty)).alias(cells.name)
