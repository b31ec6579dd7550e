"""Negotiation sheets on a schedule of four lines."""

from datetime import date

import polars as pl
import pytest

from corridor.errors import UsageError
from corridor.scenarios import access, groups, margins, negotiation, tariffs
from corridor.scenarios.notes import Note

DAY = date(2026, 6, 1)


@pytest.fixture
def imports() -> pl.DataFrame:
    return pl.DataFrame(
        [
            ("01010101", "RUS", 60.0),
            ("01010102", "RUS", 30.0),
            ("01010103", "RUS", 10.0),
            ("01010101", "THA", 100.0),
            ("01010102", "THA", 100.0),
            ("01010104", "CHN", 100.0),
        ],
        schema=["product", "partner", "value_usd"],
        orient="row",
    )


@pytest.fixture
def rates(toy: pl.DataFrame) -> pl.DataFrame:
    return tariffs.effective_rates(toy, ["RUS", "THA", "CHN"], DAY)


def test_the_request_list_starts_where_rivals_pay_least(rates: pl.DataFrame, imports: pl.DataFrame) -> None:
    both = margins.preference_margins(rates, imports, "RUS")
    found = negotiation.request_list(both, imports.filter(partner="RUS"))
    assert found.select("product", "effective", "disadvantage", "supply_usd").rows() == [
        ("01010102", 0.20, pytest.approx(0.20), 30.0),
        ("01010104", 0.10, pytest.approx(0.10), None),
        ("01010103", None, None, 10.0),
    ]
    assert negotiation.defensive_list(both, imports.filter(partner="RUS"))["product"][0] == "01010102"


def test_coverage_by_lines_and_by_trade(rates: pl.DataFrame, imports: pl.DataFrame) -> None:
    found = negotiation.coverage(rates, imports).filter(partner="RUS").row(0, named=True)
    assert (found["lines"], found["trade_usd"]) == (4, 100.0)
    assert [found[f"{name}_lines"] for name in ("mfn_zero", "preferred", "not_preferred", "unknown")] == [
        0, 0.25, 0.5, 0.25,
    ]  # fmt: skip
    assert [found[f"{name}_trade"] for name in ("mfn_zero", "preferred", "not_preferred", "unknown")] == [
        0, 0.6, 0.3, 0.1,
    ]  # fmt: skip
    assert found["preferred_zero_trade"] == 0.6


def test_simple_and_weighted_averages_and_peaks(rates: pl.DataFrame, imports: pl.DataFrame) -> None:
    found = negotiation.averages(rates, imports).filter(partner="RUS").row(0, named=True)
    assert found["effective_simple"] == pytest.approx(0.10)
    # The weight of the line without a known rate counts nowhere: 30 of 90 pay 20 %.
    assert found["effective_weighted"] == pytest.approx(0.2 * 30 / 90)
    assert (found["lines_unknown"], found["peaks"], found["national_peaks"]) == (1, 1, 0)
    assert negotiation.peaks(rates.filter(partner="RUS"))["product"].to_list() == ["01010102"]


def test_revenue_forgone(rates: pl.DataFrame, imports: pl.DataFrame) -> None:
    found = negotiation.revenue_forgone(rates, imports).filter(partner="RUS").row(0, named=True)
    assert found["revenue_mfn_usd"] == pytest.approx(60 * 0.1 + 30 * 0.2)
    assert found["forgone_usd"] == pytest.approx(6.0)
    assert found["trade_unknown_usd"] == 10.0


def test_escalation_by_degree_of_processing() -> None:
    lines = ["10011100", "64011000"]
    rates = pl.DataFrame(
        [(line, "RUS", mfn, mfn) for line, mfn in zip(lines, (0.0, 0.3), strict=True)],
        schema=["product", "partner", "mfn", "effective"],
        orient="row",
    )
    found = negotiation.escalation(rates, groups.lines_of_groups(lines))
    assert found.select("degree", "effective_simple").rows() == [("raw", 0.0)]
    exports = negotiation.escalation(rates, groups.lines_of_groups(lines, "export"))
    assert exports.select("degree", "effective_simple").rows() == [("high", 0.3)]


def test_staging_by_year(toy: pl.DataFrame) -> None:
    first = toy.filter(pl.col("product") == "01010101")
    later = first.filter(regime="VN-EAEU").with_columns(in_force_from=pl.lit(date(2027, 1, 1)))
    found = negotiation.staging(pl.concat([first.filter(regime="mfn"), later]), "RUS", [2026, 2027])
    assert found.select("period", "lines", "zero", "above_zero", "effective_simple").rows() == [
        ("2026", 1, 0, 1, 0.10),
        ("2027", 1, 1, 0, 0.0),
    ]


def test_utilisation_names_its_denominator() -> None:
    of_all = negotiation.utilisation(59.44, 100, denominator="total_exports")
    assert (of_all["utilisation"], of_all["denominator"]) == (pytest.approx(0.5944), "total_exports")
    assert negotiation.utilisation(59.44, 80, denominator="eligible_exports")["utilisation"] == pytest.approx(0.743)
    with pytest.raises(UsageError, match="above what they are divided by"):
        negotiation.utilisation(2, 1, denominator="total_exports")
    with pytest.raises(TypeError):
        negotiation.utilisation(1, 2)  # type: ignore[call-arg]


def test_the_card_prints_what_the_schedule_prints(toy: pl.DataFrame, imports: pl.DataFrame) -> None:
    note = Note(
        products=("0101",),
        subject="licence",
        text="t",
        author="a",
        date=date(2026, 1, 1),
        address="https://example.org",
    )
    other = note.model_copy(update={"products": ("02",)})
    held = tariffs.schedule(toy, "VNM")
    found = access.card(held, "RUS", "0101", toy.select("product"), imports, on=DAY, notes=(note, other))
    assert found.lines.height == 4
    assert found.lines["vat_text"].to_list() == [None, None, None, "5/8/10"]
    assert found.lines["agreements_text"][0] == "VN-EAEU: 0.0; ACFTA: 0.05"
    assert found.split_share == 0.25
    assert found.certificate["form"] == "EAV"
    assert found.notes == (note,)
    # Thailand sold most, and pays 5, 0, 0 and 0 %.
    assert found.competitors.filter(partner="THA").select("partner", "effective").row(0) == ("THA", 0.0125)
