"""Gini coefficient."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import gini


def parts(values: list[int]) -> pl.DataFrame:
    return pl.DataFrame({"product": [str(k) for k in range(len(values))], "value_usd": values})


@pytest.mark.parametrize(
    ("values", "index"),
    [
        # 2 (1*1 + 2*2 + 3*3 + 4*4) / (4*10) - 5/4 = 60/40 - 5/4
        ([3, 1, 4, 2], 0.25),
        # 2 * 4 / 4 - 5/4
        ([0, 0, 1, 0], 0.75),
        ([5, 5, 5], 0),
        ([7], 0),
    ],
)
def test_by_hand(values: list[int], index: float) -> None:
    assert gini(parts(values)).row(0) == (len(values), pytest.approx(index, abs=1e-15), None)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_it_is_half_the_relative_mean_difference(values: list[int]) -> None:
    n, total = len(values), sum(values)
    differences = sum(abs(a - b) for a in values for b in values)
    assert gini(parts(values))["gini"].item() == pytest.approx(differences / (2 * n * total), abs=1e-9)
