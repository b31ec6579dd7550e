"""`corridor simulate` and `corridor tariff` on an invented schedule and the bundled figures."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corridor import cli
from corridor.errors import CorridorError
from corridor.workspace import Workspace

LINES = {
    # Coal is taxed 3 % under MFN and free for the Union; wheat 5 % and not in the agreement.
    "27011100": ("3", "0", "Anthracite"),
    "27011210": ("3", "0", "Coking coal"),
    "10011100": ("5", "*", "Durum wheat seed"),
    "04072100": ("40 (NHN: 80)", "Q", "Hens' eggs"),
}
SCENARIO = """
title: "An invented scenario"
importer: "VNM"
partner: "RUS"
baseline: {year: 2025}
schedule: {reporter: "VNM", day: 2026-06-01}
elasticities:
  import_demand: {default: 1.2, source: "assumed"}
  substitution: {default: 1.5, source: "assumed"}
  export_supply: {default: infinite, source: "assumed"}
changes:
  - {products: [wheat], duty_percent: 0, from: 2027-01-01, reason: "invented"}
"""
NOTES = """
notes:
  - {products: ["2701"], subject: "transport", text: "Invented note.", author: "N. N.", date: 2026-03-01,
     address: "https://example.org/note"}
"""


def record(code: str, mfn: str, eaeu: str, name: str) -> str:
    agreed = {"VN-EAEU": {"rate": eaeu, "doc": "113/2022/NĐ-CP", "effective_date": "30/12/2022"}}
    vi = "Than antraxit" if name == "Anthracite" else ""
    found = {
        "hs_code": code,
        "description_en": name,
        "description_vi": vi,
        "mfn_rate_raw": mfn,
        "vat_rate_raw": "5/8/10",
    }
    return json.dumps({**found, "preferential_rates": agreed}, ensure_ascii=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tariffs")
    (folder / "schedule").write_text("\n".join(record(code, *cells) for code, cells in LINES.items()), encoding="utf-8")
    (folder / "scenario.yml").write_text(SCENARIO, encoding="utf-8")
    (folder / "notes.yml").write_text(NOTES, encoding="utf-8")
    (outcome,) = Workspace(folder / "data").add([folder / "schedule"]).outcomes
    assert outcome.status == "added", outcome.message
    return folder


@pytest.fixture
def corridor(data: Path) -> Callable[..., Result]:
    def run(*words: str) -> Result:
        return CliRunner().invoke(cli.app, [*words, "--data", str(data / "data")], catch_exceptions=True)

    return run


def test_simulate(corridor: Callable[..., Result], data: Path) -> None:
    answer = corridor("simulate", str(data / "scenario.yml"), "--format", "json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert (found["schema"], found["approximate"]) == ("corridor.simulation/1", True)
    wheat, total = found["effects"]
    assert (wheat["product"], wheat["rate_before"], wheat["rate_after"]) == ("wheat", 0.05, 0.0)
    assert wheat["trade_creation_usd"] == pytest.approx(wheat["imports_before_usd"] * 1.2 * 0.05 / 1.05)
    assert total["product"] == "TOTAL"
    assert "An invented scenario" in answer.stderr
    assert "approximate" in answer.stderr
    text = corridor("simulate", str(data / "scenario.yml"))
    assert "wheat" in text.stdout


def test_the_card(corridor: Callable[..., Result], data: Path) -> None:
    words = ("tariff", "VNM", "RUS", "2701", "--on", "2026-06-01", "--notes", str(data / "notes.yml"))
    answer = corridor(*words, "--format", "json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert [row["margin_mfn"] for row in found["rows"]] == pytest.approx([0.03, 0.03])
    assert [row["name"] for row in found["rows"]] == ["Anthracite", "Coking coal"]
    assert found["rows"][0]["vat_text"] == "5/8/10"
    assert found["certificate"]["form"] == "EAV"
    assert "Invented note." in answer.stderr
    assert "27011100" in corridor(*words).stdout
    assert "Than antraxit" in corridor(*words, "--lang", "vi").stdout
    assert "Coking coal" in corridor(*words, "--lang", "ru").stdout
    assert corridor("tariff", "VNM", "RUS", "coal").exit_code == 0


def test_a_quota_is_shown_and_gives_no_rate(corridor: Callable[..., Result]) -> None:
    answer = corridor("tariff", "VNM", "RUS", "04072100", "--format", "json")
    (row,) = json.loads(answer.stdout)["rows"]
    assert (row["effective"], row["rate_absence"]) == (None, "quota")
    assert row["quota"] == "VN-EAEU: Q; mfn: 40 (NHN: 80)"


@pytest.mark.parametrize(
    "sheet", ["request", "defensive", "coverage", "averages", "peaks", "escalation", "staging", "revenue"]
)
def test_every_sheet_is_printed(corridor: Callable[..., Result], sheet: str) -> None:
    answer = corridor("tariff", "VNM", "RUS", "--sheet", sheet, "--on", "2026-06-01", "--format", "json")
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["schema"] == f"corridor.tariff_{sheet}/1"


def test_a_target_on_the_bundled_figures(corridor: Callable[..., Result]) -> None:
    asked = ("target", "VNM", "RUS", "--billion", "15", "--by", "2030")
    answer = corridor(*asked, "--statistics", "VNM", "--format", "json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert [path["whose"] for path in found["paths"]] == ["VNM", "RUS"]
    assert [path["growth"] for path in found["paths"]] == pytest.approx([0.257, 0.171], abs=6e-4)
    assert [path["base"]["estimated"] for path in found["paths"]] == [False, True]
    assert sum(row["needed_usd"] for row in found["rows"]) == pytest.approx(found["paths"][0]["missing_usd"], rel=1e-6)
    assert "an estimate" in answer.stderr
    assert corridor(*asked).exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tariff", "VNM", "RUS"), "name a product, or a sheet"),
        (("tariff", "VNM", "RUS", "coal", "--sheet", "peaks"), "name a product, or a sheet"),
        (("tariff", "VNM", "RUS", "--sheet", "peak"), "there are: request"),
        (("tariff", "RUS", "VNM", "coal"), "no tariff schedule of RUS is held; schedules held: VNM"),
        (("tariff", "VNM", "RUS", "9999"), "no line of the schedule has the code 9999"),
        (("tariff", "VNM", "RUS", "coals"), "coals"),
        (("tariff", "VNM", "RUS", "coal", "--notes", "nowhere.yml"), "nowhere.yml: cannot be read"),
        (("simulate", "nowhere.yml"), "nowhere.yml: cannot be read"),
    ],
)
def test_a_wrong_question_ends_in_one_line(corridor: Callable[..., Result], words: tuple[str, ...], said: str) -> None:
    answer = corridor(*words)
    assert isinstance(answer.exception, CorridorError)
    assert said in answer.exception.line()
    assert "\n" not in answer.exception.line()
