"""The words of reports: complete in three languages, and clean of the words that reports may not print."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes import caveats, glossary, products, schema
from corridor.codes.names import LANGUAGES
from corridor.errors import UnknownName

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)

#: Terms that a five-stage study prints and a reader may ask about.
ASKED = (
    "turnover", "trade_balance", "coverage_ratio", "normalised_balance", "share", "market_share", "growth",
    "contribution", "percentage_point", "unit_value", "bennet", "unit_value_effect", "quantity_effect", "hhi",
    "hhi_normalised", "entropy", "concentration_ratio", "structural_change", "grubel_lloyd",
    "export_similarity", "location_quotient", "constant_market_share", "market_effect", "structure_effect",
    "residual_effect", "mirror_statistics", "asymmetry", "first_release", "revised", "fob", "cif",
    "residual_group", "processing_degree", "degree_raw", "degree_low", "degree_middle", "degree_high",
    "non_resource_non_energy", "key_region", "partner_dependence", "listed_partners", "not_held",
    "not_reported", "row_absent", "main_commodity", "year_to_date",
)  # fmt: skip


def test_preferred_forms_are_the_first() -> None:
    assert glossary.term("turnover").ru == ("внешнеторговый оборот", "товарооборот")
    assert glossary.term("unit_value").preferred("vi") == "đơn giá bình quân"
    assert glossary.term("growth").preferred("ru") == "темп прироста"
    assert glossary.term("trade_surplus").forms("vi") == ("xuất siêu", "thặng dư thương mại")


def test_every_term_is_complete() -> None:
    keys = [term.key for term in glossary.terms()]
    assert len(set(keys)) == len(keys) > 151
    for term in glossary.terms():
        assert re.fullmatch("[a-z][a-z0-9_]*", term.key)
        for lang in LANGUAGES:
            forms = term.forms(lang)
            assert forms, (term.key, lang)
            assert all(form == form.strip() and form for form in forms), (term.key, lang)
            assert len(set(forms)) == len(forms), (term.key, lang)


def test_forms_stand_in_their_own_language() -> None:
    for term in glossary.terms():
        assert not any(CYRILLIC.search(form) for form in (*term.en, *term.vi)), term.key
        assert all(CYRILLIC.search(form) for form in term.ru), term.key
        assert not any(VIETNAMESE.search(form) for form in (*term.en, *term.ru)), term.key


def test_codes_of_the_data_have_a_term() -> None:
    keys = {term.key for term in glossary.terms()}
    assert set(schema.COVERAGE_STATUS) <= keys
    assert {"export", "import", "re_export", "re_import", "fob", "cif", "reporter", "partner"} <= keys
    assert {"preliminary", "revised", "official", "estimated", "value", "quantity"} <= keys
    assert {f"degree_{degree}" for degree in products.DEGREES} <= keys


@pytest.mark.parametrize("key", ASKED)
def test_a_study_can_explain_its_words(key: str) -> None:
    for lang in LANGUAGES:
        assert glossary.term(key).preferred(lang)
        assert glossary.definition(key, lang).endswith(".")


def test_definitions_are_one_sentence_in_every_language() -> None:
    for key in glossary.defined():
        glossary.term(key)
        for lang in LANGUAGES:
            sentence = glossary.definition(key, lang)
            assert sentence == sentence.strip(), (key, lang)
            assert sentence.endswith("."), (key, lang)
            # A full stop followed by a new sentence's capital would be a second one.
            assert not re.search(r"\.\s+[^\W\d_]", sentence[:-1]), (key, lang)
            assert bool(CYRILLIC.search(sentence)) == (lang == "ru"), (key, lang)
            assert bool(VIETNAMESE.search(sentence)) == (lang == "vi"), (key, lang)


def test_unknown_keys_and_languages() -> None:
    with pytest.raises(UnknownName, match="unit_value"):
        glossary.term("unit_valu")
    with pytest.raises(UnknownName, match="definition"):
        glossary.definition("form_eav", "en")
    with pytest.raises(UnknownName, match='"fr"'):
        glossary.definition("share", "fr")
    with pytest.raises(UnknownName):
        glossary.forbidden("de")
    with pytest.raises(UnknownName):
        glossary.term("share").forms("")


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("en", "The Corridor grew.", "corridor"),
        ("en", "12 rows in quarantine", "quarantine"),
        ("en", "The price of coal fell.", "price"),
        ("en", "the origin of the figure", "origin of the figure"),
        ("en", "critical exporting regions", "critical region"),
        ("ru", "в российско-вьетнамском коридоре", "коридор"),
        ("ru", "строки в карантине", "карантин"),
        ("ru", "Темпы роста составили 10 %", "темп роста"),
        ("ru", "цены на уголь снизились", "цена"),
        ("ru", "происхождение данных", "происхождение показателя"),
        ("ru", "рост на {times} раза", "на N раз"),
        ("ru", "5 млн. долл.", "млн. долл."),
        ("ru", "критические регионы", "критический регион"),
        ("vi", "Doanh thu xuất khẩu", "doanh thu"),
        ("vi", "hành lang thương mại", "hành lang"),
        ("vi", "12 dòng bị kiểm dịch", "kiểm dịch"),
        ("vi", "giá than giảm", "giá"),
        ("vi", "tăng gấp {times} lần", "tăng N lần"),
        ("vi", "439,7 ngàn USD", "ngàn"),
        ("vi", "xuất xứ của số liệu", "xuất xứ của số liệu"),
        ("vi", "điều kiện thương mại", "điều kiện thương mại"),
    ],
)
def test_forbidden_words_are_found(lang: str, text: str, word: str) -> None:
    assert [offence.word for offence in glossary.offences(text, lang)] == [word]
    assert glossary.offences(text, lang)[0].why == glossary.forbidden(lang)[word]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "country of origin; rules of origin; at constant prices; unit value; price basis"),
        ("ru", "средняя цена, средней ценой, индекс средних цен, в постоянных ценах; ценный; темп прироста; оценка"),
        ("ru", "5 млн долл. США; рост в 2,4 раза; на этот раз; страна происхождения; 2 тыс. долл.; 5 млн. В январе"),
        ("vi", "trị giá, đơn giá bình quân, đánh giá, giá trị, tỷ giá, theo giá cố định; gấp 3 lần; chống bán phá giá"),
        ("vi", "biện pháp vệ sinh và kiểm dịch động thực vật; nước xuất xứ; gia tăng; gia công; nguồn số liệu"),
    ],
)
def test_right_phrases_are_no_offence(lang: str, text: str) -> None:
    assert glossary.offences(text, lang) == ()


def test_composed_and_decomposed_letters_are_one() -> None:
    assert [offence.word for offence in glossary.offences("gia\u0301 than", "vi")] == ["giá"]


def test_our_own_texts_print_no_forbidden_word() -> None:
    for lang in LANGUAGES:
        texts = [glossary.definition(key, lang) for key in glossary.defined()]
        texts += [caveats.sentence(key, lang) for key in caveats.vocabulary()]
        texts += [products.name(code, lang) for code in products.codes()]
        texts += [form for term in glossary.terms() for form in term.forms(lang)]
        assert [offence for text in texts for offence in glossary.offences(text, lang)] == []


def test_every_ban_has_a_reason_and_finds_its_own_word() -> None:
    for lang in LANGUAGES:
        for word, why in glossary.forbidden(lang).items():
            assert why
            assert word in {offence.word for offence in glossary.offences(word, lang)}, word


@pytest.mark.parametrize("name", ["definitions.yml", "caveats.yml", "forbidden.yml"])
def test_no_key_is_written_twice(name: str) -> None:
    text = files("corridor.codes").joinpath("data", name).read_text(encoding="utf-8")
    written = re.findall(r"^([a-z_0-9]+):", text, re.MULTILINE)
    assert len(written) == len(yaml.safe_load(text))


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_can_be_searched(text: str, lang: str) -> None:
    for offence in glossary.offences(text, lang):
        assert offence.found
