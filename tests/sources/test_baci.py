"""BACI: invented rows in its layout, and the real rows of two exporters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor import ingest, sources
from corridor.errors import BrokenLayout
from corridor.evidence import CodedReading
from corridor.store import Store

HEADER = "t,i,j,k,v,q\n"
NAME = "BACI_HS17_Y2020_V202201.csv"


def store_of(folder: Path, rows: str, name: str = NAME) -> Store:
    path = folder / name
    path.write_text(HEADER + rows, "utf-8")
    store = Store(folder / "store")
    report = ingest.add(store, [path], today=date(2026, 3, 1), workers=1)
    assert [outcome.message for outcome in report.of("refused")] == []
    return store


def test_a_row_in_our_words(tmp_path: Path) -> None:
    store = store_of(tmp_path, "2020,643,704,10110,27.820,      169.800\n2020,643,704,270112,0.164,           NA\n")
    rows = store.current("flows").sort("product").collect()
    assert rows["product"].to_list() == ["010110", "270112"]
    assert rows["value_usd"].to_list() == rows["value"].to_list() == [27820.0, 164.0]
    assert rows["quantity"].to_list() == [169.8, None]
    assert rows["net_weight_kg"].to_list() == [169800.0, None]
    first = rows.row(0, named=True)
    assert (first["reporter"], first["partner"], first["flow"]) == ("RUS", "VNM", "export")
    assert (first["classification"], first["valuation"], first["maturity"]) == ("H5", "fob", "estimated")
    assert (first["caveats"], first["published"]) == ("reconciled", date(2022, 1, 1))
    assert store.trace(first["trace_id"]).row == "1"


def test_a_renamed_file_says_no_revision(tmp_path: Path) -> None:
    rows = store_of(tmp_path, "2020,643,704,10110,1,2\n", name="mine.csv").current("flows").collect()
    assert rows["classification"].to_list() == ["HS"]
    assert set(rows["caveats"][0].split()) == {"reconciled", "hs_revision_not_stated", "published_is_added"}


def test_empty_lines_are_no_rows(tmp_path: Path) -> None:
    store = store_of(tmp_path, "2020,643,704,10110,1,   \n\n\n")
    assert store.current("flows").select("value_usd", "quantity").collect().rows() == [(1000.0, None)]
    assert store.scan("not_understood").collect().is_empty()


def test_a_newer_version_supersedes_the_whole_year(tmp_path: Path) -> None:
    store = store_of(tmp_path, "2020,643,704,10110,1,2\n2020,643,704,270112,5,6\n")
    newer = tmp_path / "BACI_HS17_Y2020_V202301.csv"
    newer.write_text(HEADER + "2020,643,704,270112,7,6\n", "utf-8")
    ingest.add(store, [newer], today=date(2026, 3, 2), workers=1)
    assert store.current("flows").collect()["value_usd"].to_list() == [7000.0]
    assert store.current("flows", as_of=date(2022, 6, 1)).collect().height == 2


def test_rows_out_of_order_twice_and_odd(tmp_path: Path) -> None:
    rows = ("704,643,10110,1,2", "643,704,10110,3,4", "704,643,10110,9,2", "998,704,10110,1,1", "643,4,1,-1,1")
    store = store_of(tmp_path, "".join(f"2020,{row}\n" for row in rows))
    held = store.current("flows").select("reporter", "value_usd").collect()
    assert held.rows() == [("RUS", 3000.0), ("VNM", 1000.0)]
    aside = dict(store.scan("not_understood").select("row", "reason").collect().iter_rows())
    assert aside == {
        3: "the same figure stands in another row of the file",
        4: "no area has the publisher's code “998”",
        5: "the value is below zero",
    }


@pytest.mark.parametrize("rows", ["2020,643,704,10110,x,2\n", "2020,643,704,10110,1,2,3\n", "2020,643,704,1e5,1,2\n"])
def test_a_cell_that_is_no_number_refuses_the_file(tmp_path: Path, rows: str) -> None:
    path = tmp_path / NAME
    path.write_text(HEADER + rows, "utf-8")
    with pytest.raises(BrokenLayout, match="cannot be read") as said:
        sources.read(path, "baci", path.name)
    assert "\n" not in said.value.line()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_quantities_printed_in_any_way_are_the_same_numbers(tmp_path: Path, ending: str) -> None:
    """Cells that are plain numbers and padded NA alike are read at once; any other cell has them all read as text."""
    plain = ["       1.500", "          NA", "            ", "-2", "+3e1", ".5", "\t7", '"  8.25"']
    wanted = [1.5, None, None, -2.0, 30.0, 0.5, 7.0, 8.25]
    path = tmp_path / NAME
    for more, number in (([], []), (["NA"], [None]), (["   NA "], [None]), (["1.5 "], [1.5]), (["\xa09"], [9.0])):
        cells = [*plain, *more]
        rows = [f"2020,643,704,{10110 + at},1,{cell}" for at, cell in enumerate(cells)]
        path.write_bytes(ending.join([HEADER.strip(), *rows, ""]).encode())
        found = sources.read(path, "baci", path.name)
        assert isinstance(found, CodedReading)
        assert found.rows["quantity"].to_list() == [*wanted, *number]
        assert found.rows["row"].to_list() == list(range(1, len(cells) + 1))


def test_what_somebody_cut_out_is_a_selection(tmp_path: Path) -> None:
    """Several years, columns of his own, another order: two such files are parts of one table, not two editions."""
    first, second = tmp_path / "coffee.csv", tmp_path / "tea.csv"
    first.write_text("name,k,t,i,j,v,q\ncoffee,90111,2020,704,643,1.5,2\ncoffee,90111,2021,704,643,2,NA\n", "utf-8")
    second.write_text("t,i,j,k,v,q\n2020,704,643,90210,4,1\n", "utf-8")
    store = Store(tmp_path / "store")
    ingest.add(store, [first, second], today=date(2026, 3, 1), workers=1)
    rows = store.current("flows").sort("period_start", "product").select("period_end", "product", "value_usd").collect()
    assert rows.rows() == [
        (date(2020, 12, 31), "090111", 1500.0),
        (date(2020, 12, 31), "090210", 4000.0),
        (date(2021, 12, 31), "090111", 2000.0),
    ]


def test_a_whole_year_and_what_was_cut_out_of_it_count_once(tmp_path: Path) -> None:
    """Whichever was added first: the whole year says everything of an exporter, the cut nothing of what it lacks."""
    whole = tmp_path / NAME
    whole.write_text(HEADER + "2020,704,643,90111,1.5,2\n2020,704,643,90210,4,1\n", "utf-8")
    cut = tmp_path / "coffee.csv"
    cut.write_text(HEADER + "2020,704,643,90111,1.4,2\n2021,704,643,90111,3,2\n", "utf-8")
    more = tmp_path / "BACI_HS17_coffee_V202201.csv"
    more.write_text(HEADER + "2020,704,643,90111,1.5,2\n2021,704,643,90111,3,2\n", "utf-8")
    for number, order in enumerate([(whole, more), (more, whole), (more, whole, cut)]):
        store = Store(tmp_path / f"store{number}")
        ingest.add(store, order, today=date(2026, 3, 1), workers=1)
        rows = store.current("flows").filter(pl.col("classification") == "H5").collect()
        assert sorted(rows["value_usd"]) == [1500.0, 3000.0, 4000.0]
        asked = store.sql("select sum(value_usd) as total from flows where classification = 'H5'")
        assert asked["total"].to_list() == [8500.0]


def test_a_row_without_a_year_refuses_the_file(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(HEADER + "2020,643,704,10110,1,2\n,643,704,10110,1,2\n", "utf-8")
    with pytest.raises(BrokenLayout, match="a row says no year"):
        sources.read(path, "baci", path.name)


def test_real_rows(test_data: Path, tmp_path: Path) -> None:
    """South Africa's exports of 2020: 68,589 rows, to Russia 222.5 and to Viet Nam 547.6 million dollars."""
    store = Store(tmp_path / "store")
    ingest.add(store, [test_data / "baci-slice-2020" / "BACI_slice_Y2020.csv.gz"], today=date(2026, 3, 1), workers=1)
    rows = store.current("flows").collect()
    assert rows.height == 70_920
    south_africa = rows.filter(rows["reporter"] == "ZAF")
    assert south_africa.height == 68_589
    sums = {
        to: round(south_africa.filter(south_africa["partner"] == to)["value_usd"].sum() / 1e6, 1)
        for to in ("RUS", "VNM")
    }
    assert sums == {"RUS": 222.5, "VNM": 547.6}
