"""The checks of a file run when it is added: counted in the report, kept in the store, none of them a refusal."""

import gzip
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.codes import schema
from corridor.harmonise.checks import between_files, of_file
from corridor.ingest import AddReport, add, checking, comparing, rebuild
from corridor.own_tables import add as add_own
from corridor.store import Store
from corridor.store import tables as store_tables

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


def test_a_long_file_is_checked_in_parts_with_the_same_findings(store, write, tmp_path, monkeypatch) -> None:
    """A made-up table of three levels, several partners and years, with one of each fault planted."""
    rows = [
        f"{year},{flow},{partner},{product},{value * (year - 2000)},{value * (year - 2000)}"
        for year in range(2015, 2021)
        for flow in ("X", "M")
        for partner in ("RUS", "CHN", "JPN", "KOR", "IND", "DEU", "ITA", "ESP", "FRA", "THA")
        for product, value in (("TOTAL", 30), ("27", 20), ("2701", 20), ("270112", 20), ("85", 10))
    ]
    rows = [row for row in rows if not row.startswith("2018,X") or ",270112," in row]
    rows[3] = rows[3].replace(",300,300", ",300,3")
    rows[7] = rows[7].replace(",300,300", ",200,200")
    slipped = next(at for at, row in enumerate(rows) if row.startswith("2017,M,IND,85"))
    rows[slipped] = rows[slipped].replace(",170,170", ",170000,170000")
    path = write("own.csv", "y,f,p,k,v,w\n" + "\n".join(rows) + "\n")
    meant = tmp_path / "map.yml"
    meant.write_text(
        "title: made up\nclassification: H4\nareas: names\nconstants: {reporter: VNM}\n"
        "columns: {period: y, flow: f, partner: p, product: k, value: v, net_weight_kg: w}\n",
        encoding="utf-8",
    )
    whole = add_own(store, path, meant, today=TODAY)
    assert set(whole.findings) == set(of_file.CHECKS)
    monkeypatch.setattr(checking, "PART", 7)
    parts = Store(tmp_path / "parts")
    assert add_own(parts, path, meant, today=TODAY).findings == whole.findings
    assert parts.current("checks").collect().equals(store.current("checks").collect())


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
    assert set(schema.CHECKS) == {*of_file.CHECKS, *between_files.KINDS, of_file.NOT_CHECKED, of_file.NOT_KEPT}


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


# --- between the files of a publisher


def years(write, chosen: dict[int, str]) -> list[Path]:
    """Made-up years in BACI's layout: Russia's sales of one good to eight partners."""
    partners = (704, 156, 699, 392, 410, 276, 380, 724)
    text = {
        year: HEAD + "".join(f"{year},643,{partner},270112,{amount},{amount}\n" for partner in partners)
        for year, amount in chosen.items()
    }
    return [write(f"BACI_HS17_Y{year}_V202201.csv", said) for year, said in text.items()]


def between(store: Store) -> pl.DataFrame:
    return store.current("checks").filter(pl.col("finding").is_in(between_files.KINDS)).collect()


def test_a_year_in_thousands_among_years_in_dollars_is_told_once_by_file(store, write) -> None:
    files = years(write, {2018: "11.000", 2019: "12.000", 2020: "13000.000", 2021: "12.000"})
    report = add(store, files, today=TODAY)
    assert report.between == {"slip_between_files": 18}, "value and weight, of the area and of eight pairs"
    found = between(store).filter(pl.col("partner").is_null())
    assert found.select("file", "reporter", "product", "found").rows() == [
        (files[2].name, "RUS", None, 104_000_000),
        (files[2].name, "RUS", None, 104_000_000),
    ]
    assert found["expected"].to_list() == pytest.approx([96_000, 96_000])
    assert "in all its rows, between files" in found["evidence"][0]
    assert json.loads(report.json())["between"] == {"slip_between_files": 18}


def test_what_is_found_depends_on_what_is_held_and_not_on_the_order(store, write, tmp_path) -> None:
    files = years(write, {2018: "11.000", 2019: "12.000", 2020: "13000.000", 2021: "12.000", 2022: "12.000"})
    assert add(store, files[:3], today=TODAY).between == {}, "three years are no series"
    add(store, files[3:4], today=TODAY)
    assert between(store).height == 18
    add(store, files[4:], today=TODAY)
    other = Store(tmp_path / "other")
    add(other, reversed(files), today=TODAY)
    assert between(other).sort(pl.all()).equals(between(store).sort(pl.all()))
    before = store.current("checks").collect()
    assert rebuild(store).between == {"slip_between_files": 18}
    assert store.current("checks").collect().sort(pl.all()).equals(before.sort(pl.all()))
    assert add(store, files[:1], today=TODAY).of("already_held"), "comparing again changes nothing"
    assert store.current("checks").collect().sort(pl.all()).equals(before.sort(pl.all()))


