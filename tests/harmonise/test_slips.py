"""Slips by a thousand: found where they are planted, and not where trade comes in lumps."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.harmonise.checks import slips_by_a_thousand

from . import concordance_world as world

WEIGHT = "net_weight_kg"


def years(values: list[float], weights: list[float] | None = None, *, apart: int = 1) -> pl.DataFrame:
    """A made-up series of one good by year, from 2010 on, ``apart`` years from one another."""
    rows = []
    for place, value in enumerate(values):
        row = world.flows("H5", {"010121": value})
        end = date(2010 + place * apart, 12, 31)
        rows.append(row.with_columns(period_end=pl.lit(end), net_weight_kg=pl.lit(weights and weights[place])))
    return pl.concat(rows).with_columns(pl.col(WEIGHT).cast(pl.Float64))


def found(rows: pl.DataFrame, amount: str = "value_usd") -> list[int]:
    return slips_by_a_thousand(rows, amount)["period_end"].dt.year().to_list()


STEADY = st.lists(st.floats(1000, 1900), min_size=5, max_size=24)


@settings(max_examples=40)
@given(values=STEADY, data=st.data(), up=st.booleans())
def test_a_slip_planted_in_a_steady_series_is_found_wherever_it_stands(
    values: list[float], data: st.DataObject, up: bool
) -> None:
    at = data.draw(st.integers(0, len(values) - 1))
    planted = [value * (1000.0 if up else 0.001) if place == at else value for place, value in enumerate(values)]
    assert found(years(planted)) == [2010 + at]
    assert found(years(values)) == []


@settings(max_examples=40)
@given(weights=st.lists(st.floats(10, 100_000), min_size=2, max_size=12), data=st.data(), up=st.booleans())
def test_of_goods_sold_in_lumps_the_unit_value_tells(weights: list[float], data: st.DataObject, up: bool) -> None:
    """A kilogram is worth two dollars every year; the weights swing by a factor of ten thousand."""
    weights = [10.0, 100_000.0, *weights]
    values = [2 * weight for weight in weights]
    assert found(years(values, weights)) == found(years(values, weights), WEIGHT) == []
    at = data.draw(st.integers(0, len(values) - 1))
    values[at] *= 1000 if up else 0.001
    told = found(years(values, weights)) + found(years(values, weights), WEIGHT)
    assert set(told) <= {2010 + at}, "never another year"


def test_the_amount_that_moved_is_told_of_and_not_the_one_beside_it() -> None:
    weights = [100.0, 250.0, 90.0, 140.0, 220.0]
    values = [210.0, 480.0, 185.0, 300.0, 430.0]
    slipped = [*weights[:2], 90_000.0, *weights[3:]]
    rows = years(values, slipped)
    assert (found(rows), found(rows, WEIGHT)) == ([], [2012])
    (told,) = slips_by_a_thousand(rows, WEIGHT)["evidence"]
    assert told == "90000.0 kg is 513.0 times the median of the 4 other periods, the value of a kilogram 0.00101 times"


def test_a_large_sale_moves_value_and_weight_and_is_no_slip() -> None:
    values, weights = [964.0, 482_450.0, 1046.0, 442.0, 700.0], [87.0, 100_718.0, 95.0, 40.0, 60.0]
    rows = years(values, weights)
    assert found(rows) == found(rows, WEIGHT) == []
    same = years([11.0, 12.0, 13_000.0, 12.0, 12.0], [11.0, 12.0, 13_000.0, 12.0, 12.0])
    assert found(same) == found(same, WEIGHT) == [2012], "both of them in a series that hardly moves: one cause"


def test_growth_lumps_and_years_far_apart_are_no_slips() -> None:
    assert found(years([2.0, 1900.0, 2100.0, 2000.0])) == [], "an end of a short series may be where trade began"
    assert found(years([900.0, 1.0, 20_000.0, 1000.0, 4000.0])) == [], "the series swings by twenty times"
    mixed = pl.concat([years([1000.0, 1100.0, 900.0, 1000.0]), years([1.0, 1.0], apart=5)])
    far = mixed.with_columns(
        period_end=pl.Series([date(year, 12, 31) for year in (1997, 2007, 2017, 2018, 2010, 2027)]),
        value_usd=pl.Series([1000.0, 1.0, 1100.0, 900.0, 1000.0, 950.0]),
    )
    assert found(far) == [], "what stands ten years away from the figure is no neighbour"


def real_series(folder: Path) -> pl.DataFrame:
    """Imports of the United States from Viet Nam, 2015 to 2021, of every code that has them in four years or more."""
    rows = pl.read_csv(folder / "comtrade-bilateral-hs6" / "us_vietnam_1521.csv.gz", infer_schema=False).select(
        product="cmd_code",
        period_end=pl.date(pl.col("ref_year").cast(pl.Int32), 12, 31),
        value_usd=pl.col("primary_value").cast(pl.Float64),
        net_weight_kg=pl.col("net_wgt").cast(pl.Float64),
        trace_id=pl.lit(""),
    )
    known = rows.filter((pl.col("value_usd") > 0) & (pl.col(WEIGHT) > 0))
    return known.filter(pl.len().over("product") >= 4).sort("product", "period_end")


@pytest.mark.parametrize(("amount", "least"), [("value_usd", 0.75), (WEIGHT, 0.75)])
def test_slips_planted_in_real_series_are_found_and_little_else_is(test_data: Path, amount: str, least: float) -> None:
    """One figure in every series is made a thousand times larger or smaller."""
    rows = real_series(test_data)
    before = slips_by_a_thousand(rows, amount)
    assert before.height <= 3, "few of thousands of real series show one"
    chance = np.random.default_rng(11)
    counts = rows.group_by("product", maintain_order=True).len()["len"].to_list()
    factors = np.ones(rows.height)
    ends = np.cumsum([0, *counts])
    for start, count in zip(ends[:-1], counts, strict=True):
        factors[start + chance.integers(count)] = chance.choice([1000.0, 0.001])
    planted = rows.with_columns(pl.col(amount) * pl.Series(factors), hit=pl.Series(factors != 1))
    told = slips_by_a_thousand(planted, amount).select("product", "period_end")
    right = told.join(planted.filter("hit"), on=["product", "period_end"], how="semi")
    assert right.height >= least * len(counts)
    assert told.height - right.height <= 0.002 * len(counts)
