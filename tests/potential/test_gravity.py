"""Gravity: coefficients that others printed, a toy whose answer is exact, and what becomes of every row."""

import math
from pathlib import Path

import polars as pl
import pytest

from corridor.errors import UsageError
from corridor.potential.gravity import REASONS, EstimationFailed, Gravity, Model, gravity

pytest.importorskip("pyfixest", reason="the extra gravity is not installed")

INTERVALS = (1986, 1990, 1994, 1998, 2002, 2006)
LAYERS = ("exporter^year", "importer^year")
DISTANCE = ("log(dist)", "cntg", "lang", "clny")


@pytest.fixture(scope="module")
def guide(test_data: Path) -> pl.DataFrame:
    """The Advanced Guide's applications: 69 countries, 1986-2006, domestic trade included."""
    path = test_data / "yotov-agtpa" / "agtpa_applications.csv.gz"
    if not path.is_file():
        pytest.skip(f"the Advanced Guide's data are not here: {path}")
    return pl.read_csv(path).with_columns(pl.col("year", "pair_id").cast(pl.Int64))


def rounded(found: Gravity[pl.DataFrame], *terms: str) -> list[float]:
    return [round(found.estimate(term), 4) for term in terms]


def test_traditional_gravity_by_ppml(guide: pl.DataFrame) -> None:
    found = gravity(guide, Model(DISTANCE, LAYERS, ("pair_id",), years=INTERVALS))
    assert rounded(found, *DISTANCE) == [-0.8409, 0.4374, 0.2475, -0.2225]
    assert found.observations == 28_152
    assert found.small_sample == "none"
    rows = found.rows
    assert rows.height == guide.height
    assert rows["expected"].count() == found.observations
    # First-order conditions of the exporter-year effects: what is expected adds up to what was traded.
    sums = rows.filter(pl.col("expected").is_not_null()).group_by("exporter", "year").agg(pl.sum("trade", "expected"))
    assert sums["expected"].to_list() == pytest.approx(sums["trade"].to_list(), rel=1e-4)
    inside = rows.filter(pl.col("expected").is_not_null())
    assert (inside["expected_low"] <= inside["expected"]).all()
    assert (inside["expected_high"] >= inside["expected"]).all()
    assert set(rows["expected_absence"]) == {None, "not_in_sample"} <= {None, *REASONS}


def test_traditional_gravity_by_least_squares(guide: pl.DataFrame) -> None:
    found = gravity(guide, Model(DISTANCE, LAYERS, ("pair_id",), method="ols", years=INTERVALS))
    assert rounded(found, "log(dist)") == [-1.2156]
    assert found.observations == 25_689


def test_trade_agreements_by_ppml(guide: pl.DataFrame) -> None:
    found = gravity(guide, Model((*DISTANCE, "rta"), LAYERS, ("pair_id",), years=INTERVALS))
    assert rounded(found, "rta") == [0.1907]


def test_trade_agreements_with_pair_effects_and_domestic_trade(guide: pl.DataFrame) -> None:
    """Interval data and pairs' own effects; a pair that never trades is held at zero by its own effect."""
    found = gravity(guide, Model(("rta",), (*LAYERS, "pair_id"), ("pair_id",), years=INTERVALS, domestic=True))
    assert rounded(found, "rta") == [0.5572]
    assert found.observations == 28_482
    assert found.left_out == 84
    assert found.rows.filter(pl.col("expected_absence") == "not_estimated").height == found.left_out


@pytest.fixture(scope="module")
def cross_section(test_data: Path) -> pl.DataFrame:
    """166 countries in 2006 with their zeros, Russia and Viet Nam among them."""
    path = test_data / "gravity-rpkg" / "gravity_zeros.csv.gz"
    if not path.is_file():
        pytest.skip(f"the cross-section is not here: {path}")
    return pl.read_csv(path).rename({"iso_o": "exporter", "iso_d": "importer", "flow": "trade"})


TERMS_2006 = ("log(distw)", "rta", "contig", "comlang_off", "comcur")


