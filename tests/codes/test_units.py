"""Unit words of publishers and of the press, and what they must not be taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes import units
from corridor.codes.names import LANGUAGES
from corridor.errors import UnknownName


@pytest.mark.parametrize(
    ("text", "unit", "factor"),
    [
        # tables of Viet Nam's customs and statistics offices
        ("USD", "usd", 1),
        ("Tấn", "t", 1),
        ("Chiếc", "piece", 1),
        ("1000 USD", "usd", 1_000),
        ("1.000 USD", "usd", 1_000),
        ("nghìn USD", "usd", 1_000),
        # bulletins and press
        ("triệu USD", "usd", 1_000_000),
        ("ngàn USD", "usd", 1_000),
        ("tỷ đô la", "usd", 1_000_000_000),
        ("million USD", "usd", 1_000_000),
        ("US$ billion", "usd", 1_000_000_000),
        ("$ million", "usd", 1_000_000),
        ("USD million", "usd", 1_000_000),
        ("млн долл. США", "usd", 1_000_000),
        ("млн $", "usd", 1_000_000),
        ("миллионов долларов США", "usd", 1_000_000),
        ("млрд долл.", "usd", 1_000_000_000),
        ("тыс. тонн", "t", 1_000),
        ("тысячи тонн", "t", 1_000),
        ("million tonnes", "t", 1_000_000),
        ("т", "t", 1),
        ("кг", "kg", 1),
        ("шт.", "piece", 1),
    ],
)
def test_what_publishers_mean(text: str, unit: str, factor: int) -> None:
    assert units.parse(text) == units.PrintedUnit(unit, factor)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "million",  # of what?
        "times (growth only)",
        "% of Moscow shipments to Viet Nam",
        "партий (of 36)",
        "USD USD",
        "тыс. млн долл.",
        "1000 million USD",
        "3 USD",
        "1.5 USD",
        "10000 USD",
        "US tonnes",
        "đồng",
        "USD/t",
        "\x00",
        "т" * 10_000,
        "𝟏𝟎𝟎𝟎 USD",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    with pytest.raises(UnknownName) as caught:
        units.parse(text)
    assert len(str(caught.value)) < 250


def test_decomposed_letters_are_read() -> None:
    assert units.parse("Ta\u0302\u0301n") == units.parse("TẤN")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = units.parse(text)
    except UnknownName:
        return
    assert found.factor in units.SCALES.values()


@pytest.mark.parametrize("scale", list(units.SCALES))
@pytest.mark.parametrize("unit", ["usd", "t", "kg"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_we_print_we_can_read(scale: units.Scale, unit: units.UnitCode, lang: str) -> None:
    printed = f"{units.scale_name(scale, lang)} {units.unit_name(unit, lang)}"
    assert units.parse(printed) == units.PrintedUnit(unit, units.SCALES[scale])


def test_weights() -> None:
    assert units.kilograms(7_502, "t") == 7_502_000
    assert units.kilograms(62.9, "kg") == 62.9
    assert units.kilograms(722, "piece") is None
    assert units.kilograms(1, "usd") is None


def test_names_refuse_other_languages() -> None:
    assert units.unit_name("piece", "vi") == "chiếc"
    with pytest.raises(UnknownName, match='"fr"'):
        units.unit_name("t", "fr")
