"""Stage 1: what was found, from whom, and how far the two sides agree."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from corridor.harmonise.coverage import PublishedTable
from corridor.study.collection import collection
from corridor.study.result import StageResult
from world import AGENDA, Row, figure, months, only, question, series, status, tables, years

IMF = {
    "reporter": "RUS",
    "source": "imf_imts",
    "release": "official",
    "table": "IMTS",
    "classification": "TOTAL",
    "maturity": "official",
}


def stage(*rows: Row, **but) -> StageResult:
    return collection(tables(rows, **but), question(), series(), AGENDA)


def mirror(*rows: Row) -> pl.DataFrame:
    return stage(*rows).tables["mirror"]


def sold(value: float, year: int, **but) -> Row:
    """Viet Nam's report of its exports to Russia."""
    return figure("RUS", "TOTAL", value, f"{year}-01:{year}-12", flow="export", **but)


def bought(value: float, year: int, **but) -> Row:
    """Russia's report of its imports from Viet Nam."""
    return figure("VNM", "TOTAL", value, str(year), flow="import", **{**IMF, **but})


def keys(result: StageResult) -> list[str]:
    return [finding.key for finding in (*result.findings, *result.missing)]


def test_the_mirror_sets_the_two_reports_of_one_flow_side_by_side():
    row = only(mirror(sold(200, 2021), bought(300, 2021)), exporter="VNM", year=2021)
    assert (row["value_exporter"], row["value_importer"], row["asymmetry_ratio"]) == (200.0, 300.0, 1.5)
    assert row["relative_difference"] == pytest.approx(0.4)
    assert (row["source_exporter"], row["source_importer"], row["why_not"]) == ("vn_customs", "imf_imts", None)


def test_there_is_no_ratio_where_one_side_is_estimated_from_the_other():
    row = only(mirror(sold(200, 2023), bought(300, 2023, maturity="estimated")), exporter="VNM", year=2023)
    assert (row["asymmetry_ratio"], row["relative_difference"]) == (None, None)
    assert (row["why_not"], row["comparable"]) == ("estimated", False)
    assert (row["value_exporter"], row["value_importer"]) == (200.0, 300.0)  # both are shown, neither corrected


def test_there_is_no_ratio_where_one_side_alone_reported():
    row = only(mirror(sold(200, 2021)), exporter="VNM", year=2021)
    assert (row["why_not"], row["asymmetry_ratio"], row["value_importer"]) == ("one_side_only", None, None)


def test_both_directions_have_their_own_path():
    rows = [
        sold(200, 2021),
        bought(300, 2021),
        figure("RUS", "TOTAL", 50, "2021-01:2021-12"),
        figure("VNM", "TOTAL", 100, "2021", **IMF, flow="export"),
    ]
    found = mirror(*rows)
    assert only(found, exporter="VNM")["asymmetry_ratio"] == 1.5
    assert only(found, exporter="RUS")["asymmetry_ratio"] == 0.5


def test_a_report_stands_before_an_estimate_and_a_national_publisher_before_others():
    rows = [
        sold(100, 2021),
        bought(999, 2021, maturity="estimated"),
        bought(300, 2021, source="press"),
        bought(200, 2021),
    ]
    row = only(mirror(*rows), exporter="VNM", year=2021)
    assert (row["value_importer"], row["source_importer"]) == (200.0, "imf_imts")
    national = bought(400, 2021, source="ru_customs")
    assert only(mirror(*rows, national), exporter="VNM", year=2021)["value_importer"] == 400.0


def test_months_and_partial_years_are_no_year():
    rows = [
        *months("RUS", {"2021-12": 5}, "export"),
        figure("RUS", "TOTAL", 7, "2021-01:2021-11", flow="export"),
        bought(300, 2021),
    ]
    row = only(mirror(*rows), exporter="VNM", year=2021)
    assert row["value_exporter"] is None


def test_groups_are_not_mistaken_for_the_total():
    rows = [figure("RUS", "coffee", 5, "2021-01:2021-12", flow="export"), bought(300, 2021)]
    assert only(mirror(*rows), exporter="VNM", year=2021)["value_exporter"] is None


def test_the_path_of_the_ratio_is_told_from_its_first_to_its_last_year():
    # 0.5 in 2003, 1.5 in 2021: the sign of the asymmetry changes.
    found = stage(
        sold(200, 2003),
        bought(100, 2003),
        sold(200, 2021),
        bought(300, 2021),
        bought(9, 2024, maturity="estimated"),
        *years(),
    )
    path = next(each for each in found.findings if each.key == "collection.mirror_path")
    assert path.parameters["first_year"].code == "2003"
    assert path.parameters["first_ratio"].value == 0.5
    assert (path.parameters["last_year"].code, path.parameters["last_ratio"].value) == ("2021", 1.5)
    assert "mirror_not_corrected" in path.caveats
    assert len(path.traces) == 4
    estimated = next(each for each in found.findings if each.key == "collection.mirror_estimated")
    assert estimated.parameters["count"].value == 1


