"""UN Comtrade's forms: invented rows in each layout, and the real files."""

from __future__ import annotations

import csv
import gzip
import json
import math
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from corridor import ingest, sources
from corridor.errors import BrokenLayout, UnreadableFile
from corridor.evidence import CodedReading
from corridor.store import Store

ROW: dict[str, Any] = {
    "typeCode": "C", "freqCode": "A", "refPeriodId": 20210101, "refYear": 2021, "refMonth": 52, "period": "2021",
    "reporterCode": 842, "reporterISO": "USA", "flowCode": "M", "partnerCode": 704, "partnerISO": "VNM",
    "partner2Code": 0, "classificationCode": "H5", "cmdCode": "090111", "aggrLevel": 6, "customsCode": "C00",
    "mosCode": "0", "motCode": 0, "qtyUnitCode": 8, "qtyUnitAbbr": "kg", "qty": 2500.0, "isQtyEstimated": False,
    "netWgt": 2500.0, "isNetWgtEstimated": True, "cifvalue": 100.0, "fobvalue": 90.0, "primaryValue": 100.0,
    "legacyEstimationFlag": 0, "isReported": True, "isAggregate": False,
}  # fmt: skip


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).replace(
        "partner2_", "partner2"
    )


def answer(folder: Path, *rows: dict[str, Any], error: str = "") -> Path:
    path = folder / "answer.json"
    path.write_text(json.dumps({"elapsedTime": "0.1 secs", "count": len(rows), "data": rows, "error": error}), "utf-8")
    return path


def table(folder: Path, *rows: dict[str, Any], packed: bool = False) -> Path:
    path = folder / ("rows.csv.gz" if packed else "rows.csv")
    opener = gzip.open if packed else open
    with opener(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [snake(name) for name in rows[0]])
        writer.writeheader()
        writer.writerows({snake(name): value for name, value in row.items()} for row in rows)
    return path


def read(path: Path) -> CodedReading:
    assert sources.recognise(path) == "un_comtrade"
    reading = sources.read(path, "un_comtrade", path.name)
    assert isinstance(reading, CodedReading)
    return reading


def only(path: Path) -> dict[str, Any]:
    return read(path).rows.row(0, named=True)


@pytest.mark.parametrize("form", [answer, table, lambda folder, *rows: table(folder, *rows, packed=True)])
def test_every_form_says_the_same(tmp_path: Path, form: Any) -> None:
    row = only(form(tmp_path, ROW))
    assert row == {
        "row": 1, "reporter": "842", "partner": "704", "flow": "import", "classification": "H5", "product": "090111",
        "period_start": date(2021, 1, 1), "period_end": date(2021, 12, 31), "value_usd": 100.0,
        "net_weight_kg": 2500.0, "quantity": 2.5, "quantity_unit": "t", "valuation": "cif",
        "caveats": "weight_estimated",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"flowCode": "X", "fobvalue": 100.0}, {"flow": "export", "valuation": "fob"}),
        ({"flowCode": "RX"}, {"flow": "re_export"}),
        ({"fobvalue": 100.0}, {"valuation": "fob"}),
        ({"period": "202102", "freqCode": "M"}, {"period_start": date(2021, 2, 1), "period_end": date(2021, 2, 28)}),
        ({"qtyUnitCode": 9, "qty": 3}, {"quantity": 3000.0, "quantity_unit": "piece"}),
        ({"qtyUnitCode": 2, "qty": 7}, {"quantity": 2.5, "quantity_unit": "t"}),
        ({"qtyUnitCode": 2, "netWgt": 0}, {"quantity": None, "quantity_unit": None, "net_weight_kg": None}),
        ({"cmdCode": "TOTAL"}, {"product": "TOTAL", "classification": "TOTAL"}),
        ({"typeCode": "S", "cmdCode": "TOTAL", "classificationCode": "EB10"}, {"product": "S"}),
        ({"isReported": False}, {"caveats": "weight_estimated estimated"}),
        ({"isReported": False, "isAggregate": True}, {"caveats": "weight_estimated"}),
        ({"mosCode": "0 "}, {"product": "090111"}),
    ],
)
def test_what_a_row_means(tmp_path: Path, said: dict[str, Any], meant: dict[str, Any]) -> None:
    row = only(answer(tmp_path, {**ROW, **said}))
    assert {name: row[name] for name in meant} == meant


