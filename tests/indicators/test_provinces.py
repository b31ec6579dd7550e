"""Provinces of Spain by HS section: the only real regional trade table at hand, against plain NumPy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from corridor.indicators import diversity, eci, hhi, location_quotient, pci, rca, smallest_set

PROVINCES, SECTIONS = 53, 21


@pytest.fixture(scope="module")
def table(test_data: Path) -> pl.DataFrame:
    file = test_data / "oec-complexity-fixtures" / "subnat_exports.csv"
    if not file.is_file():
        pytest.skip(f"the file of provinces is not here: {file}")
    # The 22nd section is of goods that have none.
    rows = pl.read_csv(file, infer_schema=False).filter(pl.col("Section ID") != "22")
    return rows.select(
        region="Subnat Geography",
        product="Section ID",
        value_usd=pl.col("Trade Value").cast(pl.Float64),
    )


@pytest.fixture(scope="module")
def matrix(table: pl.DataFrame) -> tuple[list[str], list[str], np.ndarray]:
    """Provinces, sections and their exports, a cell without a row being a zero."""
    regions, sections = sorted(set(table["region"])), sorted(set(table["product"]))
    found = np.zeros((len(regions), len(sections)))
    for region, section, value in table.rows():
        found[regions.index(region), sections.index(section)] += value
    return regions, sections, found


def advantage(exports: np.ndarray) -> np.ndarray:
    return (exports / exports.sum(axis=1, keepdims=True)) / (exports.sum(axis=0) / exports.sum())


def test_the_table_is_the_one_described(matrix: tuple[list[str], list[str], np.ndarray]) -> None:
    regions, sections, exports = matrix
    assert (len(regions), len(sections)) == (PROVINCES, SECTIONS)
    assert exports.sum(axis=1).min() > 0


def test_advantage_and_location_quotient(table: pl.DataFrame, matrix: tuple[list[str], list[str], np.ndarray]) -> None:
    regions, sections, exports = matrix
    expected = advantage(exports)
    whole = table.group_by("product").agg(whole=pl.col("value_usd").sum())
    grid = table.select("region").unique().join(whole, how="cross").join(table, on=["region", "product"], how="left")
    quotients = location_quotient(grid.with_columns(pl.col("value_usd").fill_null(0.0)), by=["region"])
    for name, found in (("rca", rca(table, exporter="region")), ("location_quotient", quotients)):
        assert found.height >= table.height
        for row in found.iter_rows(named=True):
            cell = regions.index(row["region"]), sections.index(row["product"])
            assert row[name] == pytest.approx(expected[cell], rel=1e-9), (name, row["region"], row["product"])


def test_diversification_and_concentration(
    table: pl.DataFrame, matrix: tuple[list[str], list[str], np.ndarray]
) -> None:
    regions, _, exports = matrix
    counts = (advantage(exports) >= 1).sum(axis=1)
    shares = exports / exports.sum(axis=1, keepdims=True)
    for row in diversity(table, exporter="region").iter_rows(named=True):
        assert row["diversity"] == counts[regions.index(row["region"])]
    index = hhi(table, by=["region"])
    assert index.height == PROVINCES
    for row in index.iter_rows(named=True):
        assert row["hhi"] == pytest.approx((shares[regions.index(row["region"])] ** 2).sum(), rel=1e-9)


def second_vector(matrix: np.ndarray) -> np.ndarray:
    """The eigenvector of the second largest eigenvalue."""
    values, vectors = np.linalg.eig(matrix)
    return vectors[:, np.argsort(values.real)[-2]].real


def standard(found: np.ndarray, like: np.ndarray) -> np.ndarray:
    signed = found * np.sign(np.corrcoef(found, like)[0, 1])
    return (signed - signed.mean()) / signed.std(ddof=1)


def test_complexity_of_provinces_and_sections(
    table: pl.DataFrame, matrix: tuple[list[str], list[str], np.ndarray]
) -> None:
    regions, sections, exports = matrix
    present = (advantage(exports) >= 1).astype(float)
    of_region, of_section = present.sum(axis=1), present.sum(axis=0)
    averaged, spread = present / of_region[:, None], present / of_section
    expected = standard(second_vector(averaged @ spread.T), of_region)
    found = eci(table, exporter="region")
    assert found["region"].n_unique() == PROVINCES
    for row in found.iter_rows(named=True):
        assert row["eci"] == pytest.approx(expected[regions.index(row["region"])], abs=1e-8)
    of_sections = standard(second_vector(spread.T @ averaged), averaged.T @ expected)
    for row in pci(table, exporter="region").iter_rows(named=True):
        assert row["pci"] == pytest.approx(of_sections[sections.index(row["product"])], abs=1e-8)


def test_the_provinces_that_make_most_of_it(
    table: pl.DataFrame, matrix: tuple[list[str], list[str], np.ndarray]
) -> None:
    regions, _, exports = matrix
    totals = exports.sum(axis=1)
    order = np.argsort(-totals)
    covered = np.cumsum(totals[order]) / totals.sum()
    expected = {regions[at] for at in order[: int(np.argmax(covered >= 0.8)) + 1]}
    summed = table.group_by("region").agg(pl.col("value_usd").sum())
    assert set(smallest_set(summed, threshold=0.8).filter("in_smallest_set")["region"]) == expected
