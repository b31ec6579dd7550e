"""Bennet's split."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import bennet

SCHEMA = ["value_0", "value_1", "quantity_0", "quantity_1"]


def test_by_hand() -> None:
    # p 2 and 3, q 10 and 20: (3-2)(10+20)/2 = 15 and (20-10)(2+3)/2 = 25; 15 + 25 = 60 - 20
    result = bennet(pl.DataFrame([(20, 60, 10, 20)], schema=SCHEMA, orient="row"))
    added = result.drop(SCHEMA)
    assert added.columns == [
        "unit_value_0", "unit_value_1", "unit_value_growth", "quantity_growth", "unit_value_effect", "quantity_effect",
        "bennet_absence",
    ]  # fmt: skip
    assert added.row(0) == (2, 3, 0.5, 1, 15, 25, None)


def test_where_there_is_no_split() -> None:
    table = pl.DataFrame(
        [(None, 60, None, 20), (20, None, 10, None), (20, 60, 10, None), (20, 60, 0, 5), (20, 60, 4, 0)],
        schema=SCHEMA,
        orient="row",
    )
    result = bennet(table)
    assert result["unit_value_effect"].null_count() == result["quantity_effect"].null_count() == 5
    assert result["bennet_absence"].to_list() == ["absent", "absent", "no_quantity", "no_quantity", "no_quantity"]
    # what can be said of one period is said
    assert result["unit_value_0"].to_list() == [None, 2, 2, None, 5]


@pytest.mark.parametrize(
    ("table", "group", "price", "volume"),
    [
        ("JANUARY_EXPORTS", "coffee", 25_061_562, -27_458_595),
        ("JANUARY_EXPORTS", "cashew", 1_988_651, -5_484_970),
        ("JANUARY_EXPORTS", "pepper", 816_846, -214_886),
        ("JANUARY_EXPORTS", "tea", 222_654, 178_817),
        ("JANUARY_IMPORTS", "coal", -26_284_339, 25_750_841),
        ("JANUARY_IMPORTS", "wheat", -199_768, 11_378_899),
        ("JANUARY_IMPORTS", "fertilisers", -977_645, 9_968_198),
        ("JANUARY_IMPORTS", "plastics", -96_582, 6_959_745),
        ("JANUARY_IMPORTS", "rubber", 333_928, 147_325),
    ],
)
def test_january_2025_on_january_2024(vn_ru, table: str, group: str, price: int, volume: int) -> None:
    result = bennet(pl.DataFrame([getattr(vn_ru, table)[group]], schema=SCHEMA, orient="row"))
    assert round(result["unit_value_effect"].item()) == price
    assert round(result["quantity_effect"].item()) == volume


QUANTITY, VALUE = st.integers(1, 10**7), st.integers(0, 10**10)


@given(VALUE, VALUE, QUANTITY, QUANTITY)
def test_the_two_effects_are_the_whole_change(v0: int, v1: int, q0: int, q1: int) -> None:
    result = bennet(pl.DataFrame([(v0, v1, q0, q1)], schema=SCHEMA, orient="row"))
    total = result["unit_value_effect"].item() + result["quantity_effect"].item()
    # the two effects can each be far larger than their sum
    size = abs(result["unit_value_effect"].item()) + abs(result["quantity_effect"].item())
    assert total == pytest.approx(v1 - v0, abs=1e-9 * (size + 1))
