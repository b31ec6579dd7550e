"""Stage 4: what each region sells to the partner, and how much it depends on it."""

from __future__ import annotations

import polars as pl
import pytest

from corridor.study.regional_specifics import regional_specifics, sizeable
from world import Row, figure, only, question, tables


def sold(region: str, product: str, value: float, partner: str = "VNM", period: str = "2024", **but) -> Row:
    return figure(
        partner,
        product,
        value,
        period,
        **{"flow": "export", "reporter": region, "source": "ru_customs", "table": "regions", **but},
    )


#: Moscow sells 40 of machinery and 10 of fertilisers, Vologda 30 of fertilisers.
TWO = (sold("RU-MOW", "machinery", 40), sold("RU-MOW", "fertilisers", 10), sold("RU-VLG", "fertilisers", 30))


def stage(*rows: Row, facts=()):
    return regional_specifics(tables(rows, facts=facts), question())


def profile(region: str, *rows: Row) -> Row:
    return only(stage(*rows).tables["region_profiles"], region=region)


def test_location_quotients_by_hand():
    # All regions: 40 of machinery and 40 of fertilisers, half of each.
    found = {
        (row["region"], row["product"]): row["location_quotient"]
        for row in stage(*TWO).tables["location_quotients"].iter_rows(named=True)
    }
    assert found == {
        ("RU-MOW", "machinery"): pytest.approx(0.8 / 0.5),
        ("RU-MOW", "fertilisers"): pytest.approx(0.2 / 0.5),
        ("RU-VLG", "fertilisers"): pytest.approx(1 / 0.5),
    }


def test_a_parcel_is_not_what_a_region_is_specialised_in():
    """Tea of 0.1, which nobody else sends, has the highest quotient; it is a fifth of a per cent of Moscow's sales."""
    tea = {**TWO[0], "product": "tea", "value_usd": 0.1}
    found = stage(*TWO, tea)
    quotients = found.tables["location_quotients"].filter(pl.col("region") == "RU-MOW")
    # Nobody else sends machinery either: it has the same.
    quotient = dict(quotients.select("product", "location_quotient").iter_rows())
    assert quotient["tea"] == pytest.approx(max(quotient.values()), rel=1e-12)
    assert quotients["share"].sum() == pytest.approx(1.0)
    assert set(sizeable(quotients)["product"]) == {"machinery", "fertilisers"}
    moscow = next(each for each in found.findings if each.parameters["region"].code == "RU-MOW")
    assert moscow.parameters["special"].code == "machinery"


def test_of_a_region_that_sells_many_trifles_all_are_told():
    quotients = pl.DataFrame(
        {"exporter": "RUS", "region": "RU-MOW", "product": [f"{n:04}" for n in range(200)], "share": 0.005}
    )
    assert sizeable(quotients).height == 200


def test_a_profile_by_hand():
    row = profile("RU-MOW", *TWO)
    assert (row["value_usd"], row["n"], row["largest_group"], row["largest_share"]) == (50.0, 2, "machinery", 0.8)
    assert row["hhi"] == pytest.approx(0.64 + 0.04)
    assert profile("RU-VLG", *TWO)["hhi"] == 1.0


def test_profiles_are_in_falling_order_of_value():
    assert stage(*TWO).tables["region_profiles"]["region"].to_list() == ["RU-MOW", "RU-VLG"]


def test_dependence_is_not_known_without_other_partners():
    row = profile("RU-VLG", *TWO)
    assert (row["all_exports"], row["dependence"]) == (None, None)


def test_dependence_on_the_partner_against_a_printed_world_total():
    row = profile("RU-VLG", *TWO, sold("RU-VLG", "TOTAL", 120, "WLD"))
    assert (row["all_exports"], row["dependence"]) == (120.0, 0.25)


def test_dependence_against_the_groups_of_the_world():
    world = [sold("RU-VLG", "fertilisers", 100, "WLD"), sold("RU-VLG", "wood", 20, "WLD")]
    assert profile("RU-VLG", *TWO, *world)["dependence"] == 0.25


