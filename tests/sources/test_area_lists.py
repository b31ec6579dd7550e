"""Indicators of areas and pairs of areas: invented rows, and real tables."""

from __future__ import annotations

import csv
import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from corridor import ingest, sources
from corridor.errors import BrokenLayout, UnreadableFile, UnrecognisedFile
from corridor.store import Store

SOURCES = files("corridor.sources")


def store_of(folder: Path, *paths: Path) -> Store:
    store = Store(folder / "store")
    report = ingest.add(store, paths, today=date(2026, 3, 1), workers=1)
    assert [outcome.message for outcome in report.of("refused")] == []
    return store


def copied(folder: Path, source: str, name: str, change: tuple[str, str] = ("", "")) -> Path:
    path = folder / name
    path.write_text(SOURCES.joinpath(source, "specimen", name).read_text("utf-8").replace(*change), "utf-8")
    return path


def test_the_site_of_the_world_bank(tmp_path: Path) -> None:
    store = store_of(tmp_path, copied(tmp_path, "world_bank", "invented-site.csv"))
    rows = store.scan("indicators_of_areas").collect()
    assert set(rows.select("area", "indicator", "period", "indicator_value", "published").rows()) == {
        ("RUS", "NY.GDP.MKTP.CD", "2023", 100.5, date(2026, 1, 15)),
        ("VNM", "NY.GDP.MKTP.CD", "2023", 40.0, date(2026, 1, 15)),
        ("VNM", "NY.GDP.MKTP.CD", "2024", 42.0, date(2026, 1, 15)),
    }
    assert store.scan("not_understood").collect()["text"].to_list() == ["1 values of: EAP"]


DATABANK = [
    ["Series Name", "Series Code", "Country Name", "Country Code", "2019 [YR2019]", "2020 [YR2020]"],
    ["Population, total", "SP.POP.TOTL", "Korea, Rep.", "KOR", "..", "51780579"],
    ["GDP (current US$)", "NY.GDP.MKTP.CD", "Viet Nam", "VNM", "334365270499.48", ".."],
    [],
    ["Data from database: World Development Indicators"],
    ["Last Updated: 01/28/2025"],
]


def test_the_data_bank_of_the_world_bank_as_text_and_as_a_workbook(tmp_path: Path) -> None:
    text, book = tmp_path / "Data.csv", tmp_path / "Data.xlsx"
    with text.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(DATABANK)
    with xlsxwriter.Workbook(book, {"strings_to_numbers": True}) as made:
        made.add_worksheet("Notes")
        sheet = made.add_worksheet("Data")
        for number, row in enumerate(DATABANK):
            sheet.write_row(number, 0, row)
    for number, path in enumerate((text, book)):
        (tmp_path / str(number)).mkdir()
        store = store_of(tmp_path / str(number), path)
        rows = store.scan("indicators_of_areas").collect()
        assert set(rows.select("area", "indicator", "period", "indicator_value").rows()) == {
            ("KOR", "SP.POP.TOTL", "2020", 51780579.0),
            ("VNM", "NY.GDP.MKTP.CD", "2019", 334365270499.48),
        }
        assert store.scan("not_understood").collect().is_empty()


def test_pairs_of_another_publisher_are_none_of_the_world_bank(tmp_path: Path) -> None:
    path = tmp_path / "DOT.csv"
    path.write_text(
        "Country Name,Country Code,Indicator Name,Indicator Code,Counterpart Country Name,"
        "Counterpart Country Code,2019\n"
        "Vietnam,582,Exports,TXG_FOB_USD,Russian Federation,922,1.5\n",
        "utf-8",
    )
    with pytest.raises(UnrecognisedFile):
        sources.recognise(path)


@pytest.mark.parametrize(
    ("source", "name", "change"),
    [
        ("world_bank", "invented-site.csv", ("100.5", "much")),
        ("cepii_geodist", "invented-dist.csv", ("6735.0", "far")),
    ],
)
def test_a_word_for_a_number_is_refused(tmp_path: Path, source: str, name: str, change: tuple[str, str]) -> None:
    path = copied(tmp_path, source, name, change)
    with pytest.raises(BrokenLayout, match="no number"):
        sources.read(path, source, path.name)


