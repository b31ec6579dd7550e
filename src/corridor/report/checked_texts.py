"""What a check says of each claim, in the words and numbers of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from corridor.bulletin.check import Checked, Failed
from corridor.bulletin.claims import TOTAL, UNKNOWN, Claim, StatedUnit
from corridor.bulletin.say import Voice as Reasons
from corridor.bulletin.verdicts import Judgement, Verdict
from corridor.bulletin.when import When
from corridor.codes import caveats, periods
from corridor.codes.schema import Unit
from corridor.evidence import Finding, Measure, Name, Trace
from corridor.report.catalogue import Lang
from corridor.report.numbers import DASH, FACTORS, SCALES, Scale, Style
from corridor.report.text import Voice, voice

VERDICTS: tuple[Verdict, ...] = ("differs", "inconsistent", "unverifiable", "agrees")
#: Printed unit of a claim's numbers: unit of the data, and its factor.
_UNITS: Mapping[StatedUnit, tuple[Unit, float]] = {
    "USD": ("usd", 1.0),
    "t": ("kg", 1000.0),
    "pieces": ("quantity", 1.0),
    "percent": ("growth", 0.01),
    "percentage_point": ("pp", 0.01),
    "ratio": ("ratio", 1.0),
    "rank": ("count", 1.0),
}
_SCALED = frozenset({"usd", "kg", "quantity"})
_HUNDREDTHS = frozenset({"growth", "share", "pp"})
#: The rounding of a printed number never leaves more decimals open than this.
_MOST_DECIMALS = 6


def traces_of(judgement: Judgement) -> tuple[str, ...]:
    """The publisher's rows behind a verdict."""
    official = tuple(judgement.official.trace.split()) if judgement.official else ()
    return tuple(dict.fromkeys((*official, *judgement.reason.traces)))


