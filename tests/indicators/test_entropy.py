"""Entropy."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import entropy


def test_by_hand() -> None:
    # 1/2, 1/4, 1/4: (1/2) ln 2 + 2 (1/4) ln 4 = (3/2) ln 2; a zero adds nothing
    table = pl.DataFrame({"product": ["a", "b", "c", "d"], "value_usd": [2, 1, 1, 0]})
    assert entropy(table).row(0) == (4, pytest.approx(1.5 * math.log(2)), None)


def test_one_part_is_no_uncertainty() -> None:
    result = entropy(pl.DataFrame({"product": ["a"], "value_usd": [9]}))["entropy"].item()
    assert math.copysign(1, result) == 1
    assert result == 0


@pytest.mark.parametrize(
    ("table", "year", "nats"),
    [
        ("EXPORTS", 2023, 2.136543), ("EXPORTS", 2024, 2.096179), ("EXPORTS", 2025, 2.151448),
        ("IMPORTS", 2023, 2.046977), ("IMPORTS", 2024, 2.157315), ("IMPORTS", 2025, 2.222456),
    ],
)  # fmt: skip
def test_viet_nam_with_russia(long, table: str, year: int, nats: float) -> None:
    assert entropy(long(table, year))["entropy"].item() == pytest.approx(nats, abs=5e-7)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any))
def test_between_nothing_and_the_logarithm_of_n(values: list[int]) -> None:
    table = pl.DataFrame({"product": [str(k) for k in range(len(values))], "value_usd": values})
    assert -1e-12 <= entropy(table)["entropy"].item() <= math.log(len(values)) + 1e-12
