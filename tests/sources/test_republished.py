"""Tables of those who publish UN Comtrade again: invented rows, and a real table made from the Atlas."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from corridor import ingest, sources
from corridor.errors import BrokenLayout, UnreadableFile
from corridor.store import Store

SOURCES = files("corridor.sources")
PLACES = {"open_trade_statistics": "invented.json", "harvard_atlas": "invented.csv", "oec": "invented.tsv"}


def copied(folder: Path, source: str, change: tuple[str, str] = ("", "")) -> Path:
    path = folder / PLACES[source]
    path.write_text(SOURCES.joinpath(source, "specimen", path.name).read_text("utf-8").replace(*change), "utf-8")
    return path


def flows(folder: Path, path: Path) -> pl.DataFrame:
    store = Store(folder / "store")
    report = ingest.add(store, [path], today=date(2026, 3, 1), workers=1)
    assert [outcome.message for outcome in report.of("refused")] == []
    return store.current("flows").collect()


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        (
            "open_trade_statistics",
            {
                ("RUS", "VNM", "export", "HS", "010121", 96185.0),
                ("RUS", "VNM", "import", "HS", "010121", 30944.0),
                ("RUS", "VNM", "export", "HS", "100119", 5.0),
            },
        ),
        (
            "harvard_atlas",
            {
                ("RUS", "VNM", "export", "H0", "1001", 100.0),
                ("RUS", "VNM", "import", "H0", "1001", 50.0),
                ("RUS", "VNM", "export", "ATLAS", "TRAVEL", 7.0),
            },
        ),
        (
            "oec",
            {
                ("VNM", "WLD", "export", "H0", "0901", 1000.5),
                ("RUS", "WLD", "export", "H0", "1001", 7.0),
                ("RUS", "WLD", "import", "H0", "1001", 8.0),
            },
        ),
    ],
)
def test_both_flows_of_a_row(tmp_path: Path, source: str, rows: set[tuple[object, ...]]) -> None:
    held = flows(tmp_path, copied(tmp_path, source))
    assert set(held["source"]) == {source}
    assert set(held.select("reporter", "partner", "flow", "classification", "product", "value_usd").rows()) == rows
    assert all("reconciled" in caveats for caveats in held["caveats"])


@pytest.mark.parametrize("column", ["dest", "destination"])
def test_partners_of_the_observatory_are_not_the_world(tmp_path: Path, column: str) -> None:
    path = tmp_path / "year_origin_destination_hs92_4.tsv"
    lines = [f"year\torigin\t{column}\ths92\texport_val\timport_val", "2012\tasvnm\teurus\t901\t100\tNULL"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert flows(tmp_path, path).select("reporter", "partner", "product", "value_usd").rows() == [
        ("VNM", "RUS", "0901", 100.0)
    ]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_atlas_by_whatever_divides_its_cells(tmp_path: Path, separator: str) -> None:
    """The archive of its data sets hands out tabs."""
    path = tmp_path / "trade.tab"
    text = "location_code,partner_code,hs_product_code,year,export_value,import_value\nVNM,RUS,901,2019,1.5e9,\n"
    path.write_text(text.replace(",", separator), "utf-8")
    assert flows(tmp_path, path).select("reporter", "partner", "flow", "product", "value_usd").rows() == [
        ("VNM", "RUS", "export", "0901", 1.5e9)
    ]


@pytest.mark.parametrize(
    ("column", "printed", "classification", "product"),
    [
        ("product_hs92_code", "901", "H0", "0901"),
        ("product_hs12_code", "901", "H4", "0901"),
        ("product_sitc_code", "0711", "S2", "0711"),
        ("sitc_product_code", "711", "S2", "711"),
    ],
)
def test_the_classification_of_the_atlas_stands_in_its_heading(
    tmp_path: Path, column: str, printed: str, classification: str, product: str
) -> None:
    path = tmp_path / "trade.csv"
    path.write_text(f"country_iso3_code,{column},year,export_value,import_value\nVNM,{printed},2019,5,\n", "utf-8")
    assert flows(tmp_path, path).select("classification", "product", "value_usd").rows() == [
        (classification, product, 5.0)
    ]


def test_partners_in_numbers_of_the_atlas_are_not_the_world(tmp_path: Path) -> None:
    path = tmp_path / "trade.csv"
    path.write_text(
        "country_iso3_code,partner_id,product_hs92_code,year,export_value,import_value\nVNM,186,0901,2019,1,2\n",
        "utf-8",
    )
    with pytest.raises(BrokenLayout, match="no column says the partner"):
        sources.read(path, "harvard_atlas", path.name)


def test_sections_of_goods_are_not_all_goods(tmp_path: Path) -> None:
    row = {"year": 2002, "reporter_iso": "vnm", "partner_iso": "rus", "section_code": "01"}
    path = tmp_path / "answer.json"
    path.write_text(json.dumps([{**row, "trade_value_usd_exp": 1, "trade_value_usd_imp": 2}]), "utf-8")
    with pytest.raises(BrokenLayout, match="sections of goods"):
        sources.read(path, "open_trade_statistics", path.name)


def test_half_an_answer_and_another_list(tmp_path: Path) -> None:
    path = copied(tmp_path, "open_trade_statistics", ('"year":2002', '"when":2002'))
    with pytest.raises(BrokenLayout, match="no list of flows"):
        sources.read(path, "open_trade_statistics", path.name)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(UnreadableFile, match="no whole answer"):
        sources.read(path, "open_trade_statistics", path.name)


def test_a_real_table_made_from_the_atlas(test_data: Path, tmp_path: Path) -> None:
    rows = flows(tmp_path, test_data / "atlas-indicators" / "trade_sample.csv")
    one = rows.filter(
        (rows["reporter"] == "BOL") & (rows["product"] == "0102") & (rows["period_end"] == date(1995, 12, 31))
    )
    assert set(one.select("flow", "value_usd").rows()) == {("export", 325830.0), ("import", 7299938.0)}
    assert set(rows["partner"]) == {"WLD"}


@pytest.mark.parametrize("separator", [",", ";"])
def test_open_trade_statistics_as_a_table(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "yrpc.csv"
    text = (
        '"year","reporter_iso","reporter_name","partner_iso","commodity_code","trade_value_usd_exp","trade_value_usd_imp"\n'
        '2015,"rus","Russia","vnm","0901",5.5,NA\n2015,"rus","Russia","vnm","8517",7,8\n'
    )
    path.write_text(text.replace(",", separator), "utf-8")
    rows = flows(tmp_path, path).select("reporter", "partner", "flow", "classification", "product", "value_usd").rows()
    assert set(rows) == {
        ("RUS", "VNM", "export", "HS", "0901", 5.5),
        ("RUS", "VNM", "export", "HS", "8517", 7.0),
        ("RUS", "VNM", "import", "HS", "8517", 8.0),
    }


def test_a_table_of_sections_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "yrs.csv"
    path.write_text(
        "year,reporter_iso,section_code,trade_value_usd_exp,trade_value_usd_imp\n2015,rus,01,5,7\n", "utf-8"
    )
    with pytest.raises(BrokenLayout, match="of sections of goods; ask for commodities"):
        sources.read(path, sources.recognise(path), path.name)
