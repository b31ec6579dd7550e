"""Ranking of candidates: places, weights, unknowns, ties, stability."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.recommend.criterion import Criterion
from corridor.recommend.methods.weighted_sum import weighted_sum
from corridor.recommend.ranking import FIRST, WEIGHT_SHIFT, rank

SIZE = Criterion("size", "size", "usd", 0.75)
GROWTH = Criterion("growth", "growth", "growth", 0.25)
BOTH = (SIZE, GROWTH)


def candidates(**columns: list[float | None]) -> pl.DataFrame:
    count = len(next(iter(columns.values())))
    names = [f"p{place}" for place in range(count)]
    return pl.DataFrame({"product": names, **columns}, schema_overrides=dict.fromkeys(columns, pl.Float64))


def ranks(table: pl.DataFrame) -> dict[str, int | None]:
    return dict(table.select("product", "rank").iter_rows())


def test_a_score_is_the_place_and_not_the_distance():
    scored = candidates(size=[1, 2, 1_000_000]).with_columns(score=SIZE.score())
    assert scored["score"].to_list() == [0.0, 0.5, 1.0]


def test_equal_values_share_the_mean_of_their_places():
    scored = candidates(size=[5, 5, 9, 1]).with_columns(score=SIZE.score())
    assert scored["score"].to_list() == [0.5, 0.5, 1.0, 0.0]


def test_where_a_small_value_speaks_for_a_candidate_the_places_are_turned():
    small = Criterion("room", "size", "ratio", 1, descending=True)
    assert candidates(size=[1, 2, 3]).with_columns(score=small.score())["score"].to_list() == [1.0, 0.5, 0.0]


def test_an_unknown_value_has_no_place_and_takes_nobodys():
    scored = candidates(size=[1, None, 3, 2]).with_columns(score=SIZE.score())
    assert scored["score"].to_list() == [0.0, None, 1.0, 0.5]


def test_a_candidate_alone_is_the_best_one():
    assert candidates(size=[7]).with_columns(score=SIZE.score())["score"].to_list() == [1.0]
    assert candidates(size=[7, None]).with_columns(score=SIZE.score())["score"].to_list() == [1.0, None]


def test_nobody_known_is_nobody_placed():
    assert candidates(size=[None, None]).with_columns(score=SIZE.score())["score"].to_list() == [None, None]


def test_the_weighted_sum_by_hand():
    table = candidates(size=[1, 2, 3], growth=[0.3, 0.2, 0.1])
    found = rank(table, BOTH)
    scores = dict(found.select("product", "score").iter_rows())
    assert scores == {"p0": 0.25, "p1": 0.5, "p2": 0.75}  # 0.75 * 0 + 0.25 * 1, 0.5, 0.75 * 1 + 0.25 * 0
    assert ranks(found) == {"p2": 1, "p1": 2, "p0": 3}


def test_weights_need_not_add_up_to_one():
    table = candidates(score_size=[1.0], score_growth=[0.0])
    value = weighted_sum(table, BOTH, {"size": 3, "growth": 1})
    assert table.select(value).item() == 0.75


def test_a_weight_without_its_criterion_is_refused():
    with pytest.raises(KeyError, match="colour"):
        weighted_sum(candidates(score_size=[1.0], score_growth=[0.0]), BOTH, {"size": 1, "growth": 1, "colour": 1})


def test_an_unknown_criterion_is_not_a_zero():
    # p1 is best in size and unknown in growth: neither first nor last, but not ranked.
    found = rank(candidates(size=[1, 9, 3], growth=[0.1, None, 0.2]), BOTH)
    assert ranks(found) == {"p2": 1, "p0": 2, "p1": None}
    row = found.filter(pl.col("product") == "p1").row(0, named=True)
    assert (row["score"], row["score_size"], row["score_growth"]) == (None, 1.0, None)
    assert found["product"].to_list()[-1] == "p1"


def test_ties_are_broken_by_the_code():
    found = rank(candidates(size=[5, 5, 5], growth=[1, 1, 1]), BOTH)
    assert ranks(found) == {"p0": 1, "p1": 2, "p2": 3}


def test_no_candidates_are_no_ranking():
    found = rank(candidates(size=[], growth=[]), BOTH)
    assert found.is_empty()
    assert {"rank", "score", "stability", "score_size"} <= set(found.columns)


def test_a_few_candidates_are_always_among_the_first():
    found = rank(candidates(size=[1, 2, 3], growth=[3, 1, 2]), BOTH)
    assert found["stability"].to_list() == [1.0, 1.0, 1.0]


def test_a_place_that_hangs_on_a_weight_is_less_than_stable():
    # Four are far ahead. The fifth place goes to p4 (size) or p5 (growth): scores 0.5 (a + b) with nearly equal sums.
    even = (Criterion("size", "size", "usd", 0.5), Criterion("growth", "growth", "growth", 0.5))
    table = candidates(size=[10, 9, 8, 7, 6, 5, 1], growth=[10, 9, 8, 7, 5, 6, 1])
    found = rank(table, even)
    stability = dict(found.select("product", "stability").iter_rows())
    # Of the four shifted weightings two favour size and two growth; the tie itself goes to p4 by its code.
    assert (stability["p4"], stability["p5"]) == (0.5, 0.5)
    assert stability["p0"] == stability["p6"] == 1.0
    assert (FIRST, WEIGHT_SHIFT) == (5, 0.10)


numbers = st.one_of(st.none(), st.integers(-1000, 1000).map(float))


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(numbers, numbers), min_size=1, max_size=9), seed=st.integers(0, 99))
def test_the_ranking_does_not_depend_on_the_order_of_the_candidates(rows, seed):
    table = candidates(size=[row[0] for row in rows], growth=[row[1] for row in rows])
    found = rank(table, BOTH)
    assert rank(table.sample(fraction=1, shuffle=True, seed=seed), BOTH).equals(found)
    known = found.drop_nulls("rank")
    assert known["rank"].to_list() == list(range(1, known.height + 1))
    assert known["score"].is_between(0, 1).all()
    assert known.height == sum(None not in row for row in rows)
