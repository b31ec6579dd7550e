"""Market shares and places."""

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.indicators import market_share


def test_by_hand() -> None:
    # 40, 25, 25, 10 of 100: the two equal ones share place 2, and nobody is third
    table = pl.DataFrame(
        {"product": ["coal"] * 4, "exporter": ["AUS", "RUS", "IDN", "CHN"], "value_usd": [40, 25, 25, 10]}
    )
    result = market_share(table)
    assert result["rank"].to_list() == [1, 2, 2, 4]
    assert result["market_share"].to_list() == [0.4, 0.25, 0.25, 0.1]


def test_each_product_is_a_market_of_its_own() -> None:
    table = pl.DataFrame(
        {"product": ["coal", "coal", "rice"], "exporter": ["AUS", "RUS", "RUS"], "value_usd": [3, 1, 7]}
    )
    result = market_share(table)
    assert result["rank"].to_list() == [1, 2, 1]
    assert result["market_share"].to_list() == [0.75, 0.25, 1]


def test_russia_in_viet_nams_imports_2024(long, wide) -> None:
    # Share of Russia in Viet Nam's imports of a group from listed partners, as printed in per cent
    printed = {
        "fertilisers": 15.304, "coal": 14.473, "wheat": 9.477, "fishery": 5.591, "wood": 2.154, "ores": 1.295,
        "motor_vehicles": 1.288, "chemicals": 1.258, "pharmaceuticals": 1.203, "rubber": 1.139,
    }  # fmt: skip
    both = wide(RUS=long("IMPORTS", 2024), whole=long("ALL_IMPORTS", 2024)).drop_nulls()
    others = both.select("product", "RUS", others=pl.col("whole") - pl.col("RUS"))
    table = others.unpivot(index="product", variable_name="exporter", value_name="value_usd")
    shares = market_share(table).filter(pl.col("exporter") == "RUS").select("product", "market_share")
    found = dict(shares.iter_rows())
    assert {code: round(100 * found[code], 3) for code in printed} == printed


def test_a_supplier_twice_is_refused() -> None:
    table = pl.DataFrame({"product": ["coal"] * 2, "exporter": ["RUS"] * 2, "value_usd": [1, 2]})
    with pytest.raises(UnfitTable, match="2 rows share their product, exporter with another row"):
        market_share(table)
