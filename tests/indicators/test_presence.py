"""Presence, diversity and ubiquity."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.errors import UsageError
from corridor.indicators import diversity, presence, rca, ubiquity

TABLE = pl.DataFrame(
    {
        "exporter": ["KAZ", "KAZ", "RUS", "RUS"],
        "product": ["wheat", "steel", "wheat", "steel"],
        "value_usd": [90, 10, 30, 70],
        "population": [20, 20, 80, 80],
    }
)


def test_by_hand() -> None:
    # RCA 3/2, 1/4, 1/2, 7/4; per head (90/20)/(120/100) = 3.75, (10/20)/0.8 = 0.625, (30/80)/1.2 = 0.3125, 1.09375
    assert presence(TABLE)["presence"].to_list() == [1, 0, 0, 1]
    assert presence(TABLE, test="per_head")["presence"].to_list() == [1, 0, 0, 1]
    assert presence(TABLE, test="per_head", per_head_threshold=0.6)["presence"].to_list() == [1, 1, 0, 1]
    assert diversity(TABLE)["diversity"].to_list() == [1, 1, 1, 1]
    assert ubiquity(TABLE, threshold=0.25)["ubiquity"].to_list() == [2, 2, 2, 2]


def test_two_tests_together_are_still_zero_or_one() -> None:
    # passing both is being present, not being present twice
    table = TABLE.with_columns(population=pl.Series([90, 90, 10, 10]))
    per_head = presence(table, test="per_head")["presence"].to_list()
    assert per_head == [0, 0, 1, 1]
    assert presence(table, test="either")["presence"].to_list() == [1, 0, 1, 1]
    assert presence(table, test="both")["presence"].to_list() == [0, 0, 0, 1]
    with pytest.raises(UsageError, match="test cannot be 'all'"):
        presence(table, test="all")  # type: ignore[arg-type]


def test_the_threshold_itself_is_reached() -> None:
    # the world is KAZ's basket: RCA is exactly 1
    table = pl.DataFrame({"exporter": ["KAZ", "KAZ"], "product": ["a", "b"], "value_usd": [3, 1]})
    assert presence(table)["presence"].to_list() == [1, 1]
    assert presence(table, threshold=1.001)["presence"].to_list() == [0, 0]
    # thirds and sevenths of twenty, too
    table = pl.DataFrame({"exporter": ["KAZ"] * 4, "product": list("abcd"), "value_usd": [1, 3, 7, 9]})
    assert presence(table)["presence"].to_list() == [1, 1, 1, 1]
    assert rca(table)["rca"].to_list() == [1.0, 1.0, 1.0, 1.0]


def test_an_economy_has_one_population() -> None:
    with pytest.raises(UnfitTable, match="1 of exporter have more than one population"):
        presence(TABLE.with_columns(population=pl.Series([20, 21, 80, 80])), test="either")


def test_a_presence_that_is_given_is_zero_or_one() -> None:
    table = TABLE.with_columns(value_usd=pl.Series([1, 0, 2, 1]))
    for function in (diversity, ubiquity):
        with pytest.raises(UnfitTable, match="1 of 4 rows have a value_usd that is neither 0 nor 1"):
            function(table, presence="given")


MATRIX = st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=2, max_size=6)


@given(MATRIX)
def test_presences_add_up_both_ways_and_are_what_rca_says(matrix: list[list[int]]) -> None:
    table = pl.DataFrame(
        [(f"C{i}", f"p{k}", value) for i, row in enumerate(matrix) for k, value in enumerate(row)],
        schema=["exporter", "product", "value_usd"],
        orient="row",
    )
    m = ubiquity(diversity(presence(table)))
    assert m["presence"].to_list() == (rca(table)["rca"] >= 1).fill_null(False).cast(pl.Int64).to_list()
    assert m["presence"].sum().__eq__(m.group_by("exporter").agg(pl.col("diversity").first())["diversity"].sum())
    assert m.select((pl.col("presence").sum().over("product") == pl.col("ubiquity")).all()).item()
    # with shares of the world as weights the index is one on average: somebody has at least that
    sold = m.filter(pl.col("value_usd").sum().over("exporter") > 0)
    assert (sold["diversity"] > 0).all()
