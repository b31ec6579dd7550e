"""Two periods side by side: growth, contributions that add up, the split of a change."""

from __future__ import annotations

import polars as pl
import pytest

from corridor.codes.periods import Period
from corridor.study.compare import changes, side_by_side
from corridor.study.comparisons import Comparison
from world import YEARS, figure, frame, ledger, only, years

DIRECTIONS = (("RUS", "VNM"), ("VNM", "RUS"))


@pytest.fixture(scope="module")
def moved() -> pl.DataFrame:
    return changes(ledger(years()), DIRECTIONS, (YEARS,))


def test_every_group_of_either_period_has_its_row(moved):
    imports = moved.filter(pl.col("exporter") == "RUS")
    assert sorted(imports["product"]) == ["coal", "fertilisers", "other_goods", "paper", "wheat"]
    assert imports.select("importer", "base_period", "period", "kind").unique().rows() == [
        ("VNM", "2023", "2024", "year")
    ]


def test_growth_by_hand(moved):
    coal = only(moved, product="coal")
    assert (coal["value_0"], coal["value_1"], coal["change"], coal["growth"]) == (100.0, 150.0, 50.0, 0.5)
    wheat = only(moved, product="wheat")
    assert (wheat["change"], wheat["growth"]) == (-50.0, -0.5)


def test_a_new_row_has_no_growth_and_a_vanished_one_loses_everything(moved):
    new, gone = only(moved, product="fertilisers"), only(moved, product="paper")
    assert (new["change_kind"], new["growth"], new["change"], new["value_0"]) == ("new", None, 40.0, None)
    assert (gone["change_kind"], gone["growth"], gone["change"], gone["value_1"]) == ("vanished", -1.0, -20.0, None)


def test_contributions_add_up_to_the_growth_of_the_total_exactly(moved):
    # Imports 320 to 340: 1/16. Exports 100 to 140: 2/5.
    sums = {each: moved.filter(pl.col("exporter") == each)["contribution"].sum() for each in ("RUS", "VNM")}
    assert sums == {"RUS": 1 / 16, "VNM": 2 / 5}
    parts = dict(moved.filter(pl.col("exporter") == "RUS").select("product", "contribution").iter_rows())
    assert parts == {
        "coal": 50 / 320,
        "wheat": -50 / 320,
        "fertilisers": 40 / 320,
        "paper": -20 / 320,
        "other_goods": 0.0,
    }


def test_unit_values_and_the_split_by_hand(moved):
    # 100 USD for 10 t, then 150 for 30: unit value 10 to 5; effects (5 - 10) * 20 and (30 - 10) * 7.5.
    coal = only(moved, product="coal")
    assert (coal["unit_value_0"], coal["unit_value_1"], coal["unit_value_growth"]) == (10.0, 5.0, -0.5)
    assert (coal["unit_value_effect"], coal["quantity_effect"], coal["quantity_growth"]) == (-100.0, 150.0, 2.0)
    assert coal["unit_value_effect"] + coal["quantity_effect"] == coal["change"]


def test_there_is_no_split_without_a_quantity_or_a_base(moved):
    assert only(moved, exporter="RUS", product="other_goods")["bennet_absence"] == "no_quantity"
    assert only(moved, product="fertilisers")["bennet_absence"] == "absent"


def test_the_residual_is_marked(moved):
    assert moved.filter("residual")["product"].unique().to_list() == ["other_goods"]
    assert not moved.filter(pl.col("product") != "other_goods")["residual"].any()


def test_a_changed_unit_leaves_no_quantity_to_compare():
    base = figure("RUS", "motor_vehicles", 100, "2023-01:2023-12", quantity=4, quantity_unit="piece")
    current = figure("RUS", "motor_vehicles", 120, quantity=8)
    row = only(changes(ledger([base, current]), DIRECTIONS, (YEARS,)), product="motor_vehicles")
    assert (row["quantity_0"], row["quantity_1"], row["quantity_unit"]) == (None, None, None)
    assert (row["growth"], row["unit_value_growth"], row["bennet_absence"]) == (pytest.approx(0.2), None, "no_quantity")


def test_one_side_without_a_unit_keeps_what_is_known():
    base = figure("RUS", "coal", 100, "2023-01:2023-12")
    current = figure("RUS", "coal", 120, quantity=8)
    row = only(changes(ledger([base, current]), DIRECTIONS, (YEARS,)), product="coal")
    assert (row["quantity_0"], row["quantity_1"], row["quantity_unit"]) == (None, 8.0, "t")


def test_each_comparison_adds_up_by_itself():
    rows = [*years(), figure("RUS", "coal", 10, "2023-01"), figure("RUS", "coal", 30, "2024-01")]
    january = Comparison(Period.month(2023, 1), Period.month(2024, 1), "month")
    found = changes(ledger(rows), DIRECTIONS, (YEARS, january))
    month = found.filter(pl.col("period") == "2024-01")
    assert month.select("product", "contribution").rows() == [("coal", 2.0)]  # 10 to 30 is +200 %
    assert found.filter((pl.col("period") == "2024") & (pl.col("exporter") == "RUS"))["contribution"].sum() == 1 / 16


def test_a_direction_without_groups_in_a_period_is_left_out():
    rows = [row for row in years() if row["flow"] == "import" or row["period_end"].year == 2024]
    found = changes(ledger(rows), DIRECTIONS, (YEARS,))
    assert found["exporter"].unique().to_list() == ["RUS"]  # a missing table is not a fall to nothing


def test_nothing_to_compare_is_an_empty_table():
    assert changes(ledger([]), DIRECTIONS, (YEARS,)).is_empty()
    assert changes(ledger(years()), DIRECTIONS, ()).is_empty()


def test_a_row_carries_the_traces_of_both_ends(moved):
    base, current = only(moved, product="coal")["trace_id"].split()
    assert "2023-12" in base
    assert "2024-12" in current
    assert len(only(moved, product="paper")["trace_id"].split()) == 1


def test_side_by_side_keeps_a_row_of_either_side():
    both = side_by_side(
        frame("flows", [figure("RUS", "coal", 1), figure("RUS", "wheat", 2)]),
        frame("flows", [figure("RUS", "wheat", 3), figure("RUS", "paper", 4)]),
        "product",
    )
    assert both.select("product", "value_0", "value_1").rows() == [
        ("coal", 1.0, None), ("paper", None, 4.0), ("wheat", 2.0, 3.0),
    ]  # fmt: skip
