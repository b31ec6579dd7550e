"""WITS: invented rows of the bulk table and of an answer, and the real exports of 1997 to 2019."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from corridor import ingest, sources
from corridor.errors import BrokenLayout, UnreadableFile
from corridor.store import Store

SPECIMEN = files("corridor.sources.wits").joinpath("specimen")


def store_of(folder: Path, *paths: Path) -> Store:
    store = Store(folder / "store")
    report = ingest.add(store, paths, today=date(2026, 3, 1), workers=1)
    assert [outcome.message for outcome in report.of("refused")] == []
    return store


def copied(folder: Path, name: str, change: tuple[str, str] = ("", "")) -> Path:
    path = folder / name
    path.write_text(SPECIMEN.joinpath(name).read_text("utf-8").replace(*change), "utf-8")
    return path


def test_the_bulk_table_in_our_words(tmp_path: Path) -> None:
    rows = store_of(tmp_path, copied(tmp_path, "invented-bulk.csv")).current("flows").collect()
    said = rows.select("reporter", "partner", "flow", "classification", "product", "value_usd", "valuation", "caveats")
    assert set(said.rows()) == {
        ("ROU", "VNM", "import", "H1", "0901", 12345.0, "cif", "published_is_added"),
        ("RUS", "WLD", "export", "H1", "9999", 1_000_000.0, "fob", "goods_not_named published_is_added"),
        ("RUS", "WLD", "export", "H1", "0101", 0.0, "fob", "published_is_added"),
        ("RUS", "WLD", "export", "TOTAL", "TOTAL", 1_500_500.0, "fob", "published_is_added"),
    }


def test_columns_in_another_order_among_others(tmp_path: Path) -> None:
    """An advanced query lets its asker choose the columns; a spreadsheet takes zeros of codes and divides thousands."""
    head = "Year,Nomenclature,ReporterISO3,PartnerISO3,ProductCode,ProductDescription,TradeFlowCode,Quantity,"
    path = tmp_path / "query.csv"
    path.write_text(
        f'{head}TradeValue in 1000 USD\n2019,H5,VNM,RUS,90111,"Coffee, not roasted",6,5,"1,234.567"\n', "utf-8"
    )
    rows = store_of(tmp_path, path).current("flows").collect()
    assert rows.select("reporter", "partner", "flow", "product", "value_usd").rows() == [
        ("VNM", "RUS", "export", "090111", 1_234_567.0)
    ]


def test_an_answer_in_our_words(tmp_path: Path) -> None:
    store = store_of(tmp_path, copied(tmp_path, "invented-answer.json"))
    rows = store.current("flows").collect().select("flow", "classification", "product", "value_usd", "period_end")
    end = date(2021, 12, 31)
    assert set(rows.rows()) == {
        ("export", "WITSG", "FUELS", 120_500.0, end),
        ("export", "TOTAL", "TOTAL", 1_000_000.0, end),
        ("import", "WITSG", "0105ANIMAL", 7_000.0, end),
    }
    names = store.scan("product_names").select("product", "name").collect()
    assert set(names.rows()) == {("FUELS", "Fuels"), ("0105ANIMAL", "Animal")}


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("invented-bulk.csv", ('"H1","RUS","9999"', '"H2","RUS","9999"'), "one nomenclature"),
        ("invented-bulk.csv", ('"H1"', '"Q9"'), "one nomenclature"),
        ("invented-answer.json", ("0:0:0:2:1", "0:0:0:9:1"), "do not fit"),
        ("invented-answer.json", ("0:0:0:2:1", "0:0:0:-1:1"), "do not fit"),
        ("invented-answer.json", ("[1000]", "[[]]"), "do not fit"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_line(tmp_path: Path, name: str, change: tuple[str, str], words: str) -> None:
    path = copied(tmp_path, name, change)
    with pytest.raises(BrokenLayout, match=words) as said:
        sources.read(path, "wits", path.name)
    assert "\n" not in said.value.line()


def test_half_an_answer(tmp_path: Path) -> None:
    path = copied(tmp_path, "invented-answer.json")
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(UnreadableFile, match="no whole answer"):
        sources.read(path, "wits", path.name)


def test_real_files(test_data: Path, tmp_path: Path) -> None:
    """Totals of the pack: Russia 426.72 and Viet Nam 264.61 billion dollars in 2019, 55.6 of them not named."""
    paths = sorted((test_data / "wits-exports-hs4").glob("WITS_exports_*.csv.gz"))
    store = store_of(tmp_path, *paths)
    rows = store.current("flows").collect()
    both = rows.filter(rows["reporter"].is_in(["RUS", "VNM"]))
    totals = {
        (code, end.year): round(group["value_usd"].sum() / 1e9, 2)
        for (code, end), group in both.group_by("reporter", "period_end")
    }
    assert totals == {
        ("RUS", 1997): 85.89, ("RUS", 2007): 352.27, ("RUS", 2017): 379.21, ("RUS", 2018): 451.49,
        ("RUS", 2019): 426.72, ("VNM", 2007): 48.56, ("VNM", 2017): 215.12, ("VNM", 2018): 243.70,
        ("VNM", 2019): 264.61,
    }  # fmt: skip
    of_2019 = rows.filter(rows["period_end"] == date(2019, 12, 31))
    unnamed = of_2019.filter((of_2019["reporter"] == "RUS") & (of_2019["product"] == "9999"))
    assert round(unnamed["value_usd"].item() / 1e9, 1) == 55.6
    phones = of_2019.filter((of_2019["reporter"] == "VNM") & (of_2019["product"] == "8525"))
    assert round(phones["value_usd"].item() / 1e9, 1) == 40.7
    aside = store.scan("not_understood").collect()
    assert (rows.height, aside["reason"].to_list()) == (405_404, [])
