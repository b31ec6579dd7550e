"""Export potential: two exact identities, factors worked by hand, formulas by name, and what is said of holes."""

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from corridor.codes.frames import UnfitTable
from corridor.errors import UsageError
from corridor.potential.export_potential import cells, export_potential, measured
from corridor.potential.factors import COLUMNS, REASONS, WANTED, Factors, MissingFactor
from corridor.potential.variants import VARIANTS

CODES = ("AAA", "BBB", "CCC", "DDD")
NEUTRAL = ("income_elasticity", "tariffs", "substitution", "distance", "balance")

trades = st.dictionaries(
    st.tuples(st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from(["01", "02", "03"])).filter(
        lambda cell: cell[0] != cell[1]
    ),
    st.integers(min_value=1, max_value=10_000),
    min_size=1,
)


def table(rows: dict[tuple[str, str, str], float]) -> pl.DataFrame:
    return pl.DataFrame(
        [(*cell, float(value)) for cell, value in rows.items()],
        schema=["exporter", "importer", "product", "value_usd"],
        orient="row",
    )


#: A sells x to B and C, B sells x to C; B and C sell y to A, A a little y to B.
WORLD = table(
    {
        ("A", "B", "x"): 10,
        ("A", "C", "x"): 20,
        ("B", "C", "x"): 30,
        ("B", "A", "y"): 40,
        ("C", "A", "y"): 50,
        ("A", "B", "y"): 5,
    }
)


def cell(found: pl.DataFrame, exporter: str, importer: str, product: str) -> dict[str, object]:
    return found.row(
        by_predicate=(pl.col("exporter") == exporter)
        & (pl.col("importer") == importer)
        & (pl.col("product") == product),
        named=True,
    )


@settings(deadline=None, max_examples=25)
@given(trades)
def test_without_ease_the_potentials_of_all_exporters_add_up_to_the_imports(
    rows: dict[tuple[str, str, str], int],
) -> None:
    world = table(rows)
    found = export_potential(world, formula="supply_demand/1", itself=True)
    sums = found.group_by("importer", "product").agg(pl.col("potential_usd").sum(), pl.col("imports_usd").first())
    assert sums.height == world.select("importer", "product").unique().height
    assert sums["potential_usd"].to_list() == pytest.approx(sums["imports_usd"].to_list(), rel=1e-12)


@settings(deadline=None, max_examples=25)
@given(trades)
def test_with_ease_the_potentials_of_a_pair_add_up_to_its_trade(rows: dict[tuple[str, str, str], int]) -> None:
    world = table(rows)
    found = export_potential(world, formula="trade_only/1")
    sums = found.group_by("exporter", "importer").agg(pl.col("potential_usd").sum()).filter(pl.col("potential_usd") > 0)
    traded = world.group_by("exporter", "importer").agg(pl.col("value_usd").sum())
    both = traded.join(sums, on=["exporter", "importer"], how="full", coalesce=True)
    assert both["potential_usd"].to_list() == pytest.approx(both["value_usd"].to_list(), rel=1e-12)


def test_the_worked_cell() -> None:
    """A sells half of the world's 60 of x, B takes 10: 5; of y it sells 5 of 95, B takes 5: 5 x 5/95.

    Its 15 to B are 15 / (5 + 25/95) = 2.85 times what that gives, so x: 5 x 2.85 = 14.25.
    """
    row = cell(export_potential(WORLD, formula="trade_only/1"), "A", "B", "x")
    assert (row["export_share"], row["imports_usd"], row["demand_usd"]) == (0.5, 10.0, 10.0)
    assert row["bilateral_ease"] == pytest.approx(15 / (5 + 25 / 95))
    assert row["potential_usd"] == pytest.approx(14.25)
    assert (row["realised_usd"], row["unrealised_usd"]) == (10.0, pytest.approx(4.25))


