"""Regions from the terminal's side: pages in three languages and for a program, with rows and without."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from corridor.cli import app
from corridor.codes import areas, tiles
from corridor.errors import NothingFound, UsageError
from corridor.report.catalogue import LANGS
from corridor.workspace import Workspace
from held_regions import Held, rows


@pytest.fixture
def held(tmp_path: Path) -> Held:
    workspace = Held(tmp_path)
    workspace.held = rows()
    return workspace


@pytest.mark.parametrize("lang", LANGS)
def test_the_regions_are_told_in_each_language(held: Held, lang: str) -> None:
    made = held.regions("RUS", "VNM")
    text = made.text(lang)
    first = made.tables["regions"]["region"][0]
    assert areas.name(first, lang) in text
    assert "{" not in text
    assert "<svg" in made.html(lang)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_a_region_is_told_in_each_language(held: Held, lang: str) -> None:
    first = held.regions("RUS", "VNM").tables["regions"]["region"][0]
    made = held.region(first, "VNM")
    assert areas.name(first, lang) in made.text(lang)
    assert made.tables["structure"].height


def test_a_program_gets_unrounded_tables(held: Held) -> None:
    found = json.loads(held.regions("RUS", "VNM", threshold=0.5).json())
    assert (found["schema"], found["threshold"]) == ("corridor.regions/1", 0.5)
    assert sum(each["share"] for each in found["tables"]["regions"]) == pytest.approx(1)
    page = json.loads(held.region("Vologda", "VNM").json())
    assert (page["schema"], page["region"]) == ("corridor.region/1", "RU-VLG")


def test_head_offices_are_left_out_on_demand(held: Held) -> None:
    made = held.regions("RUS", "VNM", head_offices=False)
    assert made.without == ("RU-MOW", "RU-SPE")
    assert not set(made.without) & set(made.tables["regions"]["region"])
    assert "Moscow" in made.text("en")


def test_a_region_without_rows_has_its_facts_and_national_trade(tmp_path: Path) -> None:
    made = Workspace(tmp_path).region("RU-PRI", "VNM", products=["coal"])
    assert set(made.tables) == {"published_facts", "national"}
    assert made.tables["national"]["product"].unique().sort().to_list() == ["coal", "fishery"]
    # Coal was asked for, fishery is what its published figures speak of; contradictions stay side by side.
    assert made.tables["published_facts"].filter(pl.col("period_text").str.starts_with("2023")).height > 1
    assert "apportioned" in made.text("en")


def test_without_rows_no_share_is_made(tmp_path: Path) -> None:
    made = Workspace(tmp_path).regions("RUS", "VNM")
    assert made.tables["regions"].is_empty()
    assert made.tables["published_facts"].height > 20


def test_what_is_no_region_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no region"):
        Workspace(tmp_path).region("RUS", "VNM")
    with pytest.raises(NothingFound, match="no regions"):
        Workspace(tmp_path).regions("EAEU", "VNM")
    with pytest.raises(UsageError, match="digits"):
        Workspace(tmp_path).regions("RUS", "VNM", digits=1)


def test_the_verbs_print(tmp_path: Path) -> None:
    run = CliRunner()
    data = ["--data", str(tmp_path)]
    assert "Регионы" in run.invoke(app, ["regions", "RUS", "VNM", "--lang", "ru", *data]).stdout
    answer = run.invoke(app, ["region", "RU-VLG", "VNM", "--format", "json", *data])
    assert json.loads(answer.stdout)["region"] == "RU-VLG"


def test_every_federal_subject_has_a_tile_of_its_own() -> None:
    today = date(2025, 1, 1)
    assert set(tiles.layout("RUS", today)) == set(areas.regions("RUS", nested=True))
    assert set(tiles.layout("VNM", today)) == set(areas.regions("VNM", on=today))
    assert len(tiles.layout("VNM", today)) == 63
    assert len(tiles.layout("VNM", date(2025, 7, 1))) == 34
    for prefix in ("RU-", "VN-"):
        taken = [place for code, place in tiles.places().items() if code.startswith(prefix)]
        assert len(taken) == len(set(taken))


def test_tiles_lie_roughly_where_the_regions_lie() -> None:
    place = tiles.places()
    assert place["RU-KGD"][0] < place["RU-MOW"][0] < place["RU-SVE"][0] < place["RU-IRK"][0] < place["RU-SAK"][0]
    assert place["RU-MUR"][1] < place["RU-VLG"][1] < place["RU-TUL"][1] < place["RU-KDA"][1] < place["RU-DA"][1]
    assert place["VN-04"][1] < place["VN-HN"][1] < place["VN-DN"][1] < place["VN-SG"][1] < place["VN-59"][1]


def test_a_merged_province_leads_to_its_successor() -> None:
    assert areas.area("VN-57").successor == "VN-SG"
    assert {areas.area(code).successor for code in areas.regions("VNM", on=date(2025, 1, 1))} <= {
        None, *areas.regions("VNM", on=date(2025, 7, 1)),
    }  # fmt: skip
