"""Names in a sentence: Russian cases and prepositions, English articles, periods and days."""

from __future__ import annotations

import re
from datetime import date

import pycountry
import pytest

from corridor.codes import areas
from corridor.errors import UsageError
from corridor.evidence import Name
from corridor.report.catalogue import LANGS, Lang, catalogue
from corridor.report.declension import ROLES, cases, placed, role
from corridor.report.names import edition, in_sentence, period, short_period, spoken
from corridor.sample.citations import citations


@pytest.mark.parametrize(
    ("code", "of", "to", "source", "company", "place"),
    [
        ("RUS", "России", "в Россию", "из России", "с Россией", "в России"),
        ("VNM", "Вьетнама", "во Вьетнам", "из Вьетнама", "с Вьетнамом", "во Вьетнаме"),
        ("CHN", "Китая", "в Китай", "из Китая", "с Китаем", "в Китае"),
        ("FRA", "Франции", "во Францию", "из Франции", "с Францией", "во Франции"),
        ("LKA", "Шри-Ланки", "на Шри-Ланку", "со Шри-Ланки", "со Шри-Ланкой", "на Шри-Ланке"),
        ("PHL", "Филиппин", "на Филиппины", "с Филиппин", "с Филиппинами", "на Филиппинах"),
        ("NLD", "Нидерландов", "в Нидерланды", "из Нидерландов", "с Нидерландами", "в Нидерландах"),
        ("USA", "США", "в США", "из США", "с США", "в США"),
        ("BLR", "Беларуси", "в Беларусь", "из Беларуси", "с Беларусью", "в Беларуси"),
        (
            "KOR",
            "Республики Корея",
            "в Республику Корея",
            "из Республики Корея",
            "с Республикой Корея",
            "в Республике Корея",
        ),
        ("PER", "Перу", "в Перу", "из Перу", "с Перу", "в Перу"),
        ("ISR", "Израиля", "в Израиль", "из Израиля", "с Израилем", "в Израиле"),
        (
            "RU-VLG",
            "Вологодской области",
            "в Вологодскую область",
            "из Вологодской области",
            "с Вологодской областью",
            "в Вологодской области",
        ),
        (
            "RU-PRI",
            "Приморского края",
            "в Приморский край",
            "из Приморского края",
            "с Приморским краем",
            "в Приморском крае",
        ),
        (
            "RU-UD",
            "Удмуртской Республики",
            "в Удмуртскую Республику",
            "из Удмуртской Республики",
            "с Удмуртской Республикой",
            "в Удмуртской Республике",
        ),
    ],
)
def test_russian_cases(code: str, of: str, to: str, source: str, company: str, place: str) -> None:
    roles = ("of", "to", "from", "with", "in")
    words = catalogue("ru")
    assert [in_sentence(Name("area", code), role, words, {}) for role in roles] == [of, to, source, company, place]


def test_no_russian_name_keeps_a_nominative_ending_in_the_genitive() -> None:
    # Feminine names in -ия and -а decline, whatever the country.
    for country in pycountry.countries:
        name = areas.name(country.alpha_3, "ru")
        if " " not in name and name.endswith(("ия", "ка", "на")) and not name.isupper():
            assert cases(name)[0] not in (name, ""), name


@pytest.mark.parametrize(
    ("code", "to"),
    [
        ("NLD", "to the Netherlands"),
        ("USA", "to the United States"),
        ("VNM", "to Viet Nam"),
        ("EAEU", "to the Eurasian Economic Union"),
    ],
)
def test_english_articles(code: str, to: str) -> None:
    assert in_sentence(Name("area", code), "to", catalogue("en"), {}) == to


def test_vietnamese_prepositions() -> None:
    assert [placed("Nga", each, "vi") for each in ROLES] == [
        "Nga",
        "của Nga",
        "sang Nga",
        "từ Nga",
        "với Nga",
        "tại Nga",
    ]


def test_an_unknown_role_is_said() -> None:
    with pytest.raises(UsageError, match="no role 'into'"):
        role("into")


@pytest.mark.parametrize(
    ("code", "en", "ru", "vi"),
    [
        ("2025", "2025", "2025 г.", "năm 2025"),
        ("2023:2025", "2023–2025", "2023–2025 гг.", "giai đoạn 2023–2025"),
        ("2025-01", "January 2025", "январь 2025 г.", "tháng 1/2025"),
        (
            "2024-11:2025-02",
            "November 2024 – February 2025",
            "ноябрь 2024 г. – февраль 2025 г.",
            "tháng 11/2024 – tháng 2/2025",
        ),
        ("2026-02-10", "10 February 2026", "10 февраля 2026 г.", "10/02/2026"),
    ],
)
def test_periods_and_days(code: str, en: str, ru: str, vi: str) -> None:
    langs: tuple[Lang, ...] = ("en", "ru", "vi")
    assert [period(code, lang).replace("\N{NO-BREAK SPACE}", " ") for lang in langs] == [en, ru, vi]


@pytest.mark.parametrize(("lang", "shown"), [("en", "Mar 2025"), ("ru", "03.2025"), ("vi", "3/2025")])
def test_an_axis_shortens_months(lang: Lang, shown: str) -> None:
    assert (short_period("2025-03", lang), short_period("2025", lang)) == (shown, "2025")


