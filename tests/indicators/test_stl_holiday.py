"""Season, trend and a moving holiday."""

import math
from collections.abc import Callable, Collection
from datetime import date

import numpy as np
import polars as pl
import pytest

from corridor.codes.calendar import tet_days
from corridor.codes.frames import UnfitTable
from corridor.codes.stl import smoothers
from corridor.errors import UsageError
from corridor.indicators import stl_holiday

PARTS = ["stl_trend", "stl_seasonal", "stl_holiday", "stl_remainder"]


def series(count: int, value: Callable[[int, int], float], holidays: Collection[int] = ()) -> pl.DataFrame:
    ends = [date(2019 + at // 12, at % 12 + 1, 28) for at in range(count)]
    days = [7 if at in holidays else 0 for at in range(count)]
    return pl.DataFrame(
        {"period_end": ends, "value_usd": [value(at, days[at]) for at in range(count)], "holiday_days": days}
    )


#: The lunar New Year is in January in one year and in February in another.
MOVING = {1, 12, 25, 37, 48, 60 + 1}


def test_a_known_holiday_is_found_and_the_parts_are_the_whole() -> None:
    # growth of 1 % a month, Decembers doubled, 20 % less in a month with the holiday
    def value(at: int, days: int) -> float:
        return 100 * 1.01**at * (2 if at % 12 == 11 else 1) * (0.8 if days else 1)

    result = stl_holiday(series(72, value, MOVING))
    product = pl.col("stl_trend") * pl.col("stl_seasonal") * pl.col("stl_holiday") * pl.col("stl_remainder")
    assert result.select(product).to_series().to_list() == pytest.approx(result["value_usd"].to_list())
    effect = result.group_by(pl.col("holiday_days") > 0).agg(pl.col("stl_holiday").mean()).sort("holiday_days")
    assert effect["stl_holiday"].to_list() == pytest.approx([1, 0.8], rel=1e-9)
    assert result["stl_remainder"].to_list() == pytest.approx([1] * 72, abs=0.02)


def test_without_logarithms_the_parts_add_up() -> None:
    result = stl_holiday(series(48, lambda at, days: 100 + at - 3 * days, MOVING), logarithms=False)
    assert result.select(pl.sum_horizontal(PARTS)).to_series().to_list() == pytest.approx(result["value_usd"].to_list())
    assert result.filter(pl.col("holiday_days") > 0)["stl_holiday"].to_list() == pytest.approx([-21] * 4)


#: statsmodels 0.15.0, STL(series, period=12, seasonal=7): trend and season in some months of
#: 50 + t/2 + 8 sin(2 pi t / 12) + (7 t^2 mod 11) over 40 months, printed to ten digits.
STATSMODELS = {
    0: (55.0755121956, -3.7786176803),
    5: (58.0372395027, 9.5706965873),
    11: (61.4687062534, -8.7387063022),
    20: (65.972691394, -5.970908346),
    39: (76.0463197798, 11.9760113154),
}


@pytest.mark.parametrize("at", sorted(STATSMODELS))
def test_the_decomposition_is_that_of_statsmodels(at: int) -> None:
    values = np.array([50 + t / 2 + 8 * math.sin(2 * math.pi * t / 12) + (7 * t * t) % 11 for t in range(40)])
    trend, season = smoothers(40, 12, 7)
    assert (float(trend[at] @ values), float(season[at] @ values)) == pytest.approx(STATSMODELS[at], abs=1e-9)


def test_a_holiday_in_the_same_month_is_a_season() -> None:
    result = stl_holiday(series(48, lambda at, days: 100 + at, {1, 13, 25, 37}))
    assert set(result["stl_holiday_absence"]) == {"not_determined"}
    assert result["stl_holiday"].null_count() == 48


def test_tet_moves() -> None:
    # 2019: 5 February; 2020: 25 January
    assert [tet_days(date(year, 1, 1), date(year, 1, 31)) for year in (2019, 2020)] == [0, 7]


def test_less_than_three_years_gaps_and_zeros() -> None:
    with pytest.raises(UnfitTable, match="a series has 35 months; a season needs three full years"):
        stl_holiday(series(35, lambda at, days: 100, MOVING))
    with pytest.raises(UnfitTable, match="a series has gaps"):
        stl_holiday(series(48, lambda at, days: 100, MOVING).filter(pl.int_range(pl.len()) != 7))
    zero = stl_holiday(series(48, lambda at, days: at, MOVING))
    assert set(zero["stl_holiday_absence"]) == {"zero_in_series"}
    with pytest.raises(UsageError, match="a season cannot see 8 years"):
        stl_holiday(series(48, lambda at, days: 100, MOVING), seasonal=8)
