"""Arithmetic inside a text: what its own figures must satisfy, whatever the tables say."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from corridor.bulletin.claims import TOTAL, UNKNOWN, Claim, Interval

#: An interval as two plain numbers, open ends infinite.
Span = tuple[float, float]
_Test = Callable[[Sequence[Span]], bool]

# A text repeats itself; more pairs of one figure than this say nothing new.
_MOST = 50


@dataclass(frozen=True)
class Identity:
    """One relation between claims, by their numbers. ``holds`` is told of any intervals in their place."""

    kind: str
    members: tuple[int, ...]
    test: _Test

    def holds(self, spans: Mapping[int, Span]) -> bool:
        """Whether numbers inside the spans can satisfy the relation."""
        return self.test([spans[member] for member in self.members])


def span(interval: Interval) -> Span:
    """The interval as two numbers."""
    low = -math.inf if interval.low is None else interval.low
    high = math.inf if interval.high is None else interval.high
    return (low, high)


def identities(claims: Sequence[Claim]) -> list[Identity]:
    """Every relation that claims of one pair must satisfy."""
    index = _Index(claims)
    found: list[Identity] = []
    for make in (_sums, _balances, _growths, _growths_of_sums, _shares, _unit_values, _wordings, _repeats, _parts):
        found += make(index)
    return found


@dataclass(frozen=True)
class _Key:
    """What a figure is of; the base of a change included."""

    flow: str
    product: str
    pair: tuple[str, str]
    period: str
    measure: str
    of: str
    base: str
    unit: str


class _Changes(TypedDict, total=False):
    """What a claim may differ in from another of the same pair."""

    flow: str
    product: str
    period: str
    measure: str
    of: str
    base: str
    unit: str


class _Index:
    """Claims by what they are of; the first of equal ones stands for all."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self.by_key: dict[_Key, list[int]] = defaultdict(list)
        for number, claim in enumerate(claims):
            if claim.period and claim.product != UNKNOWN and claim.stated.unit != "percentage_point":
                self.by_key[_key(claim)].append(number)

    def of(self, claim: Claim, **changes: Unpack[_Changes]) -> int | None:
        """The number of a claim that differs from this one only so."""
        found = self.by_key.get(replace(_key(claim), **changes), ())
        return found[0] if found else None

    def firsts(self, *measures: str) -> Iterator[tuple[int, Claim]]:
        """One claim of each thing these measures are told of."""
        for key, numbers in self.by_key.items():
            if key.measure in measures:
                yield numbers[0], self.claims[numbers[0]]


def _key(claim: Claim) -> _Key:
    base = claim.base.period if claim.base else ""
    pair = (claim.reporter, claim.partner)
    measure = claim.measure if not claim.change else "share_change"
    unit = claim.stated.unit if claim.measure in ("growth_value", "growth_volume", "unit_value") else ""
    return _Key(claim.flow, claim.product, pair, claim.period, measure, claim.of, base, unit)


def _add(one: Span, other: Span) -> Span:
    return (one[0] + other[0], one[1] + other[1])


def _subtract(one: Span, other: Span) -> Span:
    return (one[0] - other[1], one[1] - other[0])


def _divide(one: Span, other: Span) -> Span:
    """For positive divisors; anything else leaves everything open."""
    if other[0] <= 0:
        return (-math.inf, math.inf)
    ends = [top / bottom for top in one for bottom in other if math.isfinite(top) and math.isfinite(bottom)]
    return (min(ends), max(ends)) if len(ends) == 4 else (-math.inf, math.inf)


def _meet(one: Span, other: Span) -> bool:
    noise = 1e-9 * max((abs(end) for end in (*one, *other) if math.isfinite(end)), default=1.0)
    return max(one[0], other[0]) <= min(one[1], other[1]) + noise


def _grown(growth: Span) -> Span:
    """1 + growth in per cent."""
    return (1 + growth[0] / 100, 1 + growth[1] / 100)


def _sums(index: _Index) -> Iterator[Identity]:
    for number, claim in index.firsts("value"):
        if claim.flow == "turnover":
            exports, imports = index.of(claim, flow="export"), index.of(claim, flow="import")
            if exports is not None and imports is not None:
                yield Identity("sum", (exports, imports, number), lambda s: _meet(_add(s[0], s[1]), s[2]))


