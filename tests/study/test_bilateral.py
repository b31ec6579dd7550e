"""Totals of the pair, seen from either side."""

from __future__ import annotations

import polars as pl
import pytest

from corridor.codes.periods import Period
from corridor.study.bilateral import bilateral
from corridor.study.comparisons import Agenda, Comparison
from world import AGENDA, YEARS, figure, ledger, only, series, years


def totals(**values: float) -> list[dict[str, object]]:
    """Totals by flow and year: ``export_2023=100``."""
    return [
        figure("RUS", "TOTAL", value, f"{name[-4:]}-01:{name[-4:]}-12", flow=name[:-5])
        for name, value in values.items()
    ]


def test_the_reporters_view_by_hand():
    row = only(bilateral(ledger(years()), AGENDA), view="VNM", period="2024")
    assert (row["exports"], row["imports"], row["turnover"], row["balance"]) == (140.0, 340.0, 480.0, -200.0)
    assert row["coverage_ratio"] == pytest.approx(7 / 17)
    assert row["normalised_balance"] == pytest.approx(-5 / 12)
    assert row["exports_growth"] == pytest.approx(2 / 5)
    assert row["imports_growth"] == pytest.approx(1 / 16)
    assert row["turnover_growth"] == pytest.approx(1 / 7)
    assert (row["base_period"], row["kind"], row["balance_change"]) == ("2023", "year", 20.0)


def test_the_partners_view_is_the_same_flows_with_their_roles_changed():
    found = bilateral(ledger(years()), AGENDA)
    theirs = only(found, view="RUS", period="2024")
    assert (theirs["exports"], theirs["imports"], theirs["balance"]) == (340.0, 140.0, 200.0)
    assert (theirs["partner"], theirs["basis"]) == ("VNM", "mirror")
    assert theirs["exports_growth"] == pytest.approx(1 / 16)
    ours = only(found, view="VNM", period="2024")
    assert (ours["partner"], ours["basis"], ours["turnover"]) == ("RUS", "reported", theirs["turnover"])


def test_the_first_period_has_no_growth():
    row = only(bilateral(ledger(years()), AGENDA), view="VNM", period="2023")
    assert (row["base_period"], row["exports_growth"], row["turnover_growth"], row["balance_change"]) == (None,) * 4


def test_a_base_of_nothing_has_no_growth():
    found = bilateral(ledger(totals(export_2023=0, import_2023=10, export_2024=5, import_2024=10)), AGENDA)
    row = only(found, view="VNM", period="2024")
    assert row["exports_growth"] is None
    assert row["turnover_growth"] == pytest.approx(0.5)


def test_a_period_with_one_flow_has_no_turnover():
    found = bilateral(ledger(totals(export_2023=1, import_2023=2, export_2024=4)), AGENDA)
    assert found["period"].unique().to_list() == ["2023"]


@pytest.mark.parametrize(("export_2024", "fragile"), [(104, True), (96, True), (106, False), (94, False)])
def test_a_small_growth_of_first_releases_is_fragile(export_2024, fragile):
    rows = totals(export_2023=50, import_2023=50, export_2024=export_2024 - 50, import_2024=50)
    assert only(bilateral(ledger(rows), AGENDA), view="VNM", period="2024")["fragile"] is fragile


def test_a_revised_growth_is_not_fragile():
    rows = [
        {**row, "release": "revised"} for row in totals(export_2023=50, import_2023=50, export_2024=51, import_2024=50)
    ]
    found = bilateral(ledger(rows, release="revised"), AGENDA)
    assert only(found, view="VNM", period="2024")["fragile"] is False


def test_periods_without_any_comparison_are_described_all_the_same():
    found = bilateral(ledger(years()), Agenda((Period.year(2024),), ()))
    assert only(found, view="VNM", period="2024")["turnover_growth"] is None


def test_months_are_in_the_data_with_their_own_base():
    rows = [
        figure("RUS", "TOTAL", value, month, flow=flow)
        for month, value in (("2023-02", 10), ("2024-02", 15))
        for flow in ("export", "import")
    ]
    month = Comparison(Period.month(2023, 2), Period.month(2024, 2), "month")
    found = bilateral(ledger([*years(), *rows]), Agenda(AGENDA.periods, (YEARS,), (month,)))
    row = only(found, view="VNM", period="2024-02")
    assert (row["base_period"], row["kind"]) == ("2023-02", "month")
    assert row["turnover_growth"] == pytest.approx(0.5)
    assert only(found, view="VNM", period="2024")["turnover"] == 480.0


def test_nothing_held_is_an_empty_table():
    assert bilateral(ledger([]), AGENDA).is_empty()


def test_the_view_of_a_reporting_exporter():
    rows = [
        {**row, "reporter": "RUS", "partner": "VNM", "source": "ru_customs"}
        for row in totals(export_2024=7, import_2024=3)
    ]
    found = bilateral(ledger(rows, **vars(series(reporter="RUS", partner="VNM", source="ru_customs"))), AGENDA)
    assert found.filter(pl.col("basis") == "reported").select("view", "exports", "imports").rows() == [
        ("RUS", 7.0, 3.0)
    ]