def test_what_is_sold_beyond_the_potential_leaves_nothing_unrealised() -> None:
    row = cell(export_potential(WORLD, formula="trade_only/1"), "A", "B", "y")
    assert row["potential_usd"] == pytest.approx(5 * 5 / 95 * 2.85)
    assert row["realised_usd"] == 5.0
    assert row["unrealised_usd"] == 0.0


def outlook(**growth: tuple[float | None, float]) -> pl.DataFrame:
    return pl.DataFrame(
        [(code, *ratios) for code, ratios in growth.items()],
        schema={"economy": pl.String, "gdp_growth": pl.Float64, "population_growth": pl.Float64},
        orient="row",
    )


def test_the_outlook_of_the_demand_follows_the_printed_example() -> None:
    """GDP +10 %, population -5 %: income per head x 1.158, demand x 1.158^E x 0.95; UK DBT (2023)."""
    factors = Factors(
        outlook=outlook(A=(1.0, 1.0), B=(1.10, 0.95), C=(1.0, 1.0)),
        income_elasticity=pl.DataFrame({"product": ["x", "y"], "income_elasticity": [1.0, 2.0]}),
    )
    found = export_potential(WORLD, factors, neutral=("tariffs", "substitution", "distance", "balance"))
    assert cell(found, "A", "B", "x")["demand_outlook"] == pytest.approx(1.10)
    assert cell(found, "A", "B", "y")["demand_outlook"] == pytest.approx((1.10 / 0.95) ** 2 * 0.95)
    assert round(1.10 / 0.95, 3) == 1.158


def test_a_faster_growing_exporter_takes_a_larger_share() -> None:
    factors = Factors(outlook=outlook(A=(1.5, 1.0), B=(1.0, 1.0), C=(1.0, 1.0)))
    found = export_potential(WORLD, factors, neutral=NEUTRAL)
    assert cell(found, "A", "C", "x")["export_share"] == pytest.approx(30 * 1.5 / (30 * 1.5 + 30))
    assert cell(found, "B", "C", "x")["export_share"] == pytest.approx(30 / (30 * 1.5 + 30))


def test_who_imports_twice_its_exports_has_a_balance_of_one_half() -> None:
    """The printed example; and who imports other things but not this one has 1."""
    world = table({("A", "B", "x"): 10, ("B", "A", "x"): 20, ("C", "A", "x"): 5, ("A", "C", "y"): 7})
    neutral = ("outlook", "income_elasticity", "tariffs", "substitution", "distance")
    found = export_potential(world, neutral=neutral)
    assert cell(found, "A", "B", "x")["balance"] == pytest.approx(10 / 25)
    assert cell(found, "C", "A", "x")["balance"] == 1.0
    half = table({("A", "B", "x"): 10, ("B", "A", "x"): 20})
    assert cell(export_potential(half, neutral=neutral), "A", "B", "x")["balance"] == 0.5


def test_who_reports_no_imports_has_no_balance_and_is_not_taken_to_import_nothing() -> None:
    world = table({("A", "B", "x"): 10, ("C", "B", "x"): 5})
    neutral = ("outlook", "income_elasticity", "tariffs", "substitution", "distance")
    row = cell(export_potential(world, neutral=neutral), "A", "B", "x")
    assert (row["potential_usd"], row["unrealised_usd"], row["potential_absence"]) == (None, None, "no_balance")
    row = cell(export_potential(world, neutral=(*neutral, "balance")), "A", "B", "x")
    assert (row["balance"], row["potential_absence"]) == (1.0, None)
    assert "balance" in str(row["neutral"]).split()


TARIFFS = pl.DataFrame(
    {
        "exporter": ["A", "B", "A", "A", "B", "C"],
        "importer": ["C", "C", "B", "B", "A", "A"],
        "product": ["x", "x", "x", "y", "y", "y"],
        "tariff": [0.0, 0.2, 0.1, 0.0, 0.0, 0.0],
    }
)


