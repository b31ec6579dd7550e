"""Which periods a study sets against which: a period that is not complete only meets the same months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corridor.codes.periods import Period
from corridor.errors import NothingFound

Kind = Literal["year", "partial", "month", "period"]


@dataclass(frozen=True)
class Comparison:
    """One period against its base.

    ``partial`` marks a year that is not over: its base is the same months of the year before, and every
    table, chart and sentence that shows it says so.
    """

    base: Period
    current: Period
    kind: Kind

    @property
    def partial(self) -> bool:
        """Whether the current period is a year that is not complete."""
        return self.kind == "partial"


@dataclass(frozen=True)
class Agenda:
    """What a study compares: ``shown`` in the report, ``months`` in the data only; ``periods`` are described.

    ``missing`` are periods that were asked for and cannot be answered.
    """

    periods: tuple[Period, ...]
    shown: tuple[Comparison, ...]
    months: tuple[Comparison, ...] = ()
    missing: tuple[Period, ...] = ()

    @property
    def latest(self) -> Period:
        """The latest complete period, on which structure is described."""
        partial = {comparison.current for comparison in self.shown if comparison.partial}
        complete = [period for period in self.periods if period not in partial]
        return max(complete or self.periods, key=lambda period: period.end)

    def comparison_of(self, period: Period) -> Comparison | None:
        """The shown comparison whose current period is ``period``, if there is one."""
        return next((each for each in self.shown if each.current == period), None)


class NotHeld(NothingFound):
    """None of the periods asked for is held."""


def agenda(asked: tuple[Period, ...], available: tuple[Period, ...], holds: Callable[[Period], bool]) -> Agenda:
    """The periods to describe and compare.

    ``available`` are the years, year-to-date spans and months that the series has figures for; ``holds`` tells
    of any other period whether it can be made. Without ``asked``: every complete year against the one before, the
    latest incomplete year against the same months, and every month against the same month of the year before.
    """
    if asked:
        return _asked_agenda(asked, holds)
    years = tuple(sorted((p for p in available if p.freq == "A"), key=lambda p: p.end))
    partial = _partial(years, available)
    months = tuple(sorted((p for p in available if p.freq == "M" and not p.cumulative), key=lambda p: p.end))
    shown = [
        Comparison(base, current, "year") for base, current in pairwise(years) if base.end.year + 1 == current.end.year
    ]
    if partial:
        shown.append(partial)
    periods = (*years, *((partial.base, partial.current) if partial else ())) or months
    if not periods:
        raise NothingFound(
            "no complete year and no month of this pair is held", next_step="add the publisher's monthly files"
        )
    told = {partial.current} if partial else set()
    pairs = [Comparison(month.same_period_last_year(), month, "month") for month in months if month not in told]
    return Agenda(tuple(periods), tuple(shown), tuple(pair for pair in pairs if pair.base in months))


def _asked_agenda(asked: tuple[Period, ...], holds: Callable[[Period], bool]) -> Agenda:
    missing = tuple(period for period in asked if not holds(period))
    held = [period for period in asked if period not in missing]
    if not held:
        raise NotHeld(
            f"no figures for {', '.join(period.code for period in missing)}",
            next_step="corridor coverage shows which periods are held; add the missing files or ask for others",
        )
    shown = []
    for period in held:
        base = period.same_period_last_year()
        if holds(base):
            shown.append(Comparison(base, period, _kind(period)))
    bases = [comparison.base for comparison in shown]
    periods = tuple(sorted({*held, *bases}, key=lambda p: (p.end, p.start)))
    return Agenda(periods, tuple(shown), missing=missing)


def _kind(period: Period) -> Kind:
    if period.freq == "YTD" and not period.is_partial_year:
        return "year"
    kinds: dict[str, Kind] = {"A": "year", "M": "month", "YTD": "partial"}
    return kinds.get(period.freq, "period")


def _partial(years: tuple[Period, ...], available: tuple[Period, ...]) -> Comparison | None:
    """The longest span from January after the last whole year that has the same months before it; January is one."""
    last = max((year.end for year in years), default=None)
    counts = [p for p in available if p.freq == "YTD" or (p.freq == "M" and p.start.month == 1)]
    spans = [p for p in counts if last is None or p.end > last]
    for span in sorted(spans, key=lambda p: p.end, reverse=True):
        base = span.same_period_last_year()
        if base in available:
            return Comparison(base, span, "partial")
    return None
