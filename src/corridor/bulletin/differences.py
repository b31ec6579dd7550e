"""What an error probably is: each test compares the stated number with what a known slip would have made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from corridor.bulletin import digits
from corridor.bulletin.claims import GROWTH_OF, MIRROR, TOTAL, Claim, Of
from corridor.bulletin.compare import Answer, against, answers, at, holds, of_flow
from corridor.bulletin.figures import Figures
from corridor.bulletin.told import measured, official_of, told
from corridor.bulletin.when import When
from corridor.evidence import Finding, Name

Kind = Literal["typo", "unit", "direction", "sign", "percent_point", "base", "rounding", "wording", "parts", "none"]

_THOUSANDS = (1e3, 1e-3, 1e6, 1e-6)
# A base so near to the official one may be another edition of it; a farther one is something else.
_NEAR_BASE = 0.1
# How many years around the stated base are tried.
_YEARS_AROUND = 3


Explained = tuple[Kind, Finding] | None


def explained(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    """The first slip that explains the difference: its kind and the reason; None where none does."""
    tests = _GROWTH_TESTS if claim.base is not None and claim.measure not in ("direction",) else _LEVEL_TESTS
    if claim.measure in ("rank", "direction"):
        tests = (_wording,) if claim.measure == "direction" else ()
    return next((found_out for test in tests if (found_out := test(claim, found, figures)) is not None), None)


def _rounding(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    apart = abs(claim.number - found[0].official.value)
    return ("rounding", told("differs.rounding", claim, found[0])) if apart <= claim.step * (1 + 1e-9) else None


def _unit(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    if any(holds(claim, answer, factor) for factor in _THOUSANDS for answer in found):
        return "unit", told("differs.unit", claim, found[0])
    return None


def _sign(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    signed = claim.measure == "balance" or (claim.base is not None and claim.measure != "multiple")
    if signed and any(holds(claim, answer, -1.0) for answer in found):
        return "sign", told("differs.sign", claim, found[0])
    return None


def _direction(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    other = MIRROR.get(claim.flow)
    if other and any(holds(claim, answer) for answer in of_flow(claim, other, figures)):
        return "direction", told("differs.direction", claim, found[0], other_flow=Name("text", other))
    return None


def _other_period(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    """The figure of another period: the year before, the month before, the year to date."""
    when = When.parse(claim.period)
    for other in dict.fromkeys(
        (when.year_before(), _to_date(when), when.before(), _last_month(when), When.year(when.end_year))
    ):
        if other != when and any(holds(claim, answer) for answer in at(replace(claim, base=None), other, figures)):
            return "base", told("differs.period", claim, found[0], other=Name("period", other.code))
    return None


def _to_date(when: When) -> When:
    return When.months(when.end_year, 1, when.last % 12 + 1)


def _last_month(when: When) -> When:
    return When(when.last, when.last)


def _percent_point(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    """Points where per cent is meant, or per cent where points are."""
    if claim.stated.unit == "percentage_point" and not claim.change:
        meant = replace(claim.stated, unit="percent")
        if any(meant.holds(answer.official.value) for answer in found):
            return "percent_point", told("differs.percent_point", claim, found[0])
    if claim.change and claim.stated.unit == "percent":
        points = answers(replace(claim, stated=replace(claim.stated, unit="percentage_point")), figures)
        if any(claim.stated.holds(answer.official.value) for answer in points):
            return "percent_point", told(
                "differs.points", claim, found[0], points=official_of(claim, points[0], "percentage_point")
            )
    return None


def _slip(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    value = found[0].official.value
    if digits.is_slip(claim.number, value, claim.step) or digits.is_point_slip(claim.number, value, claim.step):
        return "typo", told("differs.typo", claim, found[0])
    return None


def _swapped_digits(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    """In a growth rate only a clear slip counts: its last digit differs for many reasons."""
    value = found[0].official.value
    same_sign = claim.number * value > 0
    if same_sign and (
        digits.is_swap(claim.number, value, claim.step) or digits.is_leading_slip(claim.number, value, claim.step)
    ):
        return "typo", told("differs.typo", claim, found[0])
    return None


def _other_base(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    """The same current figure against another period."""
    if claim.base is None:
        return None
    for base in _other_bases(claim):
        if base.code == claim.base.period:
            continue
        made = against(claim, base, figures)
        hit = next((answer for answer in made if holds(claim, answer)), None)
        if hit is not None:
            official = measured(hit.official.value, claim.stated.unit, claim)
            return "base", told("differs.base", claim, found[0], other=Name("period", base.code), other_value=official)
    return None


def _other_bases(claim: Claim) -> list[When]:
    when = When.parse(claim.period)
    base = When.parse(claim.base.period) if claim.base else when
    years = [base.shifted(12 * step * sign) for step in range(1, _YEARS_AROUND + 1) for sign in (1, -1)]
    before = [when.before(), when.year_before()]
    return [each for each in dict.fromkeys((*before, *years)) if each.last < when.first or each.last <= when.last - 1]


def _other_span(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    """The growth of another span: of the year to date instead of the month, or the other way round."""
    when = When.parse(claim.period)
    for other in dict.fromkeys((_to_date(when), _last_month(when), When.year(when.end_year))):
        if other == when:
            continue
        made = against(replace(claim, period=other.code), other.year_before(), figures)
        if any(holds(claim, answer) for answer in made):
            return "base", told("differs.period", claim, found[0], other=Name("period", other.code))
    return None


_OTHER_OF: Mapping[Of, Of] = {"value": "volume", "volume": "value"}


def other_measure(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    """The growth of volume told as that of value, or the other way round."""
    other = _OTHER_OF.get(claim.of)
    compares = claim.measure in ("growth_value", "growth_volume", "multiple")
    if other is None or not compares or claim.stated.unit not in ("percent", "ratio") or claim.product == TOTAL:
        return None
    measure = claim.measure if claim.measure == "multiple" else GROWTH_OF[other]
    made = answers(replace(claim, measure=measure, of=other), figures)
    if any(holds(claim, answer) for answer in made):
        return "wording", told("differs.measure", claim, found[0], measure=Name("text", other))
    return None


def _implied_base(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    """A base that no release gives, near enough to the official one to be an edition that is not held."""
    answer = found[0]
    ratio = claim.number if claim.measure == "multiple" else 1 + claim.number / 100
    if answer.current is None or not answer.base or ratio <= 0 or claim.stated.unit not in ("percent", "ratio"):
        return None
    needed = answer.current / ratio
    if abs(needed / answer.base - 1) > _NEAR_BASE or claim.of not in ("value", "volume"):
        return None
    of = "t" if claim.of == "volume" else "USD"
    return "base", told("differs.implied", claim, answer, needed=measured(needed, of), base=measured(answer.base, of))


def _wording(claim: Claim, found: Sequence[Answer], figures: Figures) -> Explained:
    return "wording", told("differs.wording", claim, found[0])


_Test = Callable[[Claim, Sequence[Answer], Figures], Explained]
_LEVEL_TESTS: Sequence[_Test] = (_rounding, _unit, _sign, _direction, _other_period, _slip)
_GROWTH_TESTS: Sequence[_Test] = (
    _percent_point, _rounding, _sign, _swapped_digits, other_measure, _other_base, _other_span, _direction, _unit,
    _implied_base,
)  # fmt: skip
