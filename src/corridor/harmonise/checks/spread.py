"""The median and the median absolute deviation of many groups at once: millions of numbers, sorted group by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]
#: The number of each row's group, from 0, in as few bits as will do.
Groups: TypeAlias = NDArray[np.unsignedinteger[Any]]
Whole: TypeAlias = NDArray[np.integer[Any]]

#: NumPy sorts numbers of so many bits by their digits, in a fraction of the time.
_QUICK = np.uint16
#: Keys up to so many times their number, or that of a few, are counted in a table; others are sorted.
_DENSE, _FEW = 16, 1 << 16
_ROOM = 2**62
#: Rows that are put in order together.
_STRETCH = 1 << 18


@dataclass(frozen=True)
class Spread:
    """Of each group its ``median``, its median absolute ``deviation`` from it, and how many ``rows`` it has."""

    median: Numbers
    deviation: Numbers
    rows: Places


def numbered(rows: pl.DataFrame) -> Groups:
    """The number of each row's group: rows are of one group that are equal in every column.

    Columns of text, categories, whole numbers, dates or truths, in which an empty cell is a value like any other.
    """
    key, room = _numbers(rows.to_series(0))
    for name in rows.columns[1:]:
        cells, size = _numbers(rows[name])
        if room * size > _ROOM:
            key = _compact(key)
            room = int(key.max()) + 1
        key, room = key.astype(np.int64) * size + cells, room * size
    return _compact(key)


def spread(values: Numbers, groups: Groups) -> Spread:
    """The spread of the ``values`` within their ``groups``; NaN is no value, and what is told of a group of none."""
    ordered, rows = _ordered(values, groups)
    there = np.flatnonzero(rows)
    among = rows[there]
    starts = (np.cumsum(rows) - rows)[there]
    for start, end in zip(starts.tolist(), (starts + among).tolist(), strict=True):
        ordered[start:end].sort()
    lower, upper = (among - 1) // 2, among // 2
    middle = _between(ordered[starts + lower], ordered[starts + upper])
    farthest = (_farthest(ordered, starts, among, middle, among=each + 1) for each in (lower, upper))
    median, deviation = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    median[there], deviation[there] = middle, _between(*farthest)
    return Spread(median, deviation, rows)


def _ordered(values: Numbers, groups: Groups) -> tuple[Numbers, Places]:
    """The values without NaN, those of a group side by side, and how many each group has."""
    count = int(groups.max()) + 1 if len(groups) else 0
    rows = np.zeros(count, dtype=np.intp)
    for _, within in _stretches(values, groups):
        rows += np.bincount(within, minlength=count)
    next_ = np.cumsum(rows) - rows
    ordered = np.empty(int(rows.sum()))
    for numbers, within in _stretches(values, groups):
        here = np.bincount(within, minlength=count)
        # Sorted by group, the first of each stands behind those of the groups before it, and belongs at ``next_``.
        off = np.repeat(next_ - (np.cumsum(here) - here), here)
        ordered[np.arange(len(within)) + off] = numbers[np.argsort(within, kind="stable")]
        next_ += here
    return ordered, rows


def _stretches(values: Numbers, groups: Groups) -> Iterator[tuple[Numbers, Groups]]:
    """Some rows after the other, so that what is made of them stays near the processor; without NaN."""
    for start in range(0, len(values), _STRETCH):
        numbers, within = values[start : start + _STRETCH], groups[start : start + _STRETCH]
        known = ~np.isnan(numbers)
        yield (numbers, within) if known.all() else (numbers[known], within[known])


def _numbers(cells: pl.Series) -> tuple[Whole, int]:
    """The cells as whole numbers from 0, equal where the cells are, and how many there may be."""
    numbers = (cells.cast(pl.Categorical) if cells.dtype == pl.String else cells).to_physical()
    least, most = numbers.min(), numbers.max()
    if not isinstance(least, int) or not isinstance(most, int):
        return np.zeros(len(cells), dtype=np.int64), 1
    if numbers.null_count():
        numbers = numbers.cast(pl.Int64).fill_null(most + 1)
    return numbers.to_numpy() - least, most - least + 2


def _compact(key: Whole) -> Groups:
    """The same groups under numbers without gaps."""
    most = int(key.max()) if len(key) else 0
    if most >= _DENSE * max(len(key), _FEW):
        known, places = np.unique(key, return_inverse=True)
        return places.astype(_short(len(known)))
    there = np.zeros(most + 1, dtype=np.bool_)
    there[key] = True
    numbers = np.cumsum(there) - 1
    return numbers.astype(_short(int(numbers[-1]) + 1))[key]


def _short(count: int) -> type[np.unsignedinteger[Any]]:
    return _QUICK if count <= np.iinfo(_QUICK).max + 1 else np.uint32


def _between(lower: Numbers, upper: Numbers) -> Numbers:
    """Half way, in the steps in which Polars goes there, so that both give one number."""
    return (upper - lower) * 0.5 + lower


def _farthest(ordered: Numbers, starts: Places, rows: Places, median: Numbers, among: Places) -> Numbers:
    """How far the farthest is of so many (``among``) of each group's values as lie nearest to its median.

    The nearest values lie side by side in a group that is sorted; all groups look for where they begin at once.
    """
    low, high = starts.copy(), starts + rows - among
    while (searching := low < high).any():
        at = (low + high) // 2
        # Of a group that has found its place the next value may be another group's; it is not used.
        beyond = ordered[np.minimum(at + among, len(ordered) - 1)]
        right = searching & (median - ordered[at] > beyond - median)
        low = np.where(right, at + 1, low)
        high = np.where(searching & ~right, at, high)
    farthest: Numbers = np.maximum(np.abs(ordered[low] - median), np.abs(ordered[low + among - 1] - median))
    return farthest
