"""Safeguards of the agreement between the Eurasian Economic Union and Viet Nam.

Trigger safeguards (article 2.10) are the Union's against goods of Viet Nam; bilateral ones (article 3.4) are open to
both sides. Levels by year and group stand in annex 2 and are the user's to supply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from corridor.errors import UsageError
from corridor.scenarios.days import months_later, years_later

#: The agreement entered into force.
ENTRY = date(2016, 10, 5)

# Trigger safeguard

State = Literal["below", "exceeded", "exceeded_by_half"]
Phase = Literal["not_taken", "taken", "in_force", "expired"]

#: A level counts as exceeded by half above this ratio; the measure may then last three months longer.
BY_HALF = 1.5
_MONTHS: dict[State, int] = {"below": 0, "exceeded": 6, "exceeded_by_half": 9}
#: Days between a decision and its effect that the treaty asks for; of notice before it and of notification after it.
LEAST_DAYS, NOTICE_DAYS, NOTIFY_DAYS = 30, 20, 3


@dataclass(frozen=True)
class Trigger:
    """Where imports of a group stand against the year's level; ``most_months`` a measure may last."""

    ratio: float
    state: State
    most_months: int


def trigger(imports: float, level: float) -> Trigger:
    """The state of a group in a calendar year: ``imports`` since 1 January and the year's ``level``, in one unit.

    Exactly at the level is not above it. The ratio on the day the measure is applied decides between six and nine
    months.

    Raises: UsageError for a level that is not positive or imports below zero.

    Source: article 2.10. Cases: 79.4 % of the level (dresses, 2020) and exactly 100 % (suits, 2021) give no measure,
    105 % six months, 175 % (underwear, 2021) nine.
    """
    if not level > 0 or imports < 0:
        raise UsageError("a trigger level must be positive and imports not below zero")
    ratio = imports / level
    state: State = "exceeded_by_half" if ratio > BY_HALF else "exceeded" if ratio > 1 else "below"
    return Trigger(ratio, state, _MONTHS[state])


@dataclass(frozen=True)
class Clause:
    """When an act says it takes effect: so many days after it was taken or published, or on a day it names."""

    days: int = LEAST_DAYS
    after: Literal["taken", "published"] = "published"
    on: date | None = None


@dataclass(frozen=True)
class Measure:
    """A trigger safeguard with its three dates. The duty is the MFN rate of the day ``in_force``.

    ``until`` is the last day; ``notice_by`` the latest day for the notice before the decision and ``notify_by`` for
    that after it; ``before_treaty`` says that the act takes effect earlier than the treaty's 30 days after it was
    taken: the act is what customs apply.
    """

    taken: date
    published: date
    in_force: date
    until: date
    notice_by: date
    notify_by: date
    before_treaty: bool

    def phase(self, on: date) -> Phase:
        """Where the measure stands on a day: not taken, taken and waiting, in force, or expired."""
        if on < self.taken:
            return "not_taken"
        if on < self.in_force:
            return "taken"
        return "in_force" if on <= self.until else "expired"


def measure(state: State, *, taken: date, published: date, clause: Clause, months: int | None = None) -> Measure:
    """The measure that a decision makes of an exceeded level.

    ``clause`` is the act's own: where it and the treaty's minimum differ, the act wins. ``months`` is the length the
    act states (None: the most the state allows).

    Raises: UsageError where the level is not exceeded, the act lasts longer than the state allows, or it is published
    before it is taken.

    Worked example: taken 12 February, in force 14 March 2018 for nine months: the last day is 13 December 2018.
    """
    most = _MONTHS[state]
    length = most if months is None else months
    if not 0 < length <= most:
        raise UsageError(f"a measure of {length} months, where the level is {state.replace('_', ' ')}, at most {most}")
    if published < taken:
        raise UsageError(f"published {published}, before it was taken on {taken}")
    base = taken if clause.after == "taken" else published
    in_force = clause.on or base + timedelta(days=clause.days)
    return Measure(
        taken=taken,
        published=published,
        in_force=in_force,
        until=months_later(in_force, length) - timedelta(days=1),
        notice_by=taken - timedelta(days=NOTICE_DAYS),
        notify_by=taken + timedelta(days=NOTIFY_DAYS),
        before_treaty=in_force < taken + timedelta(days=LEAST_DAYS),
    )


# Bilateral safeguard

#: Share of domestic production below which producers are no domestic industry.
LEAST_SHARE_OF_PRODUCTION = 0.25
_LONGEST_YEARS = 2
#: Years from the agreement's entry to the final rate -> years the window stays open after it.
_WINDOWS = ((3, 7), (5, 5))
_WINDOW_OF_THE_REST = 3


def window_ends(final_rate: date, *, entry: date = ENTRY) -> date:
    """The day on which the transition period of a good ends: no bilateral safeguard can be in force after it.

    ``final_rate`` is the day its duty reaches the final rate. Seven years on for goods that reach it within three years
    of the agreement's entry, five within five years, three for the rest.

    Source: article 3.4. Cases: 2019-10-05 and 2021-10-05 give 2026-10-05; 2025-01-01 gives 2028-01-01.
    """
    for within, years in _WINDOWS:
        if final_rate <= years_later(entry, within):
            return years_later(final_rate, years)
    return years_later(final_rate, _WINDOW_OF_THE_REST)


def objections(
    start: date,
    until: date,
    *,
    final_rate: date,
    earlier: Sequence[tuple[date, date]] = (),
    share_of_production: float | None = None,
    entry: date = ENTRY,
) -> tuple[str, ...]:
    """Why a bilateral safeguard from one day to another would break article 3.4; empty where it would not.

    ``earlier`` are first and last days of measures on the same good. Words: ``window_closed``; ``too_long``
    (two years; three for goods whose final rate comes more than three years after entry); ``too_soon`` (within one year
    of the last one); ``third_time`` (goods reaching the final rate within three years); ``not_the_industry`` (producers
    of less than 25 % of domestic production).
    """
    quick = final_rate <= years_later(entry, _WINDOWS[0][0])
    longest = _LONGEST_YEARS + (not quick)
    found = {
        "window_closed": until > window_ends(final_rate, entry=entry),
        "too_long": until >= years_later(start, longest),
        "too_soon": any(last < start <= years_later(last, 1) for _, last in earlier),
        "third_time": quick and len(earlier) > 1,
        "not_the_industry": share_of_production is not None and share_of_production < LEAST_SHARE_OF_PRODUCTION,
    }
    return tuple(reason for reason, holds in found.items() if holds)
