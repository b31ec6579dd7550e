"""Compound growth between two ends."""

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.indicators import cagr


def series(years: list[int], values: list[float]) -> pl.DataFrame:
    return pl.DataFrame({"year": years, "value_usd": values})


def test_by_hand() -> None:
    # 100 to 121 in two years: (121/100)^(1/2) - 1 = 1/10, whatever the year between
    result = cagr(series([2025, 2023, 2024], [121, 100, 7]))
    assert result.columns == ["first_year", "last_year", "cagr", "cagr_absence"]
    assert result.row(0) == (2023, 2025, pytest.approx(0.1), None)


def test_a_missing_year_counts_as_time() -> None:
    # 16 times in four years is a doubling each year, though there are only two rows
    assert cagr(series([2020, 2024], [1, 16]))["cagr"].item() == pytest.approx(1)


@pytest.mark.parametrize(
    ("years", "values", "rate", "absence"),
    [
        ([2023], [5], None, "one_period"),
        ([2023, 2024], [0, 5], None, "no_base"),
        ([2023, 2024], [5, 0], -1, None),
    ],
)
def test_the_ends_of_the_scale(years: list[int], values: list[float], rate: float | None, absence: str | None) -> None:
    assert cagr(series(years, values)).row(0)[2:] == (rate, absence)


def test_two_figures_for_a_year_are_refused() -> None:
    with pytest.raises(UnfitTable, match="2 rows share their year with another row"):
        cagr(series([2023, 2023, 2024], [1, 2, 3]))


def test_turnover_2016_to_2021_of_the_russian_series() -> None:
    # IMF IMTS, million USD: 3,839.2 to 7,133.7 in five years; 1.85812^(1/5) = e^(0.61957/5) = 1.13191
    assert cagr(series([2016, 2021], [3839.191662, 7133.703154]))["cagr"].item() == pytest.approx(0.13191, abs=1e-5)
