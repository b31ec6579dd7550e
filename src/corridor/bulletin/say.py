"""Reasons in the language of the text: the messages of lexicon/reasons.yml, filled.

A message names its parameters in braces. Numbers are printed by their unit, names by their kind; a finding inside a
finding is told in its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corridor.bulletin.claims import TOTAL, Language
from corridor.bulletin.when import When
from corridor.bulletin.words import table
from corridor.codes import areas, caveats, periods, products
from corridor.errors import CorridorError
from corridor.evidence import Finding, Measure, Name, Parameter

_FIELD = re.compile(r"\{(\w+)\}")
_NO_BREAK = "\u00a0"
_MINUS = "\u2212"
# From which size on an amount is told in which magnitude.
_MAGNITUDES = ((1e9, "billion", 3), (1e6, "million", 2), (1e3, "thousand", 1))


class MissingReason(CorridorError):
    """A reason has no message in a language."""


@dataclass(frozen=True)
class Voice:
    """One language, and the publishers' names in it."""

    language: Language
    publishers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def sentence(self, finding: Finding) -> str:
        """The reason as one sentence, its caveats after it."""
        told = _capital(self._told(finding))
        ended = told if told.endswith((".", "?", "!")) else f"{told}."
        return " ".join((ended, *(caveats.sentence(key, self.language) for key in finding.caveats)))

    def _told(self, finding: Finding) -> str:
        message = self._word("messages", finding.key)
        return _FIELD.sub(lambda found: self._filled(finding.parameters[found[1]]), message)

    def _filled(self, value: Parameter) -> str:
        if isinstance(value, tuple):
            return "; ".join(self._filled(each) for each in value)
        if isinstance(value, Finding):
            return self._told(value)
        return self._number(value) if isinstance(value, Measure) else self._name(value)

    def _name(self, name: Name) -> str:
        if name.kind == "area":
            return areas.name(name.code, self.language) if name.code else "?"
        if name.kind == "product":
            return (
                self._word("words", "all_goods")
                if name.code == TOTAL
                else f"“{products.name(name.code, self.language)}”"
            )
        if name.kind == "period":
            return self._period(name.code)
        if name.kind == "source":
            return self._source(name.code)
        words: Mapping[str, str] = self._table["words"]
        return words.get(name.code, f"“{name.code}”" if name.code else "?")

    def _source(self, code: str) -> str:
        named = [self.publishers.get(each, {}).get(self.language, "") for each in code.split("/")]
        known = [each for each in named if each]
        return " / ".join(known) if known else self._word("words", "official_statistics")

    def _period(self, code: str) -> str:
        if not code:
            return "?"
        when = When.parse(code)
        period = when.period()
        return periods.name(period, self.language) if period else code

    def _number(self, measure: Measure) -> str:
        value = measure.value or 0.0
        if measure.unit in ("usd", "usd_per_unit"):
            return self._money(value, per_tonne=measure.unit == "usd_per_unit")
        if measure.unit in ("growth", "share"):
            return f"{self._digits(100 * value, _decimals(100 * value))}{self._word('units', 'percent')}"
        if measure.unit == "pp":
            return f"{self._digits(100 * value, 2)}{_NO_BREAK}{self._word('units', 'points')}"
        if measure.unit == "ratio":
            return self._word("units", "times").replace("#", self._digits(value, 2))
        if measure.unit == "kg":
            return f"{self._digits(value / 1000, 0)}{_NO_BREAK}{self._word('units', 'tonnes')}"
        return self._digits(value, 0)

    def _money(self, value: float, *, per_tonne: bool) -> str:
        if per_tonne:
            return f"{self._digits(value, 0)}{_NO_BREAK}{self._word('units', 'usd_per_tonne')}"
        size, magnitude, digits = next((each for each in _MAGNITUDES if abs(value) >= each[0]), (1.0, "one", 0))
        return f"{self._digits(value / size, digits)}{_NO_BREAK}{self._word('units', magnitude)}"

    def _digits(self, value: float, decimals: int) -> str:
        text = f"{abs(value):,.{decimals}f}"
        if self.language != "en":
            grouping = "." if self.language == "vi" else _NO_BREAK
            text = text.replace(",", "\0").replace(".", ",").replace("\0", grouping)
        return f"{_MINUS}{text}" if value < 0 and any(sign in text for sign in "123456789") else text

    @property
    def _table(self) -> Mapping[str, Any]:
        texts: Mapping[str, Any] = table("reasons")[self.language]
        return texts

    def _word(self, section: str, key: str) -> str:
        try:
            text: str = self._table[section][key]
        except KeyError:
            raise MissingReason(f"no {section} entry {key!r} in the language {self.language}") from None
        return text


def _decimals(percent: float) -> int:
    return 2 if abs(percent) < 10 else 1


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