@pytest.mark.parametrize(
    "part",
    [{"partner2Code": 156}, {"customsCode": "C01"}, {"motCode": 2100}, {"mosCode": "1"}, {"flowCode": "DX"}],
)
def test_parts_are_passed_over_and_named(tmp_path: Path, part: dict[str, Any]) -> None:
    reading = read(answer(tmp_path, ROW, {**ROW, **part, "primaryValue": 60}, {**ROW, **part, "primaryValue": 40}))
    assert reading.rows["value_usd"].to_list() == [100.0]
    (refusal,) = reading.refusals
    assert refusal.text.startswith("2 rows are parts of others")


def test_a_file_of_parts_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenLayout, match="no row of it is a whole flow"):
        read(answer(tmp_path, {**ROW, "motCode": 2100}))


def test_goods_and_services_are_not_mixed(tmp_path: Path) -> None:
    with pytest.raises(BrokenLayout, match="mixes kinds of data"):
        read(answer(tmp_path, ROW, {**ROW, "typeCode": "S"}))


def test_an_answer_that_reports_an_error(tmp_path: Path) -> None:
    with pytest.raises(BrokenLayout, match="reports an error: quota"):
        read(answer(tmp_path, ROW, error="quota"))


def test_a_cut_answer_is_refused(tmp_path: Path) -> None:
    path = answer(tmp_path, ROW)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(UnreadableFile, match="is no whole answer"):
        read(path)


def test_a_cut_archive_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, *({**ROW, "cmdCode": f"{code:06}"} for code in range(4000)), packed=True)
    path.write_bytes(path.read_bytes()[:-4000])
    with pytest.raises((UnreadableFile, BrokenLayout)):
        read(path)


def added(tmp_path: Path, *paths: Path, today: date = date(2026, 3, 1)) -> Store:
    store = Store(tmp_path / "store")
    report = ingest.add(store, paths, today=today, workers=1)
    assert [outcome.message for outcome in report.of("refused")] == []
    return store


def test_what_cannot_be_understood_is_set_aside_alone(tmp_path: Path) -> None:
    odd = [
        {**ROW, "partnerCode": 998}, {**ROW, "primaryValue": -1, "cmdCode": "02"}, {**ROW, "flowCode": "ZZ"},
        {**ROW, "cmdCode": "09/01"}, {**ROW, "period": "20x1"}, {**ROW, "primaryValue": 7},
        {**ROW, "primaryValue": "a"},
    ]  # fmt: skip
    store = added(tmp_path, answer(tmp_path, ROW, *odd))
    assert store.current("flows").collect()["value_usd"].to_list() == [100.0]
    aside = dict(store.scan("not_understood").select("row", "reason").collect().iter_rows())
    assert aside == {
        2: "no area has the publisher's code “998” in 2021",
        3: "the value is below zero",
        4: "the flow is none of ours",
        5: "“09/01” is no code of a product",
        6: "the period cannot be read",
        7: "the same figure stands in another row of the file",
        8: "the value is no number",
    }


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_bulk_table_by_whatever_divides_its_cells(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "COMTRADE-FINAL.txt"
    head, cells = separator.join(ROW), separator.join(str(value) for value in ROW.values())
    path.write_text(f"{head}\n{cells}\n\n", "utf-8")
    assert only(path)["value_usd"] == 100.0
    assert read(path).refusals == ()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"cmdCode": "90111"}, {"product": "090111"}),
        ({"cmdCode": "9"}, {"product": "09"}),
        ({"cmdCode": "041", "classificationCode": "S4"}, {"product": "041"}),
        ({"cmdCode": "90111.0", "motCode": "0.0", "partnerCode": "704.0"}, {"product": "090111", "partner": "704"}),
        ({"primaryValue": "1,234,567.5", "netWgt": "2,500"}, {"value_usd": 1_234_567.5, "net_weight_kg": 2500.0}),
        ({"fobvalue": "NA", "netWgt": "NA"}, {"valuation": "cif", "net_weight_kg": None}),
    ],
)
def test_what_spreadsheets_make_of_codes_and_numbers(
    tmp_path: Path, said: dict[str, Any], meant: dict[str, Any]
) -> None:
    assert meant.items() <= only(table(tmp_path, {**ROW, **said})).items()


