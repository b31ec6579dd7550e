"""Working days in Viet Nam: Monday to Friday without the public holidays of its Labour Code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from corridor.codes import calendar
from corridor.codes._resources import yaml_table
from corridor.errors import NothingFound

#: Whose holidays are known here.
KNOWN_OF = "VNM"
#: Since then the day before National Day, or the one after it, is free as well.
_SECOND_NATIONAL_DAY_SINCE = 2021
# Five days for the lunar New Year; every decision since 2022 gave those that begin two days before it.
_TET_DAYS, _TET_BEFORE = 5, 2
_SATURDAY = 5
_DAY = timedelta(days=1)


def working_days(start: date, end: date) -> int:
    """How many days between two days, both included, were worked in Viet Nam's offices and customs.

    A holiday on a weekend is made up on the next working day. Days that a decision of the government swaps are not
    known here; they seldom leave their month. Raises `NothingFound` outside the years whose holidays are known.
    """
    free = frozenset(day for year in range(start.year, end.year + 1) for day in _free(year))
    return sum(_is_weekday(day) and day not in free for day in _each(start, end))


def _each(start: date, end: date) -> Iterator[date]:
    return (start + place * _DAY for place in range((end - start).days + 1))


def _is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY


@cache
def _hung_kings() -> Mapping[int, date]:
    """The tenth day of the third lunar month, by year."""
    found = (date.fromisoformat(text) for text in yaml_table("hung_kings_day.yml")["days"])
    return {day.year: day for day in found}


@cache
def _free(year: int) -> frozenset[date]:
    """The weekdays off: holidays, and for each on a weekend the next weekday that is none."""
    if year not in _hung_kings():
        known_years = sorted(_hung_kings())
        raise NothingFound(
            f"the public holidays of {year} are not known here: {known_years[0]} to {known_years[-1]} are",
            next_step="ask without working days",
        )
    holidays = set(_holidays(year))
    for day in sorted(each for each in holidays if not _is_weekday(each)):
        made_up = day
        while not _is_weekday(made_up) or made_up in holidays:
            made_up += _DAY
        holidays.add(made_up)
    return frozenset(each for each in holidays if _is_weekday(each))


def _holidays(year: int) -> Iterator[date]:
    yield from (date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2), _hung_kings()[year])
    if year >= _SECOND_NATIONAL_DAY_SINCE:
        yield date(year, 9, 1)
    first = calendar.tet(year) - _TET_BEFORE * _DAY
    yield from (first + place * _DAY for place in range(_TET_DAYS))
