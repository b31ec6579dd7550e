"""Shares: parts of a whole that add up to it."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import share


def test_by_hand() -> None:
    # 120 of 200 and 80 of 200 in one year; 1 of 4 and 3 of 4 in the other
    table = pl.DataFrame({"year": [1, 1, 2, 2], "value_usd": [120, 80, 1, 3]})
    assert share(table, by="year")["share"].to_list() == [0.6, 0.4, 0.25, 0.75]


def test_nothing_in_all_has_no_shares() -> None:
    result = share(pl.DataFrame({"value_usd": [0, 0]}))
    assert result["share"].to_list() == [None, None]
    assert result["share_absence"].to_list() == ["no_total", "no_total"]


def test_russias_deliveries_to_viet_nam_2024(long) -> None:
    # Customs table 021.T, December 2024: coal 40.6 %, fertilisers 10.2 %, wheat 6.2 %, fishery 5.4 %, other 12.2 %
    result = dict(share(long("IMPORTS", 2024)).select("product", "share").iter_rows())
    printed = {"coal": 0.406, "fertilisers": 0.102, "wheat": 0.062, "fishery": 0.054, "other_goods": 0.122}
    assert {product: round(result[product], 3) for product in printed} == printed


@given(st.lists(st.integers(0, 10**12), min_size=1).filter(any))
def test_the_parts_add_up_to_the_whole(values: list[int]) -> None:
    assert share(pl.DataFrame({"value_usd": values}))["share"].sum() == pytest.approx(1, abs=1e-12)
