"""Regions over years and products: every answer can be redone on paper."""

from __future__ import annotations

import polars as pl
import pytest

from corridor.codes.declarants import declarant_regions
from corridor.codes.products import CONFIDENTIAL
from corridor.study.region_potential import able, potential_key_regions
from corridor.study.region_profile import profile
from corridor.study.region_ranking import (
    concentration,
    declarant_effect,
    districts,
    entries_and_exits,
    key_regions,
    suppliers,
)
from corridor.study.region_years import to_everybody, to_partner, without, yearly_totals
from corridor.study.regions import latest_period, regional_exports, totals
from world import Row, figure, frame, only

#: region, product, 2023 and 2024 sold to Viet Nam, 2023 and 2024 to China.
SOLD = (
    ("RU-VLG", "3102100000", 60, 60, 40, 40),
    ("RU-VLG", "7208100000", 0, 20, 0, 0),
    ("RU-MOW", "3102100000", 30, 90, 20, 20),
    ("RU-MOW", "2701120000", 10, 30, 0, 0),
    # Able: half of the country's coal goes abroad from here, none of it to Viet Nam.
    ("RU-KEM", "2701120000", 0, 0, 30, 30),
)


def row(region: str, partner: str, product: str, value: float, period: str, **but) -> Row:
    return figure(
        partner, product, value, period,
        **{"flow": "export", "reporter": region, "source": "ru_fcs", "table": "DATTSVT", "classification": "TNVED",
           "net_weight_kg": None, **but},
    )  # fmt: skip


def world() -> pl.DataFrame:
    rows = []
    for region, product, *values in SOLD:
        cells = zip(("VNM", "VNM", "CHN", "CHN"), ("2023", "2024", "2023", "2024"), values, strict=True)
        rows += [row(region, partner, product, value, year) for partner, year, value in cells if value]
    return frame("flows", rows)


@pytest.fixture
def sold() -> pl.DataFrame:
    return to_partner(world(), "RUS", "VNM")


@pytest.fixture
def everywhere(sold: pl.DataFrame) -> pl.DataFrame:
    return to_everybody(world(), sold, "RUS")


def test_codes_are_cut_and_years_are_whole(sold):
    assert sold.filter(year=2024).select("region", "product", "value_usd").rows() == [
        ("RU-MOW", "2701", 30), ("RU-MOW", "3102", 90), ("RU-VLG", "3102", 60), ("RU-VLG", "7208", 20),
    ]  # fmt: skip


def test_a_year_is_the_sum_of_twelve_months_and_of_nothing_less():
    months = [row("RU-VLG", "VNM", "3102100000", 1, f"2024-{month:02}") for month in range(1, 12)]
    assert to_partner(frame("flows", months), "RUS", "VNM").is_empty()
    # The twelfth month may be another region's: the publisher's year is whole.
    whole = [*months, row("RU-MOW", "VNM", "3102100000", 5, "2024-12")]
    table = to_partner(frame("flows", whole), "RUS", "VNM")
    assert table.select("region", "year", "value_usd").rows() == [("RU-MOW", 2024, 5), ("RU-VLG", 2024, 11)]


def test_chapter_three_is_told_of_the_year_that_the_months_make():
    rows = [row("RU-VLG", "VNM", "3102100000", month, f"2024-{month:02}") for month in range(1, 13)]
    found = regional_exports(frame("flows", rows), "RUS", "VNM")
    assert latest_period(found) == "2024"
    year = only(totals(found), period="2024")
    assert (year["value_usd"], len(year["trace_id"].split())) == (78, 12)


def test_a_weight_is_a_sum_only_where_every_row_has_one():
    rows = [row("RU-VLG", "VNM", code, 1, "2024", net_weight_kg=weight) for code, weight in
            (("3102100000", 7.0), ("3102900000", 5.0), ("7208100000", 3.0), ("7208900000", None))]  # fmt: skip
    table = to_partner(frame("flows", rows), "RUS", "VNM")
    assert table.select("product", "net_weight_kg").rows() == [("3102", 12.0), ("7208", None)]


def test_sales_to_everybody_are_the_sum_of_countries(everywhere):
    table = everywhere.filter(year=2024)
    assert dict(table.select(pl.concat_str("region", "product", separator=" "), "value_usd").rows()) == {
        "RU-KEM 2701": 30, "RU-MOW 2701": 30, "RU-MOW 3102": 110, "RU-VLG 3102": 100, "RU-VLG 7208": 20,
    }  # fmt: skip