def test_a_form_that_names_no_frequency_says_it_by_its_periods(tmp_path: Path) -> None:
    """The legacy file has no column for it: months must not pass for years."""
    bare = {name: value for name, value in ROW.items() if name not in ("freqCode", "refYear", "refMonth")}
    reading = read(table(tmp_path, {**bare, "period": "202102"}))
    assert reading.constants["freq"] == "M"
    assert reading.rows["period_end"].to_list() == [date(2021, 2, 28)]
    assert read(table(tmp_path, {**bare, "period": "2021"})).constants["freq"] == "A"
    note = {**dict.fromkeys(bare, ""), "typeCode": "C", "cmdCode": "Source"}
    assert read(table(tmp_path, {**bare, "period": "202102"}, note)).constants["freq"] == "M"
    with pytest.raises(BrokenLayout, match="mixes kinds of data"):
        read(table(tmp_path, {**bare, "period": "202102"}, {**bare, "period": "2021"}))


def test_a_month_of_which_the_year_alone_is_told_is_no_year(tmp_path: Path) -> None:
    bare = {name: value for name, value in ROW.items() if name != "period"}
    assert only(table(tmp_path, {**bare, "freqCode": "M"}))["period_start"] is None


@pytest.mark.parametrize("text", ["2,5", "1,23,456", "12,34", "1,234,56"])
def test_a_comma_that_divides_no_thousands_makes_no_number(tmp_path: Path, text: str) -> None:
    """Neither a decimal comma nor thousands: read as either it could be wrong by any factor."""
    assert math.isnan(only(table(tmp_path, {**ROW, "primaryValue": text}))["value_usd"])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('{"elapsedTime": "0 secs", "count": 0, "data": [], "error": ""}', "the answer holds no rows"),
        ('{"elapsedTime": "0 secs", "count": 0, "data": [], "error": "Quota exceeded"}', "Quota exceeded"),
        ('{"statusCode": 401, "message": "Access denied due to missing subscription key."}', "Access denied"),
        (json.dumps({"elapsedTime": "0 secs", "count": 3, "data": [ROW]}), "has 3 rows and holds 1"),
        (",".join(ROW) + "\n", "holds no rows of trade"),
        (",".join(ROW) + "\nNo data matches your query or your query is too complex.,,\n", "holds no rows of trade"),
    ],
)
def test_an_answer_without_its_rows_is_refused_in_a_line(tmp_path: Path, said: str, words: str) -> None:
    path = tmp_path / "answer"
    path.write_text(said, "utf-8")
    with pytest.raises(BrokenLayout, match=words):
        read(path)


def test_a_later_selection_supersedes_cell_by_cell(tmp_path: Path) -> None:
    first = answer(tmp_path, ROW, {**ROW, "cmdCode": "100630", "primaryValue": 5.0})
    store = added(tmp_path, first, today=date(2026, 3, 1))
    again = tmp_path / "again"
    again.mkdir()
    ingest.add(store, [answer(again, {**ROW, "primaryValue": 120.0})], today=date(2026, 3, 2), workers=1)
    now = dict(store.current("flows").select("product", "value_usd").collect().iter_rows())
    before = store.current("flows", as_of=date(2026, 3, 1)).select("product", "value_usd").collect()
    assert now == {"090111": 120.0, "100630": 5.0}
    assert dict(before.iter_rows()) == {"090111": 100.0, "100630": 5.0}


