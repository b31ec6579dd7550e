"""`corridor explain` of a ranking's candidate: the same ranking again, from an id alone, with what it rests on."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from corridor import cli
from corridor.cli import app
from corridor.errors import NothingFound, UsageError
from corridor.evidence import Trace
from corridor.made_argument import is_candidate, read_id
from corridor.recommend.findings.pair import PAIR
from corridor.web.app import create
from corridor.web.settings import Settings
from corridor.workspace import Workspace

YEARS = (2023, 2024, 2025)


def row(partner: str, product: str, year: int, value: float, **other: Any) -> dict[str, object]:
    """One figure of Viet Nam's imports as the store keeps it."""
    return {
        "source": "un_comtrade", "release": "first", "table": "A", "reporter": "VNM", "partner": partner,
        "flow": "import", "classification": "HS", "product": product, "freq": "A", "cumulative": False,
        "period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "value_usd": value, "net_weight_kg": value,
        "quantity": value, "quantity_unit": "kg", "maturity": "official", "caveats": "", "snapshot": "s",
        "published": date(year + 1, 6, 1), "trace_id": f"file/{year}/{partner}-{product}",
    } | other  # fmt: skip


def imports() -> list[dict[str, object]]:
    """Coal and timber: Russia gains in coal, which grows, and loses in timber, which does not."""
    rows = []
    for at, year in enumerate(YEARS):
        rows += [row("RUS", "2701", year, 10.0 + 10 * at), row("CHN", "2701", year, 50.0)]
        rows += [row("RUS", "4407", year, 9.0 - at), row("CHN", "4407", year, 30.0)]
    return rows


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Workspace:
    flows = pl.LazyFrame(imports())
    monkeypatch.setattr(Workspace, "unread_flows", lambda _self, as_of=None: flows)
    monkeypatch.setattr(
        Workspace, "traces", lambda _self, ids: {each: Trace("un_comtrade", "imports.csv", "c" * 64) for each in ids}
    )
    monkeypatch.setattr("corridor.workspace.today", lambda: date(2026, 6, 1))
    return Workspace(tmp_path / "none")


def test_an_id_is_read_back() -> None:
    asked = read_id("RUS-VNM-2701-2025:topsis:source=un_comtrade:as_of=2026-01-31")
    assert (asked.exporter, asked.importer, asked.product, asked.year, asked.method) == (
        "RUS", "VNM", "2701", 2025, "topsis",
    )  # fmt: skip
    assert (asked.choice.source, asked.choice.release, asked.choice.as_of) == ("un_comtrade", None, date(2026, 1, 31))
    assert not is_candidate("RUS-VNM-coal-2025")
    assert not is_candidate("sample:vn_customs/1/2")
    for wrong in ("RUS:topsis", "RUS-VNM-2701-soon:topsis", "RUS-VNM-2701-2025:topsis:colour=red", "a-b-c-2:t:as_of=x"):
        with pytest.raises(UsageError, match="is no id of a ranking's candidate"):
            read_id(wrong)


def test_the_table_shows_ids_and_each_is_explained(toy: Workspace) -> None:
    table = toy.recommend("RUS", "VNM").table
    assert table["id"].to_list() == ["RUS-VNM-2701-2025:weighted_sum", "RUS-VNM-4407-2025:weighted_sum"]
    for each, score, place in table.select("id", "score", "rank").iter_rows():
        told = json.loads(toy.explain(each, as_json=True))
        assert told["schema"] == "corridor.candidate/1"
        assert (told["candidate"]["score"], told["candidate"]["rank"], told["of"]) == (score, place, 2)
        # The weighted sum of the parts is the whole.
        parts = told["criteria"]
        assert sum(one["weight"] for one in parts) == pytest.approx(1)
        assert sum(one["weight"] * one["score"] for one in parts) == pytest.approx(score)


def test_the_figures_behind_a_candidate_are_the_pairs_and_its_rivals(toy: Workspace) -> None:
    told = json.loads(toy.explain("RUS-VNM-2701-2025:weighted_sum", as_json=True))
    demand = next(each for each in told["criteria"] if each["criterion"] == "demand")
    assert demand == {
        "criterion": "demand", "column": "demand_usd", "unit": "usd", "value": 80.0, "weight": pytest.approx(0.25),
        "score": 1.0,
    }  # fmt: skip
    assert sorted(told["traces"]) == [
        "file/2023/RUS-2701", "file/2024/RUS-2701", "file/2025/CHN-2701", "file/2025/RUS-2701",
    ]  # fmt: skip


def test_what_stands_beside_a_candidate_is_told_with_it(toy: Workspace) -> None:
    found = toy.recommend("RUS", "VNM", lang="ru")
    assert found.table["caveats"].to_list() == ["own_side_silent regions_not_held"] * 2
    assert found.notes[-1].startswith("regions_not_held: Данных об экспорте по регионам страны-экспортёра нет")
    told = json.loads(toy.explain("RUS-VNM-2701-2025:weighted_sum", as_json=True))
    assert told["caveats"] == ["own_side_silent", "regions_not_held"]
    assert told["candidate"]["unit_value_position"] == 1
    said = toy.explain("RUS-VNM-2701-2025:weighted_sum", lang="vi")
    assert "bằng 1,00 lần các nước cung cấp khác" in said
    assert "Từ năm 2022 Nga không công bố" in said


