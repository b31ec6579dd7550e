"""Indices that are 1 by their definition are exactly 1: thresholds ask for no less."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import (
    growth_per_working_day,
    location_quotient,
    presence,
    rca,
    trade_intensity,
)
from corridor.recommend.regional import by_region

AMOUNTS = st.lists(st.integers(1, 10**12), min_size=1, max_size=12)


@given(AMOUNTS)
def test_of_a_world_of_one_economy(amounts: list[int]) -> None:
    parts = [f"{number:06}" for number in range(len(amounts))]
    table = pl.DataFrame({"exporter": "KAZ", "product": parts, "value_usd": amounts})
    ones = [1.0] * len(amounts)
    assert rca(table)["rca"].to_list() == ones
    people = table.with_columns(population=pl.lit(20_000_001))
    assert presence(people, test="both")["presence"].to_list() == ones
    sales = table.select("exporter", "value_usd", importer=pl.lit("at ") + pl.col("product"))
    assert trade_intensity(sales)["trade_intensity"].to_list() == ones
    assert location_quotient(table.with_columns(whole=pl.col("value_usd")))["location_quotient"].to_list() == ones


@given(AMOUNTS, st.integers(1, 31))
def test_of_a_part_like_its_whole(amounts: list[int], times: int) -> None:
    table = pl.DataFrame({"value_usd": amounts}).with_columns(whole=pl.col("value_usd") * times)
    assert location_quotient(table)["location_quotient"].to_list() == [1.0] * len(amounts)


@given(AMOUNTS, st.integers(1, 31), st.integers(1, 31))
def test_of_as_much_a_day(amounts: list[int], first: int, second: int) -> None:
    value = pl.col("a_day")
    table = pl.DataFrame({"a_day": amounts}).select(
        value_0=value * first, value_1=value * second, working_days_0=pl.lit(first), working_days_1=pl.lit(second)
    )
    assert growth_per_working_day(table)["growth_per_working_day"].to_list() == [0.0] * len(amounts)


@given(AMOUNTS)
def test_of_a_country_of_one_region(amounts: list[int]) -> None:
    codes = [f"{number:06}" for number in range(100_000, 100_000 + len(amounts))]
    sold = pl.DataFrame({"region": "RU-VLG", "product": codes, "year": 2024, "value_usd": amounts}).with_columns(
        pl.col("value_usd").cast(pl.Float64)
    )
    ranked = pl.DataFrame({"rank": range(len(codes)), "product": codes}).with_columns(
        potential_usd=pl.lit(1.0), cell_usd=pl.lit(0.0), unrealised_usd=pl.lit(1.0)
    )
    assert by_region(ranked, sold, sold)["region_rca"].to_list() == [1.0] * len(amounts)