def test_a_source_of_one_partner_says_nothing_of_everybody():
    rows = world().filter(partner="VNM")
    assert to_everybody(rows, to_partner(rows, "RUS", "VNM"), "RUS").is_empty()


def test_another_series_of_the_same_regions_is_left_out():
    rows = [
        row(region, partner, "3102100000", 10, "2024") for region in ("RU-VLG", "RU-MOW") for partner in ("VNM", "CHN")
    ]
    table = frame("flows", rows)
    other = table.with_columns(release=pl.lit("another"), value_usd=pl.lit(7.0)).head(1)
    sold = to_partner(table, "RUS", "VNM")
    both = to_everybody(pl.concat([table, other]), sold, "RUS")
    assert both.equals(to_everybody(table, sold, "RUS"))
    assert both["value_usd"].to_list() == [20, 20]


def test_an_okrug_is_not_counted_beside_its_oblast():
    rows = frame("flows", [row(region, partner, "2701120000", value, "2024") for partner in ("VNM", "CHN")
                           for region, value in (("RU-TYU", 10), ("RU-YAN", 4), ("RU-KHM", 3))])  # fmt: skip
    sold = to_partner(rows, "RUS", "VNM")
    assert sold["region"].to_list() == ["RU-TYU"]
    assert to_everybody(rows, sold, "RUS").select("region", "value_usd").rows() == [("RU-TYU", 20)]


def test_key_regions_by_hand(sold):
    moscow, vologda = key_regions(sold, threshold=0.6).to_dicts()
    assert (moscow["region"], moscow["value_usd"], moscow["share"]) == ("RU-MOW", 120, 0.6)
    assert (moscow["in_smallest_set"], vologda["in_smallest_set"]) == (True, False)
    # 40 to 120 and 60 to 80, of 100 in all.
    assert (moscow["growth"], moscow["contribution"]) == (2.0, 0.8)
    assert (vologda["contribution"], vologda["cagr"]) == (pytest.approx(0.2), pytest.approx(1 / 3))
    # 60 and 80: mean 70, deviations of 10, standard deviation (n - 1) the root of 200.
    assert vologda["variation"] == pytest.approx(200**0.5 / 70)
    assert (vologda["products"], vologda["years_present"]) == (2, 2)


def test_entries_and_exits(sold):
    # At 60 %: Vologda (60 of 100) in 2023, Moscow (120 of 200) in 2024.
    assert entries_and_exits(sold, threshold=0.6).rows() == [
        ("RU-MOW", 2024, 2023, "entered"), ("RU-VLG", 2024, 2023, "left"),
    ]  # fmt: skip


def test_who_sells_a_product(sold):
    table = suppliers(sold, threshold=0.6).filter(product="3102")
    assert table.select("region", "value_usd", "share", "in_smallest_set").rows() == [
        ("RU-MOW", 90, 0.6, True), ("RU-VLG", 60, 0.4, False),
    ]  # fmt: skip


def test_districts_are_groups_of_regions(sold):
    table = districts(sold).filter(year=2024)
    assert table.select("district", "value_usd", "share", "regions").rows() == [
        ("RU-FD-CENTRAL", 120, 0.6, 1), ("RU-FD-NORTHWEST", 80, 0.4, 1),
    ]  # fmt: skip


def test_head_offices_are_measured_and_can_be_left_out(sold):
    assert declarant_regions("RUS") == ("RU-MOW", "RU-SPE")
    latest = declarant_effect(sold, "RUS", threshold=0.8).row(-1, named=True)
    assert (latest["declared_usd"], latest["share"]) == (120, 0.6)
    assert (latest["hhi"], latest["hhi_without"]) == (pytest.approx(0.52), pytest.approx(1))
    assert (latest["smallest_set"], latest["smallest_set_without"]) == (2, 1)
    assert key_regions(without(sold, declarant_regions("RUS")), threshold=0.8)["region"].to_list() == ["RU-VLG"]
    assert declarant_effect(without(sold, ["RU-MOW"]), "RUS", threshold=0.8).is_empty()


def test_concentration_by_hand(sold):
    table = only(concentration(yearly_totals(sold), 0.8), year=2024)
    # 80 and 120: 2 (80 + 240) / (2 * 200) - 3/2 = 0.1
    assert (table["n"], table["gini"]) == (2, pytest.approx(0.1))


