"""Stage 5: ranked groups with their arguments, by hand on the toy world."""

from __future__ import annotations

import random

import polars as pl
import pytest

from corridor.recommend.findings.beside import of_sides
from corridor.study.recommendations import criteria
from corridor.study.result import StageResult
from corridor.study.study import study
from world import Row, blocks, figure, only, question, tables, years


def stage(rows=None, facts=(), **asked) -> StageResult:
    return study(tables(years() if rows is None else rows, facts=facts), question(**asked)).stage("recommendations")


@pytest.fixture(scope="module")
def found() -> StageResult:
    return stage()


def scores(found: StageResult, exporter: str) -> dict[str, tuple[int, float]]:
    rows = found.tables["recommendations"].filter(pl.col("exporter") == exporter)
    return {row["product"]: (row["rank"], pytest.approx(row["score"])) for row in rows.iter_rows(named=True)}


def told(found: StageResult, product: str):
    return next(each for each in found.findings if each.parameters["product"].code == product)


def test_demand_by_hand(found):
    # Places among coal, wheat, fertilisers (0 last, 1 first):
    #               market 0.25  growth 0.25  share 0.20  specialisation 0.15  deliveries 0.15
    # coal              1           1/4          1/2            1/2                1         = 0.6375
    # wheat            1/2          1/4           0              0                1/2        = 0.2625
    # fertilisers       0            1            1              1                 0         = 0.6
    assert scores(found, "RUS") == {"coal": (1, 0.6375), "fertilisers": (2, 0.6), "wheat": (3, 0.2625)}


def test_supply_by_hand(found):
    # coffee and garments: supply and its growth are equal (1/2 each); growth to Russia 0.4 and 0; room 3/2 and 1/2.
    assert scores(found, "VNM") == {"coffee": (1, 0.65), "garments": (2, 0.35)}


def test_ids_name_exporter_importer_group_and_period(found):
    assert found.tables["recommendations"]["id"].to_list() == [
        "RUS-VNM-coal-2024", "RUS-VNM-fertilisers-2024", "RUS-VNM-wheat-2024",
        "VNM-RUS-coffee-2024", "VNM-RUS-garments-2024",
    ]  # fmt: skip


def test_the_residual_is_never_recommended_and_listed_apart(found):
    assert "other_goods" not in found.tables["recommendations"]["product"].to_list()
    apart = found.tables["not_judged"].select("exporter", "product", "why_not").rows()
    assert sorted(apart) == [
        ("RUS", "other_goods", "residual"), ("RUS", "paper", "no_deliveries"), ("VNM", "other_goods", "residual"),
    ]  # fmt: skip


def test_a_printed_zero_is_no_delivery():
    rows = [*years(), figure("RUS", "paper", 0)]
    assert only(stage(rows).tables["not_judged"], product="paper")["why_not"] == "no_deliveries"


def test_a_group_nobody_sold_before_has_no_growth_and_is_not_judged():
    rows = [*years(), figure("RUS", "maize", 10), figure("AUS", "maize", 10)]
    found = stage(rows)
    assert only(found.tables["not_judged"], product="maize")["why_not"] == "market_not_measured"
    assert "maize" not in found.tables["recommendations"]["product"].to_list()


def test_every_group_of_the_market_is_judged_or_named_as_not_judged(found):
    everything = {*found.tables["recommendations"]["product"], *found.tables["not_judged"]["product"]}
    assert everything == {"coal", "wheat", "fertilisers", "paper", "other_goods", "coffee", "garments"}


def test_reasons_carry_the_figure_the_score_and_the_weight(found):
    reasons = found.tables["reasons"].filter(pl.col("id") == "RUS-VNM-fertilisers-2024")
    values = {
        row["criterion"]: (row["value"], row["unit"], row["score"], row["weight"])
        for row in reasons.iter_rows(named=True)
    }
    assert values == {
        "market_size": (100.0, "usd", 0.0, 0.25),
        "market_growth": (pytest.approx(2 / 3), "growth", 1.0, 0.25),
        "share_gained": (pytest.approx(0.4), "pp", 1.0, 0.20),
        "specialisation": (pytest.approx((40 / 340) / (100 / 1260)), "ratio", 1.0, 0.15),
        "deliveries": (40.0, "usd", 0.0, 0.15),
    }


def test_weights_of_a_direction_add_up_to_one():
    for flow in ("import", "export"):
        assert sum(each.weight for each in criteria(flow)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("product", "weakness"),
    [
        ("coal", "group_level"),
        ("fertilisers", "new_row"),
        ("wheat", "falling"),
        ("coffee", "unit_value_driven"),  # 6 t at 10 became 6 t at 15: the whole change is one of unit value
        ("garments", "demand_unknown"),
    ],
)
def test_the_weakest_evidence_is_named_with_what_would_change_it(found, product, weakness):
    parameters = told(found, product).parameters
    assert parameters["weakest"].key == f"weakest.{weakness}"
    assert parameters["would_change"].key == f"would_change.{weakness}"


def test_a_rise_that_the_newest_months_turned_is_the_weakest_evidence():
    later = [
        row
        for flow in ("import", "export")
        for period, coal in (("2024-01:2024-06", 100), ("2025-01:2025-06", 80))
        for row in blocks("RUS", {"coal": coal}, period, flow=flow)
    ]
    parameters = told(stage([*years(), *later]), "coal").parameters
    assert parameters["weakest"].key == "weakest.reversed"
    assert parameters["weakest"].parameters["partial_growth"].value == pytest.approx(-0.2)
    assert parameters["weakest"].parameters["growth"].value == 0.5


