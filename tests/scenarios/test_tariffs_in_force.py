"""Rates in force, effective rates and both margins, on a schedule of four lines and on the real one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.errors import NothingFound, UnknownName
from corridor.evidence import ListReading
from corridor.harmonise.lists import harmonise_list
from corridor.scenarios import groups, margins, tariffs
from corridor.sources import read, recognise

DAY = date(2026, 6, 1)
Write = Callable[..., pl.DataFrame]


def test_what_each_partner_pays(toy: pl.DataFrame) -> None:
    found = tariffs.effective_rates(toy, ["RUS", "CHN", "THA", "USA"], DAY)
    paid = {(row["product"][-1], row["partner"]): row["effective"] for row in found.iter_rows(named=True)}
    assert paid == {
        ("1", "RUS"): 0.0, ("1", "CHN"): 0.05, ("1", "THA"): 0.05, ("1", "USA"): 0.10,
        # A preference above MFN is not paid; China's goods do not get what Thailand's get.
        ("2", "RUS"): 0.20, ("2", "CHN"): 0.20, ("2", "THA"): 0.0, ("2", "USA"): 0.20,
        ("3", "RUS"): None, ("3", "CHN"): 0.0, ("3", "THA"): 0.0, ("3", "USA"): 0.10,
        ("4", "RUS"): 0.10, ("4", "CHN"): 0.0, ("4", "THA"): 0.0, ("4", "USA"): 0.10,
    }  # fmt: skip
    best = found.filter(product="01010101", partner="RUS").row(0, named=True)
    assert (best["regime"], best["legal_reference"], best["mfn"], best["rate_absence"]) == (
        "VN-EAEU", "113/2022", 0.10, None,
    )  # fmt: skip
    assert found.filter(product="01010103", partner="RUS")["rate_absence"].item() == "split"


def test_membership_is_that_of_the_day(toy: pl.DataFrame) -> None:
    before, after = date(2015, 8, 1), date(2015, 8, 12)
    rates = [tariffs.effective_rates(toy.head(2), ["KGZ"], day)["effective"].item() for day in (before, after)]
    assert rates == [0.10, 0.0]


def test_a_temporary_rate_goes_before_the_lasting_one(write: Write) -> None:
    from_march = {"in_force_from": date(2026, 3, 9), "in_force_until": date(2026, 4, 30)}
    line = {"product": "27101971", "regime": "mfn", "rate_text": "7"}
    rows = write({**line, "rate": 0.07}, {**line, "rate": 0.0, **from_march})
    days = [date(2026, 3, 8), date(2026, 3, 9), date(2026, 4, 30), date(2026, 5, 1)]
    assert [tariffs.effective_rates(rows, ["RUS"], day)["effective"].item() for day in days] == [0.07, 0, 0, 0.07]


def test_a_code_on_two_lines_has_no_rate_unless_they_agree(write: Write) -> None:
    line = {"product": "98041900", "regime": "mfn", "rate_text": "x"}
    differing = tariffs.effective_rates(write({**line, "rate": 0.05}, {**line, "rate": 0.1}), ["RUS"], DAY)
    assert differing.select("effective", "rate_absence").row(0) == (None, "split")
    equal = tariffs.effective_rates(write({**line, "rate": 0.05}, {**line, "rate": 0.05}), ["RUS"], DAY)
    assert equal["effective"].item() == 0.05


def test_one_source_and_the_latest_statement(write: Write) -> None:
    line = {"product": "01010101", "regime": "mfn", "rate_text": "x"}
    rows = write(
        {**line, "rate": 0.1},
        {**line, "product": "01010102", "rate": 0.1},
        {**line, "rate": 0.2, "snapshot": "b" * 64, "added": date(2026, 2, 1)},
        {**line, "rate": 0.3, "source": "poorer", "table": "extract"},
        {**line, "rate": 0.0, "regime": "VN-EAEU", "partner": "EAEU"},
    )
    found = tariffs.schedule(rows, "VNM")
    # The newer file's statement on MFN stands as a whole: the line it lacks is gone.
    assert found.rows.select("product", "regime", "rate").sort("rate").rows() == [
        ("01010101", "VN-EAEU", 0.0),
        ("01010101", "mfn", 0.2),
    ]
    assert tariffs.schedule(rows, "VNM", source="poorer").rows["rate"].to_list() == [0.3]
    with pytest.raises(UnknownName, match="there are: poorer, toy"):
        tariffs.schedule(rows, "VNM", source="none")
    with pytest.raises(NothingFound, match="schedules held: VNM"):
        tariffs.schedule(rows, "RUS")


def test_a_line_is_found_by_its_code(toy: pl.DataFrame) -> None:
    assert tariffs.line(toy, "0101.01.01") == "01010101"
    with pytest.raises(UnknownName, match="there are: 01010101, 01010102"):
        tariffs.line(toy, "0101")
    with pytest.raises(UnknownName, match="no line of the schedule"):
        tariffs.line(toy, "99")


def test_both_margins_by_hand(toy: pl.DataFrame) -> None:
    imports = pl.DataFrame(
        [("01010101", "THA", 300.0), ("01010101", "USA", 100.0), ("01010101", "RUS", 999.0), ("01010104", "CHN", 50.0)],
        schema=["product", "partner", "value_usd"],
        orient="row",
    )
    rates = tariffs.effective_rates(toy, ["RUS", "THA", "USA", "CHN"], DAY)
    found = {row["product"][-1]: row for row in margins.preference_margins(rates, imports, "RUS").iter_rows(named=True)}
    # Thailand pays 5 % on 300 and the United States 10 % on 100: 6.25 % on average; Russia nothing.
    assert found["1"]["margin_mfn"] == pytest.approx(0.10)
    assert found["1"]["margin_competitors"] == pytest.approx(0.0625)
    assert (found["1"]["competitors_usd"], found["1"]["unknown_share"]) == (400.0, 0.0)
    # Where China pays nothing and Russia MFN, the margin is negative.
    assert found["4"]["margin_competitors"] == pytest.approx(-0.10)
    assert found["2"]["competitors"] is None


def test_lines_lie_in_groups_approximately() -> None:
    found = groups.lines_of_groups(["27011100", "08013100", "99999999"])
    assert found.filter(product="27011100")["group"].to_list() == ["coal"]
    assert set(found.filter(product="08013100")["group"]) == {"cashew", "fruit_vegetables"}
    assert "99999999" not in found["product"]


@pytest.fixture(scope="module")
def real(test_data: Path) -> tariffs.Schedule:
    path = test_data / "vn-tariff-2026" / "hs_codes.jsonl.gz"
    reading = read(path, recognise(path), path.name)
    assert isinstance(reading, ListReading)
    stored = harmonise_list(reading, snapshot="f" * 64, file=path.name, added=date(2026, 4, 5))
    return tariffs.schedule(stored["tariffs"], "VNM")


def test_preferences_that_rivals_share(real: tariffs.Schedule) -> None:
    rows = real.rows
    printed = rows.filter(pl.col("regime").is_in(["mfn", "VN-EAEU", "ATIGA", "ACFTA", "AKFTA"]))
    lasting = printed.filter(
        pl.col("condition").is_null() | (pl.col("regime") != "mfn"), ~pl.col("product").str.starts_with("98")
    )
    wide = lasting.pivot("regime", index="product", values="rate_text", aggregate_function="first")
    taxed = lasting.filter(regime="mfn").filter(pl.col("rate") > 0).select("product")
    preferred = wide.join(taxed, on="product", how="semi").filter(pl.col("VN-EAEU") == "0")
    assert preferred.height == 6_951
    rivals = [pl.col(name).str.starts_with("0") for name in ("ATIGA", "ACFTA", "AKFTA")]
    assert preferred.filter(pl.all_horizontal(rivals)).height == 5_532


def test_margins_of_every_line_of_the_agreement(real: tariffs.Schedule) -> None:
    lines = real.rows.filter(regime="VN-EAEU")["product"].unique()
    rows = real.rows.filter(pl.col("product").is_in(lines.implode()))
    suppliers = ["RUS", "CHN", "KOR", "THA", "USA"]
    rates = tariffs.effective_rates(rows, suppliers, DAY)
    # Four suppliers of equal weight stand in for the importer's figures.
    weights = rates.select("product", "partner").with_columns(value_usd=pl.lit(1.0))
    found = margins.preference_margins(rates, weights, "RUS")
    assert found.height == 11_414
    known = found.drop_nulls("margin_mfn")
    assert known.height == 11_111
    assert found["rate_absence"].value_counts().sort("rate_absence").rows() == [
        (None, 11_111), ("quota", 31), ("reference", 264), ("split", 8),
    ]  # fmt: skip
    assert (known["margin_mfn"] >= 0).all()
    # Besides 6,951 lasting lines: temporary rates read by their base, and divided lines at zero in all parts.
    assert known.filter(pl.col("mfn") > 0, pl.col("effective") == 0).height == 6_984
    # The second margin never exceeds the first: no competitor pays more than MFN.
    assert (known["margin_competitors"].drop_nulls() <= known["margin_mfn"].max()).all()
    assert known.filter(pl.col("margin_competitors") > pl.col("margin_mfn") + 1e-12).height == 0
