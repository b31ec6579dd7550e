"""The lines above tables and the notes of the store speak the language asked for; English is the default."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from corridor import cli
from corridor.made_access import SHEETS, Trade
from corridor.panels import Panel
from corridor.potential.factors import COLUMNS
from corridor.recommend.advice import stale
from corridor.recommend.findings.pair import PAIR
from corridor.recommend.methods import METHODS
from corridor.report.catalogue import LANGS, catalogue
from corridor.report.lines import joined, lines
from corridor.scenarios.notes import Subject
from corridor.workspace import Workspace

_CYRILLIC = re.compile("[а-яё]{3}")
_ENGLISH = re.compile(r"\b(the|of|and|is|are|was|to)\b")


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "none")


def test_every_word_that_a_line_may_need_is_in_the_catalogues() -> None:
    keys = {
        *(f"advice.criterion.{each.name}" for each in PAIR), *(f"advice.method.{each}" for each in METHODS),
        *(f"advice.factor.{each}" for each in COLUMNS), *(f"access.reading.{each}" for each in SHEETS),
        *(f"access.subject.{each}" for each in get_args(Subject)),
    }  # fmt: skip
    assert keys - set(catalogue("en").messages) == set()


@pytest.mark.parametrize("lang", LANGS)
def test_the_store_says_in_the_language_that_nothing_was_added(ws: Workspace, lang: str) -> None:
    (told,) = ws.notes(lang)
    assert "corridor add PATH" in told
    assert told.startswith(
        {"en": "nothing was added yet", "ru": "пока ничего не добавлено", "vi": "chưa có tệp nào"}[lang]
    )
    assert list(ws.notes()) == list(ws.notes("en"))


def test_a_target_is_told_in_the_language(ws: Workspace) -> None:
    made = ws.target("VNM", "RUS", 15e9, 2030, statistics="VNM")
    assert next(made.notes()).startswith(
        "15.00\xa0billion\xa0USD by 2030, counted in the statistics of Viet Nam: +25.7%"
    )
    assert "по статистике Вьетнама: +25,7" in next(made.notes("ru"))
    assert "theo số liệu thống kê của Việt Nam: +25,7%" in next(made.notes("vi"))
    assert all(_ENGLISH.search(line) is None for lang in ("ru", "vi") for line in made.notes(lang))


def test_old_and_estimated_figures_are_told_with_the_right_plural() -> None:
    told = stale(2021, 2026, ("RUS",))
    assert lines(told, "en") == ("the figures are of 2021, 5 years back", "estimated, not reported: Russia")
    assert lines(told, "ru") == ("данные — за 2021 год, их давность — 5 лет", "оценка, а не отчётные данные: Россия")
    assert joined(stale(2023, 2026), "vi") == ""


def test_the_world_of_one_economy_is_told_as_one() -> None:
    import polars as pl

    told = pl.DataFrame({"reporter": ["VNM"], "year": [2025]})
    row = {"reporter": "VNM", "partner": "RUS", "product": "2701", "value_usd": 1.0}
    stored = pl.LazyFrame([row | {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}])
    panel = Panel("un_comtrade", "first", "HS", "import", told, stored)
    assert (
        joined(panel.world(2025), "en") == "the world here is the imports of 2025 that one economy reports, 1 product"
    )
    assert joined(panel.world(2025), "ru").endswith("отчитались: 1 экономика; 1 товар")


def test_without_imports_the_card_says_that_rivals_are_not_weighted() -> None:
    import polars as pl

    trade = Trade("", 0, pl.DataFrame(), pl.DataFrame(), approximate=False)
    assert lines(trade.notes(), "vi")[0].startswith("không có số liệu nhập khẩu của năm nào")


@pytest.mark.parametrize(
    "words",
    [
        ("target", "VNM", "RUS", "--billion", "15", "--by", "2030", "--statistics", "VNM"),
        ("regions", "RUS", "VNM"), ("indicator", "growth", "--exporter", "RUS", "--importer", "VNM"),
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_the_terminal_speaks_the_language(words: tuple[str, ...], tmp_path: Path) -> None:
    found = CliRunner().invoke(cli.app, [*words, "--lang", "ru", "--data", str(tmp_path / "none")])
    assert found.exit_code == 0, found.output
    first = found.output.splitlines()[0]
    assert _CYRILLIC.search(first), first


def test_a_schedule_s_lines_are_told_in_the_language(test_data: Path, tmp_path: Path) -> None:
    path = test_data / "vn-tariff-2026" / "vn_tariff_2026_hs8.csv.gz"
    if not path.is_file():
        pytest.skip(f"the schedule is not here: {path}")
    ws = Workspace(tmp_path / "store")
    ws.add([path])
    card = ws.tariff("VNM", "RUS", "2701", on=date(2026, 6, 1), lang="vi")
    told = list(card.notes())
    assert told[0].startswith("thuế nhập khẩu của Việt Nam đối với hàng hóa từ Nga, ngày 01/06/2026: ")
    assert any("biện pháp phòng vệ thương mại" in line for line in told)
    sheet = ws.tariff("VNM", "RUS", sheet="peaks", on=date(2026, 6, 1), lang="ru")
    assert list(sheet.notes())[-1] == "действующие ставки 15 % и выше"
    assert next(sheet.notes("en")).startswith("duties of Viet Nam on goods of Russia on 1 June 2026: ")
