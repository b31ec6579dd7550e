"""Vollrath's four measures."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import (
    relative_export_advantage,
    relative_import_penetration,
    relative_trade_advantage,
    revealed_competitiveness,
)

BOTH = pl.DataFrame(
    {
        "reporter": ["KAZ", "KAZ", "ROW", "ROW"],
        "product": ["wheat", "steel"] * 2,
        "exports": [90, 10, 30, 70],
        "imports": [20, 60, 50, 50],
    }
)


def test_by_hand() -> None:
    # exports (90/10) / (30/70) = 21 and its inverse; imports (20/60) / (50/50) = 1/3
    sold = relative_export_advantage(BOTH, "reporter", value="exports")["relative_export_advantage"].to_list()
    bought = relative_import_penetration(BOTH, "reporter", value="imports")["relative_import_penetration"].to_list()
    assert sold == pytest.approx([21, 1 / 21, 1 / 21, 21])
    assert bought == pytest.approx([1 / 3, 3, 3, 1 / 3])
    both = relative_trade_advantage(BOTH)["relative_trade_advantage"].to_list()
    assert both == pytest.approx([21 - 1 / 3, 1 / 21 - 3, 1 / 21 - 3, 21 - 1 / 3])
    logs = revealed_competitiveness(BOTH)["revealed_competitiveness"].to_list()
    assert logs == pytest.approx([math.log(63), -math.log(63), -math.log(63), math.log(63)])


def test_what_cannot_be_compared() -> None:
    # A sells one product alone; nobody else sells p9; C sells nothing
    table = pl.DataFrame(
        {
            "exporter": ["A", "B", "B", "B", "C"],
            "product": ["p1", "p1", "p2", "p9", "p1"],
            "value_usd": [5, 1, 2, 3, 0],
        }
    )
    result = relative_export_advantage(table)
    assert result["relative_export_advantage_absence"].to_list() == [
        "only_product", "no_rest_of_world", "no_rest_of_world", "no_rest_of_world", "no_exports",
    ]  # fmt: skip
    assert result["relative_export_advantage"].to_list() == [None] * 5


def test_a_logarithm_needs_trade_in_both_directions() -> None:
    table = BOTH.with_columns(imports=pl.Series([0, 60, 50, 50]))
    result = revealed_competitiveness(table)
    # KAZ now imports steel alone, so that nothing else stands beside it, there or in the rest of ROW's world
    assert result["revealed_competitiveness_absence"].to_list() == [
        "zero_in_series", "only_product", "no_rest_of_world", "no_rest_of_world",
    ]  # fmt: skip
    assert relative_trade_advantage(table)["relative_trade_advantage"][0] == pytest.approx(21)


def test_tiny_remainders_of_rounding_are_nothing() -> None:
    # 0.1 + 0.2 - 0.3 is 5.6e-17 in binary: who sells only p1 has nothing else, and no advantage of 1e17
    table = pl.DataFrame(
        {
            "exporter": ["A", "B", "B", "D", "D"],
            "product": ["p1", "p1", "p2", "p1", "p2"],
            "value_usd": [0.3, 0.1, 0.2, 0.1, 0.7],
        }
    )
    assert relative_export_advantage(table)["relative_export_advantage_absence"][0] == "only_product"


VALUES = st.lists(st.integers(1, 10**6), min_size=12, max_size=12)


@given(VALUES, VALUES)
def test_exchanging_exports_and_imports_turns_the_sign(sold: list[int], bought: list[int]) -> None:
    table = pl.DataFrame(
        {
            "reporter": [f"C{i}" for i in range(4) for _ in range(3)],
            "product": ["p1", "p2", "p3"] * 4,
            "exports": sold,
            "imports": bought,
        }
    )
    turned = table.rename({"exports": "imports", "imports": "exports"})
    for function in (relative_trade_advantage, revealed_competitiveness):
        name = function.__name__
        assert function(turned)[name].to_list() == pytest.approx([-x for x in function(table)[name]])
