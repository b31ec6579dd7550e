"""The lunar New Year rule: which comparisons its move disturbs, and the two months that answer in their place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from corridor.codes import calendar
from corridor.codes.periods import Period
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.study.comparisons import Comparison
from corridor.study.ledger import Ledger

#: Whose holiday the calendar of `corridor.codes.calendar` is.
CELEBRATED_IN = "VNM"
CAVEAT = "lunar_new_year"


def disturbed(one: str, other: str, comparison: Comparison) -> bool:
    """Whether two economies' trade is compared over unlike months: one of them celebrates, and its holiday moved."""
    current, base = comparison.current, comparison.base
    if CELEBRATED_IN not in (one, other):
        return False
    if any(not calendar.FIRST_YEAR <= period.end.year <= calendar.LAST_YEAR for period in (current, base)):
        return False
    return calendar.tet_disturbs(current.start, current.end, base.start, base.end)


def days(comparison: Comparison) -> tuple[date, date]:
    """The first day of the lunar year in the year of the period and in that of its base."""
    return calendar.tet(comparison.current.end.year), calendar.tet(comparison.base.end.year)


def both_months(comparison: Comparison) -> Comparison:
    """January and February together, in both years."""
    current, base = (Period.year_to_date(period.end.year, 2) for period in (comparison.current, comparison.base))
    return Comparison(base, current, "partial")


def findings(ledger: Ledger, comparison: Comparison) -> Iterator[Finding]:
    """The warning on a disturbed comparison, and both flows over the two months together where they are held."""
    series = ledger.series
    if not disturbed(series.reporter, series.partner, comparison):
        return
    day, base_day = days(comparison)
    told: dict[str, Parameter] = {
        "period": Name("period", comparison.current.code),
        "base": Name("period", comparison.base.code),
        "day": Name("period", day.isoformat()),
        "base_day": Name("period", base_day.isoformat()),
    }
    yield Finding("product_groups.lunar_new_year", told, caveats=(CAVEAT,))
    yield from _together(ledger, comparison)


def _together(ledger: Ledger, alone: Comparison) -> Iterator[Finding]:
    both = both_months(alone)
    ends = {
        (flow, side): ledger.total(flow, period)
        for flow in ("export", "import")
        for side, period in (("now", both.current), ("base", both.base))
    }
    if any(ends[flow, "now"] is None for flow in ("export", "import")):
        return
    given: dict[str, Parameter] = {
        "reporter": Name("area", ledger.series.reporter),
        "partner": Name("area", ledger.series.partner),
        "period": Name("period", alone.current.code),
        "months": Name("period", both.current.code),
        "base_months": Name("period", both.base.code),
    }
    for flow in ("export", "import"):
        now, base = ends[flow, "now"], ends[flow, "base"]
        given[f"{flow}s"] = Measure(_value(now), "usd")
        before = _value(base)
        growth = _value(now) / before - 1 if before else None
        given[f"{flow}s_growth"] = Measure(growth, "growth", "" if before else "no_base")
    traces = tuple(part for row in ends.values() if row for part in str(row["trace_id"]).split())
    yield Finding("product_groups.january_february", given, tuple(dict.fromkeys(traces)))


def _value(row: dict[str, object] | None) -> float:
    return float(str(row["value_usd"])) if row else 0.0
