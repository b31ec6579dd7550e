"""The three catalogues say the same things: same keys, same placeholders, no forbidden words, right terms."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from corridor.codes import glossary
from corridor.codes.frames import REASONS
from corridor.codes.schema import COVERAGE_STATUS
from corridor.errors import UsageError
from corridor.evidence import Measure
from corridor.report.catalogue import LANGS, Catalogue, Lang, catalogue, catalogue_files, language, read_catalogue
from corridor.report.declension import PERIOD_CASES, ROLES
from corridor.report.documents.document import direction
from corridor.report.text import MissingParameter, placeholders, style, terms

_HOW = re.compile(r"\{\w+:([^{}]*)\}")
_MARKED = re.compile(r"\[\[(\w+)\|([^\]]+)\]\]")

COMMAND = re.compile(r"corridor [a-z]+")


def forms(words: Catalogue, key: str) -> tuple[str, ...]:
    message = words.messages[key]
    return message if isinstance(message, tuple) else (message,)


def test_the_languages_have_the_same_messages() -> None:
    keys = {lang: set(catalogue(lang).messages) for lang in LANGS}
    assert keys["en"] == keys["ru"] == keys["vi"]


def test_no_message_is_empty_fuzzy_or_there_twice() -> None:
    for lang in LANGS:
        ids: Counter[str] = Counter()
        for file in catalogue_files(lang):
            with file.open("rb") as stream:
                entries = [entry for entry in read_po(stream, locale=lang) if entry.id]
            ids.update(entry.id if isinstance(entry.id, str) else entry.id[0] for entry in entries)
            assert [entry.id for entry in entries if entry.fuzzy] == []
        assert [key for key, count in ids.items() if count > 1] == []
        assert set(ids) == set(catalogue(lang).messages), "an empty message counts as missing"


def test_the_languages_fill_the_same_placeholders() -> None:
    for key in catalogue("en").messages:
        wanted = {
            lang: set().union(*(placeholders(form) for form in forms(catalogue(lang), key))) - {"n"} for lang in LANGS
        }
        assert wanted["en"] == wanted["ru"] == wanted["vi"], key


def test_plural_messages_are_plural_in_every_language() -> None:
    for key in catalogue("en").messages:
        kinds = {lang: catalogue(lang).is_plural(key) for lang in LANGS}
        assert len(set(kinds.values())) == 1, key
        if kinds["en"]:
            assert [len(forms(catalogue(lang), key)) for lang in LANGS] == [2, 3, 1], key


def test_every_placeholder_asks_for_something_known(lang: Lang) -> None:
    for key in catalogue(lang).messages:
        for form in forms(catalogue(lang), key):
            for how in _HOW.findall(form):
                if how.removeprefix("full ") not in (*ROLES, *PERIOD_CASES, "cap"):
                    try:
                        style(how)
                    except MissingParameter as error:
                        pytest.fail(f"{lang} {key}: {error}")


def test_no_brace_or_bracket_is_left_over(lang: Lang) -> None:
    for key in catalogue(lang).messages:
        for form in forms(catalogue(lang), key):
            rest = _MARKED.sub("", re.sub(r"\{\w+(?::[^{}]*)?\}", "", form))
            assert not set("{}[]|") & set(rest), (lang, key)


def test_no_forbidden_word_is_printed(lang: Lang) -> None:
    for key in catalogue(lang).messages:
        for form in forms(catalogue(lang), key):
            # What a message tells a person to type is the program's name.
            assert glossary.offences(COMMAND.sub("", form), lang) == (), (lang, key)


def test_marked_terms_are_defined_and_the_same_in_every_language() -> None:
    defined = set(glossary.defined())
    for key in catalogue("en").messages:
        marked = {lang: set().union(*(terms(form) for form in forms(catalogue(lang), key))) for lang in LANGS}
        assert marked["en"] == marked["ru"] == marked["vi"], key
        assert marked["en"] <= defined, key


@pytest.mark.parametrize(
    ("column", "term"),
    [
        ("value", "value"),
        ("quantity", "quantity"),
        ("unit_value", "unit_value"),
        ("unit_value_effect", "unit_value_effect"),
        ("quantity_effect", "quantity_effect"),
        ("share", "share"),
        ("market_share", "market_share"),
        ("contribution", "contribution"),
        ("revised", "revised"),
    ],
)
def test_headers_are_the_words_of_the_glossary(column: str, term: str, lang: Lang) -> None:
    label = catalogue(lang).say(f"column.{column}").lower()
    assert any(form.startswith(label) or label.startswith(form) for form in glossary.term(term).forms(lang))


def test_the_russian_change_is_the_change_not_the_ratio() -> None:
    # Темп роста is 110 %, темп прироста +10 %.
    assert catalogue("ru").say("column.change") == "Темп прироста"


def test_words_of_the_house_do_not_repeat_the_glossary() -> None:
    known = {term.key for term in glossary.terms()}
    assert {
        key for key in catalogue("en").messages if key.removeprefix("term.") in known and key.startswith("term.")
    } == set()


def test_every_reason_for_absence_can_be_said() -> None:
    absent = {status for status in COVERAGE_STATUS if status not in ("reported", "zero")} | set(REASONS)
    said = {key.removeprefix("absence.") for key in catalogue("en").messages if key.startswith("absence.")}
    assert absent - said == set()


def test_units_and_labels_have_no_stray_blanks(lang: Lang) -> None:
    for key in catalogue(lang).messages:
        for form in forms(catalogue(lang), key):
            assert form == form.strip(), (lang, key)
            assert "  " not in form, (lang, key)


def test_a_catalogue_is_read_from_its_text(tmp_path: Path) -> None:
    file = tmp_path / "x.po"
    head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    file.write_text(
        head + 'msgid "a"\nmsgstr "Nga"\n\n#, fuzzy\nmsgid "b"\nmsgstr "?"\n\nmsgid "c"\nmsgstr ""\n', encoding="utf-8"
    )
    read = read_catalogue(file, "vi")
    assert read.messages == {"a": "Nga"}
    assert "b" not in read


def test_languages_have_names() -> None:
    assert language("ru") == "ru"
    with pytest.raises(UsageError, match="choose one of en, ru, vi"):
        language("fr")


@pytest.mark.parametrize(("value", "shown"), [(0.1, "up"), (-0.1, "down"), (0.0, "same"), (None, "unknown")])
def test_a_change_chooses_its_message(value: float | None, shown: str) -> None:
    assert direction(Measure(value, "growth")) == shown
