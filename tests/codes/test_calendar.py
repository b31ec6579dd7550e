"""Tet against the sky: the dates are typed as facts and computed here from new moons and solar terms.

Rules of the lunar calendar: Aslaksen (2010), The Mathematics of the Chinese Calendar; Viet Nam reckons by UTC+7.
New moons and the Sun's longitude: Meeus (1998), Astronomical Algorithms, chapters 49 and 25, main terms only.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta, timezone
from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes import calendar
from corridor.errors import NothingFound

YEARS = range(calendar.FIRST_YEAR, calendar.LAST_YEAR + 1)
VIET_NAM, CHINA = timezone(timedelta(hours=7)), timezone(timedelta(hours=8))
J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
DELTA_T = 69 / 86_400  # days by which dynamical time runs ahead of the clock in these decades


def sine(degrees: float) -> float:
    return sin(radians(degrees))


def new_moon(k: float) -> datetime:
    """The instant of the k-th new moon after 6 January 2000, good to two minutes."""
    t = k / 1236.85
    e = 1 - 0.002516 * t
    sun = 2.5534 + 29.10535670 * k
    moon = 201.5643 + 385.81693528 * k
    node = 160.7108 + 390.67050284 * k
    omega = 124.7746 - 1.56375588 * k
    days = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t - 2451545.0
    days += -0.40720 * sine(moon) + 0.17241 * e * sine(sun) + 0.01608 * sine(2 * moon) + 0.01039 * sine(2 * node)
    days += 0.00739 * e * sine(moon - sun) - 0.00514 * e * sine(moon + sun) + 0.00208 * e * e * sine(2 * sun)
    days += -0.00111 * sine(moon - 2 * node) - 0.00057 * sine(moon + 2 * node) + 0.00056 * e * sine(2 * moon + sun)
    days += -0.00042 * sine(3 * moon) + 0.00042 * e * sine(sun + 2 * node) + 0.00038 * e * sine(sun - 2 * node)
    days += -0.00024 * e * sine(2 * moon - sun) - 0.00017 * sine(omega)
    return J2000 + timedelta(days=days - DELTA_T)


def sun_longitude(instant: datetime) -> float:
    """The Sun's apparent longitude in degrees, good to a hundredth."""
    t = ((instant - J2000).total_seconds() / 86_400 + DELTA_T) / 36_525
    anomaly = 357.52911 + 35_999.05029 * t
    centre = (1.914602 - 0.004817 * t) * sine(anomaly) + 0.019993 * sine(2 * anomaly) + 0.000289 * sine(3 * anomaly)
    longitude = 280.46646 + 36_000.76983 * t + centre - 0.00569 - 0.00478 * sine(125.04 - 1_934.136 * t)
    return longitude % 360


def month_starts(year: int, zone: timezone) -> list[date]:
    """First days of the lunar months from the autumn before a year to its spring."""
    first = int((year - 2000) * 12.3685) - 5
    return [new_moon(k).astimezone(zone).date() for k in range(first, first + 12)]


