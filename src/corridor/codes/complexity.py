"""The vectors behind the indices of economic complexity: the eigenvector and the reflections, and how they are scaled.

Only economies and products that hang together can be compared. Those without any presence, and groups that share
nothing with the largest one, get no number, and spoil nobody else's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from corridor.codes.arrays import Numbers, Truths

Scale = Literal["r", "python", "stata"]
Worth = Literal["pci", "fitness"]

#: As many as R's package takes with its ``iterations = 20``.
FITNESS_STEPS = 19

#: Two eigenvalues nearer than this cannot be told apart in double precision, nor their vectors.
_NO_GAP = 1e-10

#: Differences smaller than this, relative to the values, are none.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Vectors:
    """Complexity before scaling: an economy's is the mean of its products'; NaN where there is none."""

    economies: Numbers
    products: Numbers
    #: Why, for economies and for products.
    economies_missing: Mapping[str, Truths]
    products_missing: Mapping[str, Truths]


def eigenvectors(m: Truths) -> Vectors:
    """The second eigenvector of the matrix that leads from economies to products and back.

    It is found through a symmetric matrix as large as the smaller side, so that its values are real and 5,000 products
    cost no more than 200 economies do. The sign makes diverse economies complex.
    """
    economies, products = _largest_group(m)
    inner = m[np.ix_(economies, products)].astype(np.float64)
    found = _second(inner) if inner.size else None
    return _vectors(m, economies, products, found)


def reflections(m: Truths, steps: int) -> Vectors:
    """The method of reflections after ``steps`` of averaging, begun from the diversity of the economies.

    Economies have a value after an even number of steps, products after the odd one that follows. Each round is moved
    to mean 0 and spread 1, which changes no index and keeps the digits that plain averaging loses.
    """
    economies, products = _there(m)
    inner = m[np.ix_(economies, products)].astype(np.float64)
    if not inner.size:
        return _vectors(m, economies, products, None)
    diversity, ubiquity = inner.sum(axis=1), inner.sum(axis=0)
    economy, product = diversity, (diversity @ inner) / ubiquity
    for _ in range(steps // 2):
        economy = _settled((inner @ product) / diversity)
        product = (economy @ inner) / ubiquity
    return _vectors(m, economies, products, (economy, product) if np.ptp(economy) > 0 else None)


def fitness(m: Truths, steps: int) -> tuple[Numbers, Numbers]:
    """Fitness of economies and complexity of products after ``steps`` from one everywhere; NaN without presence."""
    economies, products = _there(m)
    found = np.full(m.shape[0], np.nan), np.full(m.shape[1], np.nan)
    if m.any():
        found[0][economies], found[1][products] = _fitness(m[np.ix_(economies, products)].astype(np.float64), steps)
    return found


def worths(m: Truths, vectors: Vectors, worth: Worth, scale: Scale) -> Numbers:
    """A product's worth in an outlook: its index in R, elsewhere its part of the eigenvector, or by fitness."""
    if worth == "fitness":
        return fitness(m, FITNESS_STEPS)[1]
    return scaled(vectors, scale)[1] if scale == "r" else vectors.products


def spread(economies: Numbers, products: int, scale: Scale) -> float:
    """The standard deviation of the economies' vector: of the sample, of the population, or of the long table."""
    known = economies[~np.isnan(economies)]
    if not len(known):
        return float("nan")
    if scale == "r":
        return float(known.std(ddof=1))
    if scale == "python":
        return float(known.std())
    # Stata's summarize sees each economy once for each product.
    return float(np.sqrt(((known - known.mean()) ** 2).sum() * products / (len(known) * products - 1)))


def scaled(vectors: Vectors, scale: Scale) -> tuple[Numbers, Numbers]:
    """Economies and products as standard scores; products by their own mean and spread, or by the economies'."""
    if np.isnan(vectors.economies).all():
        return vectors.economies, vectors.products
    middle, width = float(np.nanmean(vectors.economies)), spread(vectors.economies, len(vectors.products), scale)
    economies = (vectors.economies - middle) / width
    if scale == "r":
        middle, width = float(np.nanmean(vectors.products)), float(np.nanstd(vectors.products, ddof=1))
    return economies, (vectors.products - middle) / width


