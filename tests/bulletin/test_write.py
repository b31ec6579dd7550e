"""What a bulletin states, on a toy world whose answers can be redone on paper."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from corridor.bulletin.as_data import SCHEMA, plain
from corridor.bulletin.assignment import Assignment, Thresholds
from corridor.bulletin.totals import Amount, Totals, against_last_year, against_previous
from corridor.bulletin.write import Bulletin, write
from corridor.codes.periods import parse
from corridor.errors import NothingFound, UsageError
from corridor.evidence import Name
from corridor.study.tables import Tables

from ..world import Row, blocks, figure, months, tables, years  # noqa: TID252

SMALL = Thresholds(least_value=10)


def told(held: Tables, period: str = "2024", partner: str = "RUS", **but: object) -> Bulletin:
    return write(held, Assignment("VNM", partner, parse(period), **{"advice": False, "thresholds": SMALL, **but}))


def products(table: pl.DataFrame) -> list[str]:
    return table["product"].to_list() if table.height else []


def both(partner: str, period: str, exports: dict[str, float | None], imports: dict[str, float | None]) -> list[Row]:
    return [*blocks(partner, exports, period, flow="export"), *blocks(partner, imports, period)]


def two_januaries() -> list[Row]:
    """January and February of two years: coffee falls in January and rises over both months, paper the other way."""
    alone = [
        *both("RUS", "2024-01", {"coffee": 100, "paper": 10}, {"coal": 50}),
        *both("RUS", "2025-01", {"coffee": 90, "paper": 20}, {"coal": 60}),
    ]
    together = [
        *both("RUS", "2024-01:2024-02", {"coffee": 150, "paper": 60}, {"coal": 100}),
        *both("RUS", "2025-01:2025-02", {"coffee": 180, "paper": 30}, {"coal": 130}),
    ]
    return [*alone, *together]


# -- totals


def test_exports_and_imports_make_turnover_and_balance():
    totals = told(tables(years())).totals
    assert (totals.exports.now, totals.exports.before, totals.exports.growth) == (140, 100, 0.4)
    assert (totals.imports.now, totals.imports.before, totals.imports.growth) == (340, 320, 0.0625)
    assert (totals.turnover.now, totals.turnover.before, totals.turnover.change) == (480, 420, 60)
    assert (totals.balance.now, totals.balance.before, totals.balance.change) == (-200, -220, 20)


def test_a_base_of_nothing_has_no_growth():
    assert Amount(5, 0).growth is None
    assert Amount(5, 0).change == 5
    assert Amount(5, None).change is None


def test_a_missing_flow_takes_turnover_and_balance_with_it():
    comparison = against_last_year(parse("2024"))
    totals = Totals(comparison, Amount(5, 4), Amount(None, 4, absence="not_held"))
    assert totals.turnover.now is None
    assert totals.turnover.absence == "not_held"
    assert totals.balance.growth is None


def test_a_month_without_its_table_is_not_held_and_without_its_row_is_absent():
    held = [*both("RUS", "2025-03", {"coffee": 9}, {"coal": 8}), *both("CHN", "2024-03", {"coffee": 5}, {})]
    totals = told(tables(held), "2025-03").totals
    assert totals.exports.base_absence == "row_absent", "the table of March 2024 lists China alone"
    assert totals.imports.base_absence == "row_absent"
    assert told(tables(held[:4]), "2025-03").totals.exports.base_absence == "not_held"


def test_bundled_rows_prove_no_absence():
    held = [
        *both("RUS", "2025-03", {"coffee": 9}, {"coal": 8}),
        *both("CHN", "2024-03", {"coffee": 5}, {"coal": 5}),
    ]
    bundled = [{**row, "snapshot": "sample:totals"} for row in held]
    assert told(tables(bundled), "2025-03").totals.exports.base_absence == "not_held"


def test_a_quarter_is_the_sum_of_its_months():
    rows = [row for month in ("04", "05", "06") for row in both("RUS", f"2024-{month}", {"coffee": 10}, {"coal": 5})]
    totals = told(tables(rows), "2024Q2").totals
    assert (totals.exports.now, totals.imports.now) == (30, 15)
    assert totals.exports.made == "sum_of_months"


def test_the_previous_period_is_told_on_request_alone():
    rows = [row for month in ("05", "06") for row in both("RUS", f"2024-{month}", {"coffee": 10}, {"coal": 5})]
    assert told(tables(rows), "2024-06").previous is None
    previous = told(tables(rows), "2024-06", previous=True).previous
    assert previous is not None
    assert previous.comparison == against_previous(parse("2024-06"))
    assert previous.exports.growth == 0


def test_a_span_from_january_has_no_previous_period():
    with pytest.raises(UsageError, match="no period of the same length"):
        told(tables(years()), "2024-01:2024-12", previous=True)


def test_the_year_to_date_is_told_where_it_is_longer():
    rows = [
        *both("RUS", "2024-03", {"coffee": 10}, {"coal": 5}),
        *both("RUS", "2024-01:2024-03", {"coffee": 33}, {"coal": 11}),
    ]
    span = told(tables(rows), "2024-03").to_date
    assert span is not None
    assert span.exports.now == 33
    assert told(tables(years())).to_date is None


def test_the_last_complete_year_is_looked_back_at():
    rows = [*years(), *both("RUS", "2025-01", {"coffee": 10}, {"coal": 5})]
    last = told(tables(rows), "2025-01").last_year
    assert last is not None
    assert (last.comparison.current.code, last.exports.growth) == ("2024", 0.4)
    assert told(tables(years()), "2023").last_year is None


def test_goods_without_their_total_open_no_bulletin():
    held = tables(years())
    goods = replace(held, flows=held.flows.filter(pl.col("product") != "TOTAL"))
    with pytest.raises(NothingFound, match="between VNM and RUS in 2024 by goods, and no total of all goods"):
        told(goods)


def test_nothing_held_is_said():
    with pytest.raises(NothingFound, match="between VNM and RUS in 2031-01"):
        told(tables(years()), "2031-01")
    with pytest.raises(UsageError, match="does not trade with itself"):
        told(tables(years()), partner="VNM")


def test_the_partners_figures_stand_in_for_a_reporter_without_its_own():
    bulletin = write(tables(years()), Assignment("RUS", "VNM", parse("2024"), advice=False, thresholds=SMALL))
    assert bulletin.pair.mirrored
    assert (bulletin.totals.exports.now, bulletin.totals.imports.now) == (340, 140)
    assert bulletin.totals.balance.now == 200
    assert bulletin.standings == (), "the tables list the other side's partners"
    assert products(bulletin.movements[0].rises) == ["coal"]


# -- the partner's standing


def test_rank_and_share_among_the_listed_partners():
    exports, imports = told(tables(years())).standings
    assert (exports.rank, exports.of, exports.share) == (1, 2, 140 / 280)
    assert (imports.rank, imports.of, imports.share) == (3, 3, 340 / 1260)


# -- groups of goods


def test_falls_and_rises_stand_by_contribution():
    exports, imports = told(tables(years())).movements
    assert products(exports.rises) == ["coffee"]
    assert products(exports.falls) == []
    assert products(imports.rises) == ["coal"]
    assert products(imports.falls) == ["wheat"]
    assert imports.rises["contribution"].item() == 50 / 320
    assert (imports.count(falling=True), imports.count(falling=False)) == (1, 1)


def test_vanished_new_and_residual_groups_stand_apart():
    _, imports = told(tables(years())).movements
    assert products(imports.vanished) == ["paper"]
    assert products(imports.new) == ["fertilisers"]
    assert products(imports.residual) == ["other_goods"]
    assert imports.changes["contribution"].sum() == pytest.approx(20 / 320, abs=1e-12)


def test_unit_values_stand_where_both_quantities_do():
    exports, imports = told(tables(years())).movements
    assert products(imports.measured) == ["coal", "wheat"]
    coal = imports.measured.row(0, named=True)
    assert (coal["quantity_growth"], coal["unit_value_1"], coal["unit_value_growth"]) == (2.0, 5.0, -0.5)
    assert products(exports.measured) == ["coffee"]


def movers(limits: Thresholds) -> tuple[list[str], list[str]]:
    before = {"coffee": 1000, "tea": 100, "pepper": 20, "rice": 10}
    after = {"coffee": 900, "tea": 50, "pepper": 4, "rice": 1}
    rows = [*both("RUS", "2023-05", before, {"coal": 1}), *both("RUS", "2024-05", after, {"coal": 1})]
    exports, _ = told(tables(rows), "2024-05", thresholds=limits).movements
    return products(exports.falls), products(exports.fast_falls)


def test_thresholds_decide_what_is_named():
    assert movers(Thresholds(least_value=0)) == (["coffee", "tea", "pepper", "rice"], [])
    assert movers(Thresholds(named=1, least_value=0)) == (["coffee"], ["rice"]), "the steepest fall by its rate"
    assert movers(Thresholds(named=2, least_value=15)) == (["coffee", "tea"], ["pepper"]), "rice is too small"
    assert movers(Thresholds(least_contribution=0.02, least_value=0)) == (["coffee", "tea"], ["rice", "pepper"])
    assert movers(Thresholds(least_contribution=0.02, least_value=0, least_growth=0.85))[1] == ["rice"]


@pytest.mark.parametrize("wrong", [{"named": 0}, {"tolerance": -0.01}, {"least_value": -1.0}])
def test_senseless_thresholds_are_refused(wrong):
    with pytest.raises(UsageError):
        Thresholds(**wrong)


def test_a_group_drawn_anew_has_neither_vanished_nor_come():
    # The customs office prints base_metals in place of base_metals_and_articles from March 2026 on.
    rows = [
        *both("RUS", "2025-03", {"base_metals_and_articles": 50, "tea": 20}, {}),
        *both("RUS", "2026-03", {"base_metals": 60, "pepper": 30}, {}),
    ]
    exports, _ = told(tables(rows), "2026-03").movements
    assert sorted(products(exports.relabelled)) == ["base_metals", "base_metals_and_articles"]
    assert (products(exports.vanished), products(exports.new)) == (["tea"], ["pepper"])


def test_without_a_base_the_largest_groups_are_named():
    exports, _ = told(
        tables(both("RUS", "2024-05", {"coffee": 9, "tea": 12, "other_goods": 99}, {})), "2024-05"
    ).movements
    assert exports.changes.is_empty()
    assert products(exports.largest) == ["tea", "coffee"]


# -- the lunar New Year: 10 February 2024, 29 January 2025


def test_january_is_read_together_with_february():
    holiday = told(tables(two_januaries()), "2025-01").lunar
    assert holiday is not None
    assert (holiday.day, holiday.base_day) == (date(2025, 1, 29), date(2024, 2, 10))
    assert holiday.together is not None
    assert holiday.together.exports.growth == 0
    assert holiday.together.imports.growth == pytest.approx(0.3, abs=1e-12)


def test_groups_that_turn_are_named_with_both_rates():
    holiday = told(tables(two_januaries()), "2025-01").lunar
    assert holiday is not None
    turned = holiday.turned["exports"]
    assert products(turned) == ["coffee", "paper"]
    assert turned["growth"].to_list() == pytest.approx([-0.1, 1.0], abs=1e-12)
    assert turned["growth_together"].to_list() == pytest.approx([0.2, -0.5], abs=1e-12)
    assert holiday.turned["imports"].is_empty()


def test_february_that_is_not_held_is_waited_for():
    holiday = told(tables(row for row in two_januaries() if not row["cumulative"]), "2025-01").lunar
    assert holiday is not None
    assert holiday.together is None


def test_other_months_and_pairs_without_viet_nam_are_not_disturbed():
    march = [*both("RUS", "2024-03", {"coffee": 1}, {"coal": 1}), *both("RUS", "2025-03", {"coffee": 1}, {"coal": 1})]
    assert told(tables(march), "2025-03").lunar is None
    assert told(tables(two_januaries()), "2025-01:2025-02").lunar is None
    foreign = [{**row, "reporter": "DEU"} for row in two_januaries()]
    german = write(tables(foreign), Assignment("DEU", "RUS", parse("2025-01"), advice=False))
    assert german.lunar is None


# -- later releases


def revised(values: dict[str, float], flow: str = "export") -> list[Row]:
    return months("RUS", values, flow, source="vn_nso", release="revised", table="V03", classification="TOTAL")


def in_april(later: list[Row], **but: object) -> list[tuple[str, float | None]]:
    rows = [
        *both("RUS", "2024-04", {"coffee": 200}, {"coal": 9}),
        *both("RUS", "2025-04", {"coffee": 220}, {"coal": 9}),
    ]
    found = told(tables([*rows, *later]), "2025-04", **but).later
    return [(each.side, each.later.growth) for each in found]


def test_a_later_release_is_told_where_it_changes_a_rate():
    assert in_april(revised({"2024-04": 200, "2025-04": 190})) == [("exports", -0.05)]
    assert in_april(revised({"2024-04": 200, "2025-04": 221})) == [], "10.0 % and 10.5 %"
    close = Thresholds(tolerance=0.004)
    assert in_april(revised({"2024-04": 200, "2025-04": 221}), thresholds=close) == [("exports", pytest.approx(0.105))]


def test_a_later_zero_is_not_taken_for_a_figure():
    assert in_april(revised({"2024-04": 0, "2025-04": 0})) == []
    assert in_april(revised({"2024-04": 0, "2025-04": 5})) == []


def test_a_later_release_alone_may_have_the_base():
    rows = [*both("RUS", "2025-04", {"coffee": 220}, {"coal": 9}), *revised({"2024-04": 200, "2025-04": 250})]
    found = told(tables(rows), "2025-04").later
    assert [(each.side, each.printed.growth, each.later.growth) for each in found] == [("exports", None, 0.25)]


# -- a group of partners


def eaeu(**but: object) -> Bulletin:
    rows = [
        *both("RUS", "2024", {"coffee": 60, "tea": 10}, {"coal": 50}),
        *both("RUS", "2025", {"coffee": 90, "tea": 10}, {"coal": 40}),
        *both("ARM", "2024", {"coffee": 10}, {}),
        *both("ARM", "2025", {"coffee": 20}, {"coal": 5}),
        *both("KAZ", "2025", {"telephones": 40}, {"wheat": 5}),
        *both("CHN", "2025", {"coffee": 840}, {"coal": 50}),
    ]
    weighed = [{**row, "quantity": 2.0, "quantity_unit": "t"} if row["product"] == "coffee" else row for row in rows]
    return told(tables(weighed), "2025", "EAEU", **but)


def test_a_group_is_the_sum_of_the_members_listed():
    bulletin = eaeu()
    assert (bulletin.totals.exports.now, bulletin.totals.exports.before) == (160, 80)
    assert (bulletin.totals.imports.now, bulletin.totals.imports.before) == (50, 50)
    annex = bulletin.annexes[0].rows
    coffee = annex.row(by_predicate=pl.col("product") == "coffee", named=True)
    assert (coffee["value"], coffee["quantity"], coffee["unit_value"]) == (110, 4, 27.5)


def test_members_without_a_row_are_named():
    found = eaeu().membership
    assert found is not None
    assert [each.area for each in found.members] == ["RUS", "KAZ", "ARM"], "the largest turnover first"
    assert found.without_row == {"exports": ("BLR", "KGZ"), "imports": ("BLR", "KGZ")}


def test_members_through_which_goods_may_go_on_stand_apart():
    found = eaeu().membership
    assert found is not None
    to, through = found.on_the_way or ("", ())
    assert to == "RUS"
    assert {each.area: each.totals.exports.now for each in through} == {"ARM": 20, "KAZ": 40}


def test_a_group_has_a_share_and_no_rank():
    standing = eaeu().standings[0]
    assert (standing.share, standing.rank) == (160 / 1000, None)


def test_a_group_leaves_the_reporter_out():
    rows = [*both("THA", "2024", {"coffee": 60}, {"coal": 50}), *both("LAO", "2024", {"coffee": 40}, {"coal": 50})]
    bulletin = told(tables(rows), "2024", "ASEAN")
    assert bulletin.totals.exports.now == 100
    assert bulletin.membership is not None
    assert "VNM" not in bulletin.membership.without_row["exports"]


def test_groups_of_goods_are_summed_only_where_every_member_has_them():
    rows = [
        *both("RUS", "2024", {"coffee": 60}, {"coal": 50}),
        figure("KAZ", "TOTAL", 40, "2024", flow="export"),
        figure("KAZ", "TOTAL", 10, "2024"),
    ]
    bulletin = told(tables(rows), "2024", "EAEU")
    assert bulletin.totals.exports.now == 100
    assert bulletin.annexes == (), "the groups of Kazakhstan are not held"


# -- the annex


def test_the_annex_is_in_the_publishers_order_with_the_residual_last():
    held = {"other_goods": 5, "garments": 30, "coffee": 20, "fishery": 10, "machinery": 35}
    annex = told(tables(both("RUS", "2024-05", held, {})), "2024-05").annexes[0]
    assert products(annex.rows) == ["fishery", "coffee", "garments", "machinery", "other_goods"]
    assert annex.rows["label"].to_list() == [
        "Hàng thủy sản", "Cà phê", "Hàng dệt, may", "Máy móc, thiết bị, dụng cụ phụ tùng khác", "Hàng hóa khác",
    ]  # fmt: skip
    assert annex.rows["unit"].to_list() == ["usd", "t", "usd", "usd", "usd"]
    assert annex.rows["share"].to_list() == pytest.approx([0.1, 0.2, 0.3, 0.35, 0.05], abs=1e-12)
    assert annex.base_absence == "not_held"
    assert annex.rows["growth"].null_count() == annex.rows.height
    assert annex.total.now == 100


def test_the_annex_holds_what_vanished_and_adds_up():
    found = {each.side: each for each in told(tables(years())).annexes}
    imports = found["imports"].rows
    assert products(imports) == ["wheat", "coal", "fertilisers", "paper", "other_goods"]
    paper = imports.row(by_predicate=pl.col("product") == "paper", named=True)
    assert (paper["value"], paper["change"], paper["growth"]) == (None, -20, -1)
    fertilisers = imports.row(by_predicate=pl.col("product") == "fertilisers", named=True)
    assert (fertilisers["change"], fertilisers["growth"]) == (40, None)
    assert imports["value"].sum() == found["imports"].total.now
    assert imports["change"].sum() == found["imports"].total.change


def test_month_and_year_to_date_have_an_annex_each():
    rows = [
        *both("RUS", "2024-03", {"coffee": 10}, {"coal": 5}),
        *both("RUS", "2024-01:2024-03", {"coffee": 33, "tea": 1}, {"coal": 11}),
    ]
    found = [(each.side, each.comparison.current.code) for each in told(tables(rows), "2024-03").annexes]
    assert found == [
        ("exports", "2024-03"), ("exports", "2024-01:2024-03"), ("imports", "2024-03"), ("imports", "2024-01:2024-03"),
    ]  # fmt: skip


# -- recommendations


def test_recommendations_are_the_studys():
    found = told(tables(years()), advice=True).advice
    assert found is not None
    assert found.period.code == "2024"
    named = {side: [each.parameters["product"] for each in findings] for side, findings in found.first.items()}
    assert named == {
        "exports": [Name("product", "coffee"), Name("product", "garments")],
        "imports": [Name("product", code) for code in ("coal", "fertilisers", "wheat")],
    }


def test_a_month_leans_on_the_last_complete_year():
    rows = [*years(), *both("RUS", "2025-01", {"coffee": 10}, {"coal": 5})]
    found = told(tables(rows), "2025-01", advice=True).advice
    assert found is not None
    assert found.period.code == "2024"


def test_nothing_is_recommended_where_nothing_can_be_compared():
    rows = both("RUS", "2023-05", {"coffee": 10}, {"coal": 5})
    assert told(tables(rows), "2023-05", advice=True).advice is None


# -- as data


def test_the_bulletin_is_plain_data():
    bulletin = told(tables([*two_januaries(), *years()]), "2025-01", advice=True, previous=True)
    data = json.loads(json.dumps(plain(bulletin, {}), allow_nan=False))
    assert data["schema"] == SCHEMA
    assert data["totals"]["exports"]["value_usd"] == 110
    assert "growth" not in data["totals"]["balance"], "a balance has a difference, never a rate"
    assert data["lunar_new_year"]["together"]["period"] == "2025-01:2025-02"
    assert data["movements"]["exports"]["falls"] == ["coffee"]
    assert data["recommendations"]["period"] == "2024"


def test_every_number_of_the_data_can_be_traced():
    bulletin = told(tables([*two_januaries(), *years()]), "2025-01", advice=True, previous=True)
    ids = set(bulletin.trace_ids())
    assert ids
    assert ids == set(bulletin.prints)
    assert {each.published for each in bulletin.prints.values()} == {date(2025, 2, 4)}


def test_goods_are_those_of_the_revision_that_the_period_is_told_in() -> None:
    """The longest series of a publisher has the totals of every year, and another revision's goods in the last."""
    kind = {"flow": "import", "source": "vn_nso", "release": "revised"}
    rows = [
        figure("RUS", product, value, year, classification=revision, **kind)
        for year, revision in (("2021", "H5"), ("2022", "H5"), ("2023", "H5"), ("2024", "H6"), ("2025", "H6"))
        for product, value in (("271019", 60.0 + int(year) % 5), ("TOTAL", 100.0))
    ]
    imports = told(tables(rows), "2025").movements[-1]
    # 60 after 64
    assert (products(imports.rises), products(imports.falls)) == ([], ["271019"])
    changed = told(tables(rows), "2024").movements[-1]
    assert (products(changed.new), products(changed.vanished)) == ([], []), "codes that changed are no new goods"
