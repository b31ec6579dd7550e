"""Goods by name, stem, beginning and code in three languages."""

import polars as pl
import pytest

from corridor.errors import UsageError
from corridor.harmonise.search import search

NAMES = pl.DataFrame(
    [
        ("VNC", "coffee", "en", "Coffee"),
        ("VNC", "coffee", "ru", "Кофе"),
        ("VNC", "coffee", "vi", "Cà phê"),
        ("VNC", "tea", "vi", "Chè"),
        ("VNC", "fertilisers", "en", "Fertilisers"),
        ("VNC", "fertilisers", "ru", "Удобрения"),
        ("H5", "09", "en", "Coffee, tea, mate and spices"),
        ("H5", "0901", "en", "Coffee, whether or not roasted"),
        ("H5", "090121", "en", "Coffee; roasted, not decaffeinated"),
        ("H5", "081190", "en", "Berries, frozen"),
        ("TNVED", "0409", "ru", "МЁД НАТУРАЛЬНЫЙ"),
        ("TNVED", "31", "ru", "УДОБРЕНИЯ"),
        ("AHTN2022", "09012110", "vi", "Chưa xay, chế biến từ cà phê"),
        ("AHTN2022", "10019912", "vi", "Hạt lúa mì đã bỏ lớp vỏ"),
    ],
    schema=["classification", "product", "lang", "name"],
    orient="row",
)


def found(asked: str, lang: str = "en") -> list[tuple[str, str]]:
    return search(NAMES, asked, lang).select("product", "found_by").rows()


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("coffee", ("coffee", "code")),
        ("КОФЕ", ("coffee", "name")),
        ("Cà phê", ("coffee", "name")),
        ("ca phe", ("coffee", "name")),
        ("мед", ("0409", "phrase")),
        ("мёд натуральный", ("0409", "name")),
        ("удобрений", ("fertilisers", "stems")),
        ("berry", ("081190", "stems")),
        ("fertilizer", ("fertilisers", "stems")),
        ("fertil", ("fertilisers", "beginning")),
        ("roasted coffee", ("0901", "words")),
        ("lua mi", ("10019912", "phrase")),
        ("0901.21", ("090121", "code")),
    ],
)
def test_the_best_hit(asked: str, first: tuple[str, str]) -> None:
    assert found(asked)[0] == first


def test_accents_that_were_typed_count() -> None:
    assert [product for product, _ in found("chè")] == ["tea"]
    assert {product for product, _ in found("che")} == {"tea", "09012110"}


def test_a_code_is_found_by_its_beginning_too() -> None:
    assert found("0901") == [("0901", "code"), ("090121", "code_begins"), ("09012110", "code_begins")]
    assert found("09")[0] == ("09", "code")


def test_groups_of_publishers_stand_before_other_equals() -> None:
    assert [product for product, _ in found("удобрения")] == ["fertilisers", "31"]


def test_each_product_once_in_the_language_asked_for() -> None:
    hits = search(NAMES, "coffee", "ru")
    assert hits.filter(pl.col("product") == "coffee")["name"].to_list() == ["Кофе"]
    assert hits["product"].n_unique() == hits.height


def test_all_words_must_be_there() -> None:
    assert found("coffee berries") == []
    assert found("ffee") == [], "a part of a word is not its beginning"


@pytest.mark.parametrize("asked", ["", " ", "…", "()", "*"])
def test_nothing_to_look_for(asked: str) -> None:
    with pytest.raises(UsageError, match="nothing to look for"):
        search(NAMES, asked)


@pytest.mark.parametrize("asked", ["a.b*c[", r"\d+", "(coffee", "$^"])
def test_signs_of_patterns_are_only_signs(asked: str) -> None:
    try:
        assert search(NAMES, asked).height >= 0
    except UsageError:
        assert not any(letter.isalnum() for letter in asked)