def test_tariffs_reward_who_pays_less_than_the_market() -> None:
    """C's suppliers of x pay (0 x 20 + 0.2 x 30) / 50 = 0.12 on average; A pays nothing there."""
    neutral = ("outlook", "income_elasticity", "distance", "balance")
    sigma = pl.DataFrame({"product": ["x", "y"], "substitution": [3.0, 3.0]})
    found = export_potential(WORLD, Factors(tariffs=TARIFFS, substitution=sigma), neutral=neutral)
    row = cell(found, "A", "C", "x")
    assert row["access"] == pytest.approx(1.12**3)
    # A's sales of x pay 0.1 x 10 / 30 on average, everybody's (0.1 x 10 + 0.2 x 30) / 60.
    assert row["supply_access"] == pytest.approx((1 + 1 / 30) / (1 + 7 / 60))
    plain = export_potential(WORLD, Factors(tariffs=TARIFFS), formula="dbt_2023/1", neutral=neutral)
    assert cell(plain, "A", "C", "x")["access"] == pytest.approx(1.12)


def distances(**away: float) -> pl.DataFrame:
    pairs = [(name[0], name[1], km) for name, km in away.items()]
    return pl.DataFrame(pairs, schema=["exporter", "importer", "distance_km"], orient="row")


def test_the_nearer_supplier_is_rewarded_and_in_the_printed_formula_punished() -> None:
    """C's suppliers of x: A at 100 km with 20, B at 400 km with 30."""
    factors = Factors(distance=distances(AC=100, BC=400, AB=50, BA=50, CA=100, CB=400))
    neutral = ("outlook", "income_elasticity", "tariffs", "balance")
    mean = 0.4 * math.log(100) + 0.6 * math.log(400)
    ours = export_potential(WORLD, factors, neutral=(*neutral, "substitution"))
    near, far = cell(ours, "A", "C", "x")["nearness"], cell(ours, "B", "C", "x")["nearness"]
    assert near == pytest.approx(math.exp(mean - math.log(100)))
    assert near > 1 > far
    printed = export_potential(WORLD, factors, formula="dbt_2023/1", neutral=neutral)
    assert cell(printed, "A", "C", "x")["nearness"] == pytest.approx(1 / near)
    assert cell(printed, "B", "C", "x")["nearness"] == pytest.approx(far)


def test_a_missing_factor_is_named_with_the_file_that_would_give_it_and_nothing_is_computed() -> None:
    with pytest.raises(MissingFactor) as caught:
        export_potential(WORLD, Factors(distance=distances(AB=1)), neutral=("tariffs",))
    assert "outlook, income_elasticity, substitution: nothing was computed" in caught.value.line()
    assert WANTED["outlook"] in caught.value.line()


def test_every_neutral_factor_is_told_in_every_row() -> None:
    found = export_potential(WORLD, neutral=("outlook", *NEUTRAL))
    # The balance needs no table of its own: A, B and C import, so it is known and counts.
    assert set(found["neutral"]) == {"outlook income_elasticity tariffs substitution distance"}
    plain = export_potential(WORLD, formula="trade_only/1")
    rest = found.with_columns(potential_usd=pl.col("potential_usd") / pl.col("balance"))
    assert rest["potential_usd"].to_list() == pytest.approx(plain["potential_usd"].to_list(), rel=1e-12)


def test_a_hole_in_a_given_factor_is_told_in_its_own_rows() -> None:
    factors = Factors(outlook=outlook(A=(1.1, 1.0), B=(1.2, 1.0), C=(None, 1.0)))
    strict = export_potential(WORLD, factors, neutral=NEUTRAL)
    # B does not buy from C and C does not sell x: only that cell stands on what is known.
    assert strict.filter(pl.col("potential_usd").is_not_null()).select("exporter", "importer", "product").rows() == [
        ("A", "B", "x")
    ]
    assert set(strict["potential_absence"]) == {"no_outlook", None}
    filled = export_potential(WORLD, factors, neutral=("outlook", *NEUTRAL))
    assert filled["potential_usd"].null_count() == 0
    told = {(row["exporter"], row["importer"]): "outlook" in row["neutral"] for row in filled.iter_rows(named=True)}
    assert told == {
        ("A", "B"): False, ("A", "C"): True, ("B", "A"): False, ("B", "C"): True, ("C", "A"): True, ("C", "B"): True
    }  # fmt: skip


