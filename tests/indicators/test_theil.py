"""Theil's index and its split."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.errors import UsageError
from corridor.indicators import entropy, theil


def test_by_hand() -> None:
    # 3/8 ln(4 * 3/8) + 1/8 ln(4 * 1/8) + 1/2 ln(4 * 1/2); both chapters hold half of it with two parts each
    table = pl.DataFrame({"product": list("abcd"), "value_usd": [3, 1, 4, 0], "chapter": ["I", "I", "II", "II"]})
    index = 3 / 8 * math.log(1.5) + 1 / 8 * math.log(0.5) + 1 / 2 * math.log(2)
    assert theil(table).row(0) == (4, pytest.approx(index), None)
    n, whole, between, within, absence = theil(table, groups="chapter").row(0)
    assert (n, absence) == (4, None)
    assert (whole, between, within) == pytest.approx((index, 0, index), abs=1e-12)


def test_equal_parts_are_zero_and_one_part_is_the_logarithm_of_n() -> None:
    equal = theil(pl.DataFrame({"product": ["a", "b"], "value_usd": [7, 7]}))["theil"].item()
    assert math.copysign(1, equal) == 1
    assert equal == 0
    assert theil(pl.DataFrame({"product": ["a", "b"], "value_usd": [7, 0]}))["theil"].item() == math.log(2)


def test_n_says_how_many_parts_there_are() -> None:
    table = pl.DataFrame({"product": ["a", "b", "c"], "value_usd": [2, 1, 1]})
    assert theil(table, n=10).row(0)[:2] == (10, pytest.approx(math.log(10) - entropy(table)["entropy"].item()))
    assert theil(table, n=2, without="c")["theil"].item() == pytest.approx(math.log(2) - 0.6365141683)
    with pytest.raises(UsageError, match="there are 3 parts in the table, and n is 2"):
        theil(table, n=2)
    with pytest.raises(UsageError, match="n cannot be given with groups"):
        theil(table, n=4, groups="product")


def test_a_part_is_in_one_group() -> None:
    table = pl.DataFrame({"product": ["a", "a"], "value_usd": [2, 1], "chapter": ["I", "II"]})
    with pytest.raises(UnfitTable, match="2 rows share their product"):
        theil(table, groups="chapter")


@pytest.mark.parametrize(("year", "n", "nats"), [(2023, 24, 2.136543), (2024, 24, 2.096179), (2025, 23, 2.151448)])
def test_viet_nams_exports_to_russia(long, year: int, n: int, nats: float) -> None:
    # Theil is ln n less the published entropy
    assert theil(long("EXPORTS", year))["theil"].item() == pytest.approx(math.log(n) - nats, abs=5e-7)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from("xyz")), min_size=1, max_size=30))
def test_between_and_within_are_the_whole_exactly(parts: list[tuple[int, str]]) -> None:
    table = pl.DataFrame(
        [(str(k), *part) for k, part in enumerate(parts)], schema=["product", "value_usd", "chapter"], orient="row"
    )
    n, whole, between, within, absence = theil(table, groups="chapter").row(0)
    if absence is not None:
        return
    assert whole == pytest.approx(between + within, abs=1e-12)
    assert -1e-12 <= between <= whole + 1e-12
    assert whole == pytest.approx(math.log(n) - entropy(table)["entropy"].item(), abs=1e-12)