@dataclass(frozen=True)
class CheckedTexts:
    """Texts with their checks, and the language in which they are told.

    ``publishers``: names by source id and language; ``traces``: the row behind every trace id; ``bundled``: only the
    figures that come with the program were there to compare with.
    """

    lang: Lang
    names: tuple[str, ...]
    checks: tuple[Checked, ...]
    publishers: Mapping[str, Mapping[str, str]]
    traces: Mapping[str, Trace]
    bundled: bool
    generator: str

    @cached_property
    def voice(self) -> Voice:
        """The words of the page."""
        return voice(self.lang, None, self.publishers)

    @cached_property
    def _meanings(self) -> dict[tuple[str, ...], str]:
        """What claims of these things mean: a text tells of few things again and again."""
        return {}

    @cached_property
    def _reasons(self) -> Reasons:
        return Reasons(self.lang, self.publishers)

    def say(self, key: str) -> str:
        """A message of the check that takes nothing in."""
        return self.voice.words.say(f"check.{key}")

    def reason(self, judgement: Judgement | Failed) -> str:
        """Why, in one sentence; what must be known beside it stands in `caveats`."""
        return self._reasons.sentence(replace(judgement.reason, caveats=()))

    def caveats(self, checked: Checked) -> tuple[str, ...]:
        """What must be known of some verdicts, once each."""
        keys = dict.fromkeys(key for each in checked.judgements for key in each.reason.caveats)
        return tuple(caveats.sentence(key, self.lang) for key in keys)

    def verdict(self, judgement: Judgement) -> str:
        """The verdict, and what the error probably is."""
        verdict = self.say(f"verdict.{judgement.verdict}")
        return verdict if judgement.kind == "none" else f"{verdict}: {self.say(f'kind.{judgement.kind}')}"

    def counts(self, checked: Checked) -> Iterator[tuple[str, str, int]]:
        """How many claims there are and how many of each verdict: key, words, number."""
        counted = Counter(judgement.verdict for judgement in checked.judgements)
        yield "claims", self.say("claims"), len(checked.claims)
        yield from ((verdict, self.say(f"verdict.{verdict}"), counted[verdict]) for verdict in VERDICTS)

    def meaning(self, claim: Claim) -> str:
        """What a claim was taken to say: whose trade in what, when, and which measure of it."""
        of = (claim.flow, claim.product, claim.word, claim.reporter, claim.partner, claim.period, claim.measure)
        if of not in self._meanings:
            self._meanings[of] = self._meaning(claim)
        return self._meanings[of]

    def _meaning(self, claim: Claim) -> str:
        pair = f"{self._area(claim.reporter)} – {self._area(claim.partner)}"
        measure = self.say(f"measure.{claim.measure}")
        return ", ".join((self.say(f"flow.{claim.flow}"), self._product(claim), pair, self._period(claim), measure))

    def stated(self, claim: Claim) -> str:
        """The interval that the printed number leaves open; of mere words, the words."""
        low, high = claim.stated.low, claim.stated.high
        if claim.measure == "direction":
            return f"“{claim.text}”"
        if low is None or high is None:
            bound = low if high is None else high
            key = "from" if high is None else "below"
            return DASH if bound is None else self._filled(key, bound=self._bound(claim, bound, _style(claim)))
        style = _style(claim)
        if low == high:
            return self._bound(claim, low, style)
        bare = replace(style, unit=False)
        return self._filled("between", low=self._bound(claim, low, bare), high=self._bound(claim, high, style))

    def official(self, claim: Claim, judgement: Judgement) -> str:
        """The official figure in the claim's unit, or a dash."""
        if judgement.official is None:
            return DASH
        unit: StatedUnit = claim.stated.unit
        if unit == "percentage_point" and not claim.change:
            unit = "percent"
        return self._number(claim, judgement.official.value, unit, _official_style(claim, judgement.official.value))

    def _bound(self, claim: Claim, value: float, style: Style) -> str:
        return self._number(claim, value, claim.stated.unit, style)

    def _number(self, claim: Claim, value: float, unit: StatedUnit, style: Style) -> str:
        printed_unit, factor = _UNITS[unit]
        if claim.measure == "unit_value" and unit == "USD":
            printed_unit, style = "usd_per_unit", replace(style, quantity_unit="t", scale=None)
        if claim.measure == "share" and unit == "percent" and not claim.change:
            printed_unit = "share"
        if unit == "pieces":
            style = replace(style, quantity_unit="piece")
        if printed_unit not in _SCALED and style.scale is not None:
            style = replace(style, scale=None)
        return self.voice.number(Measure(value * factor, printed_unit), style)

    def _filled(self, key: str, **values: str) -> str:
        given = {name: Name("text", value) for name, value in values.items()}
        return self.voice.text(Finding(f"check.{key}", given))

    def _area(self, code: str) -> str:
        return self.voice.label(Name("area", code)) if code else "?"

    def _period(self, claim: Claim) -> str:
        period = When.parse(claim.period).period() if claim.period else None
        return periods.name(period, self.lang) if period else claim.period or "?"

    def _product(self, claim: Claim) -> str:
        if claim.product == UNKNOWN:
            return f"“{claim.word}”"
        return self.say("all_goods") if claim.product == TOTAL else self.voice.label(Name("product", claim.product))


def _style(claim: Claim) -> Style:
    """One scale for both ends of the interval, and as many decimals as tell them apart."""
    ends = [abs(end) for end in (claim.stated.low, claim.stated.high) if end is not None]
    scale = _scale(max(ends, default=0.0), claim.stated.unit)
    digits = max((_decimals(end, claim.stated.unit, scale) for end in ends), default=0)
    return Style(scale=scale, digits=digits)


def _official_style(claim: Claim, value: float) -> Style:
    """As exact as the interval it is compared with, where both are of one size."""
    if claim.measure == "direction":
        return Style()
    style = _style(claim)
    return style if style.scale == _scale(abs(value), claim.stated.unit) else Style()


def _scale(largest: float, unit: StatedUnit) -> Scale | None:
    if unit not in ("USD", "t", "pieces"):
        return None
    factor = _UNITS[unit][1]
    return next((scale for scale in reversed(SCALES) if largest * factor >= FACTORS[scale]), "one")


def _decimals(value: float, unit: StatedUnit, scale: Scale | None) -> int:
    name, factor = _UNITS[unit]
    exact = Decimal(f"{value * (1.0 if name in _HUNDREDTHS else factor):.10g}") / FACTORS[scale or "one"]
    exponent = exact.normalize().as_tuple().exponent
    return min(max(0, -exponent), _MOST_DECIMALS) if isinstance(exponent, int) else 0
