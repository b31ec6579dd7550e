"""The lunar New Year (Tet) in Viet Nam's calendar: it moves trade between January and February."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from corridor.codes._resources import yaml_table
from corridor.errors import NothingFound

#: First and last year whose Tet is known here.
FIRST_YEAR, LAST_YEAR = 2000, 2035

# Five working days by law (Labour Code of Viet Nam 2019, article 112): the employer starts them one or two days before
# the first day of the lunar year. The days below hold either choice.
_DAYS_BEFORE, _DAYS_AFTER = 2, 4


@cache
def _days() -> Mapping[int, date]:
    days = (date.fromisoformat(text) for text in yaml_table("lunar_new_year.yml")["days"])
    return {day.year: day for day in days}


def tet(year: int) -> date:
    """The first day of the lunar year that begins in the given year, in Viet Nam.

    Raises `NothingFound` outside `FIRST_YEAR`..`LAST_YEAR`.
    """
    try:
        return _days()[year]
    except KeyError:
        raise NothingFound(f"the date of Tet in {year} is not known here: {FIRST_YEAR} to {LAST_YEAR} are") from None


def _holiday(year: int) -> tuple[date, date]:
    day = tet(year)
    return day - timedelta(days=_DAYS_BEFORE), day + timedelta(days=_DAYS_AFTER)


def tet_days(start: date, end: date) -> int:
    """How many of the holiday's seven days fall between two days, both included."""
    holidays = (_holiday(year) for year in range(start.year, end.year + 1))
    return sum(max(0, (min(last, end) - max(first, start)).days + 1) for first, last in holidays)


def _months(year: int) -> Mapping[int, int]:
    first, last = _holiday(year)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {month: sum(day.month == month for day in span) for month in (1, 2)}


def tet_shift(year: int, other: int) -> tuple[int, ...]:
    """The months (1 January, 2 February) that hold a different number of holidays in two years; empty if none.

    2024 and 2025 give (1, 2): the holiday fell wholly in February 2024, and mostly in January 2025.
    """
    one, two = _months(year), _months(other)
    return tuple(month for month in one if one[month] != two[month])


def tet_disturbs(start: date, end: date, base_start: date, base_end: date) -> bool:
    """Whether a comparison of two periods, given by their first and last days, is disturbed by the holiday's move."""
    return tet_days(start, end) != tet_days(base_start, base_end)
