"""How a flow is composed, with and without the residual group."""

from __future__ import annotations

import polars as pl
import pytest

from corridor.codes.periods import Period
from corridor.study.compare import changes
from corridor.study.structure import concentration, groups, intra_industry, processing_degree, similarity
from world import AGENDA, YEARS, blocks, figure, ledger, only, question, years

YEAR = Period.year(2024)
DIRECTIONS = question().directions


def imports(rows=None) -> pl.DataFrame:
    return groups(ledger(rows or years()), "RUS", "VNM", YEAR)


def indices(rows=None, **key: object) -> dict[str, object]:
    found = ledger(rows or years())
    table = pl.concat([groups(found, *direction, period) for direction in DIRECTIONS for period in AGENDA.periods])
    return only(concentration(table, changes(found, DIRECTIONS, (YEARS,))), **key)


def test_shares_are_of_the_sum_of_the_groups():
    shares = dict(imports().select("product", "share").iter_rows())
    assert shares == {"coal": 15 / 34, "wheat": 5 / 34, "fertilisers": 4 / 34, "other_goods": 10 / 34}


def test_a_share_does_not_come_from_a_printed_total_that_is_off_by_rounding():
    rows = [figure("RUS", "TOTAL", 11), figure("RUS", "coal", 5), figure("RUS", "wheat", 5)]
    assert imports(rows)["share"].to_list() == [0.5, 0.5]


def test_unit_values_where_there_is_a_quantity():
    units = dict(imports().select("product", "unit_value").iter_rows())
    assert (units["coal"], units["wheat"], units["other_goods"]) == (5.0, 25.0, None)


def test_groups_are_in_falling_order_and_ties_in_that_of_their_codes():
    assert imports()["product"].to_list() == ["coal", "other_goods", "wheat", "fertilisers"]
    tied = [figure("RUS", product, 1) for product in ("wheat", "paper", "coal")]
    assert imports(tied)["product"].to_list() == ["coal", "paper", "wheat"]


def test_concentration_says_whether_the_residual_is_in():
    # 150, 50, 40, 100 of 340; without the residual 150, 50, 40 of 240.
    with_it = indices(exporter="RUS", period="2024", residual_included=True)
    without = indices(exporter="RUS", period="2024", residual_included=False)
    assert (with_it["n"], without["n"]) == (4, 3)
    assert with_it["hhi"] == pytest.approx(36600 / 115600)
    assert without["hhi"] == pytest.approx(26600 / 57600)
    assert with_it["hhi_normalised"] == pytest.approx((36600 / 115600 - 1 / 4) / (3 / 4))
    assert with_it["concentration_ratio_3"] == pytest.approx(300 / 340)
    assert without["concentration_ratio_3"] == pytest.approx(1)


def test_structural_change_counts_rows_that_came_and_went():
    # Coal gained 150/340 - 100/320 and fertilisers 40/340; the rest lost as much: 67/272.
    row = indices(exporter="RUS", period="2024", residual_included=True)
    assert row["structural_change"] == pytest.approx(67 / 272)
    assert row["base_period"] == "2023"


def test_the_first_period_has_no_structural_change():
    row = indices(exporter="RUS", period="2023", residual_included=True)
    assert (row["structural_change"], row["base_period"]) == (None, None)


def test_a_flow_of_the_residual_alone_has_no_index_without_it():
    rows = [
        row
        for year in (2023, 2024)
        for flow in ("export", "import")
        for row in blocks("RUS", {"other_goods": 5}, f"{year}-01:{year}-12", flow=flow)
    ]
    assert indices(rows, exporter="RUS", period="2024", residual_included=True)["hhi"] == 1.0
    found = ledger(rows)
    table = pl.concat([groups(found, *direction, YEAR) for direction in DIRECTIONS])
    assert concentration(table, changes(found, DIRECTIONS, (YEARS,))).filter(~pl.col("residual_included")).is_empty()


def test_similarity_to_the_whole_basket_and_to_the_others():
    # Own shares 9, 3, 2 of 14; all partners 6, 6, 2 of 14; China alone 3, 9, 2 of 14.
    rows = similarity(ledger(years()), "VNM", "RUS", YEAR)
    assert {row["compared_with"]: row["export_similarity"] for row in rows} == {
        "all_listed_partners": pytest.approx(11 / 14),
        "listed_partners_without_the_pair": pytest.approx(8 / 14),
    }


def test_no_similarity_without_a_market():
    bundled = [{**row, "snapshot": "sample:groups"} for row in years()]
    assert similarity(ledger(bundled), "VNM", "RUS", YEAR) == []


def test_two_way_trade_is_in_groups_of_both_lists():
    table, indices_ = intra_industry(ledger(years()), YEAR)
    # Of the residual 20 went out and 100 came in; nothing else goes both ways.
    assert only(table, product="other_goods")["grubel_lloyd"] == pytest.approx(1 / 3)
    assert only(table, product="coal")["grubel_lloyd"] == 0.0
    assert {row["residual_included"]: row["grubel_lloyd"] for row in indices_} == {
        True: pytest.approx(1 / 12),
        False: 0.0,
    }


def test_a_processing_degree_is_a_range_and_the_residual_stands_apart():
    table = processing_degree(pl.concat([imports(), groups(ledger(years()), "VNM", "RUS", YEAR)]))
    bought = {
        row["degree"]: (row["value_least"], row["value_most"])
        for row in table.filter(pl.col("exporter") == "RUS").iter_rows(named=True)
    }
    # Coal and wheat are raw; fertilisers may be of low or middle processing, so none of either is certain.
    assert bought == {
        "raw": (200.0, 200.0), "low": (0.0, 40.0), "middle": (0.0, 40.0), "high": (0.0, 0.0),
        "unclassified": (100.0, 100.0),
    }  # fmt: skip
    sold = only(table, exporter="VNM", degree="high")
    assert (sold["share_least"], sold["share_most"]) == (30 / 140, 120 / 140)  # garments; coffee may be instant


def test_the_least_of_all_degrees_never_exceeds_the_whole_and_the_most_covers_it():
    table = processing_degree(imports())
    assert table["value_least"].sum() <= 340.0 <= table["value_most"].sum()
