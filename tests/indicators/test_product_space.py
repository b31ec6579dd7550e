"""Proximity and density."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.errors import UsageError
from corridor.indicators import density, proximity


def world(**economies: str) -> pl.DataFrame:
    """Who is present in what: one letter a product."""
    products = sorted(set("".join(economies.values())))
    rows = [(name, product, int(product in has)) for name, has in economies.items() for product in products]
    return pl.DataFrame(rows, schema=["exporter", "product", "value_usd"], orient="row")


#: wheat (w) in three economies, steel (s) in two of them, cars (c) in one of those.
TOY = world(A="wsc", B="ws", C="w")


def near(table: pl.DataFrame, **more) -> dict[tuple[str, str], float]:
    found = proximity(table, presence="given", **more)
    return {(one, other): value for one, other, value in found.iter_rows()}


def test_proximity_by_hand() -> None:
    # both wheat and steel in 2 of max(3, 2), wheat and cars 1 of 3, steel and cars 1 of 2
    assert near(TOY) == pytest.approx({("c", "s"): 1 / 2, ("c", "w"): 1 / 3, ("s", "w"): 2 / 3})
    both = near(TOY, pairs="both")
    assert both[("w", "s")] == both[("s", "w")]
    assert len(both) == 6
    # given cars, steel is certain; given steel, cars are 1/2
    given_ = near(TOY, method="conditional")
    assert (given_[("c", "s")], given_[("s", "c")]) == (1, 0.5)
    # two economies of three vary alike (correlation 1/2) in steel and cars; wheat does not vary
    assert near(TOY, method="correlation") == pytest.approx({("c", "s"): 0.75})


def test_proximity_as_a_matrix(kind, rows) -> None:
    # a row and a column a product, the same numbers as the pairs; of the column's product, given it
    found = rows(proximity(kind(TOY), presence="given", pairs="matrix"))
    assert {row.pop("product"): list(row.values()) for row in found} == {
        "c": pytest.approx([1, 1 / 2, 1 / 3]),
        "s": pytest.approx([1 / 2, 1, 2 / 3]),
        "w": pytest.approx([1 / 3, 2 / 3, 1]),
    }
    given_ = proximity(TOY, presence="given", pairs="matrix", method="conditional")
    assert given_.filter(product="s")["c"].item() == 1
    with pytest.raises(UsageError, match="a matrix is of one group"):
        proximity(TOY.with_columns(year=2024), presence="given", pairs="matrix", by="year")


def test_a_product_that_nobody_has_is_near_nothing() -> None:
    table = pl.concat([TOY, pl.DataFrame({"exporter": ["A"], "product": ["x"], "value_usd": [0]})])
    assert near(table) == near(TOY)
    result = density(table, presence="given")
    assert result.filter(product="x").row(0)[3:] == (None, "no_neighbours")


def test_density_by_hand() -> None:
    # around cars: itself 1, steel 1/2, wheat 1/3; C has wheat: (1/3) / (11/6) = 2/11, without cars (1/3) / (5/6) = 2/5
    cars = pl.col("product") == "c"
    assert density(TOY, presence="given").filter(cars)["density"].to_list() == pytest.approx([1, 5 / 11, 2 / 11])
    others = density(TOY, presence="given", itself=False).filter(cars)
    assert others["density"].to_list() == pytest.approx([1, 1, 2 / 5])
    # given cars the others are certain: C has half of them
    certain = density(TOY, presence="given", itself=False, method="conditional").filter(cars)
    assert certain["density"].to_list() == pytest.approx([1, 1, 1 / 2])


def test_the_nearest_neighbours_weigh_above_and_below_the_line() -> None:
    # py-ecomplexity 0.5.3 adds up the presences unweighted: densities of 1, 2 and 3. Nearest to cars is steel.
    result = density(TOY, presence="given", itself=False, neighbours=1)
    assert result["density"].max() == 1
    assert result.filter(product="c")["density"].to_list() == [1, 1, 0]
    # two neighbours of cars are all: the weights are 1/2 and 1/3 as without a limit
    all_of_them = density(TOY, presence="given", itself=False, neighbours=2)
    without_limit = density(TOY, presence="given", itself=False)["density"].to_list()
    assert all_of_them["density"].to_list() == pytest.approx(without_limit)


def test_ties_are_in_or_cut_by_code() -> None:
    # a and b are equally near c (1/2 each); D has b alone
    table = world(A="ac", B="bc", D="b", E="a")
    near_c = {pair: value for pair, value in near(table, pairs="both").items() if pair[0] == "c"}
    assert near_c == {("c", "a"): 0.5, ("c", "b"): 0.5}
    row = (pl.col("exporter") == "D") & (pl.col("product") == "c")
    tied = density(table, presence="given", itself=False, neighbours=1)
    cut = density(table, presence="given", itself=False, neighbours=1, ties="code")
    assert tied.filter(row)["density"].item() == 0.5
    assert cut.filter(row)["density"].item() == 0


def test_pairs_without_a_row_get_one_when_asked() -> None:
    table = TOY.filter(pl.col("value_usd") > 0)
    assert density(table, presence="given").height == 6
    every = density(table, presence="given", pairs="all")
    assert every.height == 9
    given_ = density(TOY, presence="given").select("exporter", "product", "density")
    joined = every.join(given_, on=["exporter", "product"], suffix="_given")
    assert joined["density"].to_list() == pytest.approx(joined["density_given"].to_list())
    assert every["value_usd"].null_count() == 3


def test_who_exports_nothing_has_no_density() -> None:
    table = pl.DataFrame({"exporter": ["A", "A", "B", "Z"], "product": ["p", "q", "p", "p"], "value_usd": [5, 5, 9, 0]})
    assert density(table).filter(exporter="Z").row(0)[3:] == (None, "no_exports")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"neighbours": 0}, "the 0 nearest products are none"),
        ({"ties": "random"}, "ties cannot be 'random'"),
        ({"method": "maximum"}, "method cannot be 'maximum'"),
        ({"pairs": "none"}, "pairs cannot be 'none'"),
    ],
)
def test_other_words_are_refused(more, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        density(TOY, presence="given", **more)


CELLS = st.lists(st.lists(st.booleans(), min_size=7, max_size=7), min_size=1, max_size=6)


@given(CELLS, st.booleans(), st.sampled_from(["minimum", "conditional"]))
def test_without_making_the_matrix_the_sums_are_the_same(cells: list[list[bool]], itself: bool, method) -> None:
    # with as many neighbours as products the sums run over the proximity matrix itself
    rows = [(f"C{i}", f"p{k}", int(there)) for i, row in enumerate(cells) for k, there in enumerate(row)]
    table = pl.DataFrame(rows, schema=["exporter", "product", "value_usd"], orient="row")
    found = density(table, presence="given", itself=itself, method=method)
    pairs = proximity(table, presence="given", pairs="both", method=method).rename({"proximity": "phi"})
    there = table.rename({"product": "other_product", "value_usd": "m"})
    if itself:
        own = table.filter(value_usd=1).select("product", other_product="product", phi=pl.lit(1.0)).unique()
        pairs = pl.concat([pairs, own])
    sums = (
        there.join(pairs, on="other_product")
        .group_by("exporter", "product")
        .agg(by_hand=(pl.col("m") * pl.col("phi")).sum() / pl.col("phi").sum())
    )
    joined = found.join(sums, on=["exporter", "product"], how="left")
    known = joined.filter(pl.col("density").is_not_null())
    assert known["density"].to_list() == pytest.approx(known["by_hand"].to_list(), abs=1e-12)
    assert known["density"].is_between(0, 1 + 1e-12).all()
    unknown = joined.filter(pl.col("density").is_null(), pl.col("density_absence") == "no_neighbours")
    assert unknown["by_hand"].fill_nan(None).null_count() == unknown.height


def test_a_matrix_of_more_products_than_are_computed_at_once_is_that_of_their_pairs() -> None:
    draw = np.random.default_rng(7)
    there = draw.random((9, 1100)) < 0.4
    rows = [(f"E{i}", f"{k:04d}", int(there[i, k])) for i in range(9) for k in range(1100)]
    world = pl.DataFrame(rows, schema=["exporter", "product", "value_usd"], orient="row")
    matrix = proximity(world, presence="given", pairs="matrix")
    kept = np.flatnonzero(there.any(axis=0))
    m = there[:, kept].astype(int)
    have = m.sum(axis=0)
    expected = (m.T @ m) / np.maximum(have, have[:, None])
    assert matrix["product"].to_list() == [f"{k:04d}" for k in kept] == matrix.columns[1:]
    assert (matrix.drop("product").to_numpy() == expected).all()