def test_without_any_ratio_no_path_is_told():
    assert "collection.mirror_path" not in keys(stage(sold(1, 2021), *years()))


def test_sources_are_named_once_a_table_with_their_part_in_the_study():
    rows = [*years(), bought(1, 2021, caveats="mirror_estimate rounded"), bought(1, 2022, caveats="rounded")]
    found = stage(*rows).tables["sources_used"]
    own = found.filter(pl.col("source") == "vn_customs")
    assert own["role"].to_list() == ["main", "main"]
    assert own["caveats"].to_list() == ["", ""]
    other = only(found, source="imf_imts")
    assert (other["role"], other["rows"], other["caveats"]) == ("context", 2, "mirror_estimate rounded")
    assert (other["first_period"], other["last_period"]) == (date(2021, 1, 1), date(2022, 12, 31))


def test_other_pairs_are_no_source_of_this_one():
    found = stage(*years(), figure("LAO", "coal", 1, source="vn_nso")).tables["sources_used"]
    assert found["source"].unique().to_list() == ["vn_customs"]


def test_totals_show_every_release():
    rows = [*months("RUS", {"2024-04": 200}), *months("RUS", {"2024-04": 250}, release="revised", source="vn_nso")]
    found = stage(*years(), *rows).tables["totals"].filter(period="2024-04")
    assert found.select("release", "value_usd").rows() == [("first", 200.0), ("revised", 250.0)]


def test_the_largest_revision_is_the_largest_in_relation_to_its_first_release():
    first = months("RUS", {"2024-04": 200, "2024-05": 1000, "2024-06": 10})
    revised = months("RUS", {"2024-04": 150, "2024-05": 1100, "2024-06": 10}, release="revised", source="vn_nso")
    finding = next(
        each for each in stage(*years(), *first, *revised).findings if each.key == "collection.largest_revision"
    )
    assert (finding.parameters["period"].code, finding.parameters["relative"].value) == ("2024-04", -0.25)


CALENDAR = (
    PublishedTable("vn_customs", "021.T", "import", "VNM", date(2024, 1, 1)),
    PublishedTable("vn_nso", "V03", "import", "VNM", date(2024, 1, 1), release="revised", cumulative=False),
)
TO_APRIL = (
    *months("RUS", {"2024-01": 10, "2024-02": 20, "2024-04": 50}),
    *(figure("RUS", "TOTAL", value, f"2024-01:2024-{end}") for end, value in (("01", 10), ("02", 30), ("04", 100))),
)


def test_a_hole_is_named_and_what_is_implied_is_offered():
    (hole,) = stage(*TO_APRIL, calendar=CALENDAR[:1]).missing
    assert hole.key == "collection.not_held_implied"
    assert (hole.parameters["period"].code, hole.parameters["implied"].value) == ("2024-03", 20.0)
    assert hole.caveats == ("implied",)


def test_what_one_series_implies_is_not_offered_for_a_hole_in_another():
    revised = months(
        "RUS", {"2024-01": 10, "2024-02": 20, "2024-04": 50}, source="vn_nso", release="revised", table="V03"
    )
    found = {each.parameters["source"].code: each.key for each in stage(*TO_APRIL, *revised, calendar=CALENDAR).missing}
    assert found == {"vn_customs": "collection.not_held_implied", "vn_nso": "collection.not_held"}


def test_coverage_says_of_every_printed_table_what_became_of_it():
    rows = [
        *months("RUS", {"2024-01": 10, "2024-02": 0}),
        figure("LAO", "TOTAL", 1, "2024-03"),
        *months("RUS", {"2024-05": 1}),
    ]
    found = stage(*rows, coverage=[status("RUS", "blank", "2024-05")], calendar=CALENDAR[:1]).tables["coverage"]
    said = dict(
        found.filter(~pl.col("cumulative") & (pl.col("flow") == "import")).select("period", "status").iter_rows()
    )
    assert said == {
        "2024-01": "reported", "2024-02": "zero", "2024-03": "partner_not_listed", "2024-04": "not_held",
        "2024-05": "reported",  # a value stands before a word about it
    }  # fmt: skip


def test_the_main_series_is_told_with_its_first_and_last_month():
    finding = stage(*years()).findings[0]
    assert finding.key == "collection.main_series"
    assert (finding.parameters["first"].code, finding.parameters["last"].code) == ("2023-01", "2024-12")
    assert finding.parameters["source"].code == "vn_customs"
