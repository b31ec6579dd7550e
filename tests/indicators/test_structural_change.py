"""Change of composition."""

import polars as pl
import pytest

from corridor.indicators import structural_change


def test_by_hand() -> None:
    # shares 1/2, 1/2, 0 and 1/4, 1/2, 1/4: half of 1/4 + 0 + 1/4
    table = pl.DataFrame({"value_0": [5, 5, None], "value_1": [2, 4, 2]})
    assert structural_change(table).row(0) == (0.25, None)


def test_nothing_in_common_and_nothing_to_compare() -> None:
    assert structural_change(pl.DataFrame({"value_0": [5, None], "value_1": [None, 3]})).row(0) == (1, None)
    assert structural_change(pl.DataFrame({"value_0": [5], "value_1": [0]})).row(0) == (None, "no_total")


@pytest.mark.parametrize(
    ("table", "year", "index"),
    [
        ("EXPORTS", 2024, 0.08718663), ("EXPORTS", 2025, 0.14092751),
        ("IMPORTS", 2024, 0.09667374), ("IMPORTS", 2025, 0.11554784),
    ],
)  # fmt: skip
def test_viet_nam_with_russia_against_the_year_before(long, wide, table: str, year: int, index: float) -> None:
    both = wide(value_0=long(table, year - 1), value_1=long(table, year))
    assert structural_change(both)["structural_change"].item() == pytest.approx(index, abs=5e-9)
