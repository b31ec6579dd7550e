"""Contributions add up to the growth of the total."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import contribution

AMOUNT = st.none() | st.integers(0, 10**12)


def test_by_hand() -> None:
    # base 100 + 0 + 100 = 200: (150-100)/200 = 1/4; new (20-0)/200 = 1/10; gone (0-100)/200 = -1/2; sum 170/200 - 1
    table = pl.DataFrame({"value_0": [100, None, 100], "value_1": [150, 20, None]})
    result = contribution(table)["contribution"]
    assert result.to_list() == [0.25, 0.1, -0.5]
    assert result.sum() == pytest.approx(170 / 200 - 1)


def test_from_nothing_there_is_no_growth_to_contribute_to() -> None:
    result = contribution(pl.DataFrame({"value_0": [0, None], "value_1": [5, 6]}))
    assert result["contribution"].to_list() == [None, None]
    assert result["contribution_absence"].to_list() == ["no_base", "no_base"]


@pytest.mark.parametrize(
    ("table", "total", "points"),
    [
        # Percentage points of January 2024 as published for January 2025, first releases, tables 5X and 5N
        ("JANUARY_EXPORTS", -24.8260, {
            "garments": -11.566, "other_goods": -6.911, "fishery": -1.828, "cashew": -1.465, "coffee": -1.004,
            "rubber": -0.772, "toys_sports": 0.349, "footwear": 0.326, "pepper": 0.252, "tea": 0.168,
            "fruit_vegetables": 0.135,
        }),
        ("JANUARY_IMPORTS", -0.3184, {
            "iron_steel_articles": -4.124, "ores": -4.088, "fishery": -2.709, "other_goods": -2.681, "wood": -2.166,
            "base_metals": -0.308, "wheat": 5.687, "fertilisers": 4.574, "plastics": 3.492, "chemicals": 2.178,
            "machinery": 0.272,
        }),
    ],
)  # fmt: skip
def test_january_2025(vn_ru, table: str, total: float, points: dict[str, float]) -> None:
    rows = [(code, *values[:2]) for code, values in getattr(vn_ru, table).items()]
    result = contribution(pl.DataFrame(rows, schema=["product", "value_0", "value_1"], orient="row"))
    found = dict(result.select("product", "contribution").iter_rows())
    assert {code: round(100 * found[code], 3) for code in points} == points
    assert 100 * result["contribution"].sum() == pytest.approx(total, abs=6e-5)


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1).filter(lambda rows: any(before for before, _ in rows)))
def test_the_contributions_are_the_growth_of_the_total(rows: list[tuple[int | None, int | None]]) -> None:
    table = pl.DataFrame(rows, schema={"value_0": pl.Int64, "value_1": pl.Int64}, orient="row")
    base, now = sum(before or 0 for before, _ in rows), sum(after or 0 for _, after in rows)
    assert contribution(table)["contribution"].sum() == pytest.approx((now - base) / base, rel=1e-9, abs=1e-9)
