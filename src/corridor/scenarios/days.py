"""Date arithmetic of treaties: months and years counted from a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month too short for it (31 January + 1 = 28 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 28 February for 29 February."""
    return months_later(day, 12 * years)
