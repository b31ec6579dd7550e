"""Intra-industry trade."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import grubel_lloyd

AMOUNT = st.none() | st.integers(0, 10**9)


def test_by_hand() -> None:
    # 30 and 10: 1 - 20/40; one way: 0; balanced: 1; nothing: undefined
    table = pl.DataFrame({"exports": [30, 5, 8, 0], "imports": [10, None, 8, None]})
    result = grubel_lloyd(table)
    assert result["grubel_lloyd"].to_list() == [0.5, 0, 1, None]
    assert result["grubel_lloyd_absence"].to_list() == [None, None, None, "no_trade"]
    # all: 1 - (20 + 5 + 0) / (40 + 5 + 16), which is not the 1 - 25/61 of other weights nor the index of 43 and 18
    assert grubel_lloyd(table, aggregate=True).row(0) == (pytest.approx(1 - 25 / 61), None)


@pytest.mark.parametrize(
    ("year", "index", "without_residual"),
    [(2023, 0.23946621, 0.12029088), (2024, 0.19984561, 0.09466570), (2025, 0.24946377, 0.09994225)],
)
def test_viet_nam_with_russia(long, wide, year: int, index: float, without_residual: float) -> None:
    table = wide(exports=long("EXPORTS", year), imports=long("IMPORTS", year))
    assert grubel_lloyd(table, aggregate=True)["grubel_lloyd"].item() == pytest.approx(index, abs=5e-9)
    kept = table.filter(pl.col("product") != "other_goods")
    assert grubel_lloyd(kept, aggregate=True)["grubel_lloyd"].item() == pytest.approx(without_residual, abs=5e-9)


def test_groups_2024(long, wide) -> None:
    table = wide(exports=long("EXPORTS", 2024), imports=long("IMPORTS", 2024))
    found = dict(grubel_lloyd(table).select("product", "grubel_lloyd").iter_rows())
    printed = {
        "rubber": 0.8287, "fishery": 0.6895, "iron_steel": 0.6367, "machinery": 0.1846, "wood": 0.1834, "ores": 0.0166,
        "other_goods": 0.7908,
    }  # fmt: skip
    assert {code: round(found[code], 4) for code in printed} == printed


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=2, max_size=10).filter(lambda r: any(a or b for a, b in r)))
def test_finer_products_show_the_same_or_less_two_way_trade(rows: list[tuple[int | None, int | None]]) -> None:
    fine = pl.DataFrame(rows, schema={"exports": pl.Int64, "imports": pl.Int64}, orient="row")
    coarse = grubel_lloyd(fine.fill_null(0).sum(), aggregate=True)["grubel_lloyd"].item()
    assert -1e-12 <= grubel_lloyd(fine, aggregate=True)["grubel_lloyd"].item() <= coarse + 1e-12
