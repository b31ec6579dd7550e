"""A study reconciles only where it is asked, says how, and stands on reported figures all the same."""

from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from corridor.errors import NothingFound, UsageError
from corridor.report.catalogue import LANGS
from corridor.study.question import Question, Reconciliation
from corridor.workspace import Workspace


def test_nothing_is_reconciled_unasked(tmp_path: Path) -> None:
    made = Workspace(tmp_path).study("RUS", "VNM")
    assert made.study.stage("collection").tables["reconciled"].is_empty()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    return Workspace(tmp_path_factory.mktemp("none")).study("RUS", "VNM", reconcile="mean", cif_margin=0.07)


def test_the_bundled_totals_by_hand(made) -> None:
    """2021: Viet Nam's exports 3,203 million by its own report; Russia's imports 4,892.996 million cif by its own."""
    years = made.study.stage("collection").tables["reconciled"].filter(exporter="VNM")
    of_2021 = years.filter(year=2021).row(0, named=True)
    assert of_2021["fob_importer"] == pytest.approx(of_2021["value_importer"] / 1.07)
    assert of_2021["reconciled_usd"] == pytest.approx((of_2021["value_exporter"] + of_2021["fob_importer"]) / 2)
    assert (of_2021["basis"], of_2021["caveats"]) == ("reconciled", "reconciled_here")
    of_2024 = years.filter(year=2024).row(0, named=True)
    assert of_2024["value_importer"] > of_2024["value_exporter"], "the Fund prints a figure for the silent side"
    assert (of_2024["reconciled_usd"], of_2024["basis"]) == (of_2024["value_exporter"], "reported")
    assert of_2024["caveats"] == ""


def test_the_rest_of_the_study_does_not_move(made, tmp_path: Path) -> None:
    plain = Workspace(tmp_path).study("RUS", "VNM")
    for name, table in plain.study.stage("product_groups").tables.items():
        assert_frame_equal(made.study.stage("product_groups").tables[name], table)


@pytest.mark.parametrize("lang", LANGS)
def test_the_report_says_method_and_margin(made, lang: str) -> None:
    text = made.render("md", lang=lang)
    heading = {"en": "Both sides as one value", "ru": "Единое значение", "vi": "Một giá trị từ số liệu hai bên"}[lang]
    place = text.index(heading)
    assert "7" in text[place : place + 400]
    assert {"en": "the mean of both reports", "ru": "среднее двух отчётов", "vi": "trung bình số liệu"}[lang] in text


def test_an_archive_remembers_the_method(made, tmp_path: Path) -> None:
    file = made.archive(tmp_path / "a.zip", formats=["md"], lang="en", detail="short")
    assert "all" in made.workspace.replay(file).text()
    assert made.asked.reconcile == "mean"


@pytest.mark.parametrize(
    ("method", "margin", "words"),
    [
        ("mean", None, "needs the margin"),
        (None, 0.07, "needs a method"),
        ("best", 0.07, "no method of reconciliation is called 'best'"),
    ],
)
def test_half_a_question_is_one_line(method: str | None, margin: float | None, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Reconciliation.asked(method, margin)


def test_weights_need_other_partners(tmp_path: Path) -> None:
    with pytest.raises(NothingFound, match="weights need 10"):
        Workspace(tmp_path).study("RUS", "VNM", reconcile="weighted", cif_margin=0.07)


def test_a_question_asks_for_nothing_of_itself() -> None:
    assert Question("RUS", "VNM").reconciliation is None
