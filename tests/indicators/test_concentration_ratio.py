"""Share of the largest parts."""

import polars as pl
import pytest

from corridor.errors import UsageError
from corridor.indicators import concentration_ratio


def test_by_hand() -> None:
    # 5 + 3 + 1 of 10; the tie at the third place does not matter; of at most n parts it is everything
    table = pl.DataFrame({"product": ["a", "b", "c", "d"], "value_usd": [5, 3, 1, 1]})
    assert [concentration_ratio(table, n)["concentration_ratio"].item() for n in (1, 2, 3, 4, 9)] == (
        pytest.approx([0.5, 0.8, 0.9, 1, 1])
    )


def test_parts_spread_over_rows_are_added_up_first() -> None:
    # b is 2 + 2 = 4 of 7, larger than a
    table = pl.DataFrame({"product": ["a", "b", "b"], "value_usd": [3, 2, 2]})
    assert concentration_ratio(table, 1)["concentration_ratio"].item() == pytest.approx(4 / 7)


@pytest.mark.parametrize(
    ("table", "year", "cr3"),
    [
        ("EXPORTS", 2023, 0.653364), ("EXPORTS", 2024, 0.636447), ("EXPORTS", 2025, 0.644340),
        ("IMPORTS", 2023, 0.654308), ("IMPORTS", 2024, 0.630063), ("IMPORTS", 2025, 0.634221),
    ],
)  # fmt: skip
def test_viet_nam_with_russia_with_the_residual(long, table: str, year: int, cr3: float) -> None:
    assert concentration_ratio(long(table, year))["concentration_ratio"].item() == pytest.approx(cr3, abs=5e-7)


def test_none_of_the_largest_is_no_question() -> None:
    with pytest.raises(UsageError, match="the 0 largest parts are none"):
        concentration_ratio(pl.DataFrame({"product": ["a"], "value_usd": [1]}), 0)