def test_pairs_of_both_tables(tmp_path: Path) -> None:
    names = ("invented-dist.csv", "invented-gravity.csv")
    store = store_of(tmp_path, *(copied(tmp_path, "cepii_geodist", name) for name in names))
    rows = store.scan("pairs").filter(pl.col("variable").is_in(["dist", "distw", "distwces"])).collect()
    assert set(rows.select("area_1", "area_2", "variable", "period", "pair_value").rows()) == {
        ("RUS", "VNM", "dist", None, 6735.0),
        ("RUS", "VNM", "distw", None, 6000.5),
        ("ROU", "VNM", "dist", None, 8000.0),
        ("ROU", "VNM", "distw", None, 8010.0),
        ("RUS", "VNM", "dist", "2019", 6735.0),
    }


def test_real_distances(test_data: Path, tmp_path: Path) -> None:
    store = store_of(tmp_path, test_data / "cepii-geodist" / "dist_cepii.csv.gz")
    rows = store.scan("pairs").filter(pl.col("variable") == "dist").collect()
    one = rows.filter((pl.col("area_1") == "ABW") & (pl.col("area_2") == "AFG"))
    assert one["pair_value"].to_list() == [13257.81]
    lost = store.scan("not_understood").collect()["text"].to_list()
    assert (rows.height, lost) == (50_176, [])


def test_real_indicators(test_data: Path, tmp_path: Path) -> None:
    names = ("macro_wdi_2005_2024_20260110.csv", "tariffs_wb_2005_2024_20260110.csv", "NY.GDP.PCAP.KD.csv")
    store = store_of(tmp_path, *(test_data / "macro" / name for name in names))
    rows = store.scan("indicators_of_areas").collect()
    one = rows.filter(
        (pl.col("area") == "ARE") & (pl.col("indicator") == "NY.GDP.MKTP.CD") & (pl.col("period") == "2005")
    )
    assert one["indicator_value"].to_list() == [180617467964.602]
    assert "NY.GDP.PCAP.KD" in set(rows["indicator"])


ANSWER = [
    {"page": 1, "pages": 3, "per_page": 2, "total": 6, "sourceid": "2", "lastupdated": "2024-06-28"},
    [
        {
            "indicator": {"id": "NY.GDP.MKTP.CD", "value": "GDP"}, "country": {"id": "VN", "value": "Viet Nam"},
            "countryiso3code": "VNM", "date": year, "value": value, "unit": "", "obs_status": "", "decimal": 0,
        }
        for year, value in (("2022", 410324028883.5), ("2021", None))
    ],
]  # fmt: skip


def test_the_interface_of_the_world_bank(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(ANSWER), "utf-8")
    store = store_of(tmp_path, path)
    rows = store.scan("indicators_of_areas").select("area", "period", "indicator_value", "published").collect()
    assert rows.rows() == [("VNM", "2022", 410324028883.5, date(2024, 6, 28))]
    assert store.scan("not_understood").collect()["text"].to_list() == ["page 1 of 3"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([{"message": [{"id": "120", "key": "Invalid value", "value": "not valid"}]}], "reports an error: not valid"),
        ([{"page": 0, "pages": 0, "per_page": 0, "total": 0}, None], "holds no rows"),
        ([ANSWER[0], [{"date": "2022"}]], "is no whole answer"),
    ],
)
def test_an_answer_without_figures_is_refused_in_a_line(tmp_path: Path, said: object, words: str) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(said), "utf-8")
    with pytest.raises((BrokenLayout, UnreadableFile), match=words):
        sources.read(path, sources.recognise(path), path.name)


@pytest.mark.parametrize(
    "text",
    [
        '"","country","iso3c","year","NY.GDP.MKTP.CD"\n"1","Viet Nam","VNM",2012,195.5\n"2","x","VNM",2013,NA\n',
        "Time,Time Code,Country Code,GDP (current US$) [NY.GDP.MKTP.CD]\n2012,YR2012,VNM,195.5\n2013,YR2013,VNM,..\n",
        "economy,series,YR2012,YR2013\nVNM,NY.GDP.MKTP.CD,195.5,\n",
        "country,iso3c,date,value,indicator_id,indicator\nViet Nam,VNM,2012,195.5,NY.GDP.MKTP.CD,GDP\n",
    ],
)
def test_what_programs_make_of_the_world_banks_series(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wdi.csv"
    path.write_text(text, "utf-8")
    rows = store_of(tmp_path, path).scan("indicators_of_areas").collect()
    said = rows.select("area", "indicator", "period", "indicator_value").rows()
    assert said == [("VNM", "NY.GDP.MKTP.CD", "2012", 195.5)]