def test_goods_begin_small_inside_a_sentence_unless_they_are_abbreviations() -> None:
    words = catalogue("en")
    assert in_sentence(Name("product", "coffee"), "", words, {}) == "coffee"
    assert in_sentence(Name("product", "coffee"), "cap", words, {}) == "Coffee"
    assert in_sentence(Name("text", "HS 09"), "", words, {}) == "HS 09"


def test_names_of_every_kind() -> None:
    words = catalogue("vi")
    publishers = {"vn_customs": {"en": "Viet Nam Customs", "vi": "Cục Hải quan"}}
    assert spoken(Name("source", "vn_customs"), words, publishers) == "Cục Hải quan"
    assert spoken(Name("source", "elsewhere"), words, publishers) == "elsewhere"
    assert spoken(Name("term", "other_suppliers"), words, {}) == "các nước cung cấp khác"
    assert spoken(Name("term", "market_share"), words, {}) == "thị phần"
    assert spoken(Name("product", "090111"), words, {}).startswith("HS 090111 (09: ")
    assert spoken(Name("product", "09"), words, {}) == "Cà phê, chè và gia vị"


@pytest.mark.parametrize("code", ["2025", "2023:2025", "2025-01", "2026-02-10"])
def test_the_russian_year_never_begins_a_line(code: str) -> None:
    assert " г" not in period(code, "ru")


def test_a_first_mention_is_in_full() -> None:
    russia, viet_nam = Name("area", "RUS"), Name("area", "VNM")
    assert in_sentence(russia, "full of", catalogue("en"), {}) == "of the Russian Federation"
    assert in_sentence(russia, "full with", catalogue("ru"), {}) == "с Российской Федерацией"
    assert in_sentence(viet_nam, "full to", catalogue("ru"), {}) == "в Социалистическую Республику Вьетнам"
    assert in_sentence(russia, "full from", catalogue("vi"), {}) == "từ Liên bang Nga"


@pytest.mark.parametrize(
    ("code", "lang", "said"),
    [
        ("020.T, 2024-12, 2025-01-06", "en", "020.T, December 2024, 6 January 2025"),
        ("V03, 2024-01:2026-07", "vi", "V03, tháng 1/2024 – tháng 7/2026"),
        ("RF001, 2021", "ru", "2021"),
        (
            "Form 021.T/BCB-TC; 2026-07; cumulative",
            "ru",
            "Form 021.T/BCB-TC; июль 2026\N{NO-BREAK SPACE}г.; cumulative",
        ),
        ("file 2025-13, series A-2024-01", "en", "file 2025-13, series A-2024-01"),
    ],
)
def test_an_edition_is_told_in_words(code: str, lang: Lang, said: str) -> None:
    assert edition(code, lang) == said


@pytest.mark.parametrize(
    ("code", "lang", "said"),
    [
        ("RF016, 2025 January-July", "ru", "январь–июль 2025\N{NO-BREAK SPACE}г."),
        ("RF016, 2025 January-July", "vi", "7 tháng đầu năm 2025"),
        ("RF073, 2019 first half", "vi", "6 tháng đầu năm 2019"),
        ("RF036, 2025 January-November (year inferred)", "en", "January–November 2025 (year inferred)"),
    ],
)
def test_the_first_months_of_a_year_are_told_in_the_language(code: str, lang: Lang, said: str) -> None:
    assert edition(code, lang) == said


def test_a_day_told_beside_an_edition_is_not_told_in_it() -> None:
    assert edition("020.T, 2024-12, 2025-01-06", "en", date(2025, 1, 6)) == "020.T, December 2024"


@pytest.mark.parametrize(
    ("code", "dative", "instrumental"),
    [
        ("2024", "2024 г.", "2024 г."),
        ("2025Q3", "III кварталу 2025 г.", "III кварталом 2025 г."),
        ("2025-03", "марту 2025 г.", "мартом 2025 г."),
        ("2025-01:2025-07", "январю–июлю 2025 г.", "январём–июлем 2025 г."),
        ("2025-01:2025-08", "январю–августу 2025 г.", "январём–августом 2025 г."),
        ("2023-01:2025-05", "январю 2023 г. – маю 2025 г.", "январём 2023 г. – маем 2025 г."),
    ],
)
def test_a_russian_period_stands_in_its_case(code: str, dative: str, instrumental: str) -> None:
    words = catalogue("ru")
    for case, said in (("dative", dative), ("instrumental", instrumental)):
        assert in_sentence(Name("period", code), case, words, {}).replace("\N{NO-BREAK SPACE}", " ") == said


def test_other_languages_have_no_cases_of_periods() -> None:
    assert in_sentence(Name("period", "2025-03"), "dative", catalogue("vi"), {}) == "tháng 3/2025"


def test_the_citations_of_the_bundled_figures_are_told_in_the_language() -> None:
    # What stays: titles as their publisher prints them, names of series, files and columns.
    english = re.compile(r"\b(the|of|by|read|row|columns?|cumulative|series|partner|file type|exports|imports|held)\b")
    own = "International Trade in Goods by partner country"
    told = {
        lang: [
            edition(f"{each.title}; 2025-01, printed 2025-02-04; {each.section}", lang).replace(own, "")
            for each in citations().values()
        ]
        for lang in LANGS
    }
    assert [text for text in (*told["ru"], *told["vi"]) if english.search(text) or "printed" in text] == []
    assert [text for text in told["en"] + told["ru"] if "Sơ bộ" in text] == []
    assert all("4 февраля 2025" in text for text in told["ru"])
