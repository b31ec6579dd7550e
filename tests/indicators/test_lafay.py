"""Lafay index."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import lafay

AMOUNT = st.none() | st.integers(0, 10**9)


def test_by_hand() -> None:
    # trade 100, balance 0: 100 (20/40 - 0) 40/100 = 20 and 100 (-20/60 - 0) 60/100 = -20; no trade: nothing
    table = pl.DataFrame({"exports": [30, 20, None], "imports": [10, 40, None]})
    assert lafay(table)["lafay"].to_list() == pytest.approx([20, -20, 0])


def test_the_overall_balance_is_taken_out() -> None:
    # balance 40 of 80 = 1/2 in both products: neither is special
    table = pl.DataFrame({"exports": [30, 30], "imports": [10, 10]})
    assert lafay(table)["lafay"].to_list() == pytest.approx([0, 0])


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=20).filter(lambda r: any(a or b for a, b in r)))
def test_it_adds_up_to_nothing(rows: list[tuple[int | None, int | None]]) -> None:
    result = lafay(pl.DataFrame(rows, schema={"exports": pl.Int64, "imports": pl.Int64}, orient="row"))["lafay"]
    assert result.sum() == pytest.approx(0, abs=1e-9)
    assert result.abs().max() <= 50 + 1e-9
