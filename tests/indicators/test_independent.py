"""The indices again, written another way: whole matrices in plain NumPy, as the definitions read."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from corridor.indicators import (
    additive_rca,
    density,
    diversity,
    eci,
    fitness,
    gini,
    hhi,
    normalised_rca,
    pci,
    proximity,
    rca,
    relative_export_advantage,
    theil,
    trade_intensity,
    ubiquity,
)

FEW = settings(deadline=None, max_examples=25)
WHOLE = st.integers(0, 1000)
WORLDS = arrays.arrays(np.int64, st.tuples(st.integers(3, 6), st.integers(3, 7)), elements=WHOLE).filter(
    lambda x: (x.sum(axis=0) > 0).all() and (x.sum(axis=1) > 0).all()
)


def as_rows(x: np.ndarray, row: str = "exporter", column: str = "product") -> pl.DataFrame:
    names = [(f"E{i}", f"P{k}") for i in range(x.shape[0]) for k in range(x.shape[1])]
    return pl.DataFrame({row: [i for i, _ in names], column: [k for _, k in names], "value_usd": x.ravel().tolist()})


def as_matrix(table: pl.DataFrame, column: str, shape: tuple[int, ...]) -> np.ndarray:
    return table[column].cast(pl.Float64).fill_null(np.nan).to_numpy().reshape(shape)


def balassa(x: np.ndarray) -> np.ndarray:
    return (x / x.sum(axis=1, keepdims=True)) / (x.sum(axis=0) / x.sum())


@FEW
@given(WORLDS)
def test_advantages(x: np.ndarray) -> None:
    rows, world = as_rows(x), x.sum()
    own, product = x.sum(axis=1, keepdims=True), x.sum(axis=0, keepdims=True)
    assert as_matrix(rca(rows), "rca", x.shape) == pytest.approx(balassa(x))
    expected = x / world - own * product / world**2
    assert as_matrix(normalised_rca(rows), "normalised_rca", x.shape) == pytest.approx(expected, abs=1e-12)
    assert as_matrix(additive_rca(rows), "additive_rca", x.shape) == pytest.approx(x / own - product / world, abs=1e-12)
    with np.errstate(all="ignore"):
        others = ((product - x) / (world - own)) if (world > own).all() else np.full(x.shape, np.nan)
        beside = np.where((world > own) & (product > x), (x / own) / others, np.nan)
        rest = world - own - product + x
        relative = np.where((own > x) & (product > x) & (rest > 0), (x / (own - x)) / ((product - x) / rest), np.nan)
    found = as_matrix(rca(rows, world="others"), "rca", x.shape)
    assert found == pytest.approx(beside, nan_ok=True)
    found = as_matrix(relative_export_advantage(rows), "relative_export_advantage", x.shape)
    found[x == 0] = np.where(np.isnan(relative[x == 0]), np.nan, found[x == 0])
    assert np.nan_to_num(found) == pytest.approx(np.nan_to_num(relative))


@FEW
@given(WORLDS)
def test_the_product_space(x: np.ndarray) -> None:
    rows = as_rows(x)
    m = (balassa(x) >= 1).astype(float)
    diverse, ubiquitous = m.sum(axis=1), m.sum(axis=0)
    assert as_matrix(diversity(rows), "diversity", x.shape)[:, 0].tolist() == diverse.tolist()
    assert as_matrix(ubiquity(rows), "ubiquity", x.shape)[0].tolist() == ubiquitous.tolist()
    most = np.maximum(np.maximum.outer(ubiquitous, ubiquitous), 1)
    near = (m.T @ m) / most
    pairs = proximity(rows).rows()
    assert {(a, b): number for a, b, number in pairs} == {
        (f"P{k}", f"P{other}"): pytest.approx(near[k, other])
        for k in range(x.shape[1])
        for other in range(k + 1, x.shape[1])
        if ubiquitous[k] and ubiquitous[other]
    }
    around = near.sum(axis=0)
    expected = np.where(around > 0, (m @ near) / np.where(around > 0, around, 1), np.nan)
    assert as_matrix(density(rows), "density", x.shape) == pytest.approx(expected, nan_ok=True)


@FEW
@given(WORLDS)
def test_complexity_solves_its_own_definition(x: np.ndarray) -> None:
    rows = as_rows(x)
    m = (balassa(x) >= 1).astype(float)
    economies = as_matrix(eci(rows, scale="python"), "eci", x.shape)[:, 0]
    products = as_matrix(pci(rows, scale="python"), "pci", x.shape)[0]
    there, made = ~np.isnan(economies), ~np.isnan(products)
    if not there.any():
        return
    inner = m[np.ix_(there, made)]
    # an economy's index is the mean of its products', and both are standard scores of an eigenvector
    assert economies[there] == pytest.approx(inner @ products[made] / inner.sum(axis=1), abs=1e-7)
    assert (economies[there].mean(), economies[there].std()) == pytest.approx((0, 1), abs=1e-7)
    step = (inner / inner.sum(axis=1, keepdims=True)) @ (inner / inner.sum(axis=0)).T
    values = np.sort(np.linalg.eigvals(step).real)
    moved = step @ economies[there]
    shift = moved - values[-2] * economies[there]
    assert shift == pytest.approx(np.full(len(shift), shift.mean()), abs=1e-6)


@FEW
@given(WORLDS, st.integers(1, 6))
def test_fitness(x: np.ndarray, steps: int) -> None:
    m = (balassa(x) >= 1).astype(float)
    inner = m[m.any(axis=1)][:, m.any(axis=0)]
    f, q = np.ones(inner.shape[0]), np.ones(inner.shape[1])
    for _ in range(steps):
        f, q = inner @ q, 1 / (inner.T @ (1 / f))
        f, q = f / f.mean(), q / q.mean()
    found = as_matrix(fitness(as_rows(x), steps=steps), "fitness", x.shape)
    assert np.nanmax(found, axis=1)[m.any(axis=1)] == pytest.approx(f)


@FEW
@given(arrays.arrays(np.int64, st.integers(2, 9), elements=WHOLE).filter(lambda x: x.sum() > 0))
def test_concentration(x: np.ndarray) -> None:
    rows = pl.DataFrame({"product": [f"P{k}" for k in range(len(x))], "value_usd": x.tolist()})
    shares, n = x / x.sum(), len(x)
    assert hhi(rows)["hhi"].item() == pytest.approx(float((shares**2).sum()))
    positive = shares[shares > 0]
    assert theil(rows)["theil"].item() == pytest.approx(float((positive * np.log(n * positive)).sum()), abs=1e-12)
    apart = np.abs(np.subtract.outer(x, x)).sum() / (2 * n * n * x.mean())
    assert gini(rows)["gini"].item() == pytest.approx(float(apart), abs=1e-12)


@FEW
@given(arrays.arrays(np.int64, (4, 4), elements=WHOLE))
def test_intensity(x: np.ndarray) -> None:
    np.fill_diagonal(x, 0)
    rows = as_rows(x, column="importer").with_columns(importer=pl.col("importer").str.replace("P", "E"))
    found = as_matrix(trade_intensity(rows), "trade_intensity", x.shape)
    with np.errstate(all="ignore"):
        expected = (x / x.sum(axis=1, keepdims=True)) / (x.sum(axis=0) / x.sum())
    assert np.nan_to_num(found) == pytest.approx(np.nan_to_num(expected))
