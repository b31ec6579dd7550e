"""Concentration by Herfindahl and Hirschman."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import hhi


def test_by_hand() -> None:
    # shares 1/2, 1/4, 1/4: 1/4 + 1/16 + 1/16 = 3/8; normalised (3/8 - 1/3) / (2/3) = 1/16
    table = pl.DataFrame({"product": ["a", "b", "c"], "value_usd": [2, 1, 1]})
    result = hhi(table)
    assert result.columns == ["n", "hhi", "hhi_normalised", "hhi_absence"]
    assert result.row(0) == (3, 0.375, pytest.approx(1 / 16), None)


def test_over_says_what_the_parts_are() -> None:
    # products: a 3, b 1, so 9/16 + 1/16; partners: RUS 2, CHN 2, so 1/2
    table = pl.DataFrame({"product": ["a", "a", "b"], "partner": ["RUS", "CHN", "RUS"], "value_usd": [1, 2, 1]})
    assert hhi(table, over="product")["hhi"].item() == 0.625
    assert hhi(table, over="partner")["hhi"].item() == 0.5


def test_a_group_printed_with_zero_is_a_part() -> None:
    # 1, 0: H = 1, n = 2, normalised (1 - 1/2) / (1/2) = 1; alone there is nothing to normalise
    two = pl.DataFrame({"product": ["a", "b"], "value_usd": [7, 0]})
    assert hhi(two).row(0) == (2, 1, 1, None)
    assert hhi(two.head(1)).row(0) == (1, 1, None, "one_part")


@pytest.mark.parametrize(
    ("table", "year", "n", "index", "normalised", "without_residual"),
    [
        # Viet Nam with Russia, first releases, shares of the sum of the groups; the residual is a group.
        # The last value without it, printed ...834, is ...829 by the printed groups and by the index beside it.
        ("EXPORTS", 2023, 24, 0.170633910, 0.134574515, 0.198045985),
        ("EXPORTS", 2024, 24, 0.178883762, 0.143183056, 0.217854221),
        ("EXPORTS", 2025, 23, 0.158810476, 0.120574589, 0.182233976),
        ("IMPORTS", 2023, 23, 0.236664808, 0.201967754, 0.292155643),
        ("IMPORTS", 2024, 23, 0.203872448, 0.167684832, 0.245129868),
        ("IMPORTS", 2025, 23, 0.174959358, 0.137457510, 0.211671834),
    ],
)
def test_viet_nam_with_russia(long, table, year, n, index, normalised, without_residual) -> None:
    groups = long(table, year)
    result = hhi(groups).row(0)
    assert result[:3] == (n, pytest.approx(index, abs=5e-10), pytest.approx(normalised, abs=5e-10))
    kept = groups.filter(pl.col("product") != "other_goods")
    assert hhi(kept)["hhi"].item() == pytest.approx(without_residual, abs=5e-9)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=30).filter(any))
def test_between_one_nth_and_one(values: list[int]) -> None:
    table = pl.DataFrame({"product": [str(k) for k in range(len(values))], "value_usd": values})
    n, index, normalised, _ = hhi(table).row(0)
    assert n == len(values)
    assert 1 / n - 1e-12 <= index <= 1 + 1e-12
    assert -1e-12 <= normalised <= 1 + 1e-12
