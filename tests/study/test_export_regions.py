"""Stage 3: which regions sell, and how few of them make most of it."""

from __future__ import annotations

import random

import polars as pl
import pytest

from corridor.study.export_regions import export_regions
from corridor.study.regions import latest_period, regional_exports, totals
from world import Row, figure, frame, only, question, tables, years


def sold(region: str, value: float, period: str = "2024", product: str = "TOTAL", **but) -> Row:
    """What a Russian region sold to Viet Nam."""
    return figure(
        "VNM",
        product,
        value,
        period,
        **{"flow": "export", "reporter": region, "source": "ru_customs", "table": "regions", **but},
    )


FOUR = (sold("RU-MOW", 50), sold("RU-VLG", 30), sold("RU-ARK", 10), sold("RU-LEN", 10))


def fact(area: str, usable: str = "value", partner: str = "VNM") -> Row:
    return {
        "fact": "F1", "source": "published_facts", "area": area, "partner": partner, "flow": "export",
        "period_text": "2024", "product_text": "рыба", "product": "fishery", "number_text": "1", "unit_text": "USD",
        "value_usd": 1.0, "usable": usable, "caveats": "", "snapshot": "sample:regions",
        "trace_id": "sample:regions/F1/2",
    }  # fmt: skip


def stage(*rows: Row, facts=(), **asked):
    return export_regions(tables([*years(), *rows], facts=facts), question(**asked))


def key_regions(*rows: Row, **asked) -> list[str]:
    table = stage(*rows, **asked).tables["regions"]
    return sorted(table.filter("in_smallest_set")["region"])


def test_ranks_and_shares_by_hand():
    table = stage(*FOUR).tables["regions"]
    assert table.sort("rank", "region").select("region", "rank", "share").rows() == [
        ("RU-MOW", 1, 0.5), ("RU-VLG", 2, 0.3), ("RU-ARK", 3, 0.1), ("RU-LEN", 3, 0.1),
    ]  # fmt: skip
    assert table.select("exporter", "importer", "period").unique().rows() == [("RUS", "VNM", "2024")]


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (0.5, ["RU-MOW"]),
        (0.51, ["RU-MOW", "RU-VLG"]),
        (0.8, ["RU-MOW", "RU-VLG"]),
        # The two regions at 10 are tied: one of them would do, and none may be preferred.
        (0.81, ["RU-ARK", "RU-LEN", "RU-MOW", "RU-VLG"]),
        (1, ["RU-ARK", "RU-LEN", "RU-MOW", "RU-VLG"]),
    ],
)
def test_the_smallest_set_that_covers_the_threshold(threshold, expected):
    assert key_regions(*FOUR, threshold=threshold) == expected


def test_the_set_does_not_depend_on_the_order_of_the_rows():
    rows = list(FOUR)
    for seed in range(6):
        random.Random(seed).shuffle(rows)
        assert key_regions(*rows, threshold=0.85) == ["RU-ARK", "RU-LEN", "RU-MOW", "RU-VLG"]


def test_a_region_that_sold_nothing_is_never_a_key_region():
    assert key_regions(sold("RU-MOW", 1), sold("RU-VLG", 0), threshold=1) == ["RU-MOW"]


def test_concentration_of_regions_by_hand():
    row = only(stage(*FOUR).tables["region_concentration"])
    assert row["hhi"] == pytest.approx(0.25 + 0.09 + 0.01 + 0.01)
    # 10, 10, 30, 50: 2 (10 + 20 + 90 + 200) / (4 * 100) - 5/4 = 0.35
    assert row["gini"] == pytest.approx(0.35)
    assert (row["smallest_set"], row["threshold"]) == (2, 0.8)


def test_an_okrug_inside_an_oblast_is_not_counted_twice():
    # Arkhangelsk oblast's 10 hold the Nenets okrug's 4.
    table = stage(*FOUR, sold("RU-NEN", 4)).tables["regions"]
    assert "RU-NEN" not in table["region"].to_list()
    assert table["value_usd"].sum() == 100.0


def test_an_okrug_stands_for_itself_where_its_oblast_has_no_row():
    table = stage(sold("RU-MOW", 6), sold("RU-NEN", 4)).tables["regions"]
    assert only(table, region="RU-NEN")["share"] == 0.4


def test_an_okrug_is_nested_only_in_the_periods_of_its_oblast():
    rows = [
        sold("RU-MOW", 6),
        sold("RU-NEN", 4),
        sold("RU-ARK", 10, "2023"),
        sold("RU-NEN", 4, "2023"),
        sold("RU-MOW", 10, "2023"),
    ]
    table = stage(*rows).tables["regions"]
    assert table.select("period", "region").sort("period", "region").rows() == [
        ("2023", "RU-ARK"), ("2023", "RU-MOW"), ("2024", "RU-MOW"), ("2024", "RU-NEN"),
    ]  # fmt: skip


def test_two_okrugs_in_one_oblast():
    table = stage(sold("RU-TYU", 10), sold("RU-KHM", 6), sold("RU-YAN", 3)).tables["regions"]
    assert table["region"].to_list() == ["RU-TYU"]


