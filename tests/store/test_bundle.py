"""Packing one publisher's file: types, order, and what is refused."""

from datetime import date
from io import BytesIO

import polars as pl
import pytest
import toy_publisher
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.codes import schema
from corridor.store.bundle import conform, pack

ADDED = date(2026, 1, 20)
LINES = toy_publisher.text("RUS coffee 100", "RUS rice 7", "CHN coffee 30", "CHN rice 2").splitlines()


KEY = {
    "source": "toy",
    "release": "first",
    "table": "t",
    "reporter": "VNM",
    "flow": "export",
    "freq": "M",
    "period_end": date(2025, 1, 31),
    "cumulative": False,
}


def bundle(lines: list[str] = LINES):
    return toy_publisher.bundle(lines, "file.txt", "a" * 64, ADDED)


def frames(**changed: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {**{name: toy_publisher.frame(name, []) for name in schema.TABLES if name != "facts"}, **changed}


def packed(**changed: pl.DataFrame):
    return pack(frames(**changed), source="toy", table="t", release="first", edition="e", published=ADDED)


def test_a_part_is_the_table_sorted_by_pair():
    (part,) = bundle().parts
    stored = pl.read_parquet(BytesIO(part.data))
    assert part.table == "flows"
    assert part.rows == 4
    assert stored.columns == list(schema.columns("flows"))
    assert stored.select("partner", "product", "value_usd").rows() == [
        ("CHN", "coffee", 30.0),
        ("CHN", "rice", 2.0),
        ("RUS", "coffee", 100.0),
        ("RUS", "rice", 7.0),
    ]


@settings(deadline=None)
@given(st.permutations(range(4)), st.permutations(schema.columns("flows")))
def test_the_order_of_rows_and_columns_does_not_change_a_byte(rows, names):
    (part,) = bundle().parts
    shuffled = pl.read_parquet(BytesIO(part.data))[list(rows)].select(names)
    assert packed(flows=shuffled).parts[0].sha == part.sha


def test_a_table_without_rows_makes_no_file():
    assert packed().parts == ()
    assert packed().rows == {}


def test_a_table_known_by_a_blank_alone_is_an_edition():
    lines = toy_publisher.text("RUS rice -").splitlines()
    assert bundle(lines).rows == {"coverage": 1}
    assert bundle(lines).editions.select("table", "period_end", "cumulative").rows() == [
        ("020.T", date(2025, 1, 31), False)
    ]


def test_rows_not_understood_are_counted_by_reason():
    lines = toy_publisher.text("RUS rice 1", "??? what 1", "??? how 2").splitlines()
    assert bundle(lines).reasons == {"unknown partner “???”": 2}
    assert bundle(lines).rows == {"flows": 1, "not_understood": 2}


def test_a_flow_without_dollars_is_refused():
    with pytest.raises(ValueError, match="no value_usd"):
        packed(flows=toy_publisher.frame("flows", [{"partner": "RUS"}]))


def test_a_row_of_no_table_is_refused():
    with pytest.raises(ValueError, match="a row has no flow, so nobody could say"):
        packed(flows=toy_publisher.frame("flows", [{**KEY, "flow": None, "value_usd": 1.0}]))


def test_a_code_read_as_a_number_is_refused():
    flows = toy_publisher.frame("flows", [{"value_usd": 1.0}]).with_columns(product=pl.lit(27))
    with pytest.raises(TypeError, match="column product of flows is Int32, not String"):
        packed(flows=flows)


def test_a_missing_column_is_named():
    with pytest.raises(schema.MissingColumns, match="table flows has no column partner"):
        packed(flows=toy_publisher.frame("flows", []).drop("partner"))


def test_an_empty_column_and_a_smaller_number_take_the_stored_type():
    flows = toy_publisher.frame("flows", [{**KEY, "product": "27"}]).with_columns(
        value_usd=pl.lit(1, dtype=pl.Int32), rate_source=pl.lit(None)
    )
    stored = conform("flows", flows)
    assert stored.schema["value_usd"] == pl.Float64()
    assert stored.schema["rate_source"] == pl.String()
