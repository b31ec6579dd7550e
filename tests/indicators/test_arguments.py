"""Arguments that change a number: the residual group, the number of groups, how ties are cut."""

import polars as pl
import pytest

from corridor.codes.schema import MissingColumns
from corridor.errors import UsageError
from corridor.indicators import (
    concentration_ratio,
    entropy,
    export_similarity,
    gini,
    grubel_lloyd,
    hhi,
    lorenz,
    smallest_set,
    structural_change,
    theil,
    trade_complementarity,
)

PARTS = pl.DataFrame({"product": ["a", "b", "c", "other_goods"], "value_usd": [2, 1, 1, 6]})
KEPT = PARTS.head(3)


@pytest.mark.parametrize("function", [concentration_ratio, entropy, gini, hhi, lorenz, theil])
def test_the_residual_group_may_be_left_out(function) -> None:
    assert function(PARTS, without="other_goods").equals(function(KEPT))
    assert function(PARTS, without=["other_goods"]).equals(function(KEPT))
    assert not function(PARTS).equals(function(KEPT))


@pytest.mark.parametrize("function", [export_similarity, structural_change, trade_complementarity, grubel_lloyd])
def test_it_may_be_left_out_of_two_sides(function) -> None:
    first, second = {
        export_similarity: ("value_a", "value_b"),
        structural_change: ("value_0", "value_1"),
        trade_complementarity: ("exports", "imports"),
        grubel_lloyd: ("exports", "imports"),
    }[function]
    table = pl.DataFrame({"product": ["a", "b", "other_goods"], first: [3, 1, 5], second: [1, 1, None]})
    assert function(table, without="other_goods").equals(function(table.head(2)))
    with pytest.raises(MissingColumns, match="no column product"):
        function(table.drop("product"), without="other_goods")


@pytest.mark.parametrize(
    ("table", "year", "without_residual"),
    [("EXPORTS", 2024, 0.217854221), ("IMPORTS", 2023, 0.292155643), ("IMPORTS", 2024, 0.245129868)],
)
def test_viet_nam_with_russia_without_it(long, table: str, year: int, without_residual: float) -> None:
    index = hhi(long(table, year), without="other_goods")["hhi"].item()
    assert index == pytest.approx(without_residual, abs=5e-9)


@pytest.mark.parametrize(("year", "index"), [(2023, 0.12029088), (2024, 0.09466570), (2025, 0.09994225)])
def test_two_way_trade_of_viet_nam_and_russia_without_it(long, wide, year: int, index: float) -> None:
    table = wide(exports=long("EXPORTS", year), imports=long("IMPORTS", year))
    result = grubel_lloyd(table, aggregate=True, without="other_goods")
    assert result["grubel_lloyd"].item() == pytest.approx(index, abs=5e-9)


def test_n_is_the_number_of_groups_there_could_be() -> None:
    # H = 3/8 of three groups; among five (3/8 - 1/5) / (4/5) = 7/32, the same as with two empty ones written in
    empty = pl.concat([KEPT, pl.DataFrame({"product": ["d", "e"], "value_usd": [0, 0]})])
    for function in (hhi, gini, theil):
        given, written = function(KEPT, n=5).row(0), function(empty).row(0)
        assert given[0] == written[0] == 5
        assert given[1] == pytest.approx(written[1])
        with pytest.raises(UsageError, match="there are 3 parts in the table, and n is 2"):
            function(KEPT, n=2)
    assert hhi(KEPT, n=5)["hhi_normalised"].item() == pytest.approx(7 / 32)
    assert hhi(KEPT.head(1), n=1)["hhi_absence"].item() == "one_part"


def test_ties_at_the_threshold_are_in_or_in_the_order_asked_for() -> None:
    # 50, then 10 four times: 0.7 needs two of the tens
    table = pl.DataFrame({"region": ["a", "b", "c", "d", "e", "f"], "value_usd": [50, 10, 10, 10, 10, 10]})
    assert smallest_set(table, 0.7)["in_smallest_set"].to_list() == [True] * 6
    cut = smallest_set(table, 0.7, break_ties_by="region")
    assert cut["in_smallest_set"].to_list() == [True, True, True, False, False, False]
    assert cut["cumulative_share"].to_list() == pytest.approx([0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
