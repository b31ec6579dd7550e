"""Who else supplies a group, and who gained what the studied country lost."""

from __future__ import annotations

import random

import polars as pl
import pytest

from corridor.codes.periods import Period
from corridor.study.market import competitors, places, share_of_growth, specialisation
from world import YEARS, blocks, figure, ledger, only, years

BASE, CURRENT = "2023-01:2023-12", "2024-01:2024-12"


def market(*rows, flow="import"):
    """The table of competitors and the studied partner's places of a world."""
    found = ledger(rows or years())
    table = competitors(found, flow, YEARS)
    return table, places(found, flow, YEARS, table)


def test_shares_ranks_and_their_change_by_hand():
    table, _ = market()
    coal = table.filter(pl.col("product") == "coal").select("rank", "competitor", "share_0", "share").rows()
    assert coal == [(1, "AUS", 0.6, 0.6), (2, "RUS", 0.2, 0.3), (3, "CHN", 0.2, 0.1)]
    wheat = only(table, product="wheat", competitor="AUS")
    assert (wheat["share_0"], wheat["share"], wheat["share_change"], wheat["growth"]) == (0.5, 0.75, 0.25, 0.5)
    assert table["denominator"].unique().to_list() == ["listed_partners"]


def test_shares_of_a_group_add_up_to_one():
    table, _ = market()
    sums = table.group_by("product").agg(pl.col("share_0", "share").sum())
    assert {row["product"]: (row["share_0"], row["share"]) for row in sums.iter_rows(named=True)} == {
        product: pytest.approx((1, 1)) for product in ("coal", "wheat", "fertilisers", "paper", "other_goods")
    }


def test_a_unit_value_stands_against_the_market_average():
    # Russia 150 / 30 t = 5, the market 500 / 80 t = 25/4.
    row = only(market()[0], product="coal", competitor="RUS")
    assert (row["unit_value"], row["market_unit_value"], row["unit_value_ratio"]) == (5.0, 6.25, 0.8)


def test_one_unknown_quantity_leaves_the_market_without_an_average():
    rows = [row | ({"quantity": None, "quantity_unit": None} if row["partner"] == "CHN" else {}) for row in years()]
    row = only(market(*rows)[0], product="coal", competitor="RUS")
    assert (row["unit_value"], row["market_unit_value"], row["unit_value_ratio"]) == (5.0, None, None)


def test_quantities_in_two_units_have_no_average():
    rows = [
        row | ({"quantity_unit": "piece"} if row["partner"] == "AUS" and row["quantity"] else {}) for row in years()
    ]
    row = only(market(*rows)[0], product="coal", competitor="RUS")
    assert (row["unit_value"], row["market_unit_value"]) == (5.0, None)


def test_equal_suppliers_share_a_rank():
    rows = [
        figure(partner, "coal", value, period)
        for period in (BASE, CURRENT)
        for partner, value in (("AUS", 5), ("RUS", 3), ("CHN", 3), ("LAO", 1))
    ]
    table, found = market(*rows)
    assert table.select("competitor", "rank").rows() == [("AUS", 1), ("CHN", 2), ("RUS", 2), ("LAO", 4)]
    assert only(found, product="coal")["rank"] == 2


def test_places_are_those_of_the_studied_partner():
    _, found = market()
    assert dict(found.select("product", "rank").iter_rows()) == {
        "coal": 2, "wheat": 2, "fertilisers": 2, "paper": None, "other_goods": 2,
    }  # fmt: skip
    coal = only(found, product="coal")
    assert (coal["market_0"], coal["market_1"], coal["market_growth"]) == (500.0, 500.0, 0.0)
    assert (coal["share_0"], coal["share"]) == (0.2, 0.3)
    assert coal["share_change"] == pytest.approx(0.1)


def test_the_competitor_that_gained_what_was_lost():
    _, found = market()
    wheat = only(found, product="wheat")
    assert (wheat["share_change"], wheat["gained_by"], wheat["gained_by_share_change"]) == (-0.25, "AUS", 0.25)
    # Of the residual China went from 1/3 to 1/2, Australia from 1/3 to 1/4.
    assert only(found, product="other_goods")["gained_by"] == "CHN"


def test_nobody_gained_what_was_not_lost():
    _, found = market()
    coal = only(found, product="coal")
    assert (coal["gained_by"], coal["gained_by_share_change"]) == (None, None)


def test_a_vanished_group_lost_its_whole_share():
    _, found = market()
    paper = only(found, product="paper")
    assert (paper["share_0"], paper["share"], paper["share_change"]) == (0.5, 0.0, -0.5)
    assert (paper["gained_by"], paper["gained_by_share_change"]) == ("CHN", 0.5)