def test_a_world_total_is_not_added_to_its_groups_nor_to_the_partners():
    more = [
        sold("RU-VLG", "TOTAL", 120, "WLD"),
        sold("RU-VLG", "fertilisers", 100, "WLD"),
        sold("RU-VLG", "fertilisers", 70, "CHN"),
    ]
    assert profile("RU-VLG", *TWO, *more)["all_exports"] == 120.0


def test_dependence_against_the_sum_of_the_partners():
    more = [sold("RU-VLG", "fertilisers", 20, "CHN"), sold("RU-VLG", "wood", 10, "KAZ")]
    assert profile("RU-VLG", *TWO, *more)["dependence"] == 0.5


def test_groups_of_countries_are_no_partner_of_their_own():
    more = [sold("RU-VLG", "fertilisers", 30, "KAZ"), sold("RU-VLG", "fertilisers", 30, "EAEU")]
    assert profile("RU-VLG", *TWO, *more)["all_exports"] == 60.0


def test_another_period_or_source_is_no_whole():
    more = [
        sold("RU-VLG", "TOTAL", 999, "WLD", "2023"),
        sold("RU-VLG", "TOTAL", 999, "WLD", source="press"),
    ]
    assert profile("RU-VLG", *TWO, *more)["all_exports"] is None


def test_processing_degrees_of_a_region_are_a_range():
    table = stage(*TWO).tables["region_processing"].filter(region="RU-MOW")
    found = {row["degree"]: (row["share_least"], row["share_most"]) for row in table.iter_rows(named=True)}
    assert found == {"raw": (0, 0), "low": (0, 0.2), "middle": (0, 0.2), "high": (0.8, 0.8), "unclassified": (0, 0)}


def test_another_classification_has_no_processing_degree_of_ours():
    rows = [{**row, "classification": "HS2", "product": "31"} for row in TWO[1:]]
    found = stage(*rows)
    assert found.tables["region_processing"].is_empty()
    assert found.tables["region_profiles"].height == 2


def test_the_latest_period_that_has_groups_is_described():
    rows = [*TWO, sold("RU-MOW", "TOTAL", 999, period="2025")]
    found = stage(*rows).tables["region_profiles"]
    assert found["period"].unique().to_list() == ["2024"]


def test_an_older_year_is_not_mixed_in():
    rows = [*TWO, sold("RU-VLG", "wood", 500, period="2023")]
    assert profile("RU-VLG", *rows)["largest_group"] == "fertilisers"


def test_findings_tell_the_largest_regions_and_what_is_special_about_them():
    first, second = stage(*TWO).findings
    assert (first.parameters["region"].code, first.parameters["special"].code) == ("RU-MOW", "machinery")
    assert second.parameters["location_quotient"].value == pytest.approx(2)
    assert first.caveats == ("declarant_region",)


def test_totals_alone_are_no_specifics():
    found = stage(sold("RU-VLG", "TOTAL", 10))
    assert [each.key for each in found.missing] == ["regional_specifics.not_held"] * 2
    assert all(table.is_empty() for name, table in found.tables.items() if name != "published_facts")


def test_facts_about_all_goods_say_nothing_specific():
    shared = {
        "source": "published_facts",
        "area": "RU-VLG",
        "partner": "VNM",
        "usable": "value",
        "trace_id": "t",
        "caveats": "",
    }
    facts = [
        {**shared, "fact": "A", "product_text": "осетровая икра", "product": "fishery"},
        {**shared, "fact": "B", "product_text": "все товары", "product": "TOTAL"},
    ]
    found = stage(facts=facts)
    assert found.tables["published_facts"]["fact"].to_list() == ["A"]
    assert found.missing[0].parameters["facts"].value == 1


def test_a_grid_of_regions_has_no_invented_rows():
    table = stage(*TWO).tables["location_quotients"]
    assert table.filter((pl.col("region") == "RU-VLG") & (pl.col("product") == "machinery")).is_empty()
