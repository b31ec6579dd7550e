"""Growth per working day: the period and its base as if both had had the same number of days."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from corridor.bulletin.totals import Amount, Totals
from corridor.codes import working_days
from corridor.codes.periods import Period
from corridor.errors import UsageError
from corridor.indicators import growth_per_working_day

_NAMES = ("exports", "imports", "turnover")


@dataclass(frozen=True)
class PerDay:
    """Working days of the period and of its base where the figures were collected, and growth a day (0.1 = +10 %).

    ``growth`` holds exports, imports and turnover; None where one of the two ends is not held.
    """

    days: int
    base_days: int
    growth: dict[str, float | None]


def per_day(totals: Totals, publisher: str) -> PerDay:
    """What `growth_per_working_day` says of the totals.

    ``publisher`` is the area whose customs counted: a declaration is filed on its working days. Raises `UsageError`
    for one whose holidays are not known, `NothingFound` for a year whose are not.
    """
    if publisher != working_days.KNOWN_OF:
        raise UsageError(
            f"the working days of {publisher} are not known here, only those of {working_days.KNOWN_OF}",
            next_step="ask without --working-days",
        )
    days, base_days = (_days(each) for each in (totals.comparison.current, totals.comparison.base))
    rows = [_row(name, getattr(totals, name), days, base_days) for name in _NAMES]
    types = {"value_0": pl.Float64, "value_1": pl.Float64}
    found = growth_per_working_day(pl.DataFrame(rows, schema_overrides=types))
    rates = found["growth_per_working_day"].to_list()
    return PerDay(days, base_days, dict(zip(_NAMES, rates, strict=True)))


def _days(period: Period) -> int:
    return working_days.working_days(period.start, period.end)


def _row(name: str, amount: Amount, days: int, base_days: int) -> dict[str, object]:
    return {
        "name": name,
        "value_0": amount.before,
        "value_1": amount.now,
        "working_days_0": float(base_days),
        "working_days_1": float(days),
    }