def test_reasons_and_tables_are_those_of_the_formulas() -> None:
    factors = {factor for each in VARIANTS.values() for factor in each.factors}
    assert {f"no_{factor}" for factor in factors} == set(REASONS)
    assert set(COLUMNS) == factors - {"balance"}
    assert all(name == each.name and "/" in name for name, each in VARIANTS.items())
    assert not [each for each in VARIANTS.values() if "ITC" in each.name + each.says]


def test_a_pair_from_the_world_is_the_pair_of_the_whole() -> None:
    factors = Factors(outlook=outlook(A=(1.1, 1.0), B=(1.2, 1.0), C=(0.9, 1.0)))
    neutral = tuple(each for each in NEUTRAL if each != "balance")
    whole = export_potential(WORLD, factors, neutral=neutral)
    pair = export_potential(WORLD, factors, neutral=neutral, exporters=["B"], importers=["C"])
    assert_frame_equal(pair, whole.filter((pl.col("exporter") == "B") & (pl.col("importer") == "C")))


def test_a_world_streams_exporter_by_exporter() -> None:
    world = measured(WORLD.lazy(), None, "trade_only/1")
    parts = [cells(world.of([code])).to_native().collect() for code in ("A", "B", "C")]
    whole = export_potential(WORLD, formula="trade_only/1")
    assert_frame_equal(pl.concat(parts).sort("exporter", "importer", "product"), whole)


def test_other_kinds_of_tables() -> None:
    duckdb = pytest.importorskip("duckdb")
    expected = export_potential(WORLD, formula="trade_only/1").drop("neutral", "potential_absence")
    assert_frame_equal(
        export_potential(WORLD.lazy(), formula="trade_only/1").collect().drop("neutral", "potential_absence"), expected
    )
    connection = duckdb.connect()
    connection.execute("create table world (exporter text, importer text, product text, value_usd double)")
    connection.executemany("insert into world values (?, ?, ?, ?)", WORLD.rows())
    answer = export_potential(connection.table("world"), formula="trade_only/1").pl()
    assert_frame_equal(answer.drop("neutral", "potential_absence"), expected, rel_tol=1e-12)


def test_formulas_are_asked_for_by_name() -> None:
    with pytest.raises(UsageError, match="no formula of export potential"):
        export_potential(WORLD, formula="ITC")
    with pytest.raises(UsageError, match="has no factor distance"):
        export_potential(WORLD, formula="trade_only/1", neutral=("distance",))


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (WORLD.with_columns(value_usd=pl.lit(None, pl.Float64)), "have no value_usd"),
        (WORLD.with_columns(value_usd=-pl.col("value_usd")), "negative value_usd"),
    ],
)
def test_bad_trade_is_refused(bad: pl.DataFrame, said: str) -> None:
    with pytest.raises(UnfitTable, match=said):
        export_potential(bad, formula="trade_only/1")


def test_bad_factors_are_refused() -> None:
    twice = pl.concat([distances(AB=1), distances(AB=2)])
    with pytest.raises(UnfitTable, match="share their exporter, importer"):
        export_potential(WORLD, Factors(distance=twice), neutral=("outlook", *NEUTRAL))
    with pytest.raises(UnfitTable, match="distance_km of zero"):
        export_potential(WORLD, Factors(distance=distances(AB=0)), neutral=("outlook", *NEUTRAL))
    with pytest.raises(UnfitTable, match="negative tariff"):
        export_potential(
            WORLD, Factors(tariffs=TARIFFS.with_columns(tariff=pl.lit(-0.1))), neutral=("outlook", *NEUTRAL)
        )
