"""A national flow by region: only by a named method, every row an estimate."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from corridor.cli import app
from corridor.errors import CorridorError, NothingFound, UsageError
from corridor.made_apportioned import read_key
from corridor.report.catalogue import LANGS
from corridor.study.apportioned import apportion, by_exports, national_flow
from corridor.workspace import Workspace

NATIONAL = pl.DataFrame(
    {"product": ["2701", "3102"], "year": [2021, 2021], "value_usd": [100.0, 40.0], "trace_id": ["a/1/1", "a/1/2"]}
)
EVERYWHERE = pl.DataFrame(
    {
        "region": ["RU-KEM", "RU-SAK", "RU-VLG", "RU-KEM"],
        "product": ["2701", "2701", "3102", "2701"],
        "year": [2021, 2021, 2021, 2022],
        "value_usd": [30.0, 10.0, 60.0, 999.0],
    }
)


def test_parts_by_hand_add_up_to_the_national_figure() -> None:
    table = apportion(NATIONAL, by_exports(EVERYWHERE, 2021, single=True), "exports")
    assert table.select("region", "product", "value_usd", "region_share").rows() == [
        ("RU-KEM", "2701", 75.0, 0.75), ("RU-VLG", "3102", 40.0, 1.0), ("RU-SAK", "2701", 25.0, 0.25),
    ]  # fmt: skip
    assert set(table["maturity"]) == {"estimated"}
    assert set(table["caveats"]) == {"apportioned"}
    assert set(table["weights_year"]) == {2021}
    assert table.group_by("product").agg(pl.col("value_usd").sum()).sort("product")["value_usd"].to_list() == [100, 40]


def test_by_all_exports_every_product_has_the_same_parts() -> None:
    table = apportion(NATIONAL, by_exports(EVERYWHERE, 2021, single=False), "total_exports")
    # 30, 10 and 60 of 100.
    parts = {(row["region"], row["product"]): row["value_usd"] for row in table.iter_rows(named=True)}
    assert parts["RU-VLG", "2701"] == pytest.approx(60)
    assert parts["RU-KEM", "3102"] == pytest.approx(12)


def test_a_product_without_a_weight_is_not_spread_by_another() -> None:
    weights = by_exports(EVERYWHERE, 2021, single=True).filter(product="2701")
    assert set(apportion(NATIONAL, weights, "exports")["product"]) == {"2701"}
    with pytest.raises(NothingFound, match="no product of the national flow has a weight"):
        apportion(NATIONAL.filter(product="3102"), weights, "exports")


def test_no_method_but_a_named_one() -> None:
    with pytest.raises(UsageError, match="no method"):
        apportion(NATIONAL, EVERYWHERE.rename({"value_usd": "weight"}), "guess")
    with pytest.raises(NothingFound, match="up to 2019"):
        by_exports(EVERYWHERE, 2019, single=True)


def test_the_newest_year_and_no_total_beside_its_products() -> None:
    trade = pl.DataFrame(
        {
            "product": ["270112", "270119", "TOTAL", "TOTAL", "270112"],
            "year": [2021, 2021, 2021, 2022, 2021],
            "exporter": ["RUS", "RUS", "RUS", "VNM", "VNM"],
            "value_usd": [1.0, 2.0, 9.0, 5.0, 7.0],
            "trace_id": ["a/1/1", "a/1/2", "a/1/3", "a/1/4", "a/1/5"],
        }
    )
    assert national_flow(trade, "RUS", 4).rows() == [("2701", 2021, 3.0, "a/1/1 a/1/2")]
    assert national_flow(trade, "VNM", 4).rows() == [("TOTAL", 2022, 5.0, "a/1/4")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("region;weight\nRU-VLG;1\n", "no column region, weight"),
        ("region,weight\nRU-XXX,1\n", "RU-XXX"),
        ("region,weight\nVN-SG,1\n", "no region of RUS"),
        ("region,weight\nRUS,1\n", "no region of RUS"),
        ("region,weight\nRU-VLG,-1\n", "no weight"),
        ("region,weight\nRU-VLG,nan\n", "no weight"),
        ("region,weight\nRU-VLG,\n", "no weight"),
        ("region,weight\nRU-VLG,0\n", "above zero"),
        ("region,weight\nRU-VLG,1\nВологодская область,2\n", "stands twice"),
        ("", "no table"),
    ],
)
def test_a_wrong_key_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "key.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorridorError, match=said) as fault:
        read_key(path, "RUS", 4)
    assert "\n" not in fault.value.line()


def test_nothing_is_estimated_unasked(tmp_path: Path) -> None:
    assert "apportioned" not in Workspace(tmp_path).regions("RUS", "VNM").tables


@pytest.mark.parametrize("lang", LANGS)
def test_a_key_of_ones_own_is_used_and_said(tmp_path: Path, lang: str) -> None:
    key = tmp_path / "key.csv"
    key.write_text("region,weight\nRU-VLG,3\nМосква,1\n", encoding="utf-8")
    made = Workspace(tmp_path / "none").regions("RUS", "VNM", apportion="key", key=key)
    rows = made.tables["apportioned"]
    assert rows.filter(region="RU-VLG")["region_share"].unique().to_list() == [0.75]
    assert set(rows["maturity"]) == {"estimated"}
    whole = rows.unique("product")["national_usd"].sum()
    assert rows["value_usd"].sum() == pytest.approx(whole)
    text = made.text(lang)
    word = {"en": "Estimated, not reported", "ru": "Оценка, а не отчётные данные", "vi": "Đây là ước tính"}[lang]
    assert word in text
    assert "{" not in text


def test_the_verb_takes_a_method(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    run = CliRunner()
    bad = run.invoke(app, ["regions", "RUS", "VNM", "--key", "k.csv", *data])
    assert isinstance(bad.exception, UsageError)
    none = run.invoke(app, ["region", "RU-VLG", "VNM", "--apportion", "exports", *data])
    assert isinstance(none.exception, NothingFound)
    other = run.invoke(app, ["region", "RU-VLG", "VNM", "--apportion", "guess", *data])
    assert isinstance(other.exception, UsageError)
