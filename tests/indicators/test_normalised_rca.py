"""Normalised revealed comparative advantage."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.indicators import normalised_rca, rca


def test_by_hand() -> None:
    # world 200, wheat 120, KAZ 100: 90/200 - 100 * 120 / 200^2 = 0.45 - 0.30; steel 10/200 - 100 * 80 / 200^2
    table = pl.DataFrame(
        {"exporter": ["KAZ", "KAZ", "RUS", "RUS"], "product": ["wheat", "steel"] * 2, "value_usd": [90, 10, 30, 70]}
    )
    assert normalised_rca(table)["normalised_rca"].to_list() == pytest.approx([0.15, -0.15, -0.15, 0.15])


def test_a_world_without_trade_has_none() -> None:
    table = pl.DataFrame({"exporter": ["KAZ"], "product": ["wheat"], "value_usd": [0]})
    assert normalised_rca(table).row(0)[3:] == (None, "no_total")


def test_one_row_an_exporter_and_product() -> None:
    table = pl.DataFrame({"exporter": ["KAZ", "KAZ"], "product": ["wheat", "wheat"], "value_usd": [1, 2]})
    with pytest.raises(UnfitTable, match="2 rows share their exporter, product"):
        normalised_rca(table)


@given(st.lists(st.lists(st.integers(0, 10**9), min_size=3, max_size=3), min_size=2, max_size=5))
def test_it_adds_up_to_nothing_both_ways_and_has_the_sign_of_rca(matrix: list[list[int]]) -> None:
    table = pl.DataFrame(
        [(f"C{i}", f"p{k}", value) for i, row in enumerate(matrix) for k, value in enumerate(row)],
        schema=["exporter", "product", "value_usd"],
        orient="row",
    )
    result = rca(normalised_rca(table))
    if not table["value_usd"].sum():
        return
    for key in ("exporter", "product"):
        sums = result.group_by(key).agg(pl.col("normalised_rca").sum())
        assert sums["normalised_rca"].abs().max() < 1e-12
    known = result.filter(pl.col("rca").is_not_null(), pl.col("normalised_rca").abs() > 1e-12)
    assert ((known["normalised_rca"] > 0) == (known["rca"] > 1)).all()