def test_the_series_and_the_day_asked_for_are_in_the_id(toy: Workspace) -> None:
    (first, _) = toy.recommend("RUS", "VNM", source="un_comtrade", method="topsis", as_of=date(2026, 7, 1)).table["id"]
    assert first == "RUS-VNM-2701-2025:topsis:source=un_comtrade:as_of=2026-07-01"
    assert "by TOPSIS" in toy.explain(first)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("place 1 of 2", "weight 25.0%", "Rows behind the figures")),
        ("ru", ("место 1 из 2", "вес 25,0\xa0%", "Устойчивость места")),
        ("vi", ("hạng 1 trên 2", "trọng số 25,0%", "Mức độ vững chắc")),
    ],
)
def test_the_terminal_and_the_page_explain_in_each_language(
    toy: Workspace, lang: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    arguments = ["explain", "RUS-VNM-2701-2025:weighted_sum", "--lang", lang, "--data", str(tmp_path / "none")]
    found = CliRunner().invoke(cli.app, arguments)
    assert found.exit_code == 0, found.exception
    with TestClient(create(Settings(tmp_path / "data")), base_url="http://127.0.0.1:8000") as client:
        page = client.get("/explain", params={"id": "RUS-VNM-2701-2025:weighted_sum", "lang": lang})
        twin = client.get("/explain.json", params={"id": "RUS-VNM-2701-2025:weighted_sum"})
        table = client.get("/recommend", params={"exporter": "RUS", "importer": "VNM", "lang": lang})
    assert (page.status_code, twin.status_code, table.status_code) == (200, 200, 200)
    assert "/explain?id=RUS-VNM-2701-2025%3Aweighted_sum" in table.text
    for word in words:
        assert word in found.output
        assert word in page.text
    assert twin.json()["candidate"]["product"] == "2701"


def test_what_is_not_ranked_is_said_in_one_line(toy: Workspace) -> None:
    with pytest.raises(NothingFound, match="this ranking has no 9999; it has RUS-VNM-2701-2025:weighted_sum, "):
        toy.explain("RUS-VNM-9999-2025:weighted_sum")
    with pytest.raises(UsageError, match="no ranking method “guess”"):
        toy.explain("RUS-VNM-2701-2025:guess")


def test_weights_of_ones_own_move_the_ranking_and_stand_in_the_id(toy: Workspace) -> None:
    usual = toy.recommend("RUS", "VNM")
    own = toy.recommend("RUS", "VNM", weights={"demand": 0, "growth": 0, "share_gained": 0, "volatility": 100})
    assert usual.table["product"].to_list() == ["2701", "4407"]
    assert own.table["score"].to_list() != usual.table["score"].to_list()
    assert "score_demand" not in own.table.columns
    assert any(note.startswith("weights of your own: ") and "demand" not in note for note in own.notes)
    assert any(note.startswith("weights: demand ") for note in usual.notes)
    id = own.table["id"][0]
    assert id.endswith(":weights=demand=0,growth=0,share_gained=0,volatility=100")
    told = json.loads(toy.explain(id, as_json=True))
    assert told["candidate"]["score"] == own.table["score"][0]
    assert sum(each["weight"] for each in told["criteria"]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"colour": 1.0}, "no criterion “colour”"),
        ({"demand": -1.0}, "is no weight of demand"),
        ({"demand": float("nan")}, "is no weight of demand"),
        (dict.fromkeys((each.name for each in PAIR), 0.0), "nothing would count"),
    ],
)
def test_what_is_no_weight_is_refused(toy: Workspace, weights: dict[str, float], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        toy.recommend("RUS", "VNM", weights=weights)


@pytest.mark.parametrize("method", ["weighted_sum", "topsis", "pareto"])
def test_a_year_of_which_nothing_is_held_is_refused_with_those_there_are(toy: Workspace, method: str) -> None:
    with pytest.raises(NothingFound, match="no imports by product of 9999 are held; there are the years 20"):
        toy.recommend("RUS", "VNM", year=9999, method=method)


def test_the_page_its_twin_and_the_line_for_the_terminal_rank_by_the_same_weights(toy: Workspace) -> None:
    asked = "exporter=RUS&importer=VNM&lang=en&weight_demand=0&weight_volatility=40"
    with TestClient(create(Settings(toy.store.directory)), base_url="http://127.0.0.1:8000") as client:
        page = client.get(f"/recommend?{asked}").text
        twin = client.get(f"/recommend.json?{asked}").json()
        plain = client.get("/recommend.json?exporter=RUS&importer=VNM&lang=en").json()
        assert client.get("/recommend?exporter=RUS&importer=VNM&weight_demand=101").status_code == 400
    line = unescape(re.findall(r"<code>(corridor [^<]*)</code>", page)[0])
    assert "--weight demand=0 --weight volatility=40" in line
    said = CliRunner().invoke(app, [*shlex.split(line)[1:], "--format", "json", "--data", str(toy.store.directory)])
    assert json.loads(said.stdout) == twin
    assert twin["rows"] != plain["rows"]
    own = next(note for note in twin["notes"] if note.startswith("weights of your own"))
    assert own.removeprefix("w") in unescape(page)
    assert "weights={'demand': 0, 'volatility': 40}" in unescape(page)
    assert '<details class="weights" open>' in page
