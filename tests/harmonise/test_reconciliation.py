"""One value of two reports: worked out by hand, and never out of an estimate."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.errors import NothingFound, UsageError
from corridor.harmonise.reconciliation import CITATIONS, LEAST_COMPARISONS, METHODS, asymmetries, reconcile

TYPES = {"value_exporter": pl.Float64, "value_importer": pl.Float64}


def both(
    exporter: float | None = 100.0,
    importer: float | None = 165.0,
    *,
    maturity: tuple[str | None, str | None] = ("official", "official"),
    valuation: tuple[str, str] = ("fob", "cif"),
    ends: tuple[str, str] = ("VNM", "RUS"),
) -> pl.DataFrame:
    row = {
        "exporter": ends[0],
        "importer": ends[1],
        "value_exporter": exporter,
        "value_importer": importer,
        "maturity_exporter": maturity[0],
        "maturity_importer": maturity[1],
        "valuation_exporter": valuation[0],
        "valuation_importer": valuation[1],
    }
    return pl.DataFrame([row], schema_overrides=TYPES)


def made(rows: pl.DataFrame, method: str, **options: object) -> tuple[float | None, float | None, str | None]:
    found = reconcile(rows, method, cif_margin=0.10, **options)  # type: ignore[arg-type]
    return found.select("reconciled_usd", "weight_exporter", "basis").row(0)


@pytest.mark.parametrize(
    ("method", "value", "weight", "basis"),
    [
        ("prefer_importer", 150, 0, "mirror"),
        ("prefer_exporter", 100, 1, "reported"),
        ("mean", 125, 0.5, "reconciled"),
        ("weighted", 112.5, 0.75, "reconciled"),
    ],
)
def test_the_worked_example(method: str, value: float, weight: float, basis: str) -> None:
    options = {"asymmetry": {"VNM": 0.1, "RUS": 0.3}} if method == "weighted" else {}
    found = made(both(), method, **options)
    assert found == (pytest.approx(value), pytest.approx(weight), basis)


@pytest.mark.parametrize("method", METHODS)
def test_an_estimate_is_no_second_witness(method: str) -> None:
    """Whoever is preferred: what stands for a silent side was made from the other side's report."""
    asymmetry = {"VNM": 0.1, "RUS": 0.3}
    estimated = both(maturity=("official", "estimated"))
    assert made(estimated, method, asymmetry=asymmetry) == (100, 1, "reported")
    assert made(both(maturity=("estimated", "official")), method, asymmetry=asymmetry) == (
        pytest.approx(150), 0, "mirror",
    )  # fmt: skip
    nothing = reconcile(both(maturity=("estimated", "estimated")), method, cif_margin=0.1, asymmetry=asymmetry)
    assert nothing.select("reconciled_usd", "basis", "reconciliation_absence").row(0) == (None, None, "no_own_report")


@pytest.mark.parametrize("method", METHODS)
def test_one_side_alone_stands_as_what_it_is(method: str) -> None:
    asymmetry = {"VNM": 0.1, "RUS": 0.3}
    assert made(both(importer=None, maturity=("official", None)), method, asymmetry=asymmetry) == (100, 1, "reported")
    assert made(both(exporter=None, maturity=(None, "official")), method, asymmetry=asymmetry)[1:] == (0, "mirror")


def test_the_margin_is_taken_out_of_cif_values_only() -> None:
    assert made(both(valuation=("fob", "fob")), "prefer_importer") == (165, 0, "mirror")
    assert made(both(), "prefer_importer")[0] == pytest.approx(150)


def test_what_was_printed_stays_beside_it() -> None:
    found = reconcile(both(), "mean", cif_margin=0.1)
    assert found.select("value_exporter", "value_importer").row(0) == (100, 165)
    assert found.select("fob_exporter", "fob_importer").row(0) == (100, pytest.approx(150))


@given(st.floats(1, 1e12), st.floats(1, 1e12), st.sampled_from(METHODS), st.floats(0, 0.99))
def test_the_result_lies_between_the_two(exporter: float, importer: float, method: str, margin: float) -> None:
    rows = both(exporter, importer)
    found = reconcile(rows, method, cif_margin=margin, asymmetry={"VNM": 0.2, "RUS": 0.5})  # type: ignore[arg-type]
    low, high = sorted(found.select("fob_exporter", "fob_importer").row(0))
    assert low * (1 - 1e-9) <= found["reconciled_usd"][0] <= high * (1 + 1e-9)


def elsewhere(gap: float, times: int = LEAST_COMPARISONS) -> pl.DataFrame:
    """Both economies' trade with others: Viet Nam's partners agree, Russia's are off by ``gap`` times."""
    good = [both(100.0, 110.0, ends=("VNM", "DEU"))] * times
    bad = [both(100.0, 110.0 * gap, ends=("CHN", "RUS"))] * times
    return pl.concat([*good, *bad, both(1.0, 1e6)])


def test_reliability_is_judged_by_the_trade_with_others() -> None:
    found = asymmetries(elsewhere(2.0), cif_margin=0.10, without=("VNM", "RUS"))
    assert found["VNM"] == pytest.approx(0, abs=1e-12), "the gap of the pair itself is left out"
    assert found["RUS"] == pytest.approx(0.6931471805599453)
    assert made(both(), "weighted", asymmetry=found)[:2] == (pytest.approx(100), pytest.approx(1))


def test_two_perfect_witnesses_count_the_same() -> None:
    assert made(both(), "weighted", asymmetry={"VNM": 0.0, "RUS": 0.0})[:2] == (pytest.approx(125), 0.5)


def test_too_few_comparisons_are_said() -> None:
    with pytest.raises(NothingFound, match="VNM can be compared with other partners' in 9 cases, weights need 10"):
        asymmetries(elsewhere(2.0, 9), cif_margin=0.1, without=("VNM", "RUS"))


@pytest.mark.parametrize(
    ("method", "margin", "options", "words"),
    [
        ("median", 0.1, {}, "no method of reconciliation is called 'median'"),
        ("mean", 1.0, {}, "the margin between cif and fob is 1.0"),
        ("mean", -0.1, {}, "the margin between cif and fob is -0.1"),
        ("weighted", 0.1, {"asymmetry": {"VNM": 0.1}}, "no asymmetry of RUS is given"),
    ],
)
def test_a_wrong_question_is_one_line(method: str, margin: float, options: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        reconcile(both(), method, cif_margin=margin, **options)  # type: ignore[arg-type]


def test_every_method_has_its_source() -> None:
    assert tuple(CITATIONS) == METHODS
