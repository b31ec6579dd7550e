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
from corridor.store.narrow import Narrow
from corridor.store.tables import scan
from corridor.store.types import TYPES

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


def narrow_flows(kind: pl.DataType, cells: list[str | None]) -> Narrow:
    varying = {"row": [1, 2, 3], "partner": cells, "value_usd": [1.0, 2.0, 3.0], "quantity": [None] * 3}
    rest = {name: None for name in TYPES["flows"] if name not in (*varying, "value", "net_weight_kg", "trace_id")}
    constants = {**rest, **{name: value for name, value in KEY.items() if name in rest}}
    frame = pl.DataFrame(varying, schema_overrides={"quantity": pl.Null}).with_columns(pl.col("partner").cast(kind))
    # A sheet may bear any name, that of a note in the file too.
    return Narrow(frame.lazy(), 3, {**constants, "snapshot": "a" * 64, "page": "ARROW:schema"})


@pytest.mark.parametrize("kind", [pl.String(), pl.Enum(["CHN", "Đ", "RUS"])])
def test_categories_are_read_back_as_text(tmp_path, kind):
    made = packed(flows=narrow_flows(kind, ["RUS", None, "Đ"]))
    (flows,) = (part for part in made.parts if part.table == "flows")
    path = tmp_path / "flows.parquet"
    path.write_bytes(flows.data)
    read = pl.scan_parquet(path)
    types = {"row": pl.Int64, "partner": pl.String, "value_usd": pl.Float64}
    assert {name: read.collect_schema()[name] for name in types} == types
    assert read.collect()["partner"].to_list() == ["RUS", None, "Đ"]
    wide = scan("flows", [path]).collect()
    assert wide.schema == dict(TYPES["flows"])
    assert wide["quantity"].to_list() == [None] * 3
    assert wide["trace_id"].to_list()[0] == f"{'a' * 16}/ARROW:schema/1"


def test_categories_of_what_is_no_text_are_refused():
    odd = narrow_flows(pl.String(), ["RUS", None, "CHN"])
    dated = Narrow(odd.frame.with_columns(value_usd=pl.lit("1").cast(pl.Enum(["1"]))), 3, odd.constants)
    with pytest.raises(TypeError, match="column value_usd of flows is Enum"):
        packed(flows=dated)
