"""Income levels of products and of exports."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.indicators import expy, prody

TABLE = pl.DataFrame(
    {
        "exporter": ["A", "A", "B", "B"],
        "product": ["wheat", "steel", "wheat", "steel"],
        "value_usd": [50, 50, 10, 30],
        "gdp_per_head": [1_000, 1_000, 4_000, 4_000],
    }
)


def test_by_hand() -> None:
    # wheat is 1/2 of A's basket and 1/4 of B's: (500 + 1000) / (3/4) = 2000; steel (500 + 3000) / (5/4) = 2800
    result = prody(TABLE)
    assert result["prody"].to_list() == pytest.approx([2_000, 2_800, 2_000, 2_800])
    # A: half and half of 2000 and 2800; B: a quarter and three quarters
    assert expy(result)["expy"].to_list() == pytest.approx([2_400, 2_400, 2_600, 2_600])


def test_an_unknown_income_is_left_out_and_not_poor() -> None:
    table = TABLE.with_columns(gdp_per_head=pl.Series([None, None, 4_000, 4_000]))
    assert prody(table)["prody"].to_list() == pytest.approx([4_000] * 4)
    nobody = TABLE.with_columns(gdp_per_head=pl.lit(None, pl.Int64))
    assert prody(nobody)["prody_absence"].to_list() == ["no_income"] * 4


def test_a_mean_over_some_of_the_exports_is_none() -> None:
    table = TABLE.with_columns(prody=pl.Series([2_000, None, 2_000, None]))
    assert expy(table)["expy"].to_list() == [None] * 4
    # a product that is not sold does not matter
    unsold = table.with_columns(value_usd=pl.Series([50, 0, 10, 30]))
    assert expy(unsold)["expy"].to_list() == [2_000, 2_000, None, None]
    assert expy(unsold)["expy_absence"].to_list() == [None, None, "no_prody", "no_prody"]


def test_an_economy_has_one_income() -> None:
    with pytest.raises(UnfitTable, match="1 of exporter have more than one gdp_per_head"):
        prody(TABLE.with_columns(gdp_per_head=pl.Series([1_000, 2_000, 4_000, 4_000])))


@given(
    st.lists(st.integers(0, 10**6), min_size=12, max_size=12), st.lists(st.integers(1, 10**5), min_size=4, max_size=4)
)
def test_between_the_lowest_and_the_highest_income(values: list[int], incomes: list[int]) -> None:
    table = pl.DataFrame(
        {
            "exporter": [f"C{i}" for i in range(4) for _ in range(3)],
            "product": ["p1", "p2", "p3"] * 4,
            "value_usd": values,
            "gdp_per_head": [incomes[i] for i in range(4) for _ in range(3)],
        }
    )
    result = expy(prody(table))
    for column in ("prody", "expy"):
        known = result[column].drop_nulls()
        assert known.is_between(min(incomes) * (1 - 1e-12), max(incomes) * (1 + 1e-12)).all()