def test_the_country_a_district_and_a_foreign_region_are_no_region_of_it():
    others = [sold("RUS", 999), sold("RU-FD-NORTHWEST", 999), sold("VN-SG", 999)]
    assert stage(*FOUR, *others).tables["regions"].filter(exporter="RUS")["value_usd"].sum() == 100.0


def test_other_partners_and_the_other_flow_are_left_out():
    others = [{**sold("RU-MOW", 999), "partner": "CHN"}, sold("RU-MOW", 999, flow="import")]
    assert stage(*FOUR, *others).tables["regions"]["value_usd"].sum() == 100.0


def test_a_region_without_a_total_is_the_sum_of_its_groups():
    rows = [sold("RU-MOW", 60), sold("RU-VLG", 10, product="fertilisers"), sold("RU-VLG", 30, product="wood")]
    row = only(stage(*rows).tables["regions"], region="RU-VLG")
    assert (row["value_usd"], row["share"]) == (40.0, 0.4)
    assert len(row["trace_id"].split()) == 2


def test_a_printed_total_is_not_added_to_its_groups():
    rows = [sold("RU-VLG", 41), sold("RU-VLG", 10, product="fertilisers"), sold("RU-VLG", 30, product="wood")]
    assert only(stage(*rows).tables["regions"], region="RU-VLG")["value_usd"] == 41.0


def test_two_sources_are_never_mixed():
    other = [sold("RU-MOW", 7, source="press"), sold("RU-SVE", 7, source="press")]
    table = stage(*FOUR, *other).tables["regions"]
    assert "RU-SVE" not in table["region"].to_list()
    assert table["value_usd"].sum() == 100.0


def test_a_cumulative_column_that_is_no_year_is_left_out():
    rows = [*FOUR, sold("RU-MOW", 400, "2024-01:2024-06"), sold("RU-MOW", 3, "2024-05")]
    assert sorted(stage(*rows).tables["regions"]["period"].unique()) == ["2024", "2024-05"]


def test_a_whole_year_may_be_a_cumulative_column():
    rows = [{**row, "cumulative": True} for row in FOUR]
    assert stage(*rows).tables["regions"]["period"].unique().to_list() == ["2024"]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (("2024", "2025"), "2025"),  # a leap year is longer by a day, and not for that the newer one
        (("2025", "2026-03"), "2025"),  # a year tells more than a month
        (("2025-03", "2025-04"), "2025-04"),
        (("2025Q2", "2025-09"), "2025Q2"),
        (("2023",), "2023"),
    ],
)
def test_the_newest_of_the_longest_periods(held, expected):
    rows = regional_exports(frame("flows", [sold("RU-MOW", 1, period) for period in held]), "RUS", "VNM")
    assert latest_period(rows) == expected


def test_the_finding_names_the_key_regions_of_the_latest_year():
    rows = [*FOUR, sold("RU-SVE", 1000, "2023")]
    (finding,) = stage(*rows).findings
    assert finding.parameters["period"].code == "2024"
    assert [(name.code, share.value) for name, share in finding.parameters["regions"]] == [
        ("RU-MOW", 0.5),
        ("RU-VLG", 0.3),
    ]
    assert finding.caveats == ("declarant_region",)
    assert len(finding.traces) == 2


def test_both_directions_have_their_regions():
    rows = [
        *FOUR,
        figure("RUS", "TOTAL", 5, "2024", flow="export", reporter="VN-SG"),
        figure("RUS", "TOTAL", 5, "2024", flow="export", reporter="VN-HN"),
    ]
    found = stage(*rows)
    assert sorted(found.tables["regions"].filter(exporter="VNM")["region"]) == ["VN-HN", "VN-SG"]
    assert found.missing == ()


def test_absence_is_said_and_not_filled():
    found = stage()
    assert [each.key for each in found.missing] == ["export_regions.not_held"] * 2
    assert found.tables["regions"].is_empty()
    assert found.findings == ()
    assert found.parameters == {"threshold": 0.8}


def test_published_facts_stand_where_rows_are_not_held():
    facts = [
        fact("RU-VLG"),
        fact("RU-MOW+RU-MOS", "several_areas"),
        fact("RU-ARK", "misprint"),
        fact("RU-LEN", partner="CHN"),
        fact("RUS"),
        fact("VN-SG", partner="RUS"),
        fact("RU-VLG+VN-SG", "several_areas"),
    ]
    found = stage(facts=facts)
    shown = found.tables["published_facts"].select("economy", "area").sort("economy", "area").rows()
    assert shown == [("RUS", "RU-MOW+RU-MOS"), ("RUS", "RU-VLG"), ("VNM", "VN-SG")]
    not_held = next(each for each in found.missing if each.key == "export_regions.not_held")
    assert not_held.parameters["facts"].value == 2
    left_out = next(each for each in found.missing if each.key == "export_regions.facts_left_out")
    assert left_out.parameters["count"].value == 1  # the misprint


def test_totals_of_several_periods_are_kept_apart():
    rows = regional_exports(frame("flows", [sold("RU-MOW", 1, "2023"), sold("RU-MOW", 2, "2024")]), "RUS", "VNM")
    assert totals(rows).select("region", "period", "value_usd").rows() == [
        ("RU-MOW", "2023", 1.0),
        ("RU-MOW", "2024", 2.0),
    ]


def test_no_rows_at_all():
    assert latest_period(pl.DataFrame()) is None
