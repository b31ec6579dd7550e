"""Working days of Viet Nam, against the days off that its government announced."""

from datetime import date

import pytest

from corridor.codes.working_days import working_days
from corridor.errors import NothingFound


@pytest.mark.parametrize(
    ("year", "month", "last", "days"),
    [
        # 31 days, 22 weekdays, 1 January off.
        (2024, 1, 31, 22),
        # 8 to 14 February 2024 off: five of 21 weekdays.
        (2024, 2, 29, 16),
        # 1 January, then 27 to 31 January 2025 off: six of 23 weekdays.
        (2025, 1, 31, 17),
        (2025, 2, 28, 20),
        # 29 April to 3 May 2023: the Hung Kings' day and 30 April fell on a weekend, 1 to 3 May were off.
        (2023, 5, 31, 20),
        # 2 and 3 September 2024 off.
        (2024, 9, 30, 19),
        (2020, 9, 30, 21),
    ],
)
def test_a_month_has_its_weekdays_without_the_holidays(year: int, month: int, last: int, days: int) -> None:
    assert working_days(date(year, month, 1), date(year, month, last)) == days


def test_spans_add_up() -> None:
    months = [(date(2025, 1, 1), date(2025, 1, 31)), (date(2025, 2, 1), date(2025, 2, 28))]
    assert sum(working_days(*month) for month in months) == working_days(date(2025, 1, 1), date(2025, 2, 28)) == 37


def test_unknown_holidays_are_not_guessed() -> None:
    with pytest.raises(NothingFound, match="the public holidays of 2040 are not known here: 2010 to 2027 are"):
        working_days(date(2040, 1, 1), date(2040, 1, 31))
