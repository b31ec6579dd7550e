"""How a rate falls year by year under an agreement, and what is paid of it.

Categories of the agreement between the Eurasian Economic Union and Viet Nam, annex 1. The yearly rates themselves
stand in the annex; where the user has none, equal annual cuts are the usual form and are named so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from corridor.errors import UsageError

Category = Literal["at_once", "equal_cuts", "quarter_then_fixed", "no_commitment"]

#: Category -> what it promises.
CATEGORIES: Mapping[Category, str] = {
    "at_once": "zero when the agreement enters into force",
    "equal_cuts": "equal annual cuts to zero in the last year",
    "quarter_then_fixed": "cut by 25 % of the base rate at once, then fixed",
    "no_commitment": "no commitment: the MFN rate is paid",
}


def staged_rate(base: float, category: Category, year: int, *, first: int, last: int | None = None) -> float | None:
    """The highest rate the schedule allows in a year; None without a commitment.

    ``base`` is the base rate (share), ``first`` the year of the first cut, ``last`` the first year at zero
    (``equal_cuts`` only). Equal cuts: ``base * (last - year) / (last - first + 1)`` between them. Before ``first`` it
    is the base rate.

    Raises: UsageError for a base rate below zero, or equal cuts without their last year.

    Worked example: base 10 %, first cut 2016, zero in 2020: 8 % in 2016, 4 % in 2018, 0 from 2020.
    """
    if base < 0:
        raise UsageError(f"a base rate of {base:g} is below zero")
    if category == "no_commitment":
        return None
    if year < first:
        return base
    if category == "equal_cuts":
        return _equal_cuts(base, year, first, last)
    return 0.0 if category == "at_once" else base * 0.75


def _equal_cuts(base: float, year: int, first: int, last: int | None) -> float:
    if last is None or last < first:
        raise UsageError("equal annual cuts need the year they end in, not before they begin")
    return base * max(0, last - year) / (last - first + 1)


def applied_rate(scheduled: float | None, mfn: float, *, accelerated: float | None = None) -> float:
    """What is paid: the lowest of the schedule's rate, a voluntary lower one, and MFN. All shares.

    The schedule is a ceiling: a party may go below it and come back to it (article 2.3(2)); where it is above the MFN
    rate, the MFN rate is paid (article 2.3(4)). Worked example: MFN 5 %, schedule 6 %: 5 %.
    """
    return min(rate for rate in (scheduled, accelerated, mfn) if rate is not None)
