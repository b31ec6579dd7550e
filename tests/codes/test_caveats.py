"""The vocabulary of caveats: complete, closed, and the same text for the same set."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes import caveats
from corridor.codes.caveats import CAVEATS
from corridor.codes.names import LANGUAGES
from corridor.errors import UnknownName

PROMISED = {
    "published_is_added", "estimated", "mirror_estimate", "listed_partners_sum", "approximate_group", "no_row",
    "partial_period", "first_release", "residual_group", "rounded", "press_figure", "contradicts_other",
    "misprint", "several_areas", "several_partners", "declarant_region", "veterinary_certificates",
    "entry_point", "hedged_at_least", "hedged_at_most", "hedged_about", "implied", "lunar_new_year",
    "transit_possible", "price_basis_mixed", "unit_value_mix", "definition_break", "sample_only",
}  # fmt: skip


def test_the_vocabulary_holds_what_was_promised() -> None:
    assert set(caveats.vocabulary()) >= PROMISED
    assert tuple(CAVEATS) == caveats.vocabulary()


def test_sentences_stand_in_three_languages() -> None:
    for key in caveats.vocabulary():
        assert re.fullmatch("[a-z_]+", key)
        assert tuple(CAVEATS[key]) == LANGUAGES
        for lang in LANGUAGES:
            sentence = caveats.sentence(key, lang)
            assert sentence.endswith("."), key
            assert "  " not in sentence, key
        assert re.search("[а-яё]", caveats.sentence(key, "ru")), key
        assert not re.search("[а-яё]", caveats.sentence(key, "en") + caveats.sentence(key, "vi")), key


def test_sentences_differ_from_each_other() -> None:
    for lang in LANGUAGES:
        sentences = {caveats.sentence(key, lang) for key in caveats.vocabulary()}
        assert len(sentences) == len(caveats.vocabulary())


def test_an_unknown_key_is_refused_everywhere() -> None:
    for ask in (
        lambda: caveats.sentence("first_relese", "en"),
        lambda: caveats.join(["no_row", "first_relese"]),
        lambda: caveats.split("no_row first_relese"),
    ):
        with pytest.raises(UnknownName, match="did you mean first_release"):
            ask()


def test_other_languages_and_attributes_are_refused() -> None:
    with pytest.raises(UnknownName, match='"fr"'):
        caveats.sentence("no_row", "fr")
    with pytest.raises(AttributeError, match="CAVEAT"):
        _ = caveats.CAVEAT


def test_text_of_a_table() -> None:
    assert caveats.join(["no_row", "first_release", "no_row"]) == "first_release no_row"
    assert caveats.join([]) == ""
    assert caveats.split("first_release no_row") == ("first_release", "no_row")
    assert caveats.split(None) == caveats.split("") == ()


@given(st.lists(st.sampled_from(caveats.vocabulary())))
def test_the_same_set_gives_the_same_text(keys: list[str]) -> None:
    text = caveats.join(keys)
    assert set(caveats.split(text)) == set(keys)
    assert caveats.join(reversed(keys)) == text
    assert caveats.join(caveats.split(text)) == text
