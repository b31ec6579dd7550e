"""Differences of what has no growth rate."""

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.indicators import balance, cagr, difference, growth


def test_by_hand() -> None:
    table = pl.DataFrame({"value_0": [-10, 5, 8, 0, None], "value_1": [20, -5, 3, 4, 1]})
    result = difference(table)
    assert result["difference"].to_list() == [30, -10, -5, 4, None]
    assert result["sign_changed"].to_list() == [True, True, False, False, None]
    assert result["difference_absence"].to_list() == [None] * 4 + ["absent"]


def test_the_balance_of_viet_nam_with_russia() -> None:
    table = pl.DataFrame(
        {"year": [2023, 2024], "exports": [1_744_817_503, 2_337_104_399], "imports": [1_889_004_581, 2_246_830_793]}
    )
    first, second = balance(table)["balance"].to_list()
    result = difference(pl.DataFrame({"value_0": [first], "value_1": [second]}))
    assert result.row(0)[2:] == (234_460_684, True, None)


def test_a_balance_has_no_growth_rate() -> None:
    with pytest.raises(UnfitTable, match="1 of 1 rows have a negative value_0"):
        growth(pl.DataFrame({"value_0": [-10], "value_1": [20]}))
    with pytest.raises(UnfitTable, match="1 of 2 rows have a negative value_usd"):
        cagr(pl.DataFrame({"year": [2023, 2024], "value_usd": [-10, 20]}))
