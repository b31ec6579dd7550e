"""A scenario run on a toy year of imports: every number can be redone on paper."""

from datetime import date

import polars as pl
import pytest

from corridor.errors import NothingFound
from corridor.scenarios import averages, scenario, simulation, tariffs

TEXT = """
title: "Half"
importer: "VNM"
partner: "USA"
baseline: {year: 2025}
schedule: {reporter: "VNM", day: 2026-06-01}
elasticities:
  import_demand: {default: 1.0, source: "t"}
  substitution: {default: 1.0, source: "t"}
  export_supply: {default: infinite, source: "t"}
changes:
  - {products: all, duty_percent: 0, from: 2027-01-01, reason: "r"}
"""


def flows(*rows: tuple[str, str, float], classification: str = "T4", source: str = "toy") -> pl.DataFrame:
    table = pl.DataFrame(rows, schema=["product", "partner", "value_usd"], orient="row")
    return table.with_columns(source=pl.lit(source), classification=pl.lit(classification))


def test_a_group_of_lines_pays_their_simple_average(toy: pl.DataFrame) -> None:
    rates = tariffs.effective_rates(toy, ["USA", "RUS"], scenario.parse(TEXT, "s").schedule_day)
    holds = averages.lines_of(["0101"], toy["product"], "T4")
    assert holds.height == 4
    found = {row["partner"]: row for row in averages.average_rates(rates, holds, change=0.15).iter_rows(named=True)}
    # The United States pay MFN: 10, 20, 10 and 10 %.
    assert found["USA"]["rate"] == pytest.approx(0.125)
    # After a change to 15 % each line pays 15 %, or MFN where that is lower.
    assert found["USA"]["rate_after"] == pytest.approx((0.10 + 0.15 + 0.10 + 0.10) / 4)
    # Russia's third line is divided: three lines are left, 0, 20 and 10 %.
    assert found["RUS"]["rate"] == pytest.approx(0.10)
    assert (found["RUS"]["lines"], found["RUS"]["lines_unknown"]) == (4, 1)


def test_before_after_difference(toy: pl.DataFrame) -> None:
    asked = scenario.parse(TEXT, "s")
    imports = flows(("0101", "USA", 900.0), ("0101", "THA", 100.0), ("0202", "USA", 5.0))
    made = simulation.simulate(asked, tariffs.schedule(toy, "VNM"), imports)
    row = made.effects.row(0, named=True)
    assert (row["rate_before"], row["rate_after"]) == (pytest.approx(0.125), 0.0)
    # The duty-paid cost falls by 1/9: creation 100, and the ratio to Thailand's goods grows by 1/9.
    assert row["trade_creation_usd"] == pytest.approx(100.0)
    assert row["trade_diversion_usd"] == pytest.approx(900 * 100 / 9 / (1000 + 100))
    assert row["imports_change_usd"] == pytest.approx(100 + 10_000 / 1100)
    assert row["imports_after_usd"] == pytest.approx(row["imports_before_usd"] + row["imports_change_usd"])
    assert row["trade_effect_half"] == pytest.approx(50 + 10_000 / 1100)
    assert row["trade_effect_double"] == pytest.approx(200 + 10_000 / 1100)
    # Thailand pays 5, 0, 0 and 0 %: 1.25 % of 100 before, of a little less after.
    assert row["revenue_before_usd"] == pytest.approx(900 * 0.125 + 1.25)
    assert row["revenue_after_usd"] == pytest.approx((100 - 10_000 / 1100) * 0.0125)
    assert made.not_simulated.rows() == [(1, "0202", 5.0, "no_line")]
    assert made.totals()["trade_creation_usd"].item() == pytest.approx(100.0)
    assert not made.approximate


def test_what_cannot_be_simulated_is_said(toy: pl.DataFrame) -> None:
    held = tariffs.schedule(toy, "VNM")
    with pytest.raises(NothingFound, match="no imports of VNM from USA in 2025 by product"):
        simulation.simulate(scenario.parse(TEXT, "s"), held, flows(("0101", "THA", 1.0)))
    one = TEXT.replace("products: all", "products: [coal]")
    with pytest.raises(NothingFound, match="USA sold no coal to VNM in 2025; products with trade: 0101"):
        simulation.simulate(scenario.parse(one, "s"), held, flows(("0101", "USA", 1.0)))
    bare = TEXT.replace("{default: 1.0", "{products: {tea: 1}", 1)
    with pytest.raises(NothingFound, match="no elasticity of import_demand for 0101"):
        simulation.simulate(scenario.parse(bare, "s"), held, flows(("0101", "USA", 1.0)))


def test_a_product_whose_rivals_pay_an_unknown_duty_is_left_out(toy: pl.DataFrame) -> None:
    asked = scenario.parse(TEXT, "s")
    held = tariffs.schedule(toy, "VNM")
    imports = flows(("01010103", "USA", 1.0), ("01010103", "RUS", 1.0), classification="T8")
    with pytest.raises(NothingFound, match="no product that USA sells has a known duty"):
        simulation.simulate(asked, held, imports)
    both = pl.concat([imports, flows(("01010101", "USA", 2.0), classification="T8")])
    made = simulation.simulate(asked, held, both)
    assert made.not_simulated.select("product", "reason").rows() == [("01010103", "no_single_rate")]
    assert made.effects["product"].to_list() == ["01010101"]


def test_a_supplier_of_whom_the_schedule_says_nothing_leaves_the_product_out(toy: pl.DataFrame) -> None:
    only = toy.filter(pl.col("regime") == "VN-EAEU")
    asked = scenario.parse(TEXT.replace('"USA"', '"RUS"'), "s")
    rows = pl.concat([only.filter(product="01010101"), toy.filter(regime="mfn", product="01010102")])
    imports = flows(("01010101", "RUS", 1.0), ("01010101", "USA", 1.0), ("01010102", "RUS", 1.0), classification="T8")
    made = simulation.simulate(asked, tariffs.schedule(rows, "VNM"), imports)
    assert made.not_simulated.select("product", "reason").rows() == [("01010101", "no_line")]


def test_a_year_of_one_source_is_chosen() -> None:
    asked = scenario.parse(TEXT, "s")
    whole = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    row = {
        "source": "vn_customs", "release": "first", "table": "1", "reporter": "VNM", "flow": "import", "partner": "USA",
        "classification": "VNC", "product": "coal", "value_usd": 1.0, "snapshot": "a", **whole,
    }  # fmt: skip
    other = {**row, "source": "world"}
    table = pl.DataFrame([row, other, {**other, "product": "tea"}, {**row, "product": "TOTAL"}])
    assert simulation.baseline(table, asked)["source"].unique().to_list() == ["world"]
    assert simulation.baseline(table, asked, preferred="vn_customs")["product"].to_list() == ["coal"]
    with pytest.raises(NothingFound, match="no imports of VNM by product are held for the whole of 2025"):
        simulation.baseline(table.with_columns(flow=pl.lit("export")), asked)
