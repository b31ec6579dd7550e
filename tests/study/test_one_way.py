"""A pair of which one direction is held, in HS of several levels, from a selection of some partners."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.codes import schema
from corridor.codes.periods import parse
from corridor.store.types import TYPES
from corridor.study.ledger import Ledger
from corridor.study.question import Question
from corridor.study.series import choose
from corridor.study.study import study
from corridor.study.tables import Publisher, Tables
from corridor.workspace import Workspace

TYPED = dict(TYPES["flows"])
#: product -> value in 2023 and 2024; the levels add up to the total.
FIGURES = {
    "TOTAL": (100.0, 120.0), "09": (60.0, 70.0), "0901": (60.0, 70.0), "090111": (50.0, 65.0), "090121": (10.0, 5.0),
    "85": (40.0, 50.0), "8517": (40.0, 50.0), "851713": (40.0, 50.0),
}  # fmt: skip


def imports(partner: str, times: float = 1.0) -> list[dict[str, object]]:
    return [
        {
            "source": "un_comtrade", "release": "official", "table": "goods A*", "reporter": "USA", "partner": partner,
            "flow": "import", "classification": "TOTAL" if product == "TOTAL" else "H6", "product": product,
            "freq": "A", "period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "cumulative": False,
            "value": values[place] * times, "value_usd": values[place] * times, "currency": "USD", "caveats": "",
            "maturity": "official", "valuation": "cif", "snapshot": "a" * 64,
            "trace_id": f"a/{partner}{product}/{year}", "published": date(2025, 6, 1), "added": date(2025, 6, 1),
            "edition": "x",
        }
        for product, values in FIGURES.items()
        for place, year in enumerate((2023, 2024))
    ]  # fmt: skip


def tables(*rows: dict[str, object]) -> Tables:
    flows = pl.DataFrame(list(rows), schema_overrides={name: TYPED[name] for name in rows[0]})
    flows = flows.with_columns(
        pl.lit(None, dtype=TYPED[name]).alias(name) for name in schema.columns("flows") if name not in flows.columns
    )
    empty = {name: pl.DataFrame(schema=dict(TYPES[name])) for name in ("quantities", "coverage", "facts")}
    publishers = {"un_comtrade": Publisher("un_comtrade", "USA", 2)}
    return Tables(flows=flows.select(schema.columns("flows")), publishers=publishers, **empty)


def test_the_finest_level_is_studied_and_no_level_is_added_to_another() -> None:
    given = tables(*imports("VNM"))
    series = choose(given, Question("VNM", "USA"))
    assert (series.reporter, series.classification, series.level) == ("USA", "H6", 6)
    ledger = Ledger(given.flows, series)
    assert ledger.pair("import", parse("2024"))["value_usd"].sum() == 120.0


def test_what_is_not_held_is_not_made_up() -> None:
    made = study(tables(*imports("VNM")), Question("VNM", "USA"))
    totals = made.stage("product_groups").tables["bilateral"]
    ours = totals.filter((pl.col("view") == "USA") & (pl.col("period") == "2024")).row(0, named=True)
    assert (ours["imports"], ours["exports"], ours["turnover"], ours["balance"]) == (120.0, None, None, None)
    assert ours["imports_growth"] == pytest.approx(0.2)
    keys = {finding.key for finding in made.stage("product_groups").findings}
    assert "product_groups.imports_alone" in keys
    assert not keys & {"product_groups.turnover", "product_groups.surplus", "product_groups.deficit"}


def ledger_of(*rows: dict[str, object]) -> Ledger:
    given = tables(*rows)
    return Ledger(given.flows, choose(given, Question("VNM", "USA")))


def test_a_few_partners_are_no_market() -> None:
    period = parse("2024")
    assert ledger_of(*imports("VNM"), *imports("CHN", 9)).market("import", period).is_empty()
    short = ledger_of(*imports("VNM"), *imports("CHN", 8), *imports("WLD", 10))
    assert short.market("import", period).is_empty()


def test_partners_that_reach_the_world_are_the_market() -> None:
    period = parse("2024")
    whole = ledger_of(*imports("VNM"), *imports("CHN", 8.9), *imports("WLD", 10)).market("import", period)
    assert dict(whole.select("product", "value_usd").rows()) == pytest.approx(
        {"090111": 65 * 9.9, "090121": 5 * 9.9, "851713": 50 * 9.9}
    )


def test_ten_years_of_six_digits_across_three_revisions(test_data: Path, tmp_path: Path) -> None:
    """United States imports from Viet Nam, 142.48 thousand million dollars in 2024, in HS 2012, 2017 and 2022."""
    space = Workspace(tmp_path)
    space.add(sorted((test_data / "comtrade-bilateral-hs6").glob("us_vietnam*.gz")), workers=1)
    made = space.study("VNM", "USA", period="2015:2024")
    assert (made.study.series.classification, made.study.series.level) == ("HS", 6)
    assert [period.code for period in made.study.agenda.periods] == [str(year) for year in range(2015, 2025)]
    text = made.render("md", lang="vi")
    assert "142,48 tỷ USD" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Automatic data processing machines" in text


def without_total(*rows: dict[str, object]) -> list[dict[str, object]]:
    return [row for row in rows if row["product"] != "TOTAL"]


def test_goods_without_their_total_are_said_to_be_some_goods() -> None:
    made = study(tables(*without_total(*imports("VNM"))), Question("VNM", "USA")).stage("product_groups")
    assert "product_groups.no_total" in {finding.key for finding in made.missing}
    shares = [finding for finding in made.findings if finding.key == "product_groups.largest_groups"]
    assert shares
    assert all("goods_held_only" in finding.caveats for finding in shares)
    assert not made.tables["groups"]["total_held"].any()
    whole = study(tables(*imports("VNM")), Question("VNM", "USA")).stage("product_groups")
    assert "product_groups.no_total" not in {finding.key for finding in whole.missing}
    assert not any("goods_held_only" in finding.caveats for finding in whole.findings)


def test_a_heading_held_without_its_subheadings_is_among_the_goods() -> None:
    rows = [row for row in imports("VNM") if row["product"] not in ("TOTAL", "851713")]
    given = tables(*rows)
    ledger = Ledger(given.flows, choose(given, Question("VNM", "USA")))
    held = ledger.pair("import", parse("2024"))
    assert dict(held.select("product", "value_usd").rows()) == {"090111": 65.0, "090121": 5.0, "8517": 50.0}


def test_nothing_is_said_of_two_way_trade_held_one_way() -> None:
    made = study(tables(*imports("VNM")), Question("VNM", "USA")).stage("product_groups")
    assert made.tables["intra_industry"].is_empty()
    assert made.tables["intra_industry_total"].is_empty()


def test_what_comes_back_from_the_reporter_itself_is_no_partners_export() -> None:
    """Thailand's re-imports of its own shrimps stand in its table with Thailand for a partner."""
    exports = [{**row, "flow": "export", "valuation": "fob"} for row in imports("VNM")]
    back = [{**row, "value_usd": 1000.0} for row in imports("USA")]
    made = study(tables(*exports, *back), Question("USA", "VNM"))
    groups = made.stage("product_groups").tables["groups"]
    assert groups["exporter"].unique().to_list() == ["USA"]
    assert groups["value_usd"].max() == 65.0
    assert made.stage("collection").tables["sources_used"]["flow"].to_list() == ["export"] * 2
