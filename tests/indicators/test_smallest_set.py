"""The smallest set that makes up most of the total."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.errors import UsageError
from corridor.indicators import smallest_set


def regions(values: list[int]) -> pl.DataFrame:
    return pl.DataFrame({"value_usd": values}, schema={"value_usd": pl.Int64})


def test_by_hand() -> None:
    # 50 + 30 reach 80 of 100; 85 needs one of the two equal rows, and then takes both
    table = regions([10, 50, 10, 30])
    result = smallest_set(table)
    assert result["rank"].to_list() == [3, 1, 3, 2]
    assert result["share"].to_list() == [0.1, 0.5, 0.1, 0.3]
    assert result["cumulative_share"].to_list() == [1, 0.5, 1, 0.8]
    assert result["in_smallest_set"].to_list() == [False, True, False, True]
    assert smallest_set(table, 0.85)["in_smallest_set"].to_list() == [True, True, True, True]


def test_a_threshold_reached_exactly_takes_nobody_more() -> None:
    # 0.7 of the total is reached by the first row, though 0.1 + 0.7 is not 0.8 in binary
    assert smallest_set(regions([7, 2, 1]), 0.7)["in_smallest_set"].to_list() == [True, False, False]
    assert smallest_set(regions([1, 7, 2]), 0.9)["in_smallest_set"].to_list() == [False, True, True]


def test_a_row_of_nothing_is_never_in_it() -> None:
    assert smallest_set(regions([5, 0]), 1)["in_smallest_set"].to_list() == [True, False]
    nothing = smallest_set(regions([0, 0]))
    assert nothing["in_smallest_set"].to_list() == [False, False]
    assert nothing["smallest_set_absence"].to_list() == ["no_total", "no_total"]


@pytest.mark.parametrize("threshold", [0, -0.1, 1.01, 80])
def test_a_threshold_is_a_share(threshold: float) -> None:
    with pytest.raises(UsageError, match="is not a share"):
        smallest_set(regions([1]), threshold)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=15).filter(any), st.sampled_from([0.5, 0.8, 0.95, 1]))
def test_it_reaches_the_threshold_and_would_not_without_its_last_rows(values: list[int], threshold: float) -> None:
    chosen = smallest_set(regions(values), threshold).filter("in_smallest_set")["value_usd"].to_list()
    assert sum(chosen) >= threshold * sum(values) - 1e-6
    without_last = [value for value in chosen if value > min(chosen)]
    assert sum(without_last) < threshold * sum(values)
    assert sorted(chosen) == sorted(values)[-len(chosen) :]
