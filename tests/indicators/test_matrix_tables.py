"""Indicators computed in memory, on tables that are not quite plain."""

from datetime import date

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.indicators import density, drysdale_garnaut_intensity, eci, fitness, proximity, rca

ROWS = [
    (year, day, economy, product, value)
    for year, day in ((2023, date(2023, 12, 31)), (2024, date(2024, 12, 31)))
    for economy, values in {
        "A": (5, 4, 3, 2),
        "B": (9, 1, 1, 0),
        "C": (2, 0, 0, 9),
        "D": (7, 6, 0, year - 2020),
    }.items()
    for product, value in zip(("p1", "p2", "p3", "p4"), values, strict=True)
]
TABLE = pl.DataFrame(
    ROWS, schema=["year", "period_end", "exporter", "product", "value_usd"], orient="row"
).with_columns(pl.col("exporter", "product").cast(pl.String))


def test_groups_may_be_numbers_dates_or_several(kind, rows) -> None:
    given = kind(TABLE)
    by_year = rows(eci(given, by="year"))
    assert rows(eci(given, by=["year", "period_end"])) == by_year
    assert rows(eci(given, by="period_end")) == by_year
    first = rows(eci(kind(TABLE.filter(year=2023))))
    assert [row["eci"] for row in by_year if row["year"] == 2023] == pytest.approx([row["eci"] for row in first])


def test_new_tables_keep_the_types_of_their_keys() -> None:
    found = proximity(TABLE, by=["year", "period_end"])
    assert found.schema == {
        "year": pl.Int64,
        "period_end": pl.Date,
        "product": pl.String,
        "other_product": pl.String,
        "proximity": pl.Float64,
    }
    # and so they can be joined to what the user has
    names = TABLE.select(other_product="product", name="product").unique()
    assert found.join(names, on="other_product").height == found.height
    types = TABLE.with_columns(pl.col("exporter", "product").cast(pl.Categorical))
    assert proximity(types, by="year").schema["product"] == pl.Categorical()
    plain, categories = (density(each, by="year", pairs="all")["density"].to_list() for each in (TABLE, types))
    assert plain == categories


def test_a_row_keeps_its_own_number_whatever_the_index_says() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(TABLE.filter(year=2023).to_dict(as_series=False))
    moved = frame.set_index(pandas.Index(range(100, 100 + len(frame)))).sample(frac=1, random_state=3)
    expected = dict(fitness(TABLE.filter(year=2023)).select("exporter", "fitness").iter_rows())
    result = fitness(moved)
    assert list(result.index) == list(moved.index)
    assert dict(zip(result["exporter"], result["fitness"], strict=True)) == pytest.approx(expected)


def test_a_result_can_be_joined_on_the_users_own_connection() -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.execute("create table t (exporter varchar, product varchar, value_usd double)")
        connection.executemany("insert into t values (?, ?, ?)", [row[2:] for row in ROWS if row[0] == 2023])
        connection.execute("create table name (exporter varchar, called varchar)")
        connection.execute("insert into name values ('A', 'Aland'), ('B', 'Beland')")
        names = connection.table("name").set_alias("n")
        joined = fitness(connection.table("t")).set_alias("f").join(names, "exporter")
        found = joined.aggregate("called, max(fitness)", "called").order("called").fetchall()
        expected = dict(fitness(TABLE.filter(year=2023)).select("exporter", "fitness").iter_rows())
        assert found == [("Aland", pytest.approx(expected["A"])), ("Beland", pytest.approx(expected["B"]))]
        # nothing is left behind in the user's database
        left = connection.execute("select view_name from duckdb_views() where not internal").fetchall()
        assert left == []


def test_a_cell_stands_once(kind) -> None:
    table = kind(pl.concat([TABLE.filter(year=2023), TABLE.filter(year=2023).head(1)]))
    for function in (eci, proximity, density, rca):
        with pytest.raises(UnfitTable, match="2 rows share their exporter, product with another row"):
            function(table)


def test_a_kind_of_table_that_cannot_be_given_back_is_refused_in_one_line() -> None:
    dask = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    with pytest.raises(UnfitTable, match="cannot be computed in memory"):
        eci(dask.from_dict(TABLE.filter(year=2023).to_dict(as_series=False), npartitions=1))


def test_flows_by_year_are_apart() -> None:
    flows = pl.DataFrame(
        {
            "year": [2023, 2023, 2024, 2024],
            "exporter": ["A", "B", "A", "B"],
            "importer": ["B", "A", "B", "A"],
            "product": ["p", "p", "p", "q"],
            "value_usd": [1, 2, 3, 4],
        }
    )
    result = drysdale_garnaut_intensity(flows, by="year")
    assert result.columns[:3] == ["year", "exporter", "importer"]
    assert result["drysdale_garnaut_intensity"].to_list() == [1, 1, 1, 1]