def _balances(index: _Index) -> Iterator[Identity]:
    for number, claim in index.firsts("balance"):
        exports = index.of(claim, flow="export", measure="value")
        imports = index.of(claim, flow="import", measure="value")
        if exports is not None and imports is not None:
            yield Identity("balance", (exports, imports, number), lambda s: _meet(_subtract(s[0], s[1]), s[2]))


def _growths(index: _Index) -> Iterator[Identity]:
    """A rate against the two levels that the text tells, and a multiple likewise."""
    for number, claim in index.firsts("growth_value", "growth_volume", "multiple"):
        measure = {"volume": "volume", "value": "value"}.get(claim.of)
        if measure is None or claim.base is None or claim.stated.unit not in ("percent", "ratio"):
            continue
        plain: _Changes = {"measure": measure, "of": claim.of, "base": "", "unit": ""}
        before: _Changes = {**plain, "period": claim.base.period}
        current, base = index.of(claim, **plain), index.of(claim, **before)
        if current is not None and base is not None:
            rate = claim.stated.unit == "percent"
            yield Identity("growth", (current, base, number), _ratio_test(rate=rate))


def _ratio_test(*, rate: bool) -> _Test:
    return lambda s: _meet(_divide(s[0], s[1]), _grown(s[2]) if rate else s[2])


def _growths_of_sums(index: _Index) -> Iterator[Identity]:
    """The growth of a turnover follows from the levels and the growth of exports and imports."""
    for number, claim in index.firsts("growth_value"):
        if claim.flow != "turnover" or claim.stated.unit != "percent":
            continue
        parts = [
            (index.of(claim, flow=flow, measure="value", base="", unit=""), index.of(claim, flow=flow))
            for flow in ("export", "import")
        ]
        members = [member for part in parts for member in part if member is not None]
        if len(members) == 4:
            yield Identity("growth_of_sum", (*members, number), _growth_of_sum)


def _growth_of_sum(s: Sequence[Span]) -> bool:
    exports, export_growth, imports, import_growth, growth = s
    base = _add(_divide(exports, _grown(export_growth)), _divide(imports, _grown(import_growth)))
    return _meet(_divide(_add(exports, imports), base), _grown(growth))


def _shares(index: _Index) -> Iterator[Identity]:
    for number, claim in index.firsts("share"):
        if claim.among != "products" or claim.product == TOTAL or claim.change:
            continue
        part, whole = index.of(claim, measure="value"), index.of(claim, measure="value", product=TOTAL)
        if part is not None and whole is not None:
            yield Identity(
                "share", (part, whole, number), lambda s: _meet(_divide(s[0], s[1]), (s[2][0] / 100, s[2][1] / 100))
            )


def _unit_values(index: _Index) -> Iterator[Identity]:
    for number, claim in index.firsts("unit_value"):
        if claim.stated.unit != "USD":
            continue
        value = index.of(claim, measure="value", of="value", unit="")
        volume = index.of(claim, measure="volume", of="volume", unit="")
        if value is not None and volume is not None:
            yield Identity("unit_value", (value, volume, number), lambda s: _meet(_divide(s[0], s[1]), s[2]))


def _wordings(index: _Index) -> Iterator[Identity]:
    """A word of rise or fall against the text's own rate."""
    for number, claim in index.firsts("direction"):
        growth = index.of(claim, measure="growth_value" if claim.of == "value" else "growth_volume", unit="percent")
        if growth is not None:
            yield Identity("wording", (number, growth), lambda s: s[1][1] > 0 if s[0][0] >= 0 else s[1][0] < 0)


def _repeats(index: _Index) -> Iterator[Identity]:
    """The same figure told twice."""
    for key, numbers in index.by_key.items():
        if key.measure != "direction":
            for other in numbers[1:_MOST]:
                yield Identity("repeat", (numbers[0], other), lambda s: _meet(s[0], s[1]))


def _parts(index: _Index) -> Iterator[Identity]:
    """The products told of cannot be more than the total."""
    groups: dict[tuple[str, tuple[str, str], str], dict[str, int]] = defaultdict(dict)
    for number, claim in index.firsts("value"):
        if claim.flow in ("export", "import"):
            groups[claim.flow, (claim.reporter, claim.partner), claim.period][claim.product] = number
    for members in groups.values():
        total = members.pop(TOTAL, None)
        if total is not None and len(members) > 1:
            yield Identity("parts", (*members.values(), total), lambda s: sum(part[0] for part in s[:-1]) <= s[-1][1])
