"""TOPSIS and Pareto by hand, their order next to the weighted sum's, and what a left-out year does."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.errors import UsageError
from corridor.recommend.criterion import Criterion
from corridor.recommend.methods import METHODS
from corridor.recommend.methods.pareto import pareto
from corridor.recommend.methods.topsis import topsis
from corridor.recommend.ranking import rank, stays, unscorable

SIZE = Criterion("size", "size", "usd", 0.75)
GROWTH = Criterion("growth", "growth", "growth", 0.25)
BOTH = (SIZE, GROWTH)
WEIGHTS = {"size": 0.75, "growth": 0.25}


def scored(**columns: list[float | None]) -> pl.DataFrame:
    """Candidates a, b, c … with the scores given."""
    count = len(next(iter(columns.values())))
    names = list("abcdefgh")[:count]
    return pl.DataFrame({"product": names, **{f"score_{key}": values for key, values in columns.items()}})


def test_topsis_by_hand() -> None:
    """a is best in size, b in growth: a is 0.25 from the best and 0.75 from the worst."""
    table = scored(size=[1.0, 0.0, 0.5], growth=[0.0, 1.0, 0.5])
    found = table.select(topsis(table, BOTH, WEIGHTS).alias("score"))["score"].to_list()
    middle = math.hypot(0.375, 0.125)
    assert found == pytest.approx([0.75 / (0.75 + 0.25), 0.25 / (0.25 + 0.75), middle / (middle + middle)])


def test_topsis_of_candidates_that_are_alike_prefers_none() -> None:
    table = scored(size=[0.5, 0.5], growth=[0.5, 0.5])
    assert table.select(topsis(table, BOTH, WEIGHTS).alias("s"))["s"].to_list() == [0.5, 0.5]


def test_pareto_by_hand() -> None:
    """a and b beat c, nobody beats a or b; c beats d. Within the first front the weighted mean orders."""
    table = scored(size=[1.0, 0.6, 0.5, 0.1], growth=[0.4, 1.0, 0.3, 0.2])
    found = table.select(pareto(table, BOTH, WEIGHTS).alias("s"))["s"].to_list()
    means = [0.85, 0.7, 0.45, 0.125]
    assert found == pytest.approx([(3 - front + mean) / 3 for front, mean in zip([1, 1, 2, 3], means, strict=True)])


@pytest.mark.parametrize("method", METHODS)
def test_an_unknown_criterion_leaves_no_score(method: str) -> None:
    table = scored(size=[1.0, None, 0.2], growth=[0.4, 1.0, 0.3])
    found = table.select(METHODS[method](table, BOTH, WEIGHTS).alias("s"))["s"].to_list()
    assert found[1] is None
    assert None not in (found[0], found[2])


values = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=8, unique=True)


@pytest.mark.parametrize("method", METHODS)
@settings(deadline=None, max_examples=20)
@given(values)
def test_who_is_better_in_everything_is_ranked_better(method: str, rows: list[tuple[int, int]]) -> None:
    table = pl.DataFrame(
        {
            "product": [f"p{at}" for at in range(len(rows))],
            "size": [row[0] for row in rows],
            "growth": [row[1] for row in rows],
        }
    )
    found = rank(table, BOTH, method)
    places = dict(zip(found["product"], found["rank"], strict=True))
    assert found["score"].is_between(-1e-12, 1 + 1e-12).all()
    for i, own in enumerate(rows):
        for j, other in enumerate(rows):
            if own[0] > other[0] and own[1] > other[1]:
                assert places[f"p{i}"] < places[f"p{j}"]


def test_another_method_is_refused() -> None:
    with pytest.raises(UsageError, match="no ranking method “electre”"):
        rank(pl.DataFrame({"product": ["a"], "size": [1.0], "growth": [1.0]}), BOTH, "electre")


def test_what_cannot_be_ranked_stands_apart_with_what_is_missing() -> None:
    table = pl.DataFrame({"product": ["a", "b", "c"], "size": [1.0, None, None], "growth": [1.0, 0.5, None]})
    assert unscorable(table, BOTH).rows() == [("b", "size"), ("c", "size growth")]


def test_a_year_left_out_shows_who_stays_among_the_first() -> None:
    """Seven candidates; without one year f comes in for e, without the other nothing moves."""
    ranked = pl.DataFrame({"product": list("abcdefg"), "rank": list(range(1, 8))})
    moved = pl.DataFrame({"product": list("abcdfe"), "rank": list(range(1, 7))})
    found = stays(ranked, [ranked, moved])
    assert dict(zip(found["product"], found["stability_years"], strict=True)) == {
        "a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0, "e": 0.5, "f": 0.5, "g": 1.0
    }  # fmt: skip
    assert stays(ranked, [])["stability_years"].null_count() == 7
