"""Export similarity."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.indicators import export_similarity, structural_change, trade_complementarity

AMOUNT = st.none() | st.integers(0, 10**9)
PAIRS = st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=20).filter(
    lambda rows: any(a for a, _ in rows) and any(b for _, b in rows)
)


def test_by_hand() -> None:
    # shares 1/2, 1/2, 0 and 1/4, 1/2, 1/4: 1/4 + 1/2 + 0
    table = pl.DataFrame({"value_a": [5, 5, None], "value_b": [2, 4, 2]})
    assert export_similarity(table).row(0) == (0.75, None)


@pytest.mark.parametrize(
    ("part", "whole", "year", "all_partners", "without_russia"),
    [
        ("EXPORTS", "ALL_EXPORTS", 2023, 0.41634265, 0.41339900),
        ("EXPORTS", "ALL_EXPORTS", 2024, 0.40532066, 0.40180854),
        ("EXPORTS", "ALL_EXPORTS", 2025, 0.38717486, 0.38419244),
        ("IMPORTS", "ALL_IMPORTS", 2023, 0.26784367, 0.26345148),
        ("IMPORTS", "ALL_IMPORTS", 2024, 0.26940224, 0.26495828),
        ("IMPORTS", "ALL_IMPORTS", 2025, 0.25767187, 0.25342859),
    ],
)
def test_trade_with_russia_and_with_everybody(long, wide, part, whole, year, all_partners, without_russia) -> None:
    table = wide(value_a=long(part, year), value_b=long(whole, year))
    assert export_similarity(table)["export_similarity"].item() == pytest.approx(all_partners, abs=5e-9)
    others = table.with_columns(value_b=pl.col("value_b") - pl.col("value_a").fill_null(0))
    assert export_similarity(others)["export_similarity"].item() == pytest.approx(without_russia, abs=5e-9)


@given(PAIRS)
def test_one_formula_under_three_names(rows: list[tuple[int | None, int | None]]) -> None:
    table = pl.DataFrame(rows, schema={"a": pl.Int64, "b": pl.Int64}, orient="row")
    similar = export_similarity(table, "a", "b")["export_similarity"].item()
    assert similar == pytest.approx(export_similarity(table, "b", "a")["export_similarity"].item())
    # min(s, t) summed = 1 - half the sum of |s - t|
    assert similar == pytest.approx(1 - structural_change(table, "a", "b")["structural_change"].item(), abs=1e-9)
    fit = trade_complementarity(table, "a", "b")["trade_complementarity"].item()
    assert similar == pytest.approx(fit / 100, abs=1e-9)
    assert -1e-12 <= similar <= 1 + 1e-12