def test_files_are_compared_once_and_again_after_a_kill_in_between(store, write, monkeypatch) -> None:
    files = years(write, {2018: "11.000", 2019: "12.000", 2020: "13000.000", 2021: "12.000"})

    def kill(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(comparing, "_keep", kill)
        with pytest.raises(KeyboardInterrupt):
            add(store, files, today=TODAY)
    assert len(store.ingests()) == len(files)
    assert between(store).is_empty()
    assert add(store, files[:1], today=TODAY).between == {"slip_between_files": 18}
    assert between(store).height == 18
    monkeypatch.setattr(comparing, "_keep", kill)
    assert add(store, files, today=TODAY).between == {}, "nothing was added, so nothing is compared"
    assert between(store).height == 18
    with pytest.raises(KeyboardInterrupt):
        rebuild(store)
    monkeypatch.undo()
    assert add(store, files[:1], today=TODAY).between == {"slip_between_files": 18}, "the new tables are compared"


def test_a_year_that_was_cut_off_is_told(store, write) -> None:
    goods = [f"2701{number:02}" for number in range(30)]
    whole = {
        year: HEAD + "".join(f"{year},643,704,{good},1.000,1.000\n" for good in goods) for year in range(2018, 2023)
    }
    whole[2020] = "".join(whole[2020].splitlines(keepends=True)[:8])
    report = add(store, [write(f"BACI_HS17_Y{year}_V202201.csv", text) for year, text in whole.items()], today=TODAY)
    assert report.between == {"row_count_jump_between_files": 1}
    (found,) = between(store).to_dicts()
    assert (found["file"], found["found"], found["expected"]) == ("BACI_HS17_Y2020_V202201.csv", 7, 30)


def test_of_many_flows_the_sums_alone_are_compared_with_the_same_findings(store, write, tmp_path, monkeypatch) -> None:
    files = years(write, {2018: "11.000", 2019: "12.000", 2020: "13000.000", 2021: "12.000"})
    add(store, files, today=TODAY)
    areas = between(store).filter(pl.col("partner").is_null())
    monkeypatch.setattr(comparing, "MOST_ROWS", 3)
    long = Store(tmp_path / "long")
    assert add(long, files, today=TODAY).between == {"not_checked": 1, "slip_between_files": 2}
    assert between(long).sort(pl.all()).equals(areas.sort(pl.all()))
    (note,) = long.current("checks").filter(finding="not_checked").collect()["evidence"]
    assert note == "slip_between_files: 32 flows are held, of more than 3 only sums are compared"


@pytest.mark.parametrize("lost", ["nothing", "one", "all", "damaged", "of other rows"])
def test_flows_that_were_added_up_when_they_came_are_not_read_again(store, write, monkeypatch, lost) -> None:
    """Unless the sums are gone or damaged; whatever way, the sums are those of the current flows."""
    files = years(write, {2018: "11.000", 2019: "12.000", 2020: "13000.000", 2021: "12.000"})
    again = write("BACI_HS17_Y2021_V202301.csv", HEAD + "2021,643,704,270112,7.000,\n2021,643,156,270113,8.000,NA\n")
    add(store, [*files, again], today=TODAY)
    kept = sorted((store.directory / "sums").iterdir())
    assert len(kept) == 5, "also of the edition that a newer one took the place of"
    for path in {"nothing": [], "one": kept[:1], "damaged": kept[:2], "of other rows": []}.get(lost, kept):
        path.unlink()
    if lost == "damaged":
        kept[0].write_bytes(b"PAR1")
    if lost == "of other rows":
        pl.read_parquet(kept[0], glob=False).with_columns(rows=pl.col("rows") + 1).write_parquet(kept[0])
    keys = ["reporter", "partner", "period_end"]
    amounts = (pl.len().cast(pl.Int64).alias("rows"), pl.col("value_usd", "net_weight_kg").sum())
    wanted = store.current("flows").group_by(keys).agg(amounts).collect()
    read: list[int] = []
    scan = store_tables.scan
    monkeypatch.setattr(store_tables, "scan", lambda table, paths: (read.append(len(paths)), scan(table, paths))[1])
    assert store.added_up(keys, "baci").sort(keys).equals(wanted.sort(keys))
    assert wanted["rows"].sum() == 8 * 3 + 2
    assert (sum(read) == 0) == (lost == "nothing")


def test_sums_of_flows_that_nobody_names_are_swept_away(store, write) -> None:
    add(store, years(write, {2018: "11.000"}), today=TODAY)
    (kept,) = (store.directory / "sums").iterdir()
    stray = kept.with_name(f"{'0' * 64}.parquet")
    stray.write_bytes(b"")
    with store.writer():
        pass
    assert list((store.directory / "sums").iterdir()) == [kept]


def test_partners_that_somebody_chose_are_no_jump(store, write, tmp_path) -> None:
    """Two selections of a data base, one of them of a second partner too: that is no change of what was traded."""
    meant = tmp_path / "map.yml"
    meant.write_text(
        "title: made up\nclassification: H4\nareas: names\nconstants: {reporter: VNM, flow: export}\n"
        "columns: {period: y, partner: p, product: k, value: v}\n",
        encoding="utf-8",
    )
    for year, partners in ((2018, ["RUS"]), (2019, ["RUS", "CHN", "JPN"]), (2020, ["RUS"])):
        rows = [f"{year},{partner},2701{good:02},5" for partner in partners for good in range(30)]
        path = write(f"{year}.csv", "y,p,k,v\n" + "\n".join(rows) + "\n")
        assert add_own(store, path, meant, today=TODAY).between == {}
