"""Periods as international publishers write them: ``2021``, ``2024-Q1``, ``2024Q1``, ``2025-M06``, ``2025-06``."""

from __future__ import annotations

import calendar
import re
from datetime import date

_PERIOD = re.compile(r"(?P<year>[0-9]{4})(?:(?:-?(?P<kind>[AMQ])|-)(?P<number>[0-9]{1,2}))?")


def period(text: str) -> tuple[str, date, date] | None:
    """Frequency, first and last day of a period; None for what is no period."""
    found = _PERIOD.fullmatch(text.strip())
    if found is None or not int(found["year"]):
        return None
    freq = "A" if found["number"] is None else found["kind"] or "M"
    number = int(found["number"] or 1)
    months = {"A": 12, "Q": 3, "M": 1}[freq]
    first, last = (number - 1) * months + 1, number * months
    if not 1 <= first <= last <= 12:
        return None
    year = int(found["year"])
    return freq, date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
