"""Questions in SQL: the same answers as the store's own, nothing written, no other file read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import toy_publisher

pytest.importorskip("duckdb")

from corridor import cli, ingest
from corridor.codes import schema
from corridor.errors import UsageError
from corridor.store import Ingest, Store
from corridor.workspace import Workspace

HEADER = "t,i,j,k,v,q\n"


@pytest.fixture
def held(tmp_path: Path) -> Store:
    """Narrow files: a year in two versions, and another year; in a folder with a difficult name."""
    store = Store(tmp_path / "it's [x] 100%20 #1")
    for name, rows in {
        "BACI_HS17_Y2020_V202201.csv": "2020,643,704,10110,27.820,169.800\n2020,643,704,270112,0.164,   NA\n",
        "BACI_HS17_Y2020_V202301.csv": "2020,643,704,270112,7,6\n",
        "BACI_HS17_Y2021_V202301.csv": "2021,704,643,90111,5,1\n2021,643,704,270112,8,6\n",
    }.items():
        path = tmp_path / name
        path.write_text(HEADER + rows, "utf-8")
        assert not ingest.add(store, [path], today=date(2026, 3, 1), workers=1).of("refused")
    return store


def test_every_column_is_what_the_store_gives(held: Store) -> None:
    for view, own in (("flows", held.current("flows")), ("all_flows", held.scan("flows"))):
        expected = own.collect().select(schema.columns("flows")).sort("trace_id")
        asked = held.sql(f"select * from {view} order by trace_id")
        assert asked.columns == expected.columns
        assert asked.rows() == expected.rows()
    assert held.sql("select count(*) from all_flows").item() == 5
    assert held.sql("select sum(value_usd) from flows").item() == 7000 + 5000 + 8000


def test_a_table_printed_again_counts_once(store: Store, put: Callable[..., Ingest]) -> None:
    put(store, toy_publisher.text("RUS coffee 100", "RUS rice 7"), "one.txt")
    put(store, toy_publisher.text("RUS coffee 90", published="2025-03-10"), "two.txt")
    assert store.sql("select product, value_usd from flows").rows() == [("coffee", 90.0)]
    assert store.sql("select count(*) from all_flows").item() == 3


@pytest.mark.parametrize("table", list(schema.TABLES))
def test_an_empty_store_has_every_table(store: Store, table: str) -> None:
    asked = store.sql(f"select * from {table}")
    assert (asked.columns, asked.height) == (list(schema.columns(table)), 0)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("selec 1", 'syntax error at or near "selec"'),
        ("select nothing from flows", 'Referenced column "nothing" not found'),
        ("select * from no_table", "Table with name no_table does not exist"),
        ("", "one SELECT at a time, this is: nothing"),
        ("select 1; select 2", "this is: SELECT, SELECT"),
        ("drop view flows", "this is: DROP"),
        ("explain analyze select 1", "this is: EXPLAIN"),
        ("set enable_external_access = true", "this is: SET"),
        ("copy flows to 'out.csv'", "this is: COPY"),
        ("install httpfs", "this is: LOAD"),
        ("attach 'other.db'", "this is: ATTACH"),
    ],
)
def test_refused_in_one_line(held: Store, query: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        held.sql(query)
    assert said in refused.value.line()
    assert "\n" not in refused.value.line()


@pytest.mark.parametrize("reader", ["read_csv", "read_parquet", "read_text", "glob"])
def test_no_other_file_is_read(held: Store, tmp_path: Path, reader: str) -> None:
    secret = tmp_path / "secret.parquet"
    pl.DataFrame({"word": ["x"]}).write_parquet(secret)
    with pytest.raises(UsageError, match="disabled by configuration"):
        held.sql(f"select * from {reader}('{secret.as_posix()}')")


def test_a_variable_of_the_program_is_no_table(held: Store) -> None:
    frame = pl.DataFrame({"word": ["x"]})
    with pytest.raises(UsageError, match="does not exist"):
        held.sql("select * from frame")
    assert frame.height == 1


def test_odd_answers_are_plain(held: Store) -> None:
    asked = held.sql("select 1.50::decimal(9, 2) as a, 2 as a, [1, 2] as b, null as c, sum(x) as d from range(3) t(x)")
    assert asked.rows() == [(1.5, 2, "[1, 2]", None, 3)]
    assert asked.columns == ["a", "a_2", "b", "c", "d"]


def test_on_the_terminal(held: Store, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    arguments = ["--format", "json", "--data", str(held.directory)]
    query = "select period_end, sum(value_usd) as usd from flows group by all order by all"
    monkeypatch.setattr(sys, "argv", ["corridor", "sql", query, *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code
    assert json.loads(capfd.readouterr().out) == {
        "schema": "corridor.sql/1",
        "rows": [{"period_end": "2020-12-31", "usd": 7000.0}, {"period_end": "2021-12-31", "usd": 13000.0}],
    }


def test_the_bundled_figures_are_not_in_the_tables(tmp_path: Path) -> None:
    assert Workspace(tmp_path / "none").sql("select count(*) from flows").item() == 0