def test_a_figure_leads_back_to_its_row(tmp_path: Path) -> None:
    store = added(tmp_path, answer(tmp_path, {**ROW, "cmdCode": "100630"}, ROW))
    rows = store.current("flows").filter(pl.col("product") == "090111").collect()
    trace = store.trace(rows["trace_id"][0])
    assert (trace.publisher, trace.file, trace.row) == ("un_comtrade", "answer.json", "2")


@pytest.mark.parametrize("name", ["us_vietnam_1521.csv.gz", "us_vietnam_2225.csv.gz"])
def test_the_levels_of_real_files_add_up(test_data: Path, name: str) -> None:
    """USA imports from Viet Nam: six, four and two digits and the total agree to the dollar in every year."""
    rows = read(test_data / "comtrade-bilateral-hs6" / name).rows
    sums = rows.group_by("period_start", level=pl.col("product").replace("TOTAL", "").str.len_chars()).agg(
        pl.col("value_usd").sum().round(0)
    )
    by_year = sums.group_by("period_start").agg(levels=pl.len(), sums=pl.col("value_usd").n_unique())
    assert by_year.select("levels", "sums").unique().rows() == [(4, 1)]


def test_overlapping_real_files_count_once(test_data: Path, tmp_path: Path) -> None:
    """Five legacy files of Indonesia's exports to the world hold 2014 and 2021 twice."""
    store = added(tmp_path, *sorted((test_data / "comtrade-legacy-csv").glob("*.gz")))
    held, current = store.scan("flows").collect(), store.current("flows").collect()
    assert held.height > current.height == current.unique(["product", "classification", "period_end"]).height
    assert sorted(current["period_end"].dt.year().unique()) == list(range(2014, 2022))


def test_european_imports_of_wood(test_data: Path) -> None:
    """27 importers; from Russia 4.708 and from Viet Nam 1.148 thousand million dollars in 2021."""
    rows = read(test_data / "comtrade-reference" / "eu27_wood_imports_hs4.csv.gz").rows
    year = rows.filter(pl.col("period_start") == date(2021, 1, 1))
    sums = dict(year.group_by("partner").agg(pl.col("value_usd").sum() / 1e9).iter_rows())
    assert (round(sums["RUS"], 3), round(sums["VNM"], 3)) == (4.708, 1.148)
    assert rows["reporter"].n_unique() == 27


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ROW, {**ROW, "cmdCode": "100630"}]),
        json.dumps(
            [{snake(name): value for name, value in row.items()} for row in (ROW, {**ROW, "cmdCode": "100630"})]
        ),
        json.dumps(ROW) + "\n" + json.dumps({**ROW, "cmdCode": "100630"}) + "\n",
        json.dumps({"data": [ROW, {**ROW, "cmdCode": "100630"}]}),
    ],
)
def test_rows_without_the_answer_around_them(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rows.json"
    path.write_text(text, "utf-8")
    assert read(path).rows.select("product", "value_usd").rows() == [("090111", 100.0), ("100630", 100.0)]


def test_a_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "row.json"
    path.write_text(json.dumps(ROW), "utf-8")
    assert only(path)["value_usd"] == 100.0


def test_rows_that_end_with_a_comma_too_many(tmp_path: Path) -> None:
    """The site has handed out tables whose rows are longer than their heading."""
    path = tmp_path / "TradeData.csv"
    path.write_text(",".join(ROW) + "\n" + ",".join(f'"{value}"' for value in ROW.values()) + ",\n", "utf-8")
    assert only(path)["value_usd"] == 100.0


def test_the_site_quotes_what_is_empty(tmp_path: Path) -> None:
    """No second partner named is all of them, quoted or not."""
    path = tmp_path / "legacy.csv"
    path.write_text(
        '"Year","Trade Flow","Reporter ISO","Partner ISO","2nd Partner Code","Commodity Code","Trade Value (US$)"\n'
        '"2014","Import","RUS","VNM","","0901","7"\n',
        "utf-8",
    )
    assert {"flow": "import", "value_usd": 7.0, "product": "0901"}.items() <= only(path).items()
