"""Balassa's index as others print it (packs oec-complexity-fixtures and atlas-indicators, read where they lie)."""

from pathlib import Path

import polars as pl
import pytest

from corridor.indicators import normalised_rca, rca


@pytest.fixture(scope="module")
def sections(test_data: Path) -> pl.DataFrame:
    """Exports of 226 economies in 21 sections, the RCA of every pair: 0 where there is no row."""
    file = test_data / "oec-complexity-fixtures" / "fixture_exports.csv"
    if not file.is_file():
        pytest.skip(f"the fixture of py-economic-complexity is not here: {file}")
    names = ["value_usd", "exporter", "name", "product", "section"]
    table = pl.read_csv(file, has_header=False, skip_rows=1, new_columns=names, schema=dict.fromkeys(names, pl.String))
    every = table.select("exporter").unique().join(table.select("product").unique(), how="cross")
    full = every.join(table, on=["exporter", "product"], how="left")
    return rca(full.with_columns(pl.col("value_usd").cast(pl.Float64).fill_null(0)))


# Datawheel, py-economic-complexity (MIT), tests/test_rca.py
@pytest.mark.parametrize(
    ("section", "mean", "deviation", "largest"),
    [("1", 3.484895, 8.261088, 47.724923), ("9", 1.959028, 6.469812, 75.963223)],
)
def test_sections(sections: pl.DataFrame, section: str, mean: float, deviation: float, largest: float) -> None:
    found = sections.filter(product=section)["rca"]
    assert found.len() == 226
    assert (found.mean(), found.std(), found.max()) == pytest.approx((mean, deviation, largest), abs=5e-7)


def test_the_animal_products_in_quarters(sections: pl.DataFrame) -> None:
    found = sections.filter(product="1")["rca"]
    quarters = [found.quantile(part, "linear") for part in (0.25, 0.5, 0.75)]
    assert quarters == pytest.approx([0.129100, 0.718371, 2.165564], abs=5e-7)


def test_every_hand_checked_row_of_the_atlas_data(test_data: Path) -> None:
    file = test_data / "atlas-indicators" / "rca_validation_sample.csv"
    if not file.is_file():
        pytest.skip(f"the sample of the Atlas data is not here: {file}")
    whole = ("export_value", "total_country_exports", "total_world_exports_product", "total_world_exports")
    text = dict.fromkeys(("country_code", "product_code"), pl.String)
    numbers = dict.fromkeys((*whole, "rca_pipeline"), pl.Float64)
    sample = pl.read_csv(file, schema_overrides={**text, **numbers})
    assert sample.height > 50
    for row in sample.iter_rows(named=True):
        x, basket, product, world = (row[name] for name in whole)
        # the other products of the economy and the other economies are a row each
        table = pl.DataFrame(
            {
                "exporter": [row["country_code"], row["country_code"], "ROW", "ROW"],
                "product": [row["product_code"], "rest", row["product_code"], "rest"],
                "value_usd": [x, basket - x, product - x, world - basket - product + x],
            }
        )
        found = normalised_rca(rca(table)).row(0, named=True)
        assert found["rca"] == pytest.approx(row["rca_pipeline"], rel=1e-9)
        assert found["normalised_rca"] == pytest.approx(x / world - basket * product / world**2)
