"""Market penetration."""

import polars as pl

from corridor.indicators import market_penetration

TABLE = pl.DataFrame(
    {
        "exporter": ["RUS", "KAZ", "CHN", "CHN", "RUS"],
        "importer": ["VNM", "CHN", "RUS", "MNG", "CHN"],
        "product": ["wheat", "wheat", "wheat", "tea", "wheat"],
        "value_usd": [20, 5, 5, 0, 0],
    }
)


def test_by_hand() -> None:
    # wheat is bought by VNM, CHN and RUS; RUS reaches VNM: 1/3, and 1/2 of the other two
    all_markets = market_penetration(TABLE).filter(exporter="RUS").row(0)
    assert all_markets == ("RUS", "wheat", 1, 3, 1 / 3, None)
    others = market_penetration(TABLE, world="others").filter(exporter="RUS").row(0)
    assert others == ("RUS", "wheat", 1, 2, 1 / 2, None)


def test_a_floor_makes_small_sales_no_market() -> None:
    assert market_penetration(TABLE, at_least=6).filter(exporter="KAZ")["markets_reached"].item() == 0


def test_what_nobody_imports_has_no_markets() -> None:
    assert market_penetration(TABLE).filter(product="tea").row(0)[2:] == (0, 0, None, "no_importers")
