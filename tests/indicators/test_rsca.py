"""Symmetric comparative advantage."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import rsca


def test_by_hand() -> None:
    # (3 - 1)/(3 + 1), (1/3 - 1)/(1/3 + 1), middle, end, and nothing known
    result = rsca(pl.DataFrame({"rca": [3.0, 1 / 3, 1.0, 0.0, None]}))["rsca"].to_list()
    assert result[:4] == pytest.approx([0.5, -0.5, 0, -1])
    assert result[4] is None


@given(st.floats(1e-6, 1e6))
def test_many_times_and_one_over_as_many_are_equally_far(index: float) -> None:
    many, few = rsca(pl.DataFrame({"rca": [index, 1 / index]}))["rsca"].to_list()
    assert many == pytest.approx(-few, abs=1e-9)
    assert -1 < many < 1
