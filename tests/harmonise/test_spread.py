"""Medians of many groups at once, against Polars and by hand."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.harmonise.checks import spread as module
from corridor.harmonise.checks.spread import numbered, spread

VALUES = st.floats(-1e6, 1e6, allow_subnormal=False)
ROWS = st.lists(st.tuples(st.integers(0, 3), st.one_of(VALUES, st.sampled_from([0.0, 1.0, 2.0]))), min_size=1)


def test_by_hand() -> None:
    values = np.array([1.0, 100.0, 2.0, 4.0, 7.0, 3.0])
    told = spread(values, np.array([0, 1, 0, 0, 1, 0], dtype=np.uint16))
    assert told.median.tolist() == [2.5, 53.5]
    assert told.deviation.tolist() == [1.0, 46.5], "of 1.5, 0.5, 0.5, 1.5; of 46.5 twice"
    assert told.rows.tolist() == [4, 2]


def test_what_is_no_number_is_no_value(monkeypatch) -> None:
    """However long the stretches are in which the values are put in order."""
    values = np.array([np.nan, 4.0, 1.0, np.nan, 2.0, 9.0, np.nan])
    groups = np.array([0, 1, 1, 1, 1, 2, 3], dtype=np.uint16)
    for stretch in (1, 2, 3, 100):
        monkeypatch.setattr(module, "_STRETCH", stretch)
        told = spread(values, groups)
        assert told.rows.tolist() == [0, 3, 1, 0]
        assert told.median[1:3].tolist() == [2.0, 9.0]
        assert told.deviation[1:3].tolist() == [1.0, 0.0]
        assert np.isnan(told.median[[0, 3]]).all()


@given(ROWS)
def test_to_the_last_digit_what_polars_says(rows: list[tuple[int, float]]) -> None:
    table = pl.DataFrame(rows, schema={"group": pl.Int64, "value": pl.Float64}, orient="row")
    value = pl.col("value")
    wanted = table.group_by("group").agg(
        median=value.median(), deviation=(value - value.median()).abs().median(), rows=pl.len()
    )
    groups = numbered(table.select("group"))
    told = spread(table["value"].to_numpy(), groups)
    each = wanted.sort("group")
    assert told.median.tolist() == each["median"].to_list()
    assert told.deviation.tolist() == each["deviation"].to_list()
    assert told.rows.tolist() == each["rows"].to_list()


@pytest.mark.parametrize("room", [2**62, 20])
@pytest.mark.parametrize("dense", [16, 0])
def test_rows_are_of_one_group_where_all_columns_are_equal(monkeypatch, room: int, dense: int) -> None:
    monkeypatch.setattr(module, "_ROOM", room)
    monkeypatch.setattr(module, "_DENSE", dense)
    table = pl.DataFrame(
        {
            "product": ["0101", "0101", "0102", None, "0101", None],
            "flow": ["export", "import", "export", "export", "export", "export"],
            "number": [-5, -5, 10**9, 7, -5, 7],
        }
    )
    for kind in (pl.String, pl.Categorical):
        told = numbered(table.with_columns(pl.col("product", "flow").cast(kind))).tolist()
        assert sorted(set(told)) == [0, 1, 2, 3]
        assert [told.index(each) for each in told] == [0, 1, 2, 3, 0, 3]


def test_no_rows_have_no_groups() -> None:
    none = pl.DataFrame(schema={"product": pl.String, "number": pl.Int32})
    assert numbered(none).tolist() == []
    assert spread(np.empty(0), numbered(none)).rows.tolist() == []


def test_more_groups_than_a_short_number_can_tell() -> None:
    count = 2**16 + 1
    groups = numbered(pl.DataFrame({"product": np.arange(count).repeat(3)}))
    told = spread(np.tile([1.0, 2.0, 4.0], count), groups)
    assert len(told.rows) == count
    assert set(told.median.tolist()) == {2.0}
    assert set(told.deviation.tolist()) == {1.0}
