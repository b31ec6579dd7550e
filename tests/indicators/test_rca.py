"""Revealed comparative advantage."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.errors import UsageError
from corridor.indicators import rca

WORLD = 119_740_265_088


def test_by_hand() -> None:
    # world 200: wheat 120, steel 80; KAZ sells 100, of it wheat 90: (90/100) / (120/200) = 1.5
    table = pl.DataFrame(
        {
            "exporter": ["KAZ", "KAZ", "RUS", "RUS"],
            "product": ["wheat", "steel", "wheat", "steel"],
            "value_usd": [90, 10, 30, 70],
        }
    )
    # steel of KAZ (10/100)/(80/200) = 1/4; RUS (30/100)/(120/200) = 1/2 and (70/100)/(80/200) = 7/4
    assert rca(table)["rca"].to_list() == pytest.approx([1.5, 0.25, 0.5, 1.75])
    # without the exporter itself the world is the other one: 0.9/0.3, 0.1/0.7, 0.3/0.9, 0.7/0.1
    assert rca(table, world="others")["rca"].to_list() == pytest.approx([3, 1 / 7, 1 / 3, 7])


def test_who_sells_nothing_is_null_and_spoils_nobody_else() -> None:
    table = pl.DataFrame(
        {
            "exporter": ["KAZ", "KAZ", "RUS", "RUS", "BLR"],
            "product": ["wheat", "steel", "wheat", "steel", "wheat"],
            "value_usd": [90, 10, 30, 70, 0],
        }
    )
    result = rca(table)
    assert result["rca"].to_list()[:4] == pytest.approx([1.5, 0.25, 0.5, 1.75])
    assert result["rca"][4] is None
    assert result["rca_absence"].to_list() == [None, None, None, None, "no_exports"]


@pytest.mark.parametrize(
    ("exporter", "product", "x", "x_c", "x_p", "index"),
    [
        # R package economiccomplexity 2.0.0, world_trade_avg_1998_to_2000 (SITC, four digits)
        ("AFG", "0011", 30_068, 50_663_690, 307_337_354, 0.2312238),
        ("AFG", "0012", 16_366, 50_663_690, 135_510_550, 0.285438688),
        ("AGO", "0011", 242_064, 530_448_884, 307_337_354, 0.1777917),
        ("AND", "0011", 172_393, 27_054_591, 307_337_354, 2.4825815),
        ("AND", "0015", 47_851, 27_054_591, 55_512_941, 3.815013019),
        ("ALB", "0014", 486, 85_793_050, 42_855_920, 0.01582754),
    ],
)
def test_world_trade_1998_to_2000(exporter: str, product: str, x: int, x_c: int, x_p: int, index: float) -> None:
    # (30068 / 50663690) / (307337354 / 119740265088): the other countries and products are one row each;
    # the last value is printed cut off, not rounded
    table = pl.DataFrame(
        {
            "exporter": [exporter, exporter, "ROW", "ROW"],
            "product": [product, "9999", product, "9999"],
            "value_usd": [x, x_c - x, x_p - x, WORLD - x_c - x_p + x],
        }
    )
    assert rca(table)["rca"][0] == pytest.approx(index, rel=5e-7)


def test_one_row_an_exporter_and_product() -> None:
    table = pl.DataFrame({"exporter": ["KAZ", "KAZ"], "product": ["wheat", "wheat"], "value_usd": [1, 2]})
    with pytest.raises(UnfitTable, match="2 rows share their exporter, product with another row"):
        rca(table)


def test_another_world_is_refused() -> None:
    table = pl.DataFrame({"exporter": ["KAZ"], "product": ["wheat"], "value_usd": [1]})
    with pytest.raises(UsageError, match="world cannot be 'asia'; it is one of: all, others"):
        rca(table, world="asia")  # type: ignore[arg-type]


MATRIX = st.lists(st.lists(st.integers(0, 10**9), min_size=3, max_size=3), min_size=2, max_size=6).filter(
    lambda rows: all(any(row) for row in rows) and all(any(column) for column in zip(*rows, strict=True))
)


@given(MATRIX, st.floats(1e-3, 1e3))
def test_weighted_by_size_it_is_one_and_the_currency_does_not_matter(matrix: list[list[int]], rate: float) -> None:
    table = pl.DataFrame(
        [(f"C{i}", f"p{k}", float(value)) for i, row in enumerate(matrix) for k, value in enumerate(row)],
        schema=["exporter", "product", "value_usd"],
        orient="row",
    )
    result = rca(table)
    world = pl.col("value_usd").sum()
    product_weight = world.over("product") / world
    exporter_weight = world.over("exporter") / world
    within_exporter = (
        result.with_columns(w=product_weight).group_by("exporter").agg(mean=(pl.col("rca") * pl.col("w")).sum())
    )
    within_product = (
        result.with_columns(w=exporter_weight).group_by("product").agg(mean=(pl.col("rca") * pl.col("w")).sum())
    )
    assert within_exporter["mean"].to_list() == pytest.approx([1] * len(matrix))
    assert within_product["mean"].to_list() == pytest.approx([1] * 3)
    converted = rca(table.with_columns(pl.col("value_usd") * rate))
    assert converted["rca"].to_list() == pytest.approx(result["rca"].to_list())


def test_a_repeated_row_is_refused_in_a_table_with_few_of_all_cells() -> None:
    alone = [(f"E{at:03d}", f"{at:06d}", 1.0) for at in range(100)]
    table = pl.DataFrame([*alone, alone[50]], schema=["exporter", "product", "value_usd"], orient="row")
    with pytest.raises(UnfitTable, match="2 rows share their exporter, product with another row"):
        rca(table)
