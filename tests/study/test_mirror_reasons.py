"""The two publishers' ways of compiling, side by side: facts of their cards, never a cause."""

from pathlib import Path

import polars as pl
import pytest

from corridor.codes import caveats, compilation
from corridor.report.catalogue import catalogue
from corridor.sources import card, source_ids
from corridor.study.mirror_reasons import SCHEMA, mirror_reasons
from corridor.study.tables import Publisher
from corridor.workspace import Workspace


def office(source: str, area: str, rank: int = 1, **answers: str) -> Publisher:
    given = dict.fromkeys(compilation.ANSWERS, (compilation.UNKNOWN,))
    return Publisher(source, area, rank, given | {name: tuple(text.split()) for name, text in answers.items()})


def passing_on(source: str) -> Publisher:
    return office(source, "", 2, **dict.fromkeys(compilation.ANSWERS, compilation.AS_REPORTERS))


SELLER = office("a_office", "VNM", partner_of_exports="last_known_destination", trade_system="general")
BUYER = office("b_office", "RUS", partner_of_imports="origin", trade_system="general", left_out="transit")
PUBLISHERS = {each.source: each for each in (SELLER, BUYER, passing_on("fund"))}


def year(year: int, *, of: str = "a_office", by: str = "b_office", maturity: str = "official") -> dict[str, object]:
    return {
        "exporter": "VNM",
        "importer": "RUS",
        "year": year,
        "value_exporter": 100.0,
        "value_importer": 150.0,
        "source_exporter": of,
        "source_importer": by,
        "valuation_exporter": "fob",
        "valuation_importer": "cif",
        "maturity_exporter": "official",
        "maturity_importer": maturity,
        "comparable": maturity != "estimated",
        "trace_id": f"t/1/{year}",
    }


def reasons(*years: dict[str, object]) -> dict[str, tuple[str, str, str]]:
    found = mirror_reasons(pl.DataFrame(list(years)), PUBLISHERS)
    assert dict(found.schema) == dict(SCHEMA)
    columns = ("question", "answers_exporter", "answers_importer", "agreement")
    return {row[0]: row[1:] for row in found.select(columns).iter_rows()}


def test_the_answers_stand_side_by_side() -> None:
    found = reasons(year(2020))
    assert found["valuation"] == ("fob", "cif", "differ")
    assert found["partner"] == ("last_known_destination", "origin", "differ"), "each side is asked of its own flow"
    assert found["trade_system"] == ("general", "general", "same")
    assert found["left_out"] == ("unknown", "transit", "unknown"), "silence of one side is no difference"
    assert list(found)[:3] == ["maturity", "valuation", "partner"]


def test_of_whom_a_report_is_passed_on_answers_for_it_and_nobody_for_an_estimate() -> None:
    assert reasons(year(2020, by="fund"))["partner"] == ("last_known_destination", "origin", "differ")
    estimated = reasons(year(2020, by="fund", maturity="estimated"))
    assert estimated["partner"] == ("last_known_destination", "as_reporters", "unknown")
    assert estimated["maturity"] == ("official", "estimated", "differ")


def test_a_year_of_two_reports_stands_before_a_later_estimate() -> None:
    found = mirror_reasons(pl.DataFrame([year(2021), year(2024, by="fund", maturity="estimated")]), PUBLISHERS)
    assert found["last_year"].unique().to_list() == [2021]


def test_nothing_is_said_where_one_side_is_silent() -> None:
    assert mirror_reasons(pl.DataFrame([{**year(2020), "value_importer": None}]), PUBLISHERS).is_empty()


def test_a_source_without_a_card_knows_nothing() -> None:
    assert set(reasons(year(2020, by="somebody")).values()) >= {("fob", "cif", "differ")}
    assert reasons(year(2020, by="somebody"))["trade_system"] == ("general", "unknown", "unknown")


@pytest.mark.parametrize("lang", ["en", "ru", "vi"])
def test_every_answer_has_words(lang: str) -> None:
    known = catalogue(lang)
    for question, answers in compilation.ANSWERS.items():
        name = "partner" if question.startswith("partner_of") else question
        assert f"term.question.{name}" in known
        for answer in answers:
            shared = answer in (compilation.UNKNOWN, compilation.AS_REPORTERS)
            assert (f"term.compiled.{answer}" if shared else f"term.compiled.{name}.{answer}") in known
    assert caveats.sentence("mirror_reasons_not_asserted", lang)


def test_every_source_of_flows_answers_all_questions() -> None:
    for source in source_ids():
        assert bool(card(source).valuation) == bool(card(source).compiled())
        assert tuple(card(source).compiled()) in ((), tuple(compilation.ANSWERS))


def test_the_report_prints_them_in_three_languages_with_the_reservation(tmp_path: Path) -> None:
    made = Workspace(tmp_path).study("RUS", "VNM")
    rows = made.study.stage("collection").tables["mirror_reasons"]
    of_russia = rows.filter(exporter="VNM", question="partner")
    assert of_russia.select("answers_exporter", "answers_importer", "agreement", "last_year").rows() == [
        ("last_known_destination", "origin_else_consignment", "differ", 2021)
    ]
    for lang, words in (("en", "country of consignment"), ("ru", "страна отправления"), ("vi", "nước gửi hàng")):
        text = made.render("md", lang=lang)
        assert words in text
        assert caveats.sentence("mirror_reasons_not_asserted", lang) in text
