"""Constant market share in one market."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.indicators import constant_market_share

COLUMNS = ["value_0", "value_1", "market_0", "market_1"]
EFFECTS = ["market_effect", "structure_effect", "residual_effect"]


def table(*rows: tuple[int | None, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.Int64), orient="row")


def test_by_hand() -> None:
    # market 100 + 100 to 150 + 100, g = 1/4, g_1 = 1/2, g_2 = 0
    # product 1: 10 to 18 = 10/4 + (1/2 - 1/4) 10 + (18 - 15); product 2: 20 to 19 = 20/4 + (0 - 1/4) 20 + (19 - 20)
    rows = table((10, 18, 100, 150), (20, 19, 100, 100))
    assert constant_market_share(rows).select(EFFECTS).rows() == [(2.5, 2.5, 3), (5, -5, -1)]
    result = constant_market_share(rows, aggregate=True)
    assert result.columns == ["change", "market_growth", *EFFECTS, "constant_market_share_absence"]
    assert result.row(0) == (7, 0.25, 7.5, -2.5, 2, None)


def test_new_products_are_all_residual_and_vanished_ones_add_up_too() -> None:
    # market 200 to 300, g = 1/2. new: 0 to 5. vanished with its market: 10 = 5 - 15 + 0. not sold at all: nothing
    rows = table((None, 5, None, 100), (10, None, 50, None), (None, None, 150, 200))
    assert constant_market_share(rows).select(EFFECTS).rows() == [(0, 0, 5), (5, -15, 0), (0, 0, 0)]


def test_selling_into_a_market_that_bought_nothing_is_a_contradiction() -> None:
    with pytest.raises(UnfitTable, match="1 of 2 rows have a value_0 but no market_0"):
        constant_market_share(table((10, 18, None, 150), (20, 19, 100, 100)))


@pytest.mark.parametrize(
    ("year", "growth", "change", "effects", "items"),
    [
        (2024, 0.17316504, 357_826_212, (327_109_556, -148_258_166, 178_974_822), {
            "wheat": 84_048_814, "coal": 71_704_476, "fertilisers": 70_971_779, "chemicals": 45_745_150,
            "plastics": -27_821_076, "iron_steel_articles": -24_218_040,
        }),
        (2025, 0.18804050, 262_589_085, (422_495_192, -298_603_569, 138_697_462), {
            "other_goods": 83_489_700, "base_metals": 44_717_405, "coal": 35_024_795, "ores": 22_985_459,
            "wheat": -48_555_074, "fishery": -42_396_243,
        }),
    ],
)  # fmt: skip
def test_russia_in_viet_nams_imports(long, wide, year, growth, change, effects, items) -> None:
    # by customs group, the market being Viet Nam's imports from all listed partners, first releases
    rows = wide(
        value_0=long("IMPORTS", year - 1),
        value_1=long("IMPORTS", year),
        market_0=long("ALL_IMPORTS", year - 1),
        market_1=long("ALL_IMPORTS", year),
    )
    found = constant_market_share(rows, aggregate=True).row(0)
    assert round(found[1], 8) == growth
    assert found[0] == pytest.approx(change, abs=1.5)
    assert found[2:5] == pytest.approx(effects, abs=1.5)
    residual = dict(constant_market_share(rows).select("product", "residual_effect").iter_rows())
    assert {code: residual[code] for code in items} == pytest.approx(items, abs=1.5)


AMOUNT = st.none() | st.integers(0, 10**9)


@given(st.lists(st.tuples(AMOUNT, AMOUNT, st.integers(1, 10**9), AMOUNT), min_size=1, max_size=12))
def test_the_three_effects_are_the_whole_change(rows: list[tuple[int | None, ...]]) -> None:
    result = constant_market_share(table(*rows))
    change = pl.col("value_1").fill_null(0) - pl.col("value_0").fill_null(0)
    # a market that grew a billion times makes effects far larger than their sum
    size = pl.sum_horizontal(pl.col(EFFECTS).abs()) + 1
    gap = result.select(gap=(pl.sum_horizontal(EFFECTS) - change).abs() / size)["gap"]
    assert gap.max() < 1e-9
