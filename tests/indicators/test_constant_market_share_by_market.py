"""Constant market share over products and markets."""

from typing import Literal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.errors import UsageError
from corridor.indicators import constant_market_share, constant_market_share_by_market

EFFECTS = ["world_effect", "commodity_effect", "market_distribution_effect", "residual_effect"]
#: Two products in two markets: g = 0.15, g_1 = 1/6, g_2 = 1/8, g_A = 2/35, g_B = 11/30.
TOY = pl.DataFrame(
    {
        "product": ["1", "1", "2", "2"],
        "partner": ["A", "B", "A", "B"],
        "value_0": [40, 10, 30, 20],
        "value_1": [50, 12, 33, 35],
        "market_0": [400, 200, 300, 100],
        "market_1": [440, 260, 300, 150],
    }
)


def test_commodity_first() -> None:
    # world 0.15 * 100; commodity (1/6 - 0.15) 50 + (1/8 - 0.15) 50 = 5/6 - 5/4; residual 6 - 1 + 3 + 5
    result = constant_market_share_by_market(TOY, aggregate=True)
    assert result.columns == ["change", "market_growth", *EFFECTS, "constant_market_share_by_market_absence"]
    assert result.row(0)[:6] == pytest.approx((30, 0.15, 15, -0.416667, 2.416667, 13), abs=5e-7)


def test_market_first() -> None:
    # market (2/35 - 0.15) 70 + (11/30 - 0.15) 30 = 4 - 10.5 + 11 - 4.5
    result = constant_market_share_by_market(TOY, order="market", aggregate=True)
    assert result.row(0)[:6] == pytest.approx((30, 0.15, 15, 2, 0, 13), abs=1e-12)


def test_each_cell_adds_up_in_either_order() -> None:
    for order in ("commodity", "market"):
        result = constant_market_share_by_market(TOY, order=order)
        assert result.select(pl.sum_horizontal(EFFECTS)).to_series().to_list() == pytest.approx([10, 2, 3, 15])


def test_in_one_market_it_is_the_simple_form() -> None:
    # only market A: nothing is left for the distribution over markets, and growth within A is the world's
    one = TOY.filter(pl.col("partner") == "A")
    simple = constant_market_share(one, aggregate=True).row(0)
    found = constant_market_share_by_market(one, aggregate=True).row(0)
    assert found[2:6] == pytest.approx((simple[2], simple[3], 0, simple[4]))


def test_contradictions_and_repetitions_are_refused() -> None:
    with pytest.raises(UnfitTable, match="1 of 4 rows have a value_0 but no market_0"):
        constant_market_share_by_market(TOY.with_columns(market_0=pl.Series([400, 200, 300, 0])))
    with pytest.raises(UnfitTable, match="8 rows share their product, partner with another row"):
        constant_market_share_by_market(pl.concat([TOY, TOY]))
    with pytest.raises(UsageError, match="order cannot be 'region'"):
        constant_market_share_by_market(TOY, order="region")  # type: ignore[arg-type]


AMOUNT = st.none() | st.integers(0, 10**9)
CELL = st.tuples(AMOUNT, AMOUNT, st.integers(1, 10**9), AMOUNT)


@given(st.lists(CELL, min_size=6, max_size=6), st.sampled_from(["commodity", "market"]))
def test_the_four_effects_are_the_whole_change(cells, order: Literal["commodity", "market"]) -> None:
    columns = dict.fromkeys(("value_0", "value_1", "market_0", "market_1"), pl.Int64)
    table = pl.DataFrame(cells, schema=columns, orient="row").with_columns(
        product=pl.Series(["1", "1", "2", "2", "3", "3"]), partner=pl.Series(["A", "B"] * 3)
    )
    result = constant_market_share_by_market(table, order=order)
    change = pl.col("value_1").fill_null(0) - pl.col("value_0").fill_null(0)
    size = pl.sum_horizontal(pl.col(EFFECTS).abs()) + 1
    assert result.select(((pl.sum_horizontal(EFFECTS) - change).abs() / size).max()).item() < 1e-9