def test_the_able_and_absent_region_is_found(sold, everywhere):
    gaps = able(sold, everywhere)
    coal = only(gaps, region="RU-KEM", product="2701")
    # Half of the coal of all regions, of which Viet Nam bought 30.
    assert (coal["region_share"], coal["partner_usd"], coal["expected_usd"], coal["gap_usd"]) == (0.5, 30, 15, 15)
    assert potential_key_regions(gaps).rows() == [("RU-KEM", 15, 1, "2701")]


def test_the_profile_by_hand(sold, everywhere):
    bought = pl.DataFrame({"product": ["2701", "3102"], "value_usd": [50.0, 50.0]})
    found = profile(sold, everywhere, "RU-VLG", bought)
    summary = only(found["summary"])
    assert (summary["value_usd"], summary["region_share"], summary["largest_product"]) == (80, 0.4, "3102")
    assert summary["hhi"] == pytest.approx(0.75**2 + 0.25**2)
    # 80 of 120 to everybody; the basket is 100 and 20, Viet Nam buys half of 3102: min(5/6, 1/2).
    assert (summary["dependence"], summary["similarity"]) == (pytest.approx(2 / 3), pytest.approx(0.5))
    urea = only(found["structure"], product="3102")
    # 60 of 80 against 150 of 200; in all exports 100 of 120 against 210 of 290.
    assert (urea["location_quotient"], urea["rca"]) == (pytest.approx(1), pytest.approx((100 / 120) / (210 / 290)))


def test_shift_share_adds_up_exactly(sold, everywhere):
    row = only(profile(sold, everywhere, "RU-VLG")["shift_share"])
    # All doubles (100 to 200); urea 90 to 150, steel from nothing: 60 + (2/3 - 1) 60 + (80 - 60 * 5/3).
    assert (row["national_effect"], row["change"]) == (60, 20)
    assert row["industry_effect"] == pytest.approx(-20)
    assert row["regional_effect"] == pytest.approx(-20)
    assert row["national_effect"] + row["industry_effect"] + row["regional_effect"] == pytest.approx(row["change"])


def test_peers_sell_the_partner_more(sold, everywhere):
    peers = profile(sold, everywhere, "RU-VLG")["peers"]
    # Shares 5/6, 1/6 and 110/140, 30/140: what both have is urea, 110/140.
    assert peers.select("region", "goods").rows() == [("RU-MOW", "2701")]
    assert peers["export_similarity"].item() == pytest.approx(110 / 140)


def test_unit_values_against_the_other_regions():
    rows = [row(region, partner, "3102100000", value, "2024", net_weight_kg=weight) for partner in ("VNM", "CHN")
            for region, value, weight in (("RU-VLG", 60, 1000.0), ("RU-MOW", 40, 2000.0))]  # fmt: skip
    sold = to_partner(frame("flows", rows), "RUS", "VNM")
    urea = only(profile(sold, to_everybody(frame("flows", rows), sold, "RUS"), "RU-VLG")["structure"])
    assert (urea["unit_value"], urea["unit_value_others"], urea["unit_value_ratio"]) == (60, 20, 3)


def test_without_sales_elsewhere_nothing_is_invented(sold, everywhere):
    found = profile(sold, everywhere.clear(), "RU-VLG")
    assert found["gaps"].is_empty()
    assert found["related"].is_empty()
    assert only(found["summary"])["dependence"] is None


def test_goods_kept_confidential_are_advised_to_nobody() -> None:
    secret = [
        row(region, partner, CONFIDENTIAL, value, "2024")
        for region, partner, value in (("RU-MOW", "VNM", 90), ("RU-MOW", "CHN", 10), ("RU-KEM", "CHN", 500))
    ]
    flows = pl.concat([world(), frame("flows", secret)])
    there = to_partner(flows, "RUS", "VNM")
    everybody = to_everybody(flows, there, "RUS")
    page = profile(there, everybody, "RU-VLG")
    assert CONFIDENTIAL in there["product"].to_list()
    assert CONFIDENTIAL not in able(there, everybody)["product"].to_list()
    assert CONFIDENTIAL not in page["related"]["product"].to_list()
    assert not any(CONFIDENTIAL in (goods or "") for goods in page["peers"]["goods"])
