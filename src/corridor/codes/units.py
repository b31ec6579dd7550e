"""Units: scales of money, weights and pieces, and how publishers' words map to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from string import digits
from typing import Literal

from corridor.codes._lookup import in_language
from corridor.codes.names import shorten
from corridor.errors import UnknownName

Scale = Literal["usd", "thousand", "million", "billion"]
UnitCode = Literal["usd", "t", "kg", "piece"]

#: How many units one of a scale is.
SCALES: Mapping[Scale, int] = {"usd": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
KG_PER_TONNE = 1000

_SCALE_NAMES: Mapping[Scale, Mapping[str, str]] = {
    "usd": {"en": "", "ru": "", "vi": ""},
    "thousand": {"en": "thousand", "ru": "тыс.", "vi": "nghìn"},
    "million": {"en": "million", "ru": "млн", "vi": "triệu"},
    "billion": {"en": "billion", "ru": "млрд", "vi": "tỷ"},
}
_UNIT_NAMES: Mapping[UnitCode, Mapping[str, str]] = {
    "usd": {"en": "USD", "ru": "долл. США", "vi": "USD"},
    "t": {"en": "t", "ru": "т", "vi": "tấn"},
    "kg": {"en": "kg", "ru": "кг", "vi": "kg"},
    "piece": {"en": "pieces", "ru": "шт.", "vi": "chiếc"},
}

_SCALE_WORDS: Mapping[Scale, str] = {
    "thousand": "thousand thousands тыс тысяча тысячи тысяч nghìn ngàn",
    "million": "million millions mn mln млн миллион миллиона миллионов triệu",
    "billion": "billion billions bn bln млрд миллиард миллиарда миллиардов tỷ tỉ",
}
_UNIT_WORDS: Mapping[UnitCode, str] = {
    "usd": "usd $ dollar dollars долл доллар доллара доллары долларов đô",
    "t": "t ton tons tonne tonnes т тонна тонны тонн tấn",
    "kg": "kg kilogram kilograms кг килограмм килограмма килограммов",
    "piece": "piece pieces unit units pcs шт штука штуки штук chiếc cái",
}
# Words that name whose dollar it is and change nothing.
_FILLERS = frozenset(("us", "сша", "la", "mỹ"))
_WORD_SCALES: Mapping[str, Scale] = {word: scale for scale, words in _SCALE_WORDS.items() for word in words.split()}
_WORD_UNITS: Mapping[str, UnitCode] = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_TOKEN = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+|\$|[^\W\d_]+|[^\s.]")


@dataclass(frozen=True)
class PrintedUnit:
    """What a publisher's unit says: a figure times ``factor`` is in ``unit``."""

    unit: UnitCode
    factor: int


def _factor(token: str) -> int | None:
    if token[0] in digits:
        number = int(re.sub("[.,]", "", token))
        return number if number in SCALES.values() else None
    scale = _WORD_SCALES.get(token)
    return SCALES[scale] if scale else None


def parse(text: str) -> PrintedUnit:
    """What unit words mean: "1000 USD", "triệu USD", "млн долл. США", "тыс. тонн", "Tấn", "Chiếc".

    Raises `UnknownName` unless every word is known, one is a unit and at most one a scale: nothing is guessed.
    """
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", text).casefold())
    factors = [factor for factor in map(_factor, tokens) if factor]
    units = [_WORD_UNITS[token] for token in tokens if token in _WORD_UNITS]
    fillers = sum(token in _FILLERS for token in tokens)
    understood = len(factors) + len(units) + fillers == len(tokens)
    if not understood or len(units) != 1 or len(factors) > 1 or (fillers and units != ["usd"]):
        raise UnknownName(
            f'no unit "{shorten(text)}"', next_step='write for example "1000 USD", "triệu USD", "тыс. тонн", "Tấn"'
        )
    return PrintedUnit(units[0], factors[0] if factors else 1)


def kilograms(quantity: float, unit: UnitCode) -> float | None:
    """The weight in kilograms; None for pieces and money, which are no weights."""
    factor = {"t": KG_PER_TONNE, "kg": 1}.get(unit)
    return None if factor is None else quantity * factor


def unit_name(unit: UnitCode, lang: str) -> str:
    """The short printed name of a unit in en, ru or vi."""
    return in_language(_UNIT_NAMES[unit], lang)


def scale_name(scale: Scale, lang: str) -> str:
    """The printed word of a scale in en, ru or vi, put before the unit's name; empty for single dollars."""
    return in_language(_SCALE_NAMES[scale], lang)