def test_an_argument_names_the_headings_and_its_caveats(found):
    coal = told(found, "coal")
    assert [name.code for name in coal.parameters["headings"]] == ["2701-2704"]
    assert coal.caveats == ("approximate_group", "listed_partners_sum", "own_side_silent")
    assert len(coal.traces) == 2


def test_only_a_side_that_stopped_publishing_is_called_silent():
    assert of_sides("RUS", "VNM", 2022) == of_sides("VNM", "RUS", 2025) == ("own_side_silent",)
    assert of_sides("RUS", "VNM", 2021) == of_sides("VNM", "KAZ", 2025) == ()


def test_it_is_called_a_screening_by_group(found):
    assert [each.key for each in found.missing] == ["recommendations.screening_by_group"]


def test_the_ranking_does_not_depend_on_the_order_of_the_rows(found):
    columns = ["id", "rank", "score", "stability"]
    rows = years()
    random.Random(1).shuffle(rows)
    assert stage(rows).tables["recommendations"][columns].equals(found.tables["recommendations"][columns])


def test_regions_that_could_supply_come_from_their_own_rows():
    regional = [
        figure("VNM", product, value, "2024", flow="export", reporter=region, source="ru_customs", table="regions")
        for region, product, value in (
            ("RU-KEM", "coal", 90), ("RU-VLG", "coal", 5), ("RU-VLG", "fertilisers", 60), ("RU-MOW", "coal", 1),
            ("RU-MOW", "wheat", 9),
        )
    ]  # fmt: skip
    found = stage([*years(), *regional])
    assert [name.code for name in told(found, "coal").parameters["regions"]] == [
        "RU-KEM"
    ]  # the others sell other things
    assert [name.code for name in told(found, "fertilisers").parameters["regions"]] == ["RU-VLG"]


def test_regions_of_a_group_come_from_rows_by_hs_code_too():
    regional = [
        figure("VNM", product, value, "2024", flow="export", reporter=region, source="ru_fcs", table="DATTSVT",
               classification="TNVED")
        for region, product, value in (
            ("RU-KEM", "2701120000", 70), ("RU-KEM", "2704001900", 10),
            ("RU-VLG", "3102100000", 50), ("RU-VLG", "2701120000", 10),
        )
    ]  # fmt: skip
    found = stage([*years(), *regional])
    # Coal is 90 of 140 in all, all of Kemerovo's sales and a sixth of Vologda's.
    assert [name.code for name in told(found, "coal").parameters["regions"]] == ["RU-KEM"]
    assert [name.code for name in told(found, "fertilisers").parameters["regions"]] == ["RU-VLG"]


def test_regions_named_in_published_figures_stand_in():
    fact = {"fact": "F", "source": "published_facts", "area": "RU-KEM+RU-KYA", "partner": "VNM",
            "usable": "several_areas",
            "product": "coal", "product_text": "уголь", "caveats": "", "trace_id": "t"}  # fmt: skip
    found = stage(facts=[fact])
    assert [name.code for name in told(found, "coal").parameters["regions"]] == ["RU-KEM", "RU-KYA"]
    assert told(found, "wheat").parameters["regions"] == ()


def test_without_the_pairs_groups_nothing_is_recommended():
    rows = [row for row in years() if row["partner"] != "RUS" or row["product"] == "TOTAL"]
    found = stage(rows)
    assert found.findings == ()
    assert all(table.is_empty() for table in found.tables.values())
    assert [each.key for each in found.missing] == ["recommendations.no_market"]


def test_without_a_comparison_nothing_is_recommended():
    rows = [row for row in years() if row["period_end"].year == 2024]
    found = stage(rows)
    assert [each.key for each in found.missing] == ["recommendations.no_comparison"]


def test_one_direction_alone_is_recommended_where_the_other_has_no_groups():
    rows = [row for row in years() if row["flow"] == "import" or row["product"] == "TOTAL"]
    assert stage(rows).tables["recommendations"]["exporter"].unique().to_list() == ["RUS"]


def test_the_residual_alone_recommends_nothing():
    rows: list[Row] = [
        row
        for year in (2023, 2024)
        for flow in ("import", "export")
        for partner in ("RUS", "CHN")
        for row in blocks(partner, {"other_goods": 5}, f"{year}-01:{year}-12", flow=flow)
    ]
    found = stage(rows)
    assert found.tables["recommendations"].is_empty()
    assert found.tables["not_judged"]["why_not"].unique().to_list() == ["residual"]


def test_a_whole_year_is_the_basis_and_an_incomplete_one_only_without_it():
    later = [
        row
        for flow in ("import", "export")
        for partner in ("RUS", "CHN")
        for period in ("2024-01:2024-06", "2025-01:2025-06")
        for row in blocks(partner, {"coal": 100}, period, flow=flow)
    ]
    assert stage([*years(), *later]).tables["recommendations"]["period"].unique().to_list() == ["2024"]
    alone = stage(later).tables["recommendations"]["id"].to_list()
    assert alone[0] == "RUS-VNM-coal-2025-01:2025-06"
