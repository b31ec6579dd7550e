"""Numbers in print: one table a unit, in three languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.schema import Unit
from corridor.evidence import Measure
from corridor.report.catalogue import LANGS, Lang, catalogue
from corridor.report.numbers import BadNumber, Style, column_style, heading, parted, printed, scaled

PLAIN = Style()
TONNES = Style(quantity_unit="t")
PIECES = Style(quantity_unit="piece")

# value, unit, style, en, ru, vi; a blank stands for the no-break space.
TABLE: list[tuple[float | None, Unit, Style, str, str, str]] = [
    (375_390_000, "usd", PLAIN, "375.39 million USD", "375,39 млн долл.", "375,39 triệu USD"),
    (375_390_000, "usd", Style(long=True), "375.39 million US dollars", "375,39 млн долл. США", "375,39 triệu USD"),
    (4_590_000_000, "usd", PLAIN, "4.59 billion USD", "4,59 млрд долл.", "4,59 tỷ USD"),
    (439_700, "usd", PLAIN, "439.7 thousand USD", "439,7 тыс. долл.", "439,7 nghìn USD"),
    (12, "usd", PLAIN, "12 USD", "12 долл.", "12 USD"),
    (0, "usd", PLAIN, "0 USD", "0 долл.", "0 USD"),
    (0.2, "usd", PLAIN, "<1 USD", "<1 долл.", "<1 USD"),
    (-16_490_000, "usd", PLAIN, "−16.49 million USD", "−16,49 млн долл.", "-16,49 triệu USD"),
    (-16_490_000, "usd", Style(sign="never"), "16.49 million USD", "16,49 млн долл.", "16,49 triệu USD"),
    (90_300_000, "usd", Style(sign="always"), "+90.30 million USD", "+90,30 млн долл.", "+90,30 triệu USD"),
    (999_994, "usd", PLAIN, "1.00 million USD", "1,00 млн долл.", "1,00 triệu USD"),
    (5_500_000_000, "usd", Style(scale="million"), "5,500.00 million USD", "5 500,00 млн долл.", "5.500,00 triệu USD"),
    (1_851_385_410, "usd", Style(scale="one"), "1,851,385,410 USD", "1 851 385 410 долл.", "1.851.385.410 USD"),
    (0.1234, "share", PLAIN, "12.3%", "12,3 %", "12,3%"),
    (0.0, "share", PLAIN, "0.0%", "0,0 %", "0,0%"),
    (0.0001, "share", PLAIN, "<0.1%", "<0,1 %", "<0,1%"),
    (-0.104, "growth", PLAIN, "−10.4%", "−10,4 %", "-10,4%"),
    (0.264, "growth", PLAIN, "+26.4%", "+26,4 %", "+26,4%"),
    (-0.104, "growth", Style(sign="never"), "10.4%", "10,4 %", "10,4%"),
    (12.04, "growth", PLAIN, "+1,204%", "+1 204 %", "+1.204%"),
    (-0.0001, "growth", PLAIN, "0.0%", "0,0 %", "0,0%"),
    (-0.11566, "pp", PLAIN, "−11.57 pp", "−11,57 п. п.", "-11,57 điểm %"),
    (0.00349, "pp", PLAIN, "+0.35 pp", "+0,35 п. п.", "+0,35 điểm %"),
    (111.279, "usd_per_unit", TONNES, "111.3 USD/t", "111,3 долл./т", "111,3 USD/tấn"),
    (1_234.56, "usd_per_unit", TONNES, "1,235 USD/t", "1 235 долл./т", "1.235 USD/tấn"),
    (62.356, "usd_per_unit", PIECES, "62.36 USD/piece", "62,36 долл./шт.", "62,36 USD/chiếc"),
    (1_234_567, "quantity", TONNES, "1.2 million t", "1,2 млн т", "1,2 triệu tấn"),
    (950, "quantity", PIECES, "950 pieces", "950 шт.", "950 chiếc"),
    (1_234_567, "kg", PLAIN, "1.2 thousand t", "1,2 тыс. т", "1,2 nghìn tấn"),
    (812, "kg", PLAIN, "812 kg", "812 кг", "812 kg"),
    (0.27124, "index", PLAIN, "0.271", "0,271", "0,271"),
    (0.00341, "index", PLAIN, "0.0034", "0,0034", "0,0034"),
    (1.337, "ratio", PLAIN, "1.34", "1,34", "1,34"),
    (1_200, "count", PLAIN, "1,200", "1 200", "1.200"),
    (None, "usd", PLAIN, "—", "—", "—"),
]


def spaced(text: str) -> str:
    assert " " not in text.replace("US dollars", ""), "a number must not break from its unit"
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("value", "unit", "style", "en", "ru", "vi"), TABLE)
def test_numbers_of_the_house(value: float | None, unit: Unit, style: Style, en: str, ru: str, vi: str) -> None:
    found = [spaced(printed(Measure(value, unit), catalogue(lang), style)) for lang in LANGS]
    assert found == [en, ru, vi]


@pytest.mark.parametrize(("value", "shown"), [(0.1045, "+10.5%"), (0.10449999999999998, "+10.5%"), (0.1044, "+10.4%")])
def test_halves_round_up_and_noise_of_arithmetic_does_not_count(value: float, shown: str) -> None:
    assert printed(Measure(value, "growth"), catalogue("en")) == shown


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_no_number_is_no_number(value: float) -> None:
    with pytest.raises(BadNumber):
        printed(Measure(value, "usd"), catalogue("en"))


@given(st.floats(-1e13, 1e13), st.sampled_from(["usd", "share", "growth", "pp", "kg", "index", "ratio", "count", ""]))
def test_a_number_in_print_is_never_a_word_of_the_machine(value: float, unit: Unit) -> None:
    for lang in LANGS:
        text = printed(Measure(value, unit), catalogue(lang))
        assert not any(word in text for word in ("nan", "None", "inf", "e+", "E+"))
        assert not text.startswith(("−0%", "-0 ", "−0.0%", "-0,0%"))


@given(st.floats(1, 1e12))
def test_the_printed_amount_is_the_amount(value: float) -> None:
    words, _, unit = printed(Measure(value, "usd"), catalogue("en")).partition("\N{NO-BREAK SPACE}")
    factor = {"USD": 1, "thousand": 1e3, "million": 1e6, "billion": 1e9}[unit.split("\N{NO-BREAK SPACE}")[0]]
    assert float(words.replace(",", "")) * factor == pytest.approx(value, rel=0.51 if value < 2 else 0.006, abs=0.5)


def test_a_column_has_one_scale_and_its_header_the_unit() -> None:
    measures = [Measure(value, "usd") for value in (812_340_000, 51_000, None)]
    style = column_style(measures, "usd")
    assert [printed(measure, catalogue("ru"), style) for measure in measures] == ["812,34", "0,05", "—"]
    assert heading("usd", catalogue("ru"), style) == "млн\N{NO-BREAK SPACE}долл."
    assert scaled(measures[0], style) == 812.34
    assert scaled(measures[2], style) is None


@pytest.mark.parametrize(
    ("largest", "scale"), [(900.0, "one"), (12_000.0, "thousand"), (12_000_000.0, "million"), (5e10, "million")]
)
def test_a_column_is_scaled_to_its_largest_figure(largest: float, scale: str) -> None:
    assert column_style([Measure(1.0, "usd"), Measure(largest, "usd")], "usd").scale == scale


def test_decimals_of_a_column_serve_its_smallest_figure() -> None:
    assert column_style([Measure(5_231.0, "usd_per_unit"), Measure(62.4, "usd_per_unit")], "usd_per_unit").digits == 2
    assert column_style([Measure(3.0, "count"), Measure(2.0, "count")], "count").digits == 0


@pytest.mark.parametrize(
    ("unit", "style", "en", "ru", "vi"),
    [
        ("share", PLAIN, "%", "%", "%"),
        ("growth", PLAIN, "%", "%", "%"),
        ("pp", PLAIN, "pp", "п. п.", "điểm %"),
        ("usd", Style(scale="million"), "million USD", "млн долл.", "triệu USD"),
        ("usd_per_unit", TONNES, "USD/t", "долл./т", "USD/tấn"),
        ("quantity", replace(TONNES, scale="thousand"), "thousand t", "тыс. т", "nghìn tấn"),
        ("index", PLAIN, "", "", ""),
        ("count", PLAIN, "", "", ""),
    ],
)
def test_headers_name_the_unit(unit: Unit, style: Style, en: str, ru: str, vi: str) -> None:
    assert [spaced(heading(unit, catalogue(lang), style)) for lang in LANGS] == [en, ru, vi]


@pytest.mark.parametrize(
    ("measure", "lang", "number", "unit"),
    [
        (Measure(4.59e9, "usd"), "vi", "4,59", "tỷ\N{NO-BREAK SPACE}USD"),
        (Measure(0.005, "share"), "ru", "0,5\N{NO-BREAK SPACE}%", ""),
        (Measure(52, "count"), "en", "52", ""),
        (Measure(None, "usd"), "en", "—", ""),
    ],
)
def test_a_headline_figure_and_its_unit_apart(measure: Measure, lang: Lang, number: str, unit: str) -> None:
    assert parted(measure, catalogue(lang)) == (number, unit)
