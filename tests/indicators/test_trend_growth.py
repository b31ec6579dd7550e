"""Growth along a log-linear trend."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import cagr, trend_growth


def series(years: list[int], values: list[float]) -> pl.DataFrame:
    return pl.DataFrame({"year": years, "value_usd": values})


def test_by_hand() -> None:
    # t - mean = -1, 0, 1; ln 1, ln 2, ln 2: b = (0*(-1) + 0 + ln 2) / 2, so e^b = sqrt(2)
    result = trend_growth(series([2021, 2022, 2023], [1, 2, 2]))
    assert result.row(0) == (3, pytest.approx(math.sqrt(2) - 1), None)


@pytest.mark.parametrize(
    ("years", "values", "absence"), [([2023], [5], "one_period"), ([2022, 2023], [0, 5], "zero_in_series")]
)
def test_where_there_is_no_trend(years: list[int], values: list[float], absence: str) -> None:
    assert trend_growth(series(years, values)).row(0)[1:] == (None, absence)


@given(st.floats(0.5, 2), st.lists(st.integers(2000, 2030), min_size=2, max_size=8, unique=True))
def test_an_exact_geometric_series_has_one_rate(factor: float, years: list[int]) -> None:
    table = series(years, [1e6 * factor ** (year - 2000) for year in years])
    assert trend_growth(table)["trend_growth"].item() == pytest.approx(factor - 1, abs=1e-9)
    assert cagr(table)["cagr"].item() == pytest.approx(factor - 1, abs=1e-9)


@given(st.lists(st.integers(1, 10**11), min_size=2, max_size=12))
def test_it_is_ordinary_least_squares(values: list[int]) -> None:
    years = list(range(2010, 2010 + len(values)))
    slope = np.polyfit(np.array(years) - 2010, np.log(np.array(values, dtype=float)), 1)[0]
    result = trend_growth(series(years, [float(v) for v in values]))["trend_growth"].item()
    assert result == pytest.approx(math.exp(slope) - 1, rel=1e-6, abs=1e-9)
