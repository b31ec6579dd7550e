"""The product space as matrices: presence, proximity, density.

A presence matrix has a row an economy and a column a product and holds truths: 0 or 1 and nothing else. A proximity
matrix has a row for each product and, along the row, how near the others are to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np

from corridor.codes.arrays import Numbers, Truths
from corridor.codes.frames import check_choice
from corridor.errors import UsageError

Presence = Literal["rca", "given"]
Method = Literal["minimum", "conditional"]
Ties = Literal["all", "code"]

#: The rows of a block of products in a proximity matrix, over the products from a place on.
Nearness: TypeAlias = Callable[[slice, int], Numbers]

#: Rows of a proximity matrix held at once: the whole of it is the largest thing a year of world trade makes.
_BLOCK = 512
#: A sum of proximities smaller than this is none: the least proximity is one economy in all of them.
_NOTHING = 1e-9


def revealed(values: Numbers) -> Numbers:
    """Balassa's index of each cell, zero where the economy or the world exports nothing."""
    baskets, products = values.sum(axis=1, keepdims=True), values.sum(axis=0, keepdims=True)
    share = values / np.where(baskets > 0, baskets, 1.0)
    share /= np.where(products > 0, products / (values.sum() or 1.0), 1.0)
    return share


def present(values: Numbers, presence: Presence, threshold: float) -> Truths:
    """Where the economy has the product: its index reaches the threshold, or the value given says so."""
    return values > 0 if presence == "given" else revealed(values) >= threshold


def blocks(count: int) -> Iterator[slice]:
    """Consecutive slices that cover ``count`` rows."""
    for start in range(0, count, _BLOCK):
        yield slice(start, min(start + _BLOCK, count))


def proximities(m: Truths, method: Method) -> Nearness:
    """How near products are by the economies that have both.

    ``"minimum"``: over economies with the commoner one; ``"conditional"``: over economies with the row's own, the
    probability of the other given it.
    """
    have = np.maximum(m.sum(axis=0), 1).astype(np.float64)
    counts = m.astype(np.float64)

    def rows(block: slice, first: int) -> Numbers:
        together: Numbers = counts[:, block].T @ counts[:, first:]
        own = have[block, None]
        together /= np.maximum(own, have[first:]) if method == "minimum" else own
        return together

    return rows


def correlations(indices: Numbers) -> Nearness:
    """How near products are by half of one plus the correlation of their indices over economies; all must vary."""
    away = indices - indices.mean(axis=0)
    away /= np.sqrt((away * away).sum(axis=0))
    return lambda block, first: (1 + away[:, block].T @ away[:, first:]) / 2


def mirrored(rows: Nearness, count: int) -> Iterator[Numbers]:
    """All rows of a symmetric proximity matrix in blocks, each pair of products computed once.

    What a block owes to later ones is kept until they come, a quarter of the matrix at most.
    """
    owed: dict[int, list[Numbers]] = {block.start: [] for block in blocks(count)}
    for block in blocks(count):
        upper = rows(block, block.start)
        yield np.hstack([*owed.pop(block.start), upper])
        for start, tiles in owed.items():
            tiles.append(upper[:, start - block.start : start - block.start + _BLOCK].T.copy())


@dataclass(frozen=True)
class Sums:
    """Sums over the neighbours of each product, weighted by proximity: of an economy's levels, and of ones."""

    near: Numbers
    all: Numbers


@dataclass(frozen=True)
class Neighbourhood:
    """Which products are neighbours of a product, and how they weigh.

    Raises: UsageError if ``count`` is below 1, for another ``method`` or ``ties``.
    """

    method: Method = "minimum"
    itself: bool = True
    count: int | None = None
    ties: Ties = "all"

    def __post_init__(self) -> None:
        check_choice("method", self.method, "minimum", "conditional")
        check_choice("ties", self.ties, "all", "code")
        if self.count is not None and self.count < 1:
            raise UsageError(f"the {self.count} nearest products are none", next_step="give 1 or more neighbours")

    def sums(self, levels: Numbers, m: Truths) -> Sums:
        """The sums of ``levels`` (economies by products) around each product of a presence matrix."""
        if self.count is not None and self.count < m.shape[1]:
            return self._sums_over_nearest(levels, m)
        summed = _sums_over_all(np.vstack([levels, np.ones(m.shape[1])]), m, self.method)
        if not self.itself:
            summed -= np.vstack([levels, np.ones(m.shape[1])]) * m.any(axis=0)
        return Sums(summed[:-1], np.where(summed[-1] > _NOTHING, summed[-1], 0.0))

    def density(self, m: Truths) -> Numbers:
        """The share of each product's neighbours that each economy has; NaN for a product without neighbours."""
        found = self.sums(m.astype(np.float64), m)
        near = np.where(found.near > _NOTHING, found.near, 0.0)
        share = np.full(near.shape, np.nan)
        np.divide(near, found.all, out=share, where=found.all > 0)
        return share

    def _sums_over_nearest(self, levels: Numbers, m: Truths) -> Sums:
        found = Sums(np.zeros(levels.shape), np.zeros(m.shape[1]))
        near = proximities(m, self.method)
        for block in blocks(m.shape[1]):
            rows = near(block, 0)
            if not self.itself:
                rows[np.arange(len(rows)), np.arange(block.start, block.stop)] = 0.0
            rows = (_cut_with_ties if self.ties == "all" else _cut_by_code)(rows, self.count or 0)
            found.near[:, block] = levels @ rows.T
            found.all[block] = rows.sum(axis=1)
        return found


def _sums_over_all(levels: Numbers, m: Truths, method: Method) -> Numbers:
    """``levels`` times the proximity matrix, without making it.

    A count of common economies is itself a sum over economies, so what leads from levels to products passes through a
    matrix as large as the economies are many. Only the commoner one of two products stands in between: from the
    commonest down, a product's own ubiquity divides for those not commoner, theirs for those commoner.
    """
    # In falling order of ubiquity, so that products of one ubiquity lie side by side and are not copied out.
    order = np.argsort(-m.sum(axis=0), kind="stable")
    levels, there = np.take(levels, order, axis=1), np.take(m, order, axis=1).astype(np.float64)
    ubiquity = there.sum(axis=0)
    result = np.zeros(levels.shape)
    not_commoner, commoner = levels @ there.T, np.zeros((len(levels), len(m)))
    if method == "conditional":
        result[:, order] = not_commoner @ there / np.maximum(ubiquity, 1)
        return result
    for first, last in _runs(ubiquity):
        at, count = slice(first, last), ubiquity[first]
        result[:, order[at]] = (not_commoner / count + commoner) @ there[:, at]
        these = levels[:, at] @ there[:, at].T
        not_commoner -= these
        commoner += these / count
    return result


def _runs(falling: Numbers) -> Iterator[tuple[int, int]]:
    """Where runs of one number begin and end, those of zero left out."""
    ends = [0, *(np.flatnonzero(np.diff(falling)) + 1), len(falling)]
    yield from ((first, last) for first, last in pairwise(ends) if first < last and falling[first] > 0)


def _cut_with_ties(rows: Numbers, count: int) -> Numbers:
    last = np.partition(rows, rows.shape[1] - count, axis=1)[:, rows.shape[1] - count, None]
    return np.where(rows >= last, rows, 0.0)


def _cut_by_code(rows: Numbers, count: int) -> Numbers:
    kept = np.argsort(-rows, axis=1, kind="stable")[:, :count]
    cut = np.zeros(rows.shape)
    np.put_along_axis(cut, kept, np.take_along_axis(rows, kept, axis=1), axis=1)
    return cut
