"""Diversification: an order worked by hand, holes told apart, and Russia and Viet Nam in the world of 2017."""

from pathlib import Path

import polars as pl
import pytest

from corridor.errors import NothingFound
from corridor.indicators.density import density
from corridor.potential.diversification import REASONS, diversification

#: B has what A has and x too; C and D have y and z. A is near x, and not near y or z.
WORLD = pl.DataFrame(
    {
        "exporter": ["A", "A", "B", "B", "B", "C", "C", "D", "D"],
        "product": ["s", "t", "s", "t", "x", "y", "z", "y", "z"],
        "value_usd": [5.0, 5, 4, 4, 4, 20, 8, 20, 8],
    }
)


def test_the_order_by_nearness_and_demand() -> None:
    """Densities of A: x = (1/2 + 1/2) / 2, y and z = 0. Demand: y 40, z 16, x 4.

    Places by nearness: x 1, y and z 1/4 each; by demand: y 1, z 1/2, x 0. Means: y 5/8, x 1/2, z 3/8.
    """
    found = diversification(WORLD, "A")
    assert found.select("product", "rank").rows() == [("y", 1), ("x", 2), ("z", 3)]
    assert found["score"].to_list() == pytest.approx([5 / 8, 1 / 2, 3 / 8])
    assert dict(zip(found["product"], found["density"], strict=True)) == pytest.approx({"y": 0.0, "x": 0.5, "z": 0.0})
    assert set(found["demand_of"]) == {"world"}
    assert set(found["neutral"]) == {"access"}


def test_the_target_market_and_its_duties() -> None:
    """Of x and z the market buys 9 and 3; duties 0 and 0.1: x is first in everything. Of y nothing is known."""
    demand = pl.DataFrame({"product": ["x", "z"], "demand_usd": [9.0, 3.0]})
    access = pl.DataFrame({"product": ["x", "z"], "tariff": [0.0, 0.1]})
    found = diversification(WORLD, "A", demand=demand, access=access)
    assert found.select("product", "rank", "score", "rank_absence").rows() == [
        ("x", 1, 1.0, None), ("z", 2, 0.0, None), ("y", None, None, "no_demand")
    ]  # fmt: skip
    assert set(found["neutral"]) == {""}
    assert set(found["demand_of"]) == {"market"}
    unknown = diversification(WORLD, "A", demand=demand, access=access.head(1))
    assert dict(zip(unknown["product"], unknown["rank_absence"], strict=True)) == {
        "x": None, "z": "no_access", "y": "no_demand"
    }  # fmt: skip
    assert {"no_access", "no_demand"} < set(REASONS)


def test_what_is_exported_with_advantage_is_no_candidate() -> None:
    assert set(diversification(WORLD, "C")["product"]) == {"s", "t", "x"}


def test_who_exports_nothing_is_said() -> None:
    with pytest.raises(NothingFound, match="no exports of Z"):
        diversification(WORLD, "Z")


@pytest.fixture(scope="module")
def world_2017(test_data: Path) -> pl.DataFrame:
    path = test_data / "ec-world-trade" / "world_trade_2017.csv.gz"
    if not path.is_file():
        pytest.skip(f"the world of 2017 is not here: {path}")
    raw = pl.read_csv(path, schema=dict.fromkeys(["reporter_iso", "product_code", "export_value_usd"], pl.String))
    return raw.filter(pl.col("export_value_usd") != "").select(
        exporter=pl.col("reporter_iso").str.to_uppercase(),
        product="product_code",
        value_usd=pl.col("export_value_usd").cast(pl.Float64),
    )


@pytest.mark.parametrize("economy", ["RUS", "VNM"])
def test_russia_and_viet_nam_in_the_world_of_2017(world_2017: pl.DataFrame, economy: str) -> None:
    found = diversification(world_2017, economy)
    assert (found["rca"] < 1).all()
    assert found["rank"].drop_nulls().to_list() == list(range(1, found["rank"].count() + 1))
    # The same densities as the indicator's, and the first tenth nearer than the last.
    own = density(world_2017, pairs="all").filter(pl.col("exporter") == economy).select("product", expected="density")
    joined = found.join(own, on="product")
    assert joined["density"].to_list() == pytest.approx(joined["expected"].to_list())
    tenth = found.height // 10
    assert found["density"].head(tenth).mean() > found["density"].tail(tenth).mean()
