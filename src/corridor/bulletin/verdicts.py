"""Claim by claim: does an official figure bear it out, and if not, what is it probably?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corridor.bulletin.claims import UNKNOWN, Claim, Flow, MeasureName
from corridor.bulletin.compare import Answer, answers, firm, holds
from corridor.bulletin.differences import Kind, explained, other_measure
from corridor.bulletin.figures import Figures, Official
from corridor.bulletin.told import measured, subject_of, told
from corridor.bulletin.when import When
from corridor.codes import calendar
from corridor.evidence import Finding, Name, Parameter

Verdict = Literal["agrees", "differs", "inconsistent", "unverifiable"]

_TET = "lunar_new_year"


@dataclass(frozen=True)
class Judgement:
    """A verdict, what the error probably is, the official figure in the claim's unit, and the reason."""

    verdict: Verdict
    kind: Kind
    reason: Finding
    official: Official | None = None


def judge(claim: Claim, figures: Figures) -> Judgement:
    """The verdict on one claim by the tables alone."""
    missing = _not_said(claim)
    if missing:
        return Judgement("unverifiable", "none", Finding(missing, subject_of(claim)))
    found = answers(claim, figures)
    if not found:
        return _without_figures(claim, figures)
    hit = next((answer for answer in found if holds(claim, answer)), None)
    if hit is not None:
        return _agreement(claim, hit, found)
    other = None if claim.of_said else other_measure(claim, found, figures)
    if other is not None:
        return Judgement("agrees", "none", replace(other[1], key="agrees.measure"), found[0].official)
    if not firm(found):
        return Judgement("unverifiable", "none", told("unverifiable.other_side", claim, found[0]), None)
    return _difference(claim, found, figures)


def _not_said(claim: Claim) -> str:
    if claim.product == UNKNOWN:
        return "unverifiable.product"
    if not claim.period:
        return "unverifiable.period"
    return "" if claim.reporter and claim.partner and claim.reporter != claim.partner else "unverifiable.pair"


def _agreement(claim: Claim, hit: Answer, found: Sequence[Answer]) -> Judgement:
    if claim.measure == "direction":
        key = "agrees.direction"
    elif hit.official.mirrored:
        key = "agrees.mirror"
    elif hit.official.series != found[0].official.series:
        key = "agrees.release"
    elif not claim.stated.holds(hit.official.value):
        key = "agrees.reading"
    else:
        key = "agrees.compared" if hit.base is not None else "agrees"
    reason = told(key, claim, hit)
    if _tet_disturbs(claim):
        reason = Finding("agrees.unlike", {"official": reason}, traces=reason.traces, caveats=(_TET,))
    return Judgement("agrees", "none", reason, hit.official)


def _tet_disturbs(claim: Claim) -> bool:
    """Whether the lunar New Year makes the comparison one of unlike months."""
    if claim.base is None or not claim.base.period:
        return False
    when, base = When.parse(claim.period).period(), When.parse(claim.base.period).period()
    if when is None or base is None or claim.base.kind == "previous":
        return False
    if not all(calendar.FIRST_YEAR <= day.year <= calendar.LAST_YEAR for day in (when.start, base.start)):
        return False
    return calendar.tet_disturbs(when.start, when.end, base.start, base.end)


# Where no figure is held


def _without_figures(claim: Claim, figures: Figures) -> Judgement:
    if claim.change and claim.readings:
        return Judgement("unverifiable", "none", Finding("unverifiable.readings", _readings(claim)))
    missing = tuple(_missing(claim, figures))
    if claim.measure in ("share", "rank") and not missing:
        return Judgement("unverifiable", "none", Finding("unverifiable.market", subject_of(claim)))
    missing = missing or (Finding("series", subject_of(claim)),)
    return Judgement("unverifiable", "none", Finding("unverifiable.missing", {"missing": missing}))


def _missing(claim: Claim, figures: Figures) -> Iterator[Finding]:
    """The series that are not held: of a turnover or a balance, either flow; of a comparison, either period."""
    flows: tuple[Flow, ...] = ("export", "import") if claim.flow in ("turnover", "balance") else (claim.flow,)
    periods = dict.fromkeys(filter(None, (claim.period, claim.base.period if claim.base else "")))
    measure: MeasureName = "volume" if claim.of == "volume" else "value"
    level = replace(claim, measure=measure, base=None, change=False)
    for period in periods:
        for flow in flows:
            asked = replace(level, flow=flow, period=period)
            if not answers(asked, figures):
                yield Finding("series", subject_of(asked))


def _lack(claim: Claim) -> dict[str, Parameter]:
    base = claim.base.period if claim.base else ""
    return {**subject_of(claim), "base_period": Name("period", base)}


def _readings(claim: Claim) -> dict[str, Parameter]:
    subject = _lack(claim)
    point = next(interval for interval in claim.readings)
    return {**subject, "percent": measured(claim.number, "percent"), "points": measured(claim.number, point.unit)}


# Where the figures differ


def _difference(claim: Claim, found: Sequence[Answer], figures: Figures) -> Judgement:
    kind, reason = explained(claim, found, figures) or ("none", told("differs.none", claim, found[0]))
    return Judgement("differs", kind, reason, found[0].official)


__all__ = ["Judgement", "Kind", "Verdict", "judge"]
