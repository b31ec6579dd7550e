"""Indicators of months: the rolling year, the seasonal profile, growth per working day."""

from datetime import date

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.indicators import growth_per_working_day, rolling_year, seasonal_profile


def months(values: list[float], start: int = 2023 * 12) -> pl.DataFrame:
    ends = [date((start + at) // 12, (start + at) % 12 + 1, 28) for at in range(len(values))]
    return pl.DataFrame({"period_end": ends, "value_usd": values})


def test_twelve_months_by_hand() -> None:
    # twelve months of 10, then 22: 120, 132
    result = rolling_year(months([10.0] * 12 + [22.0]))
    assert result["rolling_year"].to_list() == [None] * 11 + [120, 132]
    assert result["rolling_year_absence"].to_list() == ["under_a_year"] * 11 + [None, None]


def test_eleven_months_are_no_year() -> None:
    table = months([10.0] * 14)
    result = rolling_year(table.filter(pl.col("period_end") != date(2023, 12, 28)))
    assert result["rolling_year"].to_list() == [None] * 13
    assert result["rolling_year_absence"].to_list()[11:] == ["gap", "gap"]


def test_a_month_stands_once() -> None:
    table = months([10.0] * 3)
    for function in (rolling_year, seasonal_profile):
        with pytest.raises(UnfitTable, match="6 rows share"):
            function(pl.concat([table, table]))


def test_a_profile_by_hand() -> None:
    # January 10 of 100 and 30 of 150: shares 0.1 and 0.2, mean 0.15, spread sqrt(2 * 0.05^2)
    first, second = [10.0] + [90 / 11] * 11, [30.0] + [120 / 11] * 11
    result = seasonal_profile(months([*first, *second, 5.0]))
    assert result.height == 12
    january = result.row(0, named=True)
    assert (january["month"], january["years"]) == (1, 2)
    assert january["seasonal_profile"] == pytest.approx(0.15)
    assert (january["lowest"], january["highest"]) == pytest.approx((0.1, 0.2))
    assert january["spread"] == pytest.approx(0.005**0.5)
    assert result["seasonal_profile"].sum() == pytest.approx(1)


def test_a_year_that_is_not_full_or_without_trade_has_no_profile() -> None:
    assert seasonal_profile(months([1.0] * 11)).height == 0
    assert seasonal_profile(months([0.0] * 12)).height == 0
    single = seasonal_profile(months([1.0] * 12))
    assert single["spread"].to_list() == [None] * 12
    assert set(single["seasonal_profile_absence"]) == {"one_year"}


def test_growth_per_day_by_hand() -> None:
    # 220 in 22 days is 10 a day, 180 in 16 days 11.25
    table = pl.DataFrame({"value_0": [220], "value_1": [180], "working_days_0": [22], "working_days_1": [16]})
    assert growth_per_working_day(table).row(0)[4:] == (pytest.approx(0.125), None)


def test_no_days_no_rate_and_a_balance_has_none() -> None:
    table = pl.DataFrame({"value_0": [220], "value_1": [180], "working_days_0": [22], "working_days_1": [None]})
    assert growth_per_working_day(table)["growth_per_working_day_absence"].item() == "no_days"
    with pytest.raises(UnfitTable, match="1 of 1 rows have a negative value_0"):
        growth_per_working_day(table.with_columns(value_0=pl.lit(-220)))