def test_a_new_group_came_from_a_share_of_nothing():
    _, found = market()
    new = only(found, product="fertilisers")
    assert (new["share_0"], new["share"], new["share_change"]) == (0.0, 0.4, 0.4)


def test_a_vanished_competitor_fell_by_everything():
    rows = [*blocks("RUS", {"coal": 1}, BASE), *blocks("RUS", {"coal": 1}, CURRENT), *blocks("AUS", {"coal": 3}, BASE)]
    gone = only(market(*rows)[0], competitor="AUS")
    assert (gone["rank"], gone["share_0"], gone["share"], gone["share_change"]) == (None, 0.75, 0.0, -0.75)
    assert (gone["value_1"], gone["growth"]) == (None, -1.0)


def test_nobody_took_a_share_from_one_that_gained_itself():
    # Australia gained too, but Russia has lost nothing.
    rows = [
        *(figure(partner, "coal", value, BASE) for partner, value in (("RUS", 2), ("AUS", 2), ("CHN", 4))),
        *(figure(partner, "coal", value, CURRENT) for partner, value in (("RUS", 3), ("AUS", 3), ("CHN", 2))),
    ]
    assert only(market(*rows)[1], product="coal")["gained_by"] is None


def test_two_that_gained_the_same_are_told_apart_by_their_code():
    # China and Australia gained an eighth each; China stays the larger of the two.
    before, after = {"RUS": 4, "CHN": 2, "AUS": 1, "LAO": 1}, {"RUS": 2, "CHN": 3, "AUS": 2, "LAO": 1}
    rows = [figure(partner, "coal", value, BASE) for partner, value in before.items()]
    rows += [figure(partner, "coal", value, CURRENT) for partner, value in after.items()]
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        assert only(market(*rows)[1], product="coal")["gained_by"] == "AUS"


def test_for_exports_the_competitors_are_markets():
    table, found = market(flow="export")
    coffee = table.filter(pl.col("product") == "coffee").select("rank", "competitor", "share").rows()
    assert coffee == [(1, "RUS", 0.75), (2, "CHN", 0.25)]
    assert only(found, product="garments")["rank"] == 2


def test_without_partners_the_share_comes_from_the_publishers_own_sum_and_has_no_rank():
    own = [{**row, "snapshot": "sample:groups"} for row in years() if row["partner"] == "RUS"]
    listed = [figure("_LISTED", "coal", 400, period, snapshot="sample:market") for period in (BASE, CURRENT)]
    table, found = market(*own, *listed)
    assert table.is_empty()
    coal = only(found, product="coal")
    assert (coal["share_0"], coal["share"], coal["rank"], coal["gained_by"]) == (0.25, 0.375, None, None)
    wheat = only(found, product="wheat")
    assert (wheat["share_0"], wheat["share"], wheat["share_change"]) == (None, None, None)  # its market is not held


def test_a_base_that_is_not_held_is_no_share_of_nothing():
    rows = [row for row in years() if row["period_end"].year == 2024]
    table, found = market(*rows)
    assert table["share_0"].null_count() == table.height
    assert table["share_change"].null_count() == table.height
    coal = only(found, product="coal")
    assert (coal["share_0"], coal["share"], coal["share_change"], coal["gained_by"]) == (None, 0.3, None, None)


def test_the_constant_market_share_split_by_hand():
    # The market grew from 1,100 to 1,260, by g = 8/55; Russia sold 320, then 340.
    table = share_of_growth(ledger(years()), "import", YEARS)
    coal, paper, fertilisers = (only(table, product=each) for each in ("coal", "paper", "fertilisers"))
    assert coal["market_effect"] == pytest.approx(800 / 55)
    assert coal["structure_effect"] == pytest.approx(-800 / 55)  # the market for coal stood still
    assert coal["residual_effect"] == pytest.approx(50)
    assert paper["residual_effect"] == pytest.approx(-30)  # 20 would have become 30, and became nothing
    assert fertilisers["residual_effect"] == pytest.approx(40)
    effects = table.select(pl.col("market_effect", "structure_effect", "residual_effect").sum()).row(0)
    assert effects[0] == pytest.approx(320 * 8 / 55)
    assert sum(effects) == pytest.approx(340 - 320)


def test_specialisation_is_the_share_in_the_pair_over_the_share_in_the_market():
    table = specialisation(ledger(years()), "import", Period.year(2024))
    assert only(table, product="coal")["location_quotient"] == pytest.approx((150 / 340) / (500 / 1260))
    assert "paper" not in table["product"].to_list()
