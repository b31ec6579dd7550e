"""Which rows tell of a calendar year."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from corridor.codes.whole_years import is_whole_year

SPANS = [
    (date(2024, 1, 1), date(2024, 12, 31), True),
    (date(2023, 1, 1), date(2023, 12, 31), True),
    (date(2024, 1, 1), date(2024, 11, 30), False),
    (date(2023, 2, 1), date(2024, 1, 31), False),
    (date(2023, 1, 1), date(2024, 12, 31), False),
    (date(2024, 2, 1), date(2024, 12, 31), False),
    (date(2024, 12, 31), date(2024, 12, 31), False),
]


@pytest.mark.parametrize(("start", "end", "whole"), SPANS)
def test_a_calendar_year_from_its_first_day_to_its_last_is_whole(start: date, end: date, whole: bool) -> None:
    rows = pl.DataFrame({"period_start": [start], "period_end": [end]})
    assert rows.select(is_whole_year()).item() is whole


def test_one_year_is_told_from_another() -> None:
    rows = pl.DataFrame({"period_start": [one for one, *_ in SPANS], "period_end": [end for _, end, _ in SPANS]})
    assert rows.filter(is_whole_year(2024)).height == 1
    assert rows.filter(is_whole_year()).height == 2
