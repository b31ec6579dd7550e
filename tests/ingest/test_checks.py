"""The checks of a file run when it is added: counted in the report, kept in the store, none of them a refusal."""

import gzip
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.codes import schema
from corridor.harmonise.checks import of_file
from corridor.ingest import AddReport, add, rebuild
from corridor.store import Store

TODAY = date(2026, 1, 20)
HEAD = "t,i,j,k,v,q\n"


def year(*rows: str) -> str:
    """A made-up year in BACI's layout: Russia sold one good to many."""
    return HEAD + "".join(f"2020,643,{row}\n" for row in rows)


def added(store: Store, path: Path) -> AddReport:
    report = add(store, [path], today=TODAY)
    assert [outcome.status for outcome in report.outcomes] == ["added"], report
    return report


@pytest.fixture
def known() -> list[str]:
    from corridor.codes import areas

    numbers = sorted(int(areas.area(code).numeric) for code in ("VNM", "CHN", "IND", "JPN", "KOR", "DEU", "ITA", "ESP"))
    return [f"{number},270112,10.000,10.000" for number in numbers if number != 356]


def test_a_planted_unit_value_is_told_counted_kept_and_made_again(store, write, known) -> None:
    odd = "792,270112,9000.000,10.000"
    path = write("BACI_HS17_Y2020_V202201.csv", year(*known, "616,270112,10.000,10.000", odd))
    report = added(store, path)
    assert report.findings == {"unit_value_outlier": 1}
    (outcome,) = report.outcomes
    assert "checks" not in outcome.rows, "what is said about a file is none of its figures"
    found = store.current("checks").collect()
    assert found.columns == list(schema.columns("checks"))
    assert found.select("source", "file", "finding", "reporter", "partner", "product", "found", "expected").rows() == [
        ("baci", path.name, "unit_value_outlier", "RUS", "TUR", "270112", 900.0, 1.0)
    ]
    flow = store.current("flows").filter(pl.col("partner") == "TUR").collect()
    assert flow["value_usd"].to_list() == [9_000_000], "a finding changes no figure"
    assert found["trace_id"].to_list() == flow["trace_id"].to_list()
    assert store.ingests()[0].rows["checks"] == 1
    again = rebuild(store)
    assert again.findings == {"unit_value_outlier": 1}
    assert store.current("checks").collect().equals(found)


def test_a_sound_file_has_no_finding_and_no_table(store, write, known) -> None:
    report = added(store, write("BACI_HS17_Y2020_V202201.csv", year(*known)))
    assert report.findings == {}
    assert store.current("checks").collect().is_empty()
    assert json.loads(report.json())["files"][0]["findings"] == {}


def test_a_long_file_says_that_it_was_not_checked(store, write, known, monkeypatch) -> None:
    monkeypatch.setattr(of_file, "MOST_ROWS", 3)
    report = added(store, write("BACI_HS17_Y2020_V202201.csv", year(*known)))
    assert report.findings == {"not_checked": 4}
    words = store.current("checks").collect()["evidence"].to_list()
    assert words[0] == "parts_do_not_add_up: the file has 7 flows, files of up to 3 are checked"
    assert {each.partition(":")[0] for each in words} == set(of_file.CHECKS)


def test_of_too_many_findings_the_farthest_are_kept_and_the_rest_counted(store, write, known, monkeypatch) -> None:
    monkeypatch.setattr(of_file, "MOST_FINDINGS", 1)
    two = ["792,270112,9000.000,10.000", "616,270112,90.000,10.000"]
    report = added(store, write("BACI_HS17_Y2020_V202201.csv", year(*known, "36,270112,10.000,10.000", *two)))
    assert report.findings == {"not_kept": 1, "unit_value_outlier": 1}
    found = store.current("checks").collect()
    assert found.filter(finding="unit_value_outlier")["partner"].to_list() == ["TUR"]
    said = "unit_value_outlier: 2 found, the 1 farthest from what was expected are kept"
    assert found.filter(finding="not_kept")["evidence"].to_list() == [said]


def test_every_kind_is_in_the_data_dictionary() -> None:
    assert set(schema.CHECKS) == {*of_file.CHECKS, of_file.NOT_CHECKED, of_file.NOT_KEPT}


def test_the_report_is_one_object_for_a_program(store, write, known) -> None:
    empty = write("empty.csv", "")
    report = add(store, [write("BACI_HS17_Y2020_V202201.csv", year(*known)), empty], today=TODAY)
    said = json.loads(report.json())
    assert said["schema"] == "corridor.added/1"
    assert [(each["status"], each["source"], each["rows"].get("flows")) for each in said["files"]] == [
        ("added", "baci", 7),
        ("refused", "", None),
    ]


@pytest.mark.parametrize(("planted", "kinds"), [(False, set()), (True, {"parts_do_not_add_up", "slip_by_a_thousand"})])
def test_real_trade_with_a_planted_slip(store, tmp_path, test_data, planted, kinds) -> None:
    """Imports of the United States from Viet Nam, 2015 to 2021; in one row thousands are put for dollars.

    What is found without it stands in the file: five codes whose parts the publisher put under 9999, and small flows
    that truly jumped.
    """
    original = test_data / "comtrade-bilateral-hs6" / "us_vietnam_1521.csv.gz"
    text = gzip.decompress(original.read_bytes()).decode("utf-8")
    rows = pl.read_csv(text.encode(), infer_schema=False)
    if planted:
        hit = (pl.col("cmd_code") == "847130") & (pl.col("ref_year") == "2019")
        slipped = (pl.col("primary_value").cast(pl.Float64) / 1000).cast(pl.String)
        rows = rows.with_columns(
            pl.when(hit).then(slipped).otherwise(name).alias(name) for name in ("primary_value", "cifvalue")
        )
    path = tmp_path / "us_vietnam.csv"
    rows.write_csv(path)
    report = added(store, path)
    assert report.findings["parts_do_not_add_up"] == 5 + planted
    found = store.current("checks").filter(pl.col("product").is_in(["847130", "8471"])).collect()
    of_2019 = found.filter(pl.col("period_end") == date(2019, 12, 31), pl.col("finding") != "unit_value_outlier")
    assert set(of_2019["finding"]) == kinds


def test_the_data_page_lists_what_was_found(tmp_path, write, known) -> None:
    from fastapi.testclient import TestClient

    from corridor.web.app import create
    from corridor.web.settings import Settings
    from corridor.workspace import Workspace

    ws = Workspace(tmp_path / "data")
    odd = "792,270112,9000.000,10.000"
    ws.add([write("BACI_HS17_Y2020_V202201.csv", year(*known, "616,270112,10.000,10.000", odd))])
    (row,) = ws.sources().filter(source="baci").to_dicts()
    held = ws.store.ingests()[0].rows
    assert (row["rows"], row["findings"]) == (sum(held.values()) - held["checks"], 1)
    with TestClient(create(Settings(tmp_path / "data")), base_url="http://127.0.0.1:8000") as pages:
        page = pages.get("/sources?lang=en").text
    assert "900.0 USD/kg, the median of 9 rows is 1.0" in page
    assert f"/explain?id={ws.checks()['trace_id'][0]}" in page.replace("%2F", "/")
