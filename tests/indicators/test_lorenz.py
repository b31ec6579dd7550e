"""Lorenz curve."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import gini, lorenz


def test_by_hand() -> None:
    table = pl.DataFrame({"region": ["RU-PRI", "RU-AMU", "RU-SA", "RU-KHA"], "value_usd": [4, 1, 3, 2]})
    result = lorenz(table, over="region")
    assert result.columns == ["region", "value_usd", "part_share", "cumulative_share", "lorenz_absence"]
    assert result["region"].to_list() == ["RU-AMU", "RU-KHA", "RU-SA", "RU-PRI"]
    assert result["part_share"].to_list() == [0.25, 0.5, 0.75, 1]
    # 1, 1 + 2, 1 + 2 + 3 and all of 10
    assert result["cumulative_share"].to_list() == pytest.approx([0.1, 0.3, 0.6, 1])


def test_equal_parts_stand_in_the_order_of_their_codes() -> None:
    result = lorenz(pl.DataFrame({"product": ["b", "c", "a"], "value_usd": [1, 1, 1]}))
    assert result["product"].to_list() == ["a", "b", "c"]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_the_area_under_the_curve_gives_the_gini_coefficient(values: list[int]) -> None:
    table = pl.DataFrame({"product": [str(k) for k in range(len(values))], "value_usd": values})
    curve = [0.0, *lorenz(table)["cumulative_share"].to_list()]
    area = sum((a + b) / 2 for a, b in pairwise(curve)) / len(values)
    assert gini(table)["gini"].item() == pytest.approx(1 - 2 * area, abs=1e-9)
