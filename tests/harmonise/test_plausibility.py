"""Checks as data: worked out by hand on small tables, and clean on real ones."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.harmonise.checks import (
    FINDING,
    hierarchies_that_do_not_add_up,
    row_count_jumps,
    slips_by_a_thousand,
    unit_value_outliers,
)

from . import concordance_world as world


def tree(**changed: float) -> pl.DataFrame:
    values = {
        "TOTAL": 100,
        "01": 60,
        "02": 40,
        "0101": 50,
        "0102": 10,
        "010121": 30,
        "010129": 20,
        "0201": 40,
    } | changed
    return world.flows("H5", values)


def test_a_tree_that_adds_up_gives_no_finding_and_all_columns() -> None:
    found = hierarchies_that_do_not_add_up(tree())
    assert found.is_empty()
    assert dict(found.schema) == dict(FINDING)


def test_each_level_is_compared_with_the_next_finer_one() -> None:
    found = hierarchies_that_do_not_add_up(tree(TOTAL=200, **{"0101": 53}))
    assert found.select("kind", "product", "value", "expected").rows() == [
        ("parts_do_not_add_up", "01", 60, 63),
        ("parts_do_not_add_up", "0101", 53, 50),
        ("parts_do_not_add_up", "TOTAL", 200, 100),
    ]
    assert found["evidence"][1] == "2 parts add up to 50.0, printed is 53.0"
    assert found["trace_id"][1] == "t/0101"


def test_half_a_dollar_a_row_is_rounding() -> None:
    assert hierarchies_that_do_not_add_up(tree(**{"0101": 51.5})).filter(pl.col("product") == "0101").is_empty()
    assert hierarchies_that_do_not_add_up(tree(**{"0101": 51.6})).filter(pl.col("product") == "0101").height == 1


def test_periods_and_partners_are_never_mixed() -> None:
    other = tree().with_columns(partner=pl.lit("USA"))
    assert hierarchies_that_do_not_add_up(pl.concat([tree(), other])).is_empty()


def test_other_classifications_have_no_such_tree() -> None:
    assert hierarchies_that_do_not_add_up(world.flows("VNC", {"TOTAL": 5, "coffee": 1})).is_empty()


def weighed(*unit_values: float) -> pl.DataFrame:
    rows = pl.concat([world.flows("H5", {"010121": value}) for value in unit_values])
    return rows.with_columns(net_weight_kg=pl.lit(1.0), trace_id=pl.format("t/{}", pl.row_index()))


def test_a_unit_value_far_from_the_others_is_found() -> None:
    found = unit_value_outliers(weighed(10, 11, 9, 10, 12, 8, 10, 11, 10_000))
    assert found.select("kind", "value", "trace_id").rows() == [("unit_value_outlier", 10_000, "t/8")]
    assert found["expected"][0] == pytest.approx(10)
    assert found["evidence"][0] == "10000.0 USD/kg, the median of 9 rows is 10.0"


def test_few_rows_spread_rows_and_small_factors_are_left_alone() -> None:
    assert unit_value_outliers(weighed(10, 11, 9, 10, 12, 8, 10_000)).is_empty(), "seven rows"
    assert unit_value_outliers(weighed(10, 10, 10, 10, 10, 10, 10, 10, 29)).is_empty(), "less than three times"
    assert unit_value_outliers(weighed(1, 10, 100, 1000, 1, 10, 100, 1000, 10_000)).is_empty(), "spread anyway"
    assert unit_value_outliers(weighed(*[10] * 9).with_columns(net_weight_kg=pl.lit(0.0))).is_empty()


def months(counts: list[int]) -> pl.DataFrame:
    return pl.concat(
        [
            world.flows("H5", {f"{row:06}": 1 for row in range(count)}).with_columns(
                period_end=pl.lit(date(2024, month, 1))
            )
            for month, count in enumerate(counts, start=1)
        ]
    )


def test_a_month_with_half_the_rows_of_its_neighbours_is_found() -> None:
    found = row_count_jumps(months([100, 104, 49, 98, 101]))
    assert found["reporter"].to_list() == ["RUS"], "what all rows share is told as well"
    assert found.select("kind", "period_end", "value", "expected", "evidence").rows() == [
        ("row_count_jump", date(2024, 3, 1), 49, 101, "49 rows, 104 before and 98 after")
    ]


def test_a_last_month_cut_off_is_found_and_a_new_level_of_detail_is_not_an_outlier_twice() -> None:
    assert row_count_jumps(months([100, 104, 40]))["period_end"].to_list() == [date(2024, 3, 1)]
    assert row_count_jumps(months([100, 104, 300, 310])).is_empty(), "it stays, so it is a change and no accident"
    assert row_count_jumps(months([10, 4, 10])).is_empty(), "too small to tell"


def series(*values: float) -> pl.DataFrame:
    return pl.concat(
        [
            world.flows("H5", {"010121": value}).with_columns(period_end=pl.lit(date(2010 + place, 12, 31)))
            for place, value in enumerate(values)
        ]
    )


@pytest.mark.parametrize("slipped", [5_100_000, 5.1, 9_900_000])
def test_a_slip_by_a_thousand_is_found(slipped: float) -> None:
    found = slips_by_a_thousand(series(5000, 5200, slipped, 4900, 5100))
    assert found.select("kind", "value", "period_end").rows() == [("slip_by_a_thousand", slipped, date(2012, 12, 31))]
    assert found["expected"][0] == pytest.approx(5050, rel=0.02)


def test_growth_is_no_slip() -> None:
    assert slips_by_a_thousand(series(1, 10, 100, 1000, 10_000)).is_empty()
    assert slips_by_a_thousand(series(5000, 5200, 1_000_000, 4900, 5100)).is_empty(), "two hundred times is no slip"
    assert slips_by_a_thousand(series(5000, 5_000_000, 5100)).is_empty(), "three values are no series"


def test_real_trade_adds_up_to_the_dollar(test_data: Path) -> None:
    """Imports of the United States from Viet Nam, 2015 to 2025, by the parts of each code.

    The sums of a whole level equal the total in every year. In 2017 and 2018 subheadings of 4401 and 4412 (wood) were
    put under 999999: the parts of these headings miss what the part of 9999 has too much, 3,100 dollars apart of a
    heading that has no subheading at all.
    """
    files = sorted((test_data / "comtrade-bilateral-hs6").glob("us_vietnam_*.csv.gz"))
    rows = pl.concat([pl.read_csv(file, infer_schema=False) for file in files]).select(
        classification="classification_code",
        product="cmd_code",
        period_end=pl.date(pl.col("ref_year").cast(pl.Int32), 12, 31),
        value_usd=pl.col("primary_value").cast(pl.Float64),
        net_weight_kg=pl.col("net_wgt").cast(pl.Float64),
        flow=pl.lit("import"),
        trace_id=pl.lit(""),
    )
    assert rows.height == 21_144 + 14_466
    found = hierarchies_that_do_not_add_up(rows)
    moved = [("4401", 2017), ("4412", 2017), ("4412", 2018), ("9999", 2017), ("9999", 2018)]
    assert found.select("product", pl.col("period_end").dt.year()).rows() == moved
    missing = found.group_by("period_end").agg((pl.col("value") - pl.col("expected")).sum())
    assert sorted(missing["value"]) == [-3100, 0]
    spoilt = rows.with_columns(
        value_usd=pl.when((pl.col("product") == "847130") & (pl.col("period_end") == date(2019, 12, 31)))
        .then(pl.col("value_usd") / 1000)
        .otherwise("value_usd")
    )
    assert set(hierarchies_that_do_not_add_up(spoilt)["product"]) == {"8471", *(product for product, _ in moved)}
    assert "847130" in slips_by_a_thousand(spoilt)["product"]
