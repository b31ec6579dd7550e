"""Preference margins and a simulation on Viet Nam's real schedule and its imports of 2025 by customs group."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor import made_access
from corridor.scenarios import tariffs
from corridor.workspace import Workspace

DAY = date(2026, 6, 1)
SCENARIO = """
title: "Zero duties on Russian goods"
importer: "VNM"
partner: "RUS"
baseline: {year: 2025, source: "vn_customs"}
schedule: {reporter: "VNM", day: 2026-06-01}
elasticities:
  import_demand: {default: 1.2, source: "assumed"}
  substitution: {default: 1.5, source: "default of WITS SMART"}
  export_supply: {default: infinite, source: "small buyer"}
changes:
  - {products: all, duty_percent: 0, from: 2027-01-01, reason: "an example"}
"""


@pytest.fixture(scope="module")
def ws(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("real") / "data")
    files = [
        test_data / "vn-tariff-2026" / "hs_codes.jsonl.gz",
        test_data / "vietnam-customs" / "2025-t12-5n(vn-sb).pdf",
    ]
    for outcome in workspace.add(files).outcomes:
        assert outcome.status == "added", outcome.message
    return workspace


def test_margins_of_all_lines_against_what_rivals_pay(ws: Workspace) -> None:
    held = tariffs.schedule(ws.tariffs(), "VNM")
    trade = made_access.trade_by_line(ws, "VNM", held)
    assert (trade.source, trade.year, trade.approximate, trade.bundled) == ("vn_customs", 2025, True, False)
    rows = held.rows.filter(pl.col("product").is_in(tariffs.duty_lines(held).implode()))
    found = made_access.margins_of(rows, "RUS", trade, DAY)
    assert found.height == 11_414
    known = found.drop_nulls("margin_competitors")
    assert known.height > 9_000
    assert found["margin_mfn"].mean() == pytest.approx(0.0945, abs=1e-3)
    # The second margin is a small part of the first: rivals have agreements of their own.
    assert known["margin_competitors"].mean() == pytest.approx(0.0055, abs=1e-3)
    assert known.filter(pl.col("margin_competitors") < 0).height > 500


def test_zero_duties_on_russian_goods(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "zero.yml"
    path.write_text(SCENARIO, encoding="utf-8")
    made = ws.simulate(path)
    found = json.loads(made.json())
    assert found["approximate"]
    assert any("approximate" in line for line in made.notes())
    total = made.rows().filter(product="TOTAL").row(0, named=True)
    left_out = made.simulation.not_simulated
    assert left_out["product"].to_list() == ["other_goods"]
    assert total["imports_before_usd"] + left_out["imports_usd"].sum() == pytest.approx(2_509_419_879, abs=2)
    assert total["imports_change_usd"] == pytest.approx(
        total["trade_creation_usd"] + total["trade_diversion_usd"] + total["price_effect_usd"]
    )
    assert 0 < total["trade_effect_half"] < total["imports_change_usd"] < total["trade_effect_double"]
    coal = made.rows().filter(product="coal").row(0, named=True)
    assert (coal["rate_before"], coal["imports_change_usd"]) == (0.0, 0.0)
    cars = made.rows().filter(product="motor_vehicles").row(0, named=True)
    assert cars["rate_before"] > 0.1
    assert cars["revenue_change_usd"] < 0
