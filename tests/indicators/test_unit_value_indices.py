"""Index numbers of unit values."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import fisher_unit_value_index, tornqvist_unit_value_index

TABLE = pl.DataFrame(
    {"value_0": [100, 100], "quantity_0": [10.0, 5.0], "value_1": [200, 100], "quantity_1": [10.0, 10.0]}
)


def test_by_hand() -> None:
    # unit values 10 and 20 become 20 and 10: Laspeyres 250/200, Paasche 300/300, value 300/200
    result = fisher_unit_value_index(TABLE).row(0, named=True)
    assert (result["n"], result["coverage_0"], result["coverage_1"]) == (2, 1, 1)
    assert (result["laspeyres"], result["paasche"]) == pytest.approx((1.25, 1))
    assert result["fisher_unit_value_index"] == pytest.approx(math.sqrt(1.25))
    assert result["fisher_quantity_index"] == pytest.approx(1.5 / math.sqrt(1.25))
    # mean shares 7/12 and 5/12 of a doubling and a halving; quantities only the second, doubled
    found = tornqvist_unit_value_index(TABLE).row(0, named=True)
    assert found["tornqvist_unit_value_index"] == pytest.approx(2 ** (1 / 6))
    assert found["tornqvist_quantity_index"] == pytest.approx(2 ** (5 / 12))


def test_what_cannot_be_compared_is_left_out_and_counted() -> None:
    # the second product has no quantity in the second period: 100 of 200 and 200 of 300 are compared
    table = TABLE.with_columns(quantity_1=pl.Series([10.0, None]))
    for function in (fisher_unit_value_index, tornqvist_unit_value_index):
        result = function(table).row(0, named=True)
        assert (result["n"], result["coverage_0"]) == (1, 0.5)
        assert result["coverage_1"] == pytest.approx(2 / 3)
        assert result[function.__name__] == pytest.approx(2)
        nothing = function(table.with_columns(quantity_0=pl.lit(None, pl.Float64))).row(0, named=True)
        assert nothing[f"{function.__name__}_absence"] == "no_quantity"
        assert nothing[function.__name__] is None


CELL = st.tuples(*[st.integers(1, 10**6)] * 4)


@given(st.lists(CELL, min_size=1, max_size=12))
def test_time_and_factors_reversed(cells: list[tuple[int, int, int, int]]) -> None:
    names = ["value_0", "value_1", "quantity_0", "quantity_1"]
    table = pl.DataFrame(cells, schema=names, orient="row")
    back = table.rename(dict(zip(names, ["value_1", "value_0", "quantity_1", "quantity_0"], strict=True)))
    for function in (fisher_unit_value_index, tornqvist_unit_value_index):
        forward, backward = (function(given)[function.__name__].item() for given in (table, back))
        assert forward * backward == pytest.approx(1)
    fisher = fisher_unit_value_index(table).row(0, named=True)
    growth = table["value_1"].sum() / table["value_0"].sum()
    assert fisher["fisher_unit_value_index"] * fisher["fisher_quantity_index"] == pytest.approx(growth)
    low, high = sorted((fisher["laspeyres"], fisher["paasche"]))
    assert low * (1 - 1e-12) <= fisher["fisher_unit_value_index"] <= high * (1 + 1e-12)
