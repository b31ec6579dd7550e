"""Claim by claim: does an official figure bear it out, and if not, what is it probably?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corridor.bulletin import digits
from corridor.bulletin.claims import TOTAL, UNKNOWN, Claim, Interval
from corridor.bulletin.compare import Answer, against, answers, at, firm, of_flow
from corridor.bulletin.figures import Figures, Official
from corridor.bulletin.when import When
from corridor.codes import calendar
from corridor.codes.periods import Period
from corridor.evidence import Finding, Measure, Name, Parameter

Verdict = Literal["agrees", "differs", "inconsistent", "unverifiable"]
Kind = Literal["typo", "unit", "direction", "sign", "percent_point", "base", "rounding", "wording", "parts", "none"]

_THOUSANDS = (1e3, 1e-3, 1e6, 1e-6)
# A base so near to the official one may be another edition of it; a farther one is something else.
_NEAR_BASE = 0.1
# How many years around the stated base are tried.
_YEARS_AROUND = 3
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
        return Judgement("unverifiable", "none", Finding(missing, _subject(claim)))
    found = answers(claim, figures)
    if not found:
        return _without_figures(claim, figures)
    hit = next((answer for answer in found if _holds(claim, answer)), None)
    if hit is not None:
        return _agreement(claim, hit, found)
    other = None if claim.of_said else _other_measure(claim, found, figures)
    if other is not None:
        return Judgement("agrees", "none", replace(other[1], key="agrees.measure"), found[0].official)
    if not firm(found):
        return Judgement("unverifiable", "none", _told("unverifiable.other_side", claim, found[0]), None)
    return _difference(claim, found, figures)


def _not_said(claim: Claim) -> str:
    if claim.product == UNKNOWN:
        return "unverifiable.product"
    if not claim.period:
        return "unverifiable.period"
    return "" if claim.reporter and claim.partner and claim.reporter != claim.partner else "unverifiable.pair"


def _holds(claim: Claim, answer: Answer, factor: float = 1.0) -> bool:
    return any(interval.times(factor).holds(answer.official.value) for interval in _comparable(claim))


def _comparable(claim: Claim) -> Iterator[Interval]:
    """The readings in the unit of the answer: a change in points is not one in per cent."""
    for interval in claim.intervals:
        if interval.unit == claim.stated.unit and (claim.stated.unit != "percentage_point" or claim.change):
            yield interval


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
    told = _told(key, claim, hit)
    if _tet_disturbs(claim):
        told = Finding("agrees.unlike", {"official": told}, traces=told.traces, caveats=(_TET,))
    return Judgement("agrees", "none", told, hit.official)


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
        return Judgement("unverifiable", "none", Finding("unverifiable.market", _subject(claim)))
    missing = missing or (Finding("series", _subject(claim)),)
    return Judgement("unverifiable", "none", Finding("unverifiable.missing", {"missing": missing}))


def _missing(claim: Claim, figures: Figures) -> Iterator[Finding]:
    """The series that are not held: of a turnover or a balance, either flow; of a comparison, either period."""
    flows = ("export", "import") if claim.flow in ("turnover", "balance") else (claim.flow,)
    periods = dict.fromkeys(filter(None, (claim.period, claim.base.period if claim.base else "")))
    plain = {"measure": "volume" if claim.of == "volume" else "value", "base": None, "change": False}
    for period in periods:
        for flow in flows:
            asked = replace(claim, flow=flow, period=period, **plain)  # type: ignore[arg-type]  # of the closed lists
            if not answers(asked, figures):
                yield Finding("series", _subject(asked))


def _lack(claim: Claim) -> dict[str, Parameter]:
    base = claim.base.period if claim.base else ""
    return {**_subject(claim), "base_period": Name("period", base)}


def _readings(claim: Claim) -> dict[str, Parameter]:
    subject = _lack(claim)
    point = next(interval for interval in claim.readings)
    return {**subject, "percent": _measure(claim.number, "percent"), "points": _measure(claim.number, point.unit)}


# Where the figures differ


def _difference(claim: Claim, found: Sequence[Answer], figures: Figures) -> Judgement:
    tests = _GROWTH_TESTS if claim.base is not None and claim.measure not in ("direction",) else _LEVEL_TESTS
    if claim.measure in ("rank", "direction"):
        tests = (_wording,) if claim.measure == "direction" else ()
    for test in tests:
        explained = test(claim, found, figures)
        if explained is not None:
            return Judgement("differs", explained[0], explained[1], found[0].official)
    return Judgement("differs", "none", _told("differs.none", claim, found[0]), found[0].official)


_Explained = tuple[Kind, Finding] | None


def _rounding(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    apart = abs(claim.number - found[0].official.value)
    return ("rounding", _told("differs.rounding", claim, found[0])) if apart <= claim.step * (1 + 1e-9) else None


def _unit(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    if any(_holds(claim, answer, factor) for factor in _THOUSANDS for answer in found):
        return "unit", _told("differs.unit", claim, found[0])
    return None


def _sign(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    signed = claim.measure == "balance" or (claim.base is not None and claim.measure != "multiple")
    if signed and any(_holds(claim, answer, -1.0) for answer in found):
        return "sign", _told("differs.sign", claim, found[0])
    return None


def _direction(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    other = {"export": "import", "import": "export"}.get(claim.flow)
    if other and any(_holds(claim, answer) for answer in of_flow(claim, other, figures)):
        return "direction", _told("differs.direction", claim, found[0], other_flow=Name("text", other))
    return None


def _other_period(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    """The figure of another period: the year before, the month before, the year to date."""
    when = When.parse(claim.period)
    for other in dict.fromkeys(
        (when.year_before(), _to_date(when), when.before(), _last_month(when), When.year(when.end_year))
    ):
        if other != when and any(_holds(claim, answer) for answer in at(replace(claim, base=None), other, figures)):
            return "base", _told("differs.period", claim, found[0], other=Name("period", other.code))
    return None


def _to_date(when: When) -> When:
    return When.months(when.end_year, 1, when.last % 12 + 1)


def _last_month(when: When) -> When:
    return When(when.last, when.last)


def _percent_point(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    """Points where per cent is meant, or per cent where points are."""
    if claim.stated.unit == "percentage_point" and not claim.change:
        meant = replace(claim.stated, unit="percent")
        if any(meant.holds(answer.official.value) for answer in found):
            return "percent_point", _told("differs.percent_point", claim, found[0])
    if claim.change and claim.stated.unit == "percent":
        points = answers(replace(claim, stated=replace(claim.stated, unit="percentage_point")), figures)
        if any(claim.stated.holds(answer.official.value) for answer in points):
            return "percent_point", _told(
                "differs.points", claim, found[0], points=_official(claim, points[0], "percentage_point")
            )
    return None


def _slip(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    value = found[0].official.value
    if digits.is_slip(claim.number, value, claim.step) or digits.is_point_slip(claim.number, value, claim.step):
        return "typo", _told("differs.typo", claim, found[0])
    return None


def _swapped_digits(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    """In a growth rate only a clear slip counts: its last digit differs for many reasons."""
    value = found[0].official.value
    same_sign = claim.number * value > 0
    if same_sign and (
        digits.is_swap(claim.number, value, claim.step) or digits.is_leading_slip(claim.number, value, claim.step)
    ):
        return "typo", _told("differs.typo", claim, found[0])
    return None


def _other_base(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    """The same current figure against another period."""
    if claim.base is None:
        return None
    for base in _other_bases(claim):
        if base.code == claim.base.period:
            continue
        made = against(claim, base, figures)
        hit = next((answer for answer in made if _holds(claim, answer)), None)
        if hit is not None:
            official = _measure(hit.official.value, claim.stated.unit, claim)
            return "base", _told("differs.base", claim, found[0], other=Name("period", base.code), other_value=official)
    return None


def _other_bases(claim: Claim) -> list[When]:
    when = When.parse(claim.period)
    base = When.parse(claim.base.period) if claim.base else when
    years = [base.shifted(12 * step * sign) for step in range(1, _YEARS_AROUND + 1) for sign in (1, -1)]
    before = [when.before(), when.year_before()]
    return [each for each in dict.fromkeys((*before, *years)) if each.last < when.first or each.last <= when.last - 1]


def _other_span(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    """The growth of another span: of the year to date instead of the month, or the other way round."""
    when = When.parse(claim.period)
    for other in dict.fromkeys((_to_date(when), _last_month(when), When.year(when.end_year))):
        if other == when:
            continue
        made = against(replace(claim, period=other.code), other.year_before(), figures)
        if any(_holds(claim, answer) for answer in made):
            return "base", _told("differs.period", claim, found[0], other=Name("period", other.code))
    return None


def _other_measure(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    """The growth of volume told as that of value, or the other way round."""
    other = {"value": "volume", "volume": "value"}.get(claim.of)
    compares = claim.measure in ("growth_value", "growth_volume", "multiple")
    if other is None or not compares or claim.stated.unit not in ("percent", "ratio") or claim.product == TOTAL:
        return None
    measure = claim.measure if claim.measure == "multiple" else f"growth_{other}"
    made = answers(replace(claim, measure=measure, of=other), figures)  # type: ignore[arg-type]  # of the closed lists
    if any(_holds(claim, answer) for answer in made):
        return "wording", _told("differs.measure", claim, found[0], measure=Name("text", other))
    return None


def _implied_base(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    """A base that no release gives, near enough to the official one to be an edition that is not held."""
    answer = found[0]
    ratio = claim.number if claim.measure == "multiple" else 1 + claim.number / 100
    if answer.current is None or not answer.base or ratio <= 0 or claim.stated.unit not in ("percent", "ratio"):
        return None
    needed = answer.current / ratio
    if abs(needed / answer.base - 1) > _NEAR_BASE or claim.of not in ("value", "volume"):
        return None
    of = "t" if claim.of == "volume" else "USD"
    return "base", _told("differs.implied", claim, answer, needed=_measure(needed, of), base=_measure(answer.base, of))


def _wording(claim: Claim, found: Sequence[Answer], figures: Figures) -> _Explained:
    return "wording", _told("differs.wording", claim, found[0])


_Test = Callable[[Claim, Sequence[Answer], Figures], _Explained]
_LEVEL_TESTS: Sequence[_Test] = (_rounding, _unit, _sign, _direction, _other_period, _slip)
_GROWTH_TESTS: Sequence[_Test] = (
    _percent_point, _rounding, _sign, _swapped_digits, _other_measure, _other_base, _other_span, _direction, _unit,
    _implied_base,
)  # fmt: skip


# The words' parameters


def _told(key: str, claim: Claim, answer: Answer, **more: Parameter) -> Finding:
    parameters: dict[str, Parameter] = {
        **_subject(claim),
        "stated": Name("text", claim.text),
        "official": _official(claim, answer),
        "source": Name("source", answer.official.source),
        "side": Name("area", answer.official.side),
        "release": Name("text", answer.official.release),
        **({"base_period": Name("period", claim.base.period)} if claim.base else {}),
        **more,
    }
    return Finding(key, parameters, traces=tuple(answer.official.trace.split()))


def _official(claim: Claim, answer: Answer, unit: str = "") -> Measure:
    return _measure(answer.official.value, unit or _unit_of(claim), claim)


def _unit_of(claim: Claim) -> str:
    """The unit of the official figure: per cent even where the text wrongly says points."""
    return "percent" if claim.stated.unit == "percentage_point" and not claim.change else claim.stated.unit


def _subject(claim: Claim) -> dict[str, Parameter]:
    return {
        "flow": Name("text", claim.flow),
        "product": Name("text", claim.word) if claim.product == UNKNOWN else Name("product", claim.product),
        "reporter": Name("area", claim.reporter),
        "partner": Name("area", claim.partner),
        "period": Name("period", claim.period),
    }


def _measure(value: float, unit: str, claim: Claim | None = None) -> Measure:
    """A number in the units of the data: shares 0..1, growth as a fraction, weights in kilograms."""
    if claim is not None and claim.measure == "unit_value" and claim.per == "t":
        return Measure(value, "usd_per_unit")
    kind, factor = (
        _UNITS[unit]
        if not (unit == "percent" and claim and claim.measure == "share" and not claim.change)
        else ("share", 0.01)
    )
    return Measure(value * factor, kind)  # type: ignore[arg-type]  # a unit of the data dictionary


_UNITS: Mapping[str, tuple[str, float]] = {
    "USD": ("usd", 1.0),
    "t": ("kg", 1000.0),
    "pieces": ("count", 1.0),
    "percent": ("growth", 0.01),
    "percentage_point": ("pp", 0.01),
    "ratio": ("ratio", 1.0),
    "rank": ("index", 1.0),
}

__all__ = ["Judgement", "Kind", "Period", "Verdict", "judge"]
