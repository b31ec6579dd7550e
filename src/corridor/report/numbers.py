"""Numbers in print: by unit and language, with the formats of CLDR and the words of the house.

A number is rounded once, half up, from its shortest decimal form; what would round to nothing is printed
as less than the smallest step. Signs are real
minus signs except in Vietnamese, whose offices print a hyphen. ``—`` stands where there is no number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Literal, get_args

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from corridor.codes import units
from corridor.codes.schema import Unit
from corridor.errors import CorridorError
from corridor.evidence import Measure
from corridor.report.catalogue import LOCALES, Catalogue, Lang

Scale = Literal["one", "thousand", "million", "billion"]
SCALES: tuple[Scale, ...] = get_args(Scale)

#: How much one step of a scale is worth.
FACTORS: Mapping[Scale, Decimal] = {scale: Decimal(1000) ** i for i, scale in enumerate(SCALES)}

#: What stands for an absent number.
DASH = "—"

#: No line breaks between a number and its unit.
NO_BREAK = "\N{NO-BREAK SPACE}"

MINUS: Mapping[Lang, str] = {"en": "\N{MINUS SIGN}", "ru": "\N{MINUS SIGN}", "vi": "-"}

# A float carries 15 to 17 digits; the last ones are noise of arithmetic, which rounding half up would amplify.
_NOISE_FREE = Context(prec=14)

_HUNDREDTHS: frozenset[Unit] = frozenset({"share", "growth", "pp"})
_SCALED: frozenset[Unit] = frozenset({"usd", "currency", "kg", "quantity"})
_CHANGES: frozenset[Unit] = frozenset({"growth", "pp"})


class BadNumber(CorridorError):
    """A figure that is not a number (nan, infinity): an error of arithmetic, never printed."""


@dataclass(frozen=True)
class Style:
    """How to print: scale and decimals (None = chosen from the figure), sign, and whether the unit follows.

    ``sign``: ``auto`` prints a minus only (changes also a plus), ``always`` prints a plus too, ``never`` prints
    the magnitude. ``long`` prints the full name of the currency. ``quantity_unit``: t or piece.
    """

    scale: Scale | None = None
    digits: int | None = None
    sign: Literal["auto", "always", "never"] = "auto"
    unit: bool = True
    long: bool = False
    quantity_unit: str = ""


PLAIN = Style()


def printed(measure: Measure, words: Catalogue, style: Style = PLAIN) -> str:
    """A number with its unit in a language, ``—`` where there is none. Raises `BadNumber`."""
    if measure.value is None:
        return DASH
    exact = _exact(measure.value)
    style = _chosen(exact, measure.unit, style)
    rounded = _rounded(exact, measure.unit, style)
    body = _body(exact, rounded, style, words.lang)
    return _sign(exact, rounded, measure.unit, style, words.lang) + body + _unit(measure.unit, style, words)


def parted(measure: Measure, words: Catalogue, style: Style = PLAIN) -> tuple[str, str]:
    """A number and its unit apart, for a headline figure that prints them in two sizes; a per cent sign stays on."""
    if measure.value is None:
        return DASH, ""
    style = _chosen(_exact(measure.value), measure.unit, style)
    if measure.unit in ("share", "growth"):
        return printed(measure, words, style), ""
    return printed(measure, words, replace(style, unit=False)), heading(measure.unit, words, style)


def column_style(measures: Iterable[Measure], unit: Unit, style: Style = PLAIN, *, brief: bool = False) -> Style:
    """One scale and one number of decimals for all figures of a column, without units: its header has them.

    ``brief``: amounts with no more decimals than three significant digits of the largest need, as charts print them.
    """
    values = [abs(_exact(measure.value)) for measure in measures if measure.value is not None]
    largest = max(values, default=Decimal(0))
    scale = style.scale or _column_scale(largest, unit)
    wanted = max((_digits(value / _factor(scale, unit), unit, scale) for value in values if value), default=0)
    if brief and unit in _SCALED:
        wanted = min(wanted, max(3 - len(str(int(largest / _factor(scale, unit)))), 0))
    digits = style.digits if style.digits is not None else wanted
    return replace(style, scale=scale, digits=digits, unit=False)


def grouped(number: Decimal, lang: Lang, *, most_digits: int) -> str:
    """A plain number: thousands grouped, at most so many decimals and none that says nothing, a hyphen for a minus."""
    rounded = number.quantize(Decimal(1).scaleb(-most_digits), rounding=ROUND_HALF_UP)
    text = f"{rounded:,.{most_digits}f}"
    return _separated(text.rstrip("0").rstrip("."), lang)


def heading(unit: Unit, words: Catalogue, style: Style = PLAIN) -> str:
    """The unit as a column header says it: ``million USD``, ``%``, ``USD/t``; empty for pure numbers."""
    if unit in ("share", "growth"):
        return "%"
    if unit == "pp":
        return words.say("unit.pp")
    return NO_BREAK.join(filter(None, _unit_words(unit, style, words)))


def with_unit(number: str, unit: str, lang: Lang) -> str:
    """A number in print with the unit of its column; a per cent sign stands as the language has it."""
    if unit == "%":
        return number + _percent_sign(lang)
    return f"{number}{NO_BREAK}{unit}" if unit else number


def scaled(measure: Measure, style: Style) -> float | None:
    """The value in the unit of its column header (12.5 for a share of 0.125 under "%"), for the axis of a chart."""
    if measure.value is None:
        return None
    return float(_exact(measure.value) / _factor(style.scale or "one", measure.unit))


def _exact(value: float) -> Decimal:
    if not math.isfinite(value):
        raise BadNumber(f"a figure is {value}, which is no number")
    return _NOISE_FREE.create_decimal(repr(float(value)))


def _factor(scale: Scale, unit: Unit) -> Decimal:
    return Decimal(1) / 100 if unit in _HUNDREDTHS else FACTORS[scale]


def _rounded(exact: Decimal, unit: Unit, style: Style) -> Decimal:
    step = Decimal(1).scaleb(-(style.digits or 0))
    return (exact / _factor(style.scale or "one", unit)).quantize(step, rounding=ROUND_HALF_UP)


def _chosen(exact: Decimal, unit: Unit, style: Style) -> Style:
    size = abs(exact)
    scale = style.scale or _sentence_scale(size, unit)
    digits = style.digits if style.digits is not None else _digits(size / _factor(scale, unit), unit, scale)
    chosen = replace(style, scale=scale, digits=digits)
    grown = style.scale is None and unit in _SCALED and abs(_rounded(exact, unit, chosen)) >= 1000
    # 999 999.6 rounds to "1,000.0 thousand", which is said as 1.00 million.
    return (
        replace(chosen, scale=_next(scale), digits=style.digits if style.digits is not None else 2) if grown else chosen
    )


def _next(scale: Scale) -> Scale:
    return SCALES[min(SCALES.index(scale) + 1, len(SCALES) - 1)]


def _sentence_scale(size: Decimal, unit: Unit) -> Scale:
    if unit not in _SCALED:
        return "one"
    fitting: list[Scale] = [scale for scale in SCALES if size >= FACTORS[scale]]
    return fitting[-1] if fitting else "one"


def _column_scale(largest: Decimal, unit: Unit) -> Scale:
    # A column of millions keeps its small figures readable down to ten thousand; billions never head a column.
    if unit not in _SCALED or largest < 10_000:
        return "one"
    return "million" if largest >= 10_000_000 else "thousand"


def _digits(size: Decimal, unit: Unit, scale: Scale) -> int:
    if unit in ("usd", "currency", "kg", "quantity"):
        return _digits_of_amount(unit, scale)
    if unit == "usd_per_unit":
        return 0 if size >= 1000 else 1 if size >= 100 else 2
    if unit in ("share", "growth"):
        return 0 if size >= 1000 else 1
    if unit == "index":
        return 4 if size < Decimal("0.01") else 3
    return 0 if unit in ("count", "") and size == size.to_integral_value() else 2


def _digits_of_amount(unit: Unit, scale: Scale) -> int:
    if scale == "one":
        return 0
    if unit in ("kg", "quantity"):
        return 1
    return 1 if scale == "thousand" else 2


def _body(exact: Decimal, rounded: Decimal, style: Style, lang: Lang) -> str:
    vanished = rounded == 0 and exact > 0 and style.sign != "always"
    shown = Decimal(1).scaleb(-(style.digits or 0)) if vanished else abs(rounded)
    return ("<" if vanished else "") + _separated(f"{shown:,.{style.digits or 0}f}", lang)


def _separated(number: str, lang: Lang) -> str:
    return number.translate(_separators(lang))


@cache
def _separators(lang: Lang) -> dict[int, str]:
    """CLDR's signs in the place of Python's: asking Babel anew for every number takes a hundred times as long."""
    locale = LOCALES[lang]
    return {ord(","): get_group_symbol(locale), ord("."): get_decimal_symbol(locale)}


def _sign(exact: Decimal, rounded: Decimal, unit: Unit, style: Style, lang: Lang) -> str:
    if style.sign == "never" or rounded == 0:
        return ""
    if exact < 0:
        return MINUS[lang]
    return "+" if style.sign == "always" or unit in _CHANGES else ""


def _unit(unit: Unit, style: Style, words: Catalogue) -> str:
    if not style.unit:
        return ""
    if unit in ("share", "growth"):
        return _percent_sign(words.lang)
    text = heading(unit, words, style)
    return NO_BREAK + text if text else ""


@cache
def _percent_sign(lang: Lang) -> str:
    # CLDR knows which languages put a no-break space before the sign.
    return str(Locale.parse(LOCALES[lang]).percent_formats[None].suffix[0])


def _scale_words(scale: Scale, lang: Lang) -> str:
    return units.scale_name(scale, lang) if scale != "one" else ""


def _unit_words(unit: Unit, style: Style, words: Catalogue) -> tuple[str, str]:
    scale, lang = style.scale or "one", words.lang
    if unit == "usd":
        return _scale_words(scale, lang), words.say("unit.usd.long" if style.long else "unit.usd")
    if unit == "usd_per_unit":
        return "", words.say(f"unit.usd_per.{style.quantity_unit or 'unit'}")
    if unit == "kg" and scale != "one":
        # A thousand kilograms is a tonne: weights are told in tonnes from there on.
        return _scale_words(SCALES[SCALES.index(scale) - 1], lang), units.unit_name("t", lang)
    return _scale_words(scale, lang), _quantity_words(unit, style.quantity_unit, lang)


def _quantity_words(unit: Unit, quantity_unit: str, lang: Lang) -> str:
    if unit == "kg":
        return units.unit_name("kg", lang)
    if unit == "quantity" and quantity_unit in ("t", "piece"):
        return units.unit_name("t" if quantity_unit == "t" else "piece", lang)
    return ""
