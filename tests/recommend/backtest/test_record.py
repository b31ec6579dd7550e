"""The record: measures by hand, no leak from later years, nothing judged on too little, and the real cube of wood."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from corridor.errors import UsageError
from corridor.recommend.backtest import candidates, measures, scores
from corridor.recommend.backtest.design import ENOUGH, Design
from corridor.recommend.backtest.forest import forest
from corridor.recommend.backtest.record import backtest


def ranking(score: list[float], outcome: list[float], economy: list[int] | None = None) -> measures.Ranking:
    return measures.Ranking.of(
        np.array(score, dtype=float), np.array(outcome, dtype=float), np.array(economy or [0] * len(score)), 1
    )


ONCE = np.ones(4)


def test_precision_recall_and_f1_by_hand() -> None:
    """In order: success, failure, success, failure. Precision 1, 1/2, 2/3, 1/2; recall 1/2, 1/2, 1, 1."""
    found = ranking([9, 8, 7, 6], [1, 0, 1, 0])
    assert measures.average_precision(found, ONCE) == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)
    assert measures.best_f1(found, ONCE) == pytest.approx(2 * (2 / 3) / (2 / 3 + 1))
    assert [measures.precision_at(count)(found, ONCE) for count in (1, 2, 3, 10)] == pytest.approx(
        [1, 1 / 2, 2 / 3, 1 / 2]
    )


def test_equal_scores_are_one_step() -> None:
    """Four candidates of one score, two successes: precision 1/2 at the only cut there is."""
    found = ranking([5, 5, 5, 5], [1, 0, 1, 0])
    assert measures.average_precision(found, ONCE) == pytest.approx(0.5)


def test_measures_agree_with_another_package() -> None:
    package = pytest.importorskip("sklearn.metrics")
    draw = np.random.default_rng(3)
    score, outcome = np.round(draw.random(500), 2), (draw.random(500) < 0.2).astype(float)
    found = measures.Ranking.of(score, outcome, np.zeros(500, dtype=np.intp), 1)
    assert measures.average_precision(found, np.ones(500)) == pytest.approx(
        package.average_precision_score(outcome, score)
    )


def test_a_weight_is_so_many_copies() -> None:
    """What bootstrapping rests on: a candidate of weight 2 is two candidates, one of weight 0 is none."""
    once = ranking([9, 8, 7, 6], [1, 0, 1, 0])
    weights = np.array([2.0, 1.0, 0.0, 1.0])
    copied = ranking([9, 9, 8, 6], [1, 1, 0, 0])
    for measure in (measures.average_precision, measures.best_f1, measures.precision_at(2), measures.precision_at(3)):
        assert measure(once, weights) == pytest.approx(measure(copied, ONCE))


def test_mean_precision_by_economy_counts_those_with_a_success() -> None:
    """Economy 0: success, failure: 1/2 of its first two. Economy 1: none at all. Economy 2: 1 of 1."""
    found = ranking([9, 8, 7, 6, 5], [1, 0, 0, 0, 1], [0, 0, 1, 1, 2])
    assert measures.mean_precision_at(2)(found, np.ones(5)) == pytest.approx((1 / 2 + 1) / 2)


def test_rank_correlation_by_hand() -> None:
    """Ranks 1 2 3 4 and 1 3 2 4: 1 - 6 x 2 / (4 x 15) = 0.8."""
    assert measures.rank_correlation(ranking([1, 2, 3, 4], [10, 30, 20, 40]), ONCE) == pytest.approx(0.8)
    assert np.isnan(measures.rank_correlation(ranking([1, 1, 1, 1], [1, 2, 3, 4]), ONCE))


def test_the_interval_of_economies_that_agree_is_a_point() -> None:
    found = ranking([2, 1] * 10, [1, 0] * 10, [at // 2 for at in range(20)])
    assert measures.interval(measures.average_precision, found, 50, 1) == (1.0, 1.0)


def test_years_that_judge_come_after_those_that_advise() -> None:
    with pytest.raises(UsageError, match="come after"):
        Design(2020, (2020,))
    with pytest.raises(UsageError, match="rises"):
        Design(2020, (2021,), below=1.0, above=0.5)


def panel(
    economies: int = 16, products: int = 24, seed: int = 5, years: tuple[int, ...] = (1, 2, 3, 4)
) -> pl.DataFrame:
    """An invented world: half of all cells trade, and what trades wanders."""
    draw = np.random.default_rng(seed)
    rows = []
    for i in range(economies):
        for k in range(products):
            level = draw.lognormal(3, 2) * (draw.random() < 0.5)
            for year in years:
                level = level * draw.lognormal(0, 0.6) + (draw.lognormal(4, 1) if draw.random() < 0.05 else 0.0)
                for j in ("X", "Y"):
                    if level > 0.05:
                        rows.append((f"E{i:02d}", j, f"{k:02d}", year, level * draw.lognormal(0, 0.5)))
    return pl.DataFrame(rows, schema=["exporter", "importer", "product", "year", "value_usd"], orient="row")


DESIGN = Design(3, (4,), bootstrap=20)


def distorted(world: pl.DataFrame) -> pl.DataFrame:
    """The same world with every figure after the base year another one."""
    return world.with_columns(
        value_usd=pl.when(pl.col("year") > DESIGN.base)
        .then(pl.col("value_usd") * (1 + pl.col("product").cast(pl.Int64) * 7))
        .otherwise(pl.col("value_usd"))
    )


def test_nothing_that_is_known_comes_from_later_years() -> None:
    """Change everything after the base year: what was known, and what every method says, stays."""
    world, later = panel(), distorted(panel())
    one, other = candidates.growth(world, DESIGN), candidates.growth(later, DESIGN)
    assert not one["outcome"].equals(other["outcome"])
    told = ["change_usd", "outcome"]
    assert_frame_equal(one.drop(told), other.drop(told), rel_tol=1e-12)
    assert_frame_equal(scores.of_growth(one, world, DESIGN), scores.of_growth(other, later, DESIGN), rel_tol=1e-12)
    one, other = candidates.activations(world, DESIGN), candidates.activations(later, DESIGN)
    assert_frame_equal(one.drop("outcome"), other.drop("outcome"), rel_tol=1e-12)
    assert_frame_equal(scores.of_activations(one, DESIGN), scores.of_activations(other, DESIGN), rel_tol=1e-12)


def test_the_forest_learns_from_no_later_year_and_not_from_the_economy_it_predicts() -> None:
    pytest.importorskip("sklearn", reason="the extra backtest is not installed")
    from corridor.recommend.backtest.record import _lessons

    world = panel()
    assert_frame_equal(_lessons(world, DESIGN, "growth"), _lessons(distorted(world), DESIGN, "growth"), rel_tol=1e-12)
    lessons, asked = _lessons(world, DESIGN, "growth"), candidates.growth(world, DESIGN)
    features = ("rca", "density", "cell_usd", "demand_growth")
    told = forest(lessons, asked, features, DESIGN, amounts=True)
    # Teach something absurd of one economy only: the prediction of that economy must not move.
    own = pl.col("exporter") == "E03"
    absurd = lessons.with_columns(outcome=pl.when(own).then(1e15).otherwise(pl.col("outcome")))
    again = forest(absurd, asked, features, DESIGN, amounts=True)
    mine = (asked["exporter"] == "E03").to_numpy()
    assert again[mine].tolist() == told[mine].tolist()
    assert again[~mine].tolist() != told[~mine].tolist()


def test_an_activation_was_low_in_every_known_year_and_is_high_after() -> None:
    """a sells x only after the base year; b sold x in year 1 already; c never does."""
    rows = [
        *[(code, "X", "w", year, 100.0) for code in "abc" for year in (1, 2, 3)],
        ("d", "X", "x", 1, 50.0), ("d", "X", "x", 2, 50.0), ("d", "X", "x", 3, 50.0),
        ("b", "X", "x", 1, 100.0), ("a", "X", "x", 3, 100.0),
    ]  # fmt: skip
    world = pl.DataFrame(rows, schema=["exporter", "importer", "product", "year", "value_usd"], orient="row")
    found = candidates.activations(world, Design(2, (3,)))
    assert found.select("exporter", "product", "outcome").rows() == [("a", "x", 1.0), ("c", "x", 0.0), ("d", "w", 0.0)]


def test_too_few_to_judge_prints_counts_and_measures_nothing() -> None:
    found = backtest(panel(4, 6), DESIGN, "growth", with_forest=False)
    assert found.too_few
    assert 0 < found.candidates < ENOUGH
    assert found.measures.is_empty()
    assert found.calibration.is_empty()


def test_a_method_that_knew_the_outcome_would_be_perfect_and_chance_is_chance() -> None:
    found = backtest(panel(), DESIGN, "growth", with_forest=False)
    assert not found.too_few
    values = {(row[0], row[1]): row[2] for row in found.measures.rows()}
    assert abs(values["random", "rank_correlation"]) < 0.12
    for method, measure, value, low, high in found.measures.rows():
        assert low <= value <= high or abs(value - low) < 0.1, (method, measure)
    tenths = found.calibration.filter(pl.col("method") == "unrealised")
    assert tenths["tenth"].to_list() == list(range(1, 11))
    assert tenths["candidates"].sum() == found.candidates


def test_where_one_exporter_reports_its_markets_are_drawn_again() -> None:
    turned = panel().rename({"exporter": "importer", "importer": "exporter"}).filter(pl.col("exporter") == "X")
    found = backtest(turned, DESIGN, "growth", with_forest=False)
    assert found.economies == 16
    row = found.measures.filter((pl.col("method") == "current_value") & (pl.col("measure") == "rank_correlation"))
    assert row["low"][0] < row["high"][0]


@pytest.fixture(scope="module")
def wood(test_data: Path) -> pl.DataFrame:
    """Imports of wood, paper and furniture of 27 economies from everybody, 2018-2022."""
    path = test_data / "comtrade-reference" / "eu27_wood_imports_hs4.csv.gz"
    if not path.is_file():
        pytest.skip(f"the cube of wood is not here: {path}")
    names = ["partner_iso", "reporter_iso", "cmd_code", "ref_year", "primary_value"]
    raw = pl.read_csv(gzip.decompress(path.read_bytes()), infer_schema=False, columns=names)
    return raw.select(
        exporter="partner_iso",
        importer="reporter_iso",
        product="cmd_code",
        year=pl.col("ref_year").cast(pl.Int64),
        value_usd=pl.col("primary_value").cast(pl.Float64),
    )


def test_the_record_of_the_cube_of_wood(wood: pl.DataFrame) -> None:
    design = Design(2020, (2021, 2022), bootstrap=5)
    found = backtest(wood, design, "activations", with_forest=False)
    assert (found.candidates, found.successes, found.economies) == (5795, 139, 236)
    values = {(row[0], row[1]): row[2] for row in found.measures.rows()}
    assert values["density", "mean_precision_at_5"] > values["random", "mean_precision_at_5"]
    growing = backtest(wood, design, "growth", with_forest=False)
    assert (growing.candidates, growing.successes) == (92_815, 25_888)
    values = {(row[0], row[1]): row[2] for row in growing.measures.rows()}
    assert round(values["unrealised", "rank_correlation"], 3) == 0.224
    assert round(values["unrealised", "hit_rate"], 3) == 0.580
