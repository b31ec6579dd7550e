"""The world of 2017 as R's economiccomplexity computes it (pack ec-world-trade, read where it lies).

Its SOURCE.md: presence and proximity exact; complexity by reflections, 18 steps for economies and 19 for products, as
scores of the sample; the eigenvector is near and not equal (up to 0.026).
"""

from pathlib import Path

import polars as pl
import pytest

from corridor.indicators import density, diversity, eci, fitness, pci, presence, proximity, ubiquity

TEXT = pl.String


@pytest.fixture(scope="module")
def pack(test_data: Path) -> Path:
    folder = test_data / "ec-world-trade"
    if not (folder / "world_trade_2017.csv.gz").is_file():
        pytest.skip(f"the world of 2017 is not here: {folder}")
    return folder


@pytest.fixture(scope="module")
def trade(pack: Path) -> pl.DataFrame:
    """Who exports what; an empty cell of the file is no trade."""
    types = {"reporter_iso": TEXT, "product_code": TEXT, "export_value_usd": pl.Float64}
    table = pl.read_csv(pack / "world_trade_2017.csv.gz", schema=types).drop_nulls()
    return table.select(exporter="reporter_iso", product="product_code", value_usd="export_value_usd")


def published(pack: Path, name: str, key: str) -> pl.DataFrame:
    file = "product" if key == "product" else "country"
    return pl.read_csv(pack / f"complexity2017_{name}.csv", schema={file: TEXT, "value": pl.Float64}).rename(
        {file: key}
    )


def apart(result: pl.DataFrame, name: str, expected: pl.DataFrame) -> float:
    """The largest difference to the published values, of which none may be missing here or there."""
    key = expected.columns[0]
    joined = result.select(key, name).unique().join(expected, on=key, how="full")
    assert joined.null_count().sum_horizontal().item() == 0
    return float((joined[name] - joined["value"]).abs().max())  # type: ignore[arg-type]


def test_presence(pack: Path, trade: pl.DataFrame) -> None:
    expected = pl.read_csv(
        pack / "world_rca_2017.csv.gz", schema={"country": TEXT, "product": TEXT, "value": pl.Float64}
    )
    joined = presence(trade).join(
        expected, left_on=["exporter", "product"], right_on=["country", "product"], how="full"
    )
    assert joined.filter(pl.col("presence").fill_null(0) != pl.col("value").fill_null(0)).height == 0
    assert joined["presence"].sum() == expected["value"].sum() == 28_688


@pytest.mark.parametrize(("function", "key"), [(diversity, "exporter"), (ubiquity, "product")])
def test_counts(pack: Path, trade: pl.DataFrame, function, key: str) -> None:
    name = function.__name__
    assert apart(function(trade), name, published(pack, name, key)) == 0


@pytest.mark.parametrize(
    ("function", "key", "file"),
    [(eci, "exporter", "economic_complexity_index"), (pci, "product", "product_complexity_index")],
)
def test_complexity(pack: Path, trade: pl.DataFrame, function, key: str, file: str) -> None:
    expected = published(pack, file, key)
    assert apart(function(trade, method="reflections"), function.__name__, expected) < 1e-9
    by_eigenvector = apart(function(trade), function.__name__, expected)
    assert 0.02 < by_eigenvector < 0.027


def test_proximity(pack: Path, trade: pl.DataFrame) -> None:
    expected = pl.read_csv(
        pack / "proximity2017_products_proximity.csv.gz", schema={"a": TEXT, "b": TEXT, "proximity": pl.Float64}
    ).filter(pl.col("a") != pl.col("b"))
    found = proximity(trade, pairs="both").rename({"product": "a", "other_product": "b", "proximity": "found"})
    joined = found.join(expected, on=["a", "b"], how="full", coalesce=True)
    # the file holds what is above zero
    assert joined.filter(pl.col("found") != pl.col("proximity").fill_null(0)).height == 0
    assert found.filter(pl.col("found") > 0).height == expected.height
    matrix = proximity(trade, pairs="matrix")
    assert matrix.columns[1:] == matrix["product"].to_list()
    long = matrix.unpivot(index="product", variable_name="b", value_name="beside").rename({"product": "a"})
    beside = found.join(long, on=["a", "b"])
    assert beside.height == found.height
    assert (beside["found"] == beside["beside"]).all()


def test_identities(trade: pl.DataFrame) -> None:
    both = pci(eci(presence(trade), scale="python"), scale="python").filter(presence=1)
    means = both.group_by("exporter").agg(pl.col("eci").first(), mean=pl.col("pci").mean())
    assert float((means["eci"] - means["mean"]).abs().max()) < 1e-12  # type: ignore[arg-type]
    dense = density(trade)["density"]
    assert 0 <= float(dense.min()) <= float(dense.max()) <= 1  # type: ignore[arg-type]
    each = fitness(trade).unique("exporter")["fitness"]
    assert each.mean() == pytest.approx(1)