def term(day: date, zone: timezone) -> int:
    """The number of the solar term of 30 degrees in which a day begins: 9 from the winter solstice on."""
    return int(sun_longitude(datetime(day.year, day.month, day.day, tzinfo=zone)) // 30)


def new_year(year: int, zone: timezone) -> date:
    """The second month after the one with the winter solstice, a leap month not counted."""
    starts = month_starts(year, zone)
    months = list(itertools.pairwise(starts))
    solstice = next(n for n, (start, end) in enumerate(months) if term(start, zone) < 9 <= term(end, zone))
    following = month_starts(year + 1, zone)
    next_solstice = next(s for s, e in itertools.pairwise(following) if term(s, zone) < 9 <= term(e, zone))
    leap_year = round((next_solstice - starts[solstice]).days / 29.53) == 13
    # A leap month is the first without a change of term.
    without = [n for n, (s, e) in enumerate(months) if n > solstice and term(s, zone) == term(e, zone)]
    leap_before = leap_year and bool(without) and without[0] <= solstice + 2
    return starts[solstice + 2 + leap_before]


def test_the_new_moon_of_meeus() -> None:
    """Meeus (1998), example 49.a: new moon of 18 February 1977, 3:37:42 dynamical time."""
    error = new_moon(-283) - (datetime(1977, 2, 18, 3, 37, 42, tzinfo=UTC) - timedelta(days=DELTA_T))
    assert abs(error) < timedelta(minutes=2)


def test_the_sun_of_meeus() -> None:
    """Meeus (1998), example 25.a: 13 October 1992, 0h dynamical time, apparent longitude 199.90895."""
    instant = datetime(1992, 10, 13, tzinfo=UTC) - timedelta(days=DELTA_T)
    assert sun_longitude(instant) == pytest.approx(199.90895, abs=1e-4)
    assert cos(radians(sun_longitude(datetime(2024, 3, 20, 3, 6, tzinfo=UTC)))) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("year", YEARS)
def test_tet_is_the_day_of_the_new_moon(year: int) -> None:
    assert calendar.tet(year) == new_year(year, VIET_NAM)


def test_twice_tet_is_a_day_before_the_chinese_new_year() -> None:
    earlier = {year for year in YEARS if new_year(year, CHINA) != calendar.tet(year)}
    assert earlier == {2007, 2030}
    assert (calendar.tet(2007), new_year(2007, CHINA)) == (date(2007, 2, 17), date(2007, 2, 18))


def test_dates_lie_between_21_january_and_20_february() -> None:
    for year in YEARS:
        assert date(year, 1, 21) <= calendar.tet(year) <= date(year, 2, 20)


def test_years_last_twelve_or_thirteen_moons() -> None:
    for one, next_one in itertools.pairwise(YEARS):
        assert (calendar.tet(next_one) - calendar.tet(one)).days in {353, 354, 355, 383, 384, 385}


@pytest.mark.parametrize("year", [1999, 2036, 0, -5, 10**9])
def test_unknown_years_are_refused(year: int) -> None:
    with pytest.raises(NothingFound, match="2000 to 2035"):
        calendar.tet(year)


def test_days_of_the_holiday_by_hand() -> None:
    """2025: Tet on 29 January, holiday 27 January to 2 February: five days in January and two in February."""
    assert calendar.tet_days(date(2025, 1, 1), date(2025, 1, 31)) == 5
    assert calendar.tet_days(date(2025, 2, 1), date(2025, 2, 28)) == 2
    assert calendar.tet_days(date(2025, 3, 1), date(2025, 12, 31)) == 0
    assert calendar.tet_days(date(2025, 1, 29), date(2025, 1, 29)) == 1
    assert calendar.tet_days(date(2023, 1, 1), date(2025, 12, 31)) == 21


@pytest.mark.parametrize(
    ("one", "other", "months"),
    [
        (2024, 2025, (1, 2)),  # 8-14 February against 27 January - 2 February
        (2023, 2024, (1, 2)),  # 20-26 January against 8-14 February
        (2018, 2019, ()),  # 14-20 February against 3-9 February
        (2025, 2025, ()),
    ],
)
def test_months_touched(one: int, other: int, months: tuple[int, ...]) -> None:
    assert calendar.tet_shift(one, other) == months
    assert calendar.tet_shift(other, one) == months


def test_what_the_holiday_disturbs() -> None:
    january = (date(2025, 1, 1), date(2025, 1, 31), date(2024, 1, 1), date(2024, 1, 31))
    two_months = (date(2025, 1, 1), date(2025, 2, 28), date(2024, 1, 1), date(2024, 2, 29))
    assert calendar.tet_disturbs(*january)
    assert not calendar.tet_disturbs(*two_months)


@given(st.sampled_from(YEARS))
def test_the_holiday_has_seven_days_in_every_year(year: int) -> None:
    assert calendar.tet_days(date(year, 1, 1), date(year, 12, 31)) == 7
    months = [
        calendar.tet_days(date(year, 1, 1), date(year, 1, 31)),
        calendar.tet_days(date(year, 2, 1), date(year, 3, 1)),
    ]
    assert sum(months) == 7
