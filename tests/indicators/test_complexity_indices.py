"""Economic and product complexity, fitness, outlook and gain."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.errors import UsageError
from corridor.indicators import cog, coi, density, eci, fitness, pci


def world(**economies: str) -> pl.DataFrame:
    """Who is present in what: one letter a product."""
    products = sorted(set("".join(economies.values())))
    rows = [(name, product, int(product in has)) for name, has in economies.items() for product in products]
    return pl.DataFrame(rows, schema=["exporter", "product", "value_usd"], orient="row")


def by(result: pl.DataFrame, key: str, name: str) -> dict[str, float | None]:
    return dict(result.select(key, name).unique().sort(key).iter_rows())


#: A exports everything, B wheat and steel, C wheat.
NEST = world(A="wsc", B="ws", C="w")


def test_three_nested_economies_by_hand() -> None:
    # the matrix from economies to economies has the rows (11/18, 5/18, 1/9), (5/12, 5/12, 1/6), (1/3, 1/3, 1/3):
    # its trace is 49/36 = 1 + l2 + l3 and its determinant 1/36 = l2 l3, so l2 solves l^2 - 13/36 l + 1/36 = 0
    root = (13 / 36 + math.sqrt((13 / 36) ** 2 - 4 / 36)) / 2
    step = np.array([[11 / 18, 5 / 18, 1 / 9], [5 / 12, 5 / 12, 1 / 6], [1 / 3, 1 / 3, 1 / 3]])
    found = by(eci(NEST, presence="given", scale="python"), "exporter", "eci")
    vector = np.array([found[name] for name in "ABC"])
    # standard scores are the eigenvector up to a constant: the constant is an eigenvector too, of 1
    moved = step @ vector - root * vector
    assert moved == pytest.approx([moved[0]] * 3)
    assert found["A"] > found["B"] > found["C"]
    assert vector.mean() == pytest.approx(0)
    assert vector.std() == pytest.approx(1)


def test_reflections_by_hand() -> None:
    # kc0 = 3, 2, 1; kp1: wheat (3+2+1)/3 = 2, steel 5/2, cars 3; kc2: A (2 + 5/2 + 3)/3 = 5/2, B 9/4, C 2
    first = by(pci(NEST, presence="given", method="reflections", steps=1), "product", "pci")
    assert list(first.values()) == pytest.approx([1, 0, -1])  # c, s, w: 3, 2.5, 2 by mean 2.5 and spread 1/2
    second = by(eci(NEST, presence="given", method="reflections", steps=2), "exporter", "eci")
    assert list(second.values()) == pytest.approx([1, 0, -1])


def test_many_reflections_come_to_the_eigenvector_and_keep_their_digits() -> None:
    # plain averaging has lost all digits long before: a difference of 1e-30 beside a mean of 2
    many = by(eci(NEST, presence="given", method="reflections", steps=2_000), "exporter", "eci")
    assert list(many.values()) == pytest.approx(list(by(eci(NEST, presence="given"), "exporter", "eci").values()))


@pytest.mark.parametrize("scale", ["r", "python", "stata"])
def test_the_three_scales(scale) -> None:
    found = eci(NEST, presence="given", scale=scale)
    each = found.unique("exporter")["eci"]
    assert each.mean() == pytest.approx(0)
    # spread one over the sample of three, over the population of three, over the table of nine rows
    spread = {"r": each.std(), "python": each.std(ddof=0), "stata": found["eci"].std()}[scale]
    assert spread == pytest.approx(1)


@pytest.mark.parametrize("scale", ["python", "stata"])
def test_an_economys_index_is_the_mean_of_its_products(scale) -> None:
    both = pci(eci(NEST, presence="given", scale=scale), presence="given", scale=scale).filter(value_usd=1)
    means = both.group_by("exporter").agg(pl.col("eci").first(), mean=pl.col("pci").mean())
    assert means["eci"].to_list() == pytest.approx(means["mean"].to_list())


def test_one_empty_economy_spoils_nobody() -> None:
    # py-ecomplexity 0.5.3: exactly one economy (or product) without presence, and all 48 of 48 rows lose their index
    table = pl.concat([NEST, pl.DataFrame({"exporter": ["Z"], "product": ["w"], "value_usd": [0]})])
    for function, key in ((eci, "exporter"), (pci, "product"), (coi, "exporter"), (fitness, "exporter")):
        name = function.__name__
        whole, with_empty = (by(function(given, presence="given"), key, name) for given in (NEST, table))
        if name not in ("fitness",):
            assert {k: v for k, v in with_empty.items() if k != "Z"} == pytest.approx(whole), name
        if key == "exporter":
            assert with_empty["Z"] is None
    assert eci(table, presence="given").filter(exporter="Z")["eci_absence"].item() == "no_presence"
    nobody = NEST.with_columns(value_usd=pl.when(product="c").then(0).otherwise("value_usd"))
    assert by(pci(nobody, presence="given"), "product", "pci")["c"] is None
    assert None not in by(eci(nobody, presence="given"), "exporter", "eci").values()


def test_who_has_nothing_in_common_with_the_rest_gets_no_number() -> None:
    # the second eigenvalue of two separate worlds is 1: its vector says only who is in which
    apart = world(A="wsc", B="ws", C="w", X="yz", Y="y")
    result = eci(apart, presence="given")
    assert by(result, "exporter", "eci")["X"] is None
    assert set(result.filter(exporter="X")["eci_absence"]) == {"not_connected"}
    alone = by(eci(NEST, presence="given"), "exporter", "eci")
    assert [by(result, "exporter", "eci")[name] for name in "ABC"] == pytest.approx([alone[name] for name in "ABC"])
    halves = eci(world(A="ab", B="a", C="yz", D="y"), presence="given")
    assert set(halves["eci_absence"]) == {"not_connected"}, "two equally large groups: neither is the world"


def test_what_the_data_do_not_determine_gets_no_number() -> None:
    ring = world(A="pq", B="qr", C="rp")
    assert set(eci(ring, presence="given")["eci_absence"]) == {"not_determined"}
    assert set(eci(world(A="p"), presence="given")["eci_absence"]) == {"not_determined"}
    assert set(pci(world(A="pq", B="pq"), presence="given")["pci_absence"]) == {"not_determined"}
    same = eci(world(A="pq", B="qr", C="rp"), presence="given", method="reflections")
    assert set(same["eci_absence"]) == {"not_determined"}


def test_more_economies_than_products_gives_the_same_vector() -> None:
    # the symmetric matrix is made for the smaller side
    table = world(A="wsct", B="wsc", C="ws", D="w", E="wt", F="w")
    turned = table.rename({"exporter": "product", "product": "exporter"})
    economies, products = (
        by(eci(table, presence="given"), "exporter", "eci"),
        by(pci(turned, presence="given"), "product", "pci"),
    )
    signs = [economies[name] * products[name] for name in "ABCDEF"]
    assert [abs(economies[name]) for name in "ABCDEF"] == pytest.approx([abs(products[name]) for name in "ABCDEF"])
    assert all(sign > 0 for sign in signs) or all(sign < 0 for sign in signs)


def test_fitness_by_hand() -> None:
    # A wheat and steel, B wheat; one step: F 2, 1 over 3/2; Q 1/2, 1 over 3/4
    table = world(A="sw", B="w")
    once = fitness(table, presence="given", steps=1)
    assert by(once, "exporter", "fitness") == pytest.approx({"A": 4 / 3, "B": 2 / 3})
    assert by(once, "product", "fitness_complexity") == pytest.approx({"s": 4 / 3, "w": 2 / 3})
    # second step: F_A = 4/3 + 2/3 = 2, F_B = 2/3 over 4/3; Q_s = 4/3, Q_w = 1/(3/4 + 3/2) = 4/9 over 8/9
    twice = fitness(table, presence="given", steps=2)
    assert by(twice, "exporter", "fitness") == pytest.approx({"A": 1.5, "B": 0.5})
    assert by(twice, "product", "fitness_complexity") == pytest.approx({"s": 1.5, "w": 0.5})
    assert by(fitness(table, presence="given", steps=3_000), "exporter", "fitness")["B"] >= 0


def test_outlook_by_hand() -> None:
    # with worths by fitness: what B lacks is cars, at its density, times their complexity
    dense = density(NEST, presence="given").filter(exporter="B", product="c")["density"].item()
    worth = by(fitness(NEST, presence="given"), "product", "fitness_complexity")
    outlook = by(coi(NEST, presence="given", worth="fitness"), "exporter", "coi")
    assert outlook["B"] == pytest.approx(dense * worth["c"])
    assert outlook["A"] == 0
    # gain: C lacks steel and cars; around steel 1 + 2/3 + 1/2, around cars 1 + 1/2 + 1/3; they are 1/2 near each other
    gain = cog(NEST, presence="given", worth="fitness").filter(exporter="C", product="s")["cog"].item()
    assert gain == pytest.approx(worth["s"] * 1 / (13 / 6) + worth["c"] * (1 / 2) / (11 / 6))
    assert cog(NEST, presence="given").filter(value_usd=1)["cog"].to_list() == [0] * 6


def test_outlook_as_standard_scores() -> None:
    for scale, ddof in (("python", 0), ("stata", None)):
        result = coi(NEST, presence="given", scale=scale)
        each = result.unique("exporter")["coi"]
        assert each.mean() == pytest.approx(0)
        assert (result["coi"].std() if ddof is None else each.std(ddof=ddof)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("function", "more", "message"),
    [
        (eci, {"steps": 17, "method": "reflections"}, "economies have no value after 17 steps"),
        (pci, {"steps": 18, "method": "reflections"}, "products have no value after 18 steps"),
        (eci, {"scale": "julia"}, "scale cannot be 'julia'"),
        (pci, {"method": "fitness"}, "method cannot be 'fitness'"),
        (fitness, {"steps": 0}, "fitness is not known after 0 steps"),
        (coi, {"worth": "gold"}, "worth cannot be 'gold'"),
        (cog, {"pairs": "some"}, "pairs cannot be 'some'"),
        (eci, {"presence": "rpop"}, "presence cannot be 'rpop'"),
    ],
)
def test_other_words_are_refused(function, more, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        function(NEST, **more)


CELLS = st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=3, max_size=6)


@given(CELLS)
def test_diverse_economies_are_complex_and_scores_are_scores(cells: list[list[bool]]) -> None:
    rows = [(f"C{i}", f"p{k}", int(there)) for i, row in enumerate(cells) for k, there in enumerate(row)]
    table = pl.DataFrame(rows, schema=["exporter", "product", "value_usd"], orient="row")
    result = eci(table, presence="given")
    each = result.group_by("exporter").agg(pl.col("eci").first(), k=pl.col("value_usd").sum()).drop_nulls()
    assert (result["eci"].is_null() == result["eci_absence"].is_not_null()).all()
    if each.height < 2:
        return
    assert each["eci"].mean() == pytest.approx(0, abs=1e-9)
    assert each["eci"].std() == pytest.approx(1)
    assert (each["eci"] * (each["k"] - each["k"].mean())).sum() >= -1e-6