def _fitness(m: Numbers, steps: int) -> tuple[Numbers, Numbers]:
    economies, products = np.ones(m.shape[0]), np.ones(m.shape[1])
    # An economy whose fitness has fallen to nothing makes what it exports worth nothing.
    with np.errstate(divide="ignore"):
        for _ in range(steps):
            economies, products = m @ products, 1 / ((1 / economies) @ m)
            economies, products = economies / economies.mean(), products / products.mean()
    return economies, products


def _there(m: Truths) -> tuple[Truths, Truths]:
    """The economies and the products that have any presence."""
    return np.asarray(m.any(axis=1)), np.asarray(m.any(axis=0))


def _settled(values: Numbers) -> Numbers:
    away: Numbers = values - values.mean()
    width = float(np.sqrt((away * away).mean()))
    # What is left of a constant is rounding, which must not be blown up into a pattern.
    return away / width if width > _ROUNDING * float(np.abs(values).max()) else np.zeros(len(values))


def _largest_group(m: Truths) -> tuple[Truths, Truths]:
    """The economies and products of the largest group that hangs together; none if two are equally large."""
    rest, _ = _there(m)
    nobody = (np.zeros(m.shape[0], dtype=np.bool_), np.zeros(m.shape[1], dtype=np.bool_))
    best, size, twice = nobody, 0, False
    while rest.any():
        group = _around(m, int(np.flatnonzero(rest)[0]))
        rest &= ~group[0]
        weight = int(group[0].sum() + group[1].sum())
        twice = weight == size or (twice and weight < size)
        best, size = (group, weight) if weight > size else (best, size)
    return nobody if twice else best


def _around(m: Truths, start: int) -> tuple[Truths, Truths]:
    economies: Truths = np.arange(m.shape[0]) == start
    while True:
        products = _there(m[economies])[1]
        wider = _there(m[:, products])[0]
        if (wider == economies).all():
            return economies, products
        economies = wider


def _second(m: Numbers) -> tuple[Numbers, Numbers] | None:
    diversity, ubiquity = m.sum(axis=1), m.sum(axis=0)
    few, many = (diversity, ubiquity) if len(diversity) <= len(ubiquity) else (ubiquity, diversity)
    narrow = m if len(diversity) <= len(ubiquity) else m.T
    step = narrow / np.sqrt(few)[:, None] / np.sqrt(many)
    sizes, found = np.linalg.eigh(step @ step.T)
    if len(sizes) < 2 or sizes[-2] < _NO_GAP or (len(sizes) > 2 and sizes[-2] - sizes[-3] < _NO_GAP):
        return None
    short = found[:, -2] / np.sqrt(few)
    long = (short @ narrow) / many
    products = long if len(diversity) <= len(ubiquity) else short
    economies = (m @ products) / diversity
    sign = _sign(economies, diversity, m, ubiquity)
    return (sign * economies, sign * products) if sign else None


def _sign(economies: Numbers, diversity: Numbers, m: Numbers, ubiquity: Numbers) -> float:
    """1 or -1: diverse economies, else those with rare products, are complex; 0 if neither tells."""
    for mark in (diversity, -(m @ ubiquity) / diversity):
        along = float((economies - economies.mean()) @ (mark - mark.mean()))
        if abs(along) > _NO_GAP * float(np.linalg.norm(economies) * np.linalg.norm(mark)):
            return 1.0 if along > 0 else -1.0
    return 0.0


def _vectors(m: Truths, economies: Truths, products: Truths, found: tuple[Numbers, Numbers] | None) -> Vectors:
    vectors = np.full(m.shape[0], np.nan), np.full(m.shape[1], np.nan)
    if found is not None:
        vectors[0][economies], vectors[1][products] = found
    anything = _there(m)
    return Vectors(
        *vectors,
        _missing(anything[0], economies, found is not None),
        _missing(anything[1], products, found is not None),
    )


def _missing(anything: Truths, inside: Truths, determined: bool) -> Mapping[str, Truths]:
    return {
        "no_presence": ~anything,
        "not_connected": anything & ~inside,
        "not_determined": anything & inside & (not determined),
    }
