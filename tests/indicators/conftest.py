"""Published figures and other people's tables, for the tests of the indicators."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest
from hypothesis import settings

Rows = list[dict[str, Any]]

# How long one example takes says more about the machine than about an indicator.
settings.register_profile("indicators", deadline=None, max_examples=50)
settings.load_profile("indicators")


@pytest.fixture(scope="session")
def vn_ru() -> ModuleType:
    """Viet Nam's trade with Russia by group (tests/published/vn_ru_groups.py)."""
    path = Path(__file__).parents[1] / "published" / "vn_ru_groups.py"
    spec = importlib.util.spec_from_file_location("published_vn_ru_groups", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def long(vn_ru: ModuleType) -> Callable[[str, int], pl.DataFrame]:
    """One year of one of the published tables: product, value_usd; rows that are not printed are not there."""

    def build(table: str, year: int) -> pl.DataFrame:
        column = {code: values[year - 2023] for code, values in getattr(vn_ru, table).items()}
        return pl.DataFrame({"product": list(column), "value_usd": list(column.values())}).drop_nulls()

    return build


@pytest.fixture(scope="session")
def wide() -> Callable[..., pl.DataFrame]:
    """Several long tables side by side by product, null where a table has no such row."""

    def build(**tables: pl.DataFrame) -> pl.DataFrame:
        joined: pl.DataFrame | None = None
        for name, table in tables.items():
            column = table.rename({"value_usd": name})
            joined = column if joined is None else joined.join(column, on="product", how="full", coalesce=True)
        assert joined is not None
        return joined

    return build


def _polars(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def _polars_lazy(frame: pl.DataFrame) -> pl.LazyFrame:
    return frame.lazy()


def _pandas(frame: pl.DataFrame) -> Any:
    pandas = pytest.importorskip("pandas")
    types = {pl.Date: "datetime64[ns]", pl.Boolean: "boolean"}
    return pandas.DataFrame(frame.to_dict(as_series=False)).astype(
        {name: types[type(kind)] for name, kind in frame.schema.items() if type(kind) in types}
    )


def _pyarrow(frame: pl.DataFrame) -> Any:
    pyarrow = pytest.importorskip("pyarrow")
    return pyarrow.table(frame.to_dict(as_series=False))


_SQL = {pl.String: "varchar", pl.Int64: "bigint", pl.Float64: "double", pl.Boolean: "boolean", pl.Date: "date"}


def _duckdb(frame: pl.DataFrame) -> Any:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    columns = ", ".join(f'"{name}" {_SQL[type(kind)]}' for name, kind in frame.schema.items())
    connection.execute(f"create table t ({columns})")
    marks = ", ".join("?" for _ in frame.columns)
    if rows := frame.rows():
        connection.executemany(f"insert into t values ({marks})", rows)
    return connection.table("t")


@lru_cache(maxsize=1)
def _session() -> Any:
    """A Spark session on this machine alone, or a skip where there is no Spark or no Java."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed (the extra [spark])")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("PySpark needs a Java runtime, and there is none here")
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.driver.host": "127.0.0.1"}
    builder = sql.SparkSession.builder.master("local[1]")
    for name, setting in settings.items():
        builder = builder.config(name, setting)
    return builder.getOrCreate()


_SPARK = {pl.String: "string", pl.Int64: "bigint", pl.Float64: "double", pl.Boolean: "boolean", pl.Date: "date"}


def _spark(frame: pl.DataFrame) -> Any:
    columns = ", ".join(f"`{name}` {_SPARK[type(kind)]}" for name, kind in frame.schema.items())
    return _session().createDataFrame(frame.rows(), columns)


MAKERS = {
    "polars": _polars,
    "polars_lazy": _polars_lazy,
    "pandas": _pandas,
    "pyarrow": _pyarrow,
    "duckdb": _duckdb,
    "spark": _spark,
}


@pytest.fixture(params=list(MAKERS))
def kind(request: pytest.FixtureRequest) -> Callable[[pl.DataFrame], Any]:
    """Turn a Polars frame into one of the kinds of table, or skip where the library is not installed."""
    return MAKERS[request.param]


def _records(native: Any) -> Rows:
    if isinstance(native, pl.LazyFrame):
        native = native.collect()
    if isinstance(native, pl.DataFrame):
        return native.rows(named=True)
    module = type(native).__module__.split(".")[0].lstrip("_")
    if module == "pandas":
        return native.to_dict("records")
    if module == "pyarrow":
        return native.to_pylist()
    if module == "pyspark":
        return [row.asDict() for row in native.collect()]
    return [dict(zip(native.columns, row, strict=True)) for row in native.fetchall()]


def _plain(cell: Any) -> Any:
    # pandas writes missing as NaN or NaT and a date as a point in time
    if cell is None or cell != cell:
        return None
    return date(cell.year, cell.month, cell.day) if isinstance(cell, datetime) else cell


def _sortable(cell: Any) -> str:
    return f"{cell:.9g}" if isinstance(cell, (int, float)) else str(cell)


@pytest.fixture(scope="session")
def rows() -> Callable[[Any], Rows]:
    """Any kind of table as a list of records, in one order whatever the order of the table."""

    def read(native: Any) -> Rows:
        table = [{name: _plain(cell) for name, cell in record.items()} for record in _records(native)]
        return sorted(table, key=lambda record: [_sortable(cell) for cell in record.values()])

    return read
