"""Shift-share analysis."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import constant_market_share, shift_share

EFFECTS = ["national_effect", "industry_effect", "regional_effect"]
TABLE = pl.DataFrame(
    {
        "region": ["A", "B", "A", "B"],
        "product": ["coal", "coal", "fish", "fish"],
        "value_0": [60, 40, None, 100],
        "value_1": [66, 54, None, 80],
    }
)


def test_by_hand() -> None:
    # all 200 to 200: g = 0; coal grows by 1/5, fish by -1/5
    result = shift_share(TABLE)
    assert result.select(EFFECTS).row(0) == pytest.approx((0, 12, -6))
    assert result.select(EFFECTS).row(1) == pytest.approx((0, 8, 6))
    assert result.select(EFFECTS).row(3) == pytest.approx((0, -20, 0))
    regions = shift_share(TABLE, aggregate=True)
    assert regions.columns == ["region", "change", *EFFECTS, "shift_share_absence"]
    assert regions.row(0) == ("A", 6, 0, pytest.approx(12), pytest.approx(-6), None)


def test_of_one_region_it_is_constant_market_share() -> None:
    # the region in the country is the exporter in the market
    whole = TABLE.group_by("product").agg(market_0=pl.col("value_0").sum(), market_1=pl.col("value_1").sum())
    own = TABLE.filter(region="B").join(whole, on="product")
    market = constant_market_share(own).sort("product")
    found = shift_share(TABLE).filter(region="B").sort("product")
    for ours, theirs in zip(EFFECTS, ("market_effect", "structure_effect", "residual_effect"), strict=True):
        assert found[ours].to_list() == pytest.approx(market[theirs].to_list())


AMOUNT = st.none() | st.integers(0, 10**9)


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=6, max_size=6))
def test_the_effects_are_the_change_and_the_regional_ones_cancel(cells: list[tuple[int | None, int | None]]) -> None:
    table = pl.DataFrame(cells, schema={"value_0": pl.Int64, "value_1": pl.Int64}, orient="row").with_columns(
        region=pl.Series(["A", "B", "C"] * 2), product=pl.Series(["p"] * 3 + ["q"] * 3)
    )
    result = shift_share(table)
    if result["shift_share_absence"][0] is not None:
        return
    change = pl.col("value_1").fill_null(0) - pl.col("value_0").fill_null(0)
    size = pl.sum_horizontal(pl.col(EFFECTS).abs()) + 1
    assert result.select(((pl.sum_horizontal(EFFECTS) - change).abs() / size).max()).item() < 1e-9
    started = result.filter(pl.col("value_0").fill_null(0).sum().over("product") > 0)
    # Each effect is the difference of others, so it is exact to the largest of them and no further.
    sums = started.with_columns(m=size).group_by("product").agg(pl.col("regional_effect").sum(), pl.col("m").max())
    largest = max(sums["m"].max() or 0.0, float(table.select(pl.sum("value_0", "value_1")).max_horizontal()[0] or 0))
    assert (sums["regional_effect"].abs() <= 1e-9 * (largest + 1)).all()
