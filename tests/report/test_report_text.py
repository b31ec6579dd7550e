"""Sentences: placeholders, lists, plural forms, terms, absent figures."""

from __future__ import annotations

import pytest

from corridor.evidence import Finding, Measure, Name
from corridor.report.catalogue import Catalogue, Lang, MissingText, catalogue
from corridor.report.text import MissingParameter, Run, Voice, style, text

RU = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"


def said(message: str | tuple[str, ...], lang: Lang = "en", **parameters: Measure | Name | Finding | tuple) -> str:
    own = Catalogue(lang, {"key": message}, RU if lang == "ru" else "(n != 1)")
    return Voice(catalogue(lang).joined(own)).text(Finding("key", parameters))


def usd(value: float | None, absence: str = "") -> Measure:
    return Measure(value, "usd", absence)


def test_a_placeholder_is_filled_the_way_it_asks() -> None:
    assert said("{v:abs,million,.1} of {s}", v=usd(-2.5e9), s=Measure(0.5, "share")).replace("\xa0", " ") == (
        "2,500.0 million USD of 50.0%"
    )


def test_a_role_declines_the_name() -> None:
    assert (
        said("Экспорт {a:of} {b:to}", "ru", a=Name("area", "RUS"), b=Name("area", "VNM")) == "Экспорт России во Вьетнам"
    )


def test_a_list_is_joined_as_the_language_joins() -> None:
    groups = tuple(Name("product", code) for code in ("coffee", "tea", "pepper"))
    assert said("{g}", "en", g=groups) == "coffee, tea and pepper"
    assert said("{g}", "vi", g=groups) == "cà phê, chè và hạt tiêu"


def test_items_with_commas_are_parted_by_semicolons() -> None:
    groups = ((Name("product", "coffee"), usd(38_990_000)), (Name("product", "tea"), usd(1_230_000)))
    assert said("{g}", "vi", g=groups).replace("\xa0", " ") == "cà phê (38,99 triệu USD); chè (1,23 triệu USD)"


def test_an_item_takes_several_figures() -> None:
    group = (Name("product", "tea"), usd(1_230_000), Measure(-0.23, "growth"))
    assert said("{g}", g=(group,)).replace("\xa0", " ") == "tea (1.23 million USD; −23.0%)"


def test_a_finding_is_told_inside_another() -> None:
    inner = Finding("inner", {"v": Measure(0.1, "share")})
    own = Catalogue("en", {"outer": "{a:cap}, or {b}.", "inner": "about {v}"}, "0")
    told = Voice(catalogue("en").joined(own)).text(Finding("outer", {"a": inner, "b": inner}))
    assert told == "About 10.0%, or about 10.0%."


@pytest.mark.parametrize(("n", "shown"), [(1, "1 регион"), (3, "3 региона"), (11, "11 регионов"), (21, "21 регион")])
def test_russian_plural_forms(n: int, shown: str) -> None:
    assert said(("{n} регион", "{n} региона", "{n} регионов"), "ru", n=Measure(n, "count")) == shown


def test_a_plural_form_may_leave_its_number_unsaid() -> None:
    assert said(("one region", "{n} regions"), n=Measure(1, "count")) == "one region"


def test_an_abbreviation_at_the_end_has_one_full_stop() -> None:
    assert said("Импорт — {v}.", "ru", v=usd(2_740_000_000)).replace("\xa0", " ") == "Импорт — 2,74 млрд долл."


def test_an_absent_figure_says_why() -> None:
    assert (
        said("Imports: {v}.", v=usd(None, "not_held")).replace("\xa0", " ")
        == "Imports: — (the publisher's file is not held)."
    )


def test_a_term_keeps_its_words_and_its_key() -> None:
    own = Catalogue("vi", {"key": "[[market_share|Thị phần]] là {s}"}, "0")
    runs = Voice(catalogue("vi").joined(own)).runs(Finding("key", {"s": Measure(0.2, "share")}))
    assert runs == (Run("Thị phần", term="market_share"), Run(" là "), Run("20,0%", Measure(0.2, "share")))


@pytest.mark.parametrize(
    ("message", "parameters", "error"),
    [
        ("{a}", {}, "missing a, unused nothing"),
        ("words", {"b": Measure(1, "count")}, "missing nothing, unused b"),
        ("{a:loudly}", {"a": Measure(1, "count")}, "no way to print"),
    ],
)
def test_what_does_not_fit_is_an_error(message: str, parameters: dict[str, Measure], error: str) -> None:
    with pytest.raises(MissingParameter, match=error):
        said(message, **parameters)


def test_a_plural_message_needs_its_number() -> None:
    with pytest.raises(MissingParameter, match="needs a number n"):
        said(("one", "many"))


def test_an_unknown_key_is_an_error_not_its_own_text() -> None:
    with pytest.raises(MissingText, match="no message 'nowhere'"):
        text(Finding("nowhere"), "ru")


def test_styles_of_placeholders() -> None:
    assert (style("").sign, style("abs").sign, style("signed").sign) == ("auto", "never", "always")
    assert (style("t").quantity_unit, style("long").long, style("bare").unit) == ("t", True, False)


def test_the_case_of_a_period_reaches_into_a_told_finding() -> None:
    """ "к январю–июлю 2025 г. (те же месяцы)": the label of an incomplete year does not hide the case."""
    base = Finding("period.same_months", {"period": Name("period", "2025-01:2025-07")})
    said = text(Finding("against.on", {"base": base}), "ru").replace("\N{NO-BREAK SPACE}", " ")
    assert said == "к январю–июлю 2025 г. (те же месяцы)"
