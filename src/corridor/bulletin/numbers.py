"""Printed numbers: three languages' separators, what the last digit leaves open, what a hedge means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corridor.bulletin.claims import Hedge, Interval, Language, StatedUnit

_BLANKS = re.compile("[ \u00a0\u2009\u202f]")
# Longer digit strings are serial numbers.
_LONGEST = 20
# How many digits of a large round number are surely meant.
_SURE_DIGITS = 3
_DECIMAL: dict[Language, str] = {"en": ".", "ru": ",", "vi": ","}


@dataclass(frozen=True)
class Number:
    """A printed number: its value, the value of its last digit (``step``), and that of its last digit that is no zero.

    ``other`` is a second reading of an ambiguous separator ("1.234"), else None.
    """

    value: float
    step: float
    round_step: float
    other: float | None = None

    def scaled(self, factor: float) -> Number:
        """The number times a magnitude word."""
        other = None if self.other is None else self.other * factor
        return Number(self.value * factor, self.step * abs(factor), self.round_step * abs(factor), other)

    def unscaled(self, factor: float) -> Number:
        """The number as it was before a magnitude word, to the last digit."""
        other = None if self.other is None else self.other / factor
        return Number(self.value / factor, self.step / factor, self.round_step / factor, other)

    def interval(self, unit: StatedUnit, hedge: Hedge = "") -> Interval:
        """What the number leaves open. "About" widens it; other hedges leave one side of it."""
        size = abs(self.value)
        if not hedge:
            low, high = size - self.step / 2, size + self.step / 2
        elif hedge == "about":
            slack = min(max(self.step, self.round_step / 2), size / 10)
            low, high = size - max(slack, self.step / 2), size + max(slack, self.step / 2)
        elif hedge == "nearly":
            slack = size / 5 if self.step >= size / 5 else min(self.round_step, size / 10)
            low, high = size - slack, size
        elif hedge == "below":
            low, high = 0.0, size
        else:
            low, high = size, size + min(self.round_step, size / 2)
        interval = Interval(low, high, unit)
        return interval.times(-1) if self.value < 0 else interval


def parse(text: str, lang: Language) -> Number | None:
    """The number a token prints, or None: "1,2,3" and "10.02.2025" are no numbers."""
    digits = _BLANKS.sub("", text)
    if len(digits) > _LONGEST:
        return None
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return _with_decimal(digits, max(".,", key=digits.rfind))
    separator = "." if points else ","
    if points + commas > 1:
        return _plain(digits.replace(separator, "")) if _grouped(digits, separator) else None
    if points + commas == 0 or digits != text.strip():
        return _plain(digits) if points + commas == 0 else _with_decimal(digits, separator)
    return _single_separator(digits, separator, lang)


def whole(value: float, step: float) -> Number:
    """A number said in words."""
    return Number(value, step, step)


def _plain(digits: str) -> Number:
    """A whole number. One of four digits or more that ends in zeros is taken to be rounded to three digits at least."""
    rounded = _round_step(digits)
    step = min(rounded, float(10 ** (len(digits) - _SURE_DIGITS))) if len(digits) > _SURE_DIGITS else 1.0
    return Number(float(digits), step, rounded)


def _round_step(digits: str) -> float:
    bare = digits.rstrip("0")
    return float(10 ** (len(digits) - len(bare))) if bare else 1.0


def _grouped(digits: str, separator: str) -> bool:
    head, *groups = digits.split(separator)
    return 1 <= len(head) <= 3 and all(len(group) == 3 for group in groups)


def _with_decimal(digits: str, decimal: str) -> Number | None:
    grouping = "," if decimal == "." else "."
    head, _, tail = digits.rpartition(decimal)
    if decimal in head or (grouping in head and not _grouped(head, grouping)):
        return None
    step = float(f"1e-{len(tail)}")
    bare = tail.rstrip("0")
    value = float(f"{head.replace(grouping, '')}.{tail}")
    return Number(value, step, float(f"1e-{len(bare)}") if bare else _round_step(head.replace(grouping, "")))


def _single_separator(digits: str, separator: str, lang: Language) -> Number | None:
    head, tail = digits.split(separator)
    decimal = _with_decimal(digits, separator)
    if len(tail) != 3 or len(head) > 3 or head.startswith("0") or decimal is None:
        return decimal
    thousands = _plain(head + tail)
    first, second = (decimal, thousands) if separator == _DECIMAL[lang] else (thousands, decimal)
    return Number(first.value, first.step, first.round_step, second.value)
