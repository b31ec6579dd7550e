"""What the tables of stage 2 say, as findings."""

from __future__ import annotations

import pytest

from corridor.evidence import Finding
from corridor.study.result import StageResult
from corridor.study.study import study
from world import blocks, question, tables, years


@pytest.fixture(scope="module")
def found() -> StageResult:
    return study(tables(years()), question()).stage("product_groups")


def told(found: StageResult, key: str, exporter: str | None = None) -> Finding:
    """The one finding of a key, of one direction."""
    named = [each for each in found.findings if each.key == f"product_groups.{key}"]
    chosen = [each for each in named if exporter is None or each.parameters["exporter"].code == exporter]
    assert len(chosen) == 1, [each.key for each in found.findings]
    return chosen[0]


def named(finding: Finding) -> list[tuple[object, ...]]:
    """The groups of a finding as plain tuples."""
    return [
        tuple(getattr(part, "code", getattr(part, "value", None)) for part in each)
        for each in finding.parameters["groups"]
    ]


def test_turnover_balance_and_both_flows(found):
    turnover, flows, deficit = told(found, "turnover"), told(found, "flows"), told(found, "deficit")
    assert (turnover.parameters["value"].value, turnover.parameters["growth"].value) == (480.0, pytest.approx(1 / 7))
    assert "price_basis_mixed" in turnover.caveats  # FOB and CIF in one sum
    assert (flows.parameters["exports"].value, flows.parameters["imports"].value) == (140.0, 340.0)
    assert flows.parameters["exports_growth"].value == pytest.approx(2 / 5)
    assert deficit.parameters["value"].value == 200.0  # a deficit is told without its sign


def test_risers_and_fallers_are_named_by_what_they_brought(found):
    assert named(told(found, "risers", "RUS")) == [("coal", 50.0, 50 / 320), ("fertilisers", 40.0, 40 / 320)]
    assert named(told(found, "fallers", "RUS")) == [("wheat", -50.0, -50 / 320), ("paper", -20.0, -20 / 320)]


def test_the_residual_is_never_a_mover(found):
    # Exports of other goods doubled, from 10 to 20; what is inside nobody knows.
    assert named(told(found, "risers", "VNM")) == [("coffee", 30.0, 0.3)]


def test_rows_that_came_and_went_are_told(found):
    new, vanished = told(found, "new", "RUS"), told(found, "vanished", "RUS")
    assert (named(new), new.parameters["count"].value) == ([("fertilisers", 40.0)], 1)
    assert (named(vanished), vanished.parameters["count"].value) == ([("paper", 20.0)], 1)
    assert "no_row" in vanished.caveats


def test_a_group_whose_value_and_quantity_moved_apart(found):
    coal = told(found, "unit_value", "RUS").parameters
    assert coal["product"].code == "coal"
    assert (coal["value_growth"].value, coal["quantity_growth"].value, coal["unit_value_growth"].value) == (
        0.5,
        2.0,
        -0.5,
    )
    assert (coal["unit_value_effect"].value, coal["quantity_effect"].value) == (-100.0, 150.0)


def test_places_of_the_largest_groups_without_the_residual(found):
    assert named(told(found, "place_among_suppliers")) == [
        ("coal", 2, pytest.approx(0.3)), ("wheat", 2, 0.25), ("fertilisers", 2, 0.4),
    ]  # fmt: skip
    assert named(told(found, "place_among_markets")) == [("coffee", 1, 0.75), ("garments", 2, 0.25)]


def test_what_was_lost_is_chosen_by_its_dollars_and_names_who_gained(found):
    # Wheat lost a quarter of a market of 200 (50), paper half of one of 60 (30).
    lost = told(found, "lost_share_suppliers").parameters
    assert (lost["product"].code, lost["share_change"].value) == ("wheat", -0.25)
    assert (lost["competitor"].code, lost["competitor_change"].value) == ("AUS", 0.25)


def test_the_split_of_the_market_share_adds_up_with_rows_that_came_and_went(found):
    split = told(found, "constant_market_share", "RUS").parameters
    parts = [split[name].value for name in ("market_effect", "structure_effect", "residual_effect")]
    assert split["change"].value == 20.0
    assert sum(parts) == pytest.approx(20)


def test_concentration_is_told_with_and_without_the_residual(found):
    index = told(found, "concentration", "RUS").parameters
    assert index["hhi"].value == pytest.approx(36600 / 115600)
    assert index["hhi_without_residual"].value == pytest.approx(26600 / 57600)


def test_processing_is_told_as_a_range(found):
    degrees = told(found, "processing", "VNM").parameters
    assert (degrees["high_least"].value, degrees["high_most"].value) == (30 / 140, 120 / 140)


def test_every_finding_traces_to_rows_or_to_a_table(found):
    without = {each.key for each in found.findings if not each.traces}
    assert without == {
        "product_groups.constant_market_share", "product_groups.concentration", "product_groups.processing",
    }  # fmt: skip


def test_the_residual_alone_has_no_index_without_it():
    rows = [
        row
        for year in (2023, 2024)
        for flow in ("export", "import")
        for row in blocks("RUS", {"other_goods": year}, f"{year}-01:{year}-12", flow=flow)
    ]
    found = study(tables(rows), question()).stage("product_groups")
    index = told(found, "concentration", "RUS").parameters
    assert (index["hhi"].value, index["hhi_without_residual"].value) == (1.0, None)


def test_a_surplus_is_called_so():
    rows = [
        row
        for year in (2023, 2024)
        for flow, value in (("export", 9), ("import", 4))
        for row in blocks("RUS", {"coal": value}, f"{year}-01:{year}-12", flow=flow)
    ]
    found = study(tables(rows), question()).stage("product_groups")
    assert told(found, "surplus").parameters["value"].value == 5.0


def test_unknown_ranks_are_not_told_as_ranks():
    bundled = [{**row, "snapshot": "sample:groups"} for row in years() if row["partner"] == "RUS"]
    listed = [row | {"partner": "_LISTED", "value_usd": row["value_usd"] * 4} for row in bundled]
    found = study(tables([*bundled, *listed]), question()).stage("product_groups")
    places = told(found, "place_among_suppliers_unranked")
    assert named(places)[0] == ("coal", None, 0.25)