def test_the_cross_section_of_2006(cross_section: pl.DataFrame) -> None:
    found = gravity(cross_section, Model(TERMS_2006, ("exporter", "importer")))
    assert rounded(found, *TERMS_2006) == [-0.8312, 0.4327, 0.4150, 0.2430, -0.1717]
    # HC1 of an independent run: .0366; ours has no factor n / (n - k) unless asked.
    assert found.standard_error("log(distw)") == pytest.approx(0.0366, abs=4e-4)
    asked = gravity(cross_section, Model(TERMS_2006, ("exporter", "importer"), small_sample=True))
    assert round(asked.standard_error("log(distw)"), 4) == 0.0366
    assert asked.standard_error("log(distw)") > found.standard_error("log(distw)")
    both = found.rows.filter(pl.col("exporter").is_in(["RUS", "VNM"]) & pl.col("importer").is_in(["RUS", "VNM"]))
    traded = dict(zip(both["exporter"], both["trade"], strict=True))
    assert traded == {"RUS": pytest.approx(333.993), "VNM": pytest.approx(348.564)}
    for row in both.iter_rows(named=True):
        assert row["residual"] == pytest.approx(row["trade"] - row["expected"])
        assert row["expected_low"] < row["expected"] < row["expected_high"]


def toy() -> pl.DataFrame:
    """Trade that is exactly size times size over distance."""
    size = {"A": 1.0, "B": 2.0, "C": 5.0, "D": 7.0}
    away = {"AB": 2.0, "AC": 3.0, "AD": 9.0, "BC": 4.0, "BD": 6.0, "CD": 5.0}
    rows = [
        (
            i,
            j,
            size[i] * size[j] / away["".join(sorted(i + j))] if i != j else 100.0,
            away.get("".join(sorted(i + j)), 1.0),
        )
        for i in size
        for j in size
    ]
    return pl.DataFrame(rows, schema=["exporter", "importer", "trade", "dist"], orient="row")


def test_an_exact_world_is_found_exactly() -> None:
    found = gravity(toy(), Model(("log(dist)",), ("exporter", "importer")))
    assert found.estimate("log(dist)") == pytest.approx(-1.0, abs=1e-7)
    assert found.observations == 12
    abroad = found.rows.filter(pl.col("exporter") != pl.col("importer"))
    assert abroad["expected"].to_list() == pytest.approx(abroad["trade"].to_list(), rel=1e-6)
    home = found.rows.filter(pl.col("exporter") == pl.col("importer"))
    assert home["expected_absence"].to_list() == ["not_in_sample"] * 4
    assert home["expected"].null_count() == 4


def test_the_interval_is_the_one_of_a_line_through_points() -> None:
    """Least squares without effects: the interval of the mean at each point, by the textbook's matrix."""
    import numpy as np

    data = pl.DataFrame(
        {
            "exporter": list("ABCDE"),
            "importer": ["Z"] * 5,
            "trade": [1.0, 2.5, 3.0, 5.5, 4.0],
            "dist": [1.0, 2, 3, 4, 5],
        }
    )
    found = gravity(data, Model(("dist",), method="ols"))
    x = np.column_stack([np.ones(5), data["dist"].to_numpy()])
    y = np.log(data["trade"].to_numpy())
    beta = np.linalg.solve(x.T @ x, x.T @ y)
    bread = np.linalg.inv(x.T @ x)
    variance = bread @ (x.T * (y - x @ beta) ** 2 @ x) @ bread
    at = x[2]
    high = math.exp(at @ beta + 1.959963984540054 * math.sqrt(at @ variance @ at))
    assert found.rows["expected_high"][2] == pytest.approx(high)


def test_text_years_and_kinds_of_tables() -> None:
    data = pl.concat([toy().with_columns(year=pl.lit(year)) for year in (2001, 2002, 2003)])
    model = Model(("log(dist)",), ("exporter^year", "importer^year"), ("exporter",), years=(2001, 2003))
    found = gravity(data.lazy(), model)
    assert isinstance(found.rows, pl.LazyFrame)
    rows = found.rows.collect()
    assert found.observations == 24
    assert set(rows.filter(pl.col("year") == 2002)["expected_absence"]) == {"not_in_sample"}


def test_what_cannot_be_estimated_is_said_in_one_line() -> None:
    with pytest.raises(EstimationFailed, match="no row is left"):
        gravity(toy().filter(pl.col("exporter") == pl.col("importer")), Model(("log(dist)",)))
    with pytest.raises(UsageError, match="no term “dist”"):
        gravity(toy(), Model(("log(dist)",))).estimate("dist")
    with pytest.raises(EstimationFailed, match="cannot be estimated"):
        gravity(toy(), Model(("tariff",)))
