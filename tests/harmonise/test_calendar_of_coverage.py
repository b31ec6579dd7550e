"""The calendar of a pair: every printed table has a status, and no two statuses are confused."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from corridor.codes import schema
from corridor.harmonise.coverage import PublishedTable, calendar
from world import Row, figure, frame, months, status

CUSTOMS = PublishedTable("vn_customs", "021.T", "import", "VNM", date(2024, 1, 1))


def table(*rows: Row, coverage=(), published=(CUSTOMS,), partner="RUS") -> pl.DataFrame:
    return calendar(frame("flows", rows), frame("coverage", coverage), published, "VNM", partner)


def said(found: pl.DataFrame, *, cumulative: bool = False) -> dict[str, str]:
    chosen = found.filter(pl.col("cumulative") == cumulative)
    return {f"{end:%Y-%m}": word for end, word in chosen.select("period_end", "status").iter_rows()}


def test_reported_and_zero():
    assert said(table(*months("RUS", {"2024-01": 5, "2024-02": 0}))) == {"2024-01": "reported", "2024-02": "zero"}


def test_a_file_that_is_not_held():
    found = said(table(*months("RUS", {"2024-01": 5, "2024-03": 5})))
    assert found == {"2024-01": "reported", "2024-02": "not_held", "2024-03": "reported"}


def test_a_partner_that_a_held_table_does_not_list():
    found = said(table(*months("RUS", {"2024-01": 5}), *months("CHN", {"2024-02": 5})))
    assert found == {"2024-01": "reported", "2024-02": "partner_not_listed"}


def test_a_bundled_row_of_another_partner_does_not_say_that_this_one_is_not_listed():
    found = said(table(*months("RUS", {"2024-01": 5}), *months("CHN", {"2024-02": 5}, snapshot="sample:partners")))
    assert found == {"2024-01": "reported", "2024-02": "not_held"}


@pytest.mark.parametrize("word", ["blank", "not_understood", "not_reported", "partner_not_listed", "confidential"])
def test_what_the_tables_say_themselves(word):
    assert said(table(*months("RUS", {"2024-01": 5}), coverage=[status("RUS", word, "2024-02")]))["2024-02"] == word


def test_a_block_not_understood_is_neither_missing_nor_unlisted():
    # The file of February is held, the block could not be read.
    rows = [*months("RUS", {"2024-01": 5}), *months("CHN", {"2024-02": 5})]
    assert said(table(*rows, coverage=[status("RUS", "not_understood", "2024-02")]))["2024-02"] == "not_understood"


def test_a_bundled_hole_gives_way_to_the_file():
    hole = status("RUS", "not_held", "2024-02", snapshot="sample:totals")
    assert said(table(*months("RUS", {"2024-01": 5}), coverage=[hole]))["2024-02"] == "not_held"
    rows = [*months("RUS", {"2024-01": 5}), *months("CHN", {"2024-02": 5})]
    assert said(table(*rows, coverage=[hole]))["2024-02"] == "partner_not_listed"


def test_an_estimate_is_no_report():
    rows = [*months("RUS", {"2024-01": 5}), *months("RUS", {"2024-02": 5}, maturity="estimated")]
    assert said(table(*rows)) == {"2024-01": "reported", "2024-02": "estimated"}


def test_a_value_stands_before_a_word():
    found = table(*months("RUS", {"2024-01": 5}), coverage=[status("RUS", "not_held", "2024-01")])
    assert said(found) == {"2024-01": "reported"}
    assert found.filter(~pl.col("cumulative")).height == 1


def test_words_about_a_group_say_nothing_of_the_partner():
    found = table(*months("RUS", {"2024-01": 5}), coverage=[{**status("RUS", "blank", "2024-01"), "product": "coffee"}])
    assert said(found) == {"2024-01": "reported"}


def test_both_columns_of_a_table_are_expected():
    found = table(*months("RUS", {"2024-01": 5, "2024-02": 5}), figure("RUS", "TOTAL", 10, "2024-01:2024-02"))
    assert said(found, cumulative=True) == {"2024-01": "not_held", "2024-02": "reported"}


def test_a_table_without_a_cumulative_column_is_expected_in_one():
    found = table(
        *months("RUS", {"2024-01": 5}),
        published=[PublishedTable("vn_customs", "021.T", "import", "VNM", date(2024, 1, 1), cumulative=False)],
    )
    assert found.filter("cumulative").is_empty()


def test_nothing_is_expected_beyond_the_newest_month_held():
    assert said(table(*months("CHN", {"2024-03": 5}))) == {
        "2024-01": "not_held",
        "2024-02": "not_held",
        "2024-03": "partner_not_listed",
    }


def test_a_table_that_ended_is_not_expected_after_its_end():
    ended = PublishedTable("vn_customs", "021.T", "import", "VNM", date(2024, 1, 1), until=date(2024, 2, 29))
    assert list(said(table(*months("RUS", {"2024-01": 5, "2024-04": 5}), published=[ended]))) == [
        "2024-01",
        "2024-02",
        "2024-04",
    ]


def test_nothing_is_expected_of_a_source_that_is_not_held():
    other = PublishedTable("vn_nso", "V03", "import", "VNM", date(2024, 1, 1), release="revised")
    found = table(*months("RUS", {"2024-02": 5}), published=[CUSTOMS, other])
    assert found["source"].unique().to_list() == ["vn_customs"]


def test_releases_are_kept_apart():
    revised = PublishedTable("vn_nso", "V03", "import", "VNM", date(2024, 1, 1), release="revised", cumulative=False)
    rows = [
        *months("RUS", {"2024-02": 5}),
        *months("RUS", {"2024-01": 5, "2024-02": 6}, source="vn_nso", release="revised", table="V03"),
    ]
    found = table(*rows, published=[CUSTOMS, revised])
    assert said(found.filter(pl.col("release") == "revised")) == {"2024-01": "reported", "2024-02": "reported"}
    assert said(found.filter(pl.col("release") == "first")) == {"2024-01": "not_held", "2024-02": "reported"}


def test_another_reporters_tables_are_not_expected_of_this_one():
    theirs = PublishedTable("vn_customs", "021.T", "import", "RUS", date(2024, 1, 1))
    assert list(said(table(*months("RUS", {"2024-02": 5}), published=[theirs]))) == ["2024-02"]


def test_a_year_goes_over_into_the_next():
    found = said(table(*months("RUS", {"2024-12": 1, "2025-02": 1})))
    assert [found[month] for month in ("2024-12", "2025-01", "2025-02")] == ["reported", "not_held", "reported"]


def test_every_status_is_in_the_dictionary():
    rows = [*months("RUS", {"2024-01": 0, "2024-04": 1}), *months("CHN", {"2024-02": 5})]
    assert set(said(table(*rows)).values()) == {"zero", "partner_not_listed", "not_held", "reported"}
    assert set(said(table(*rows)).values()) <= set(schema.COVERAGE_STATUS)


def test_a_pair_without_anything_is_an_empty_calendar():
    found = table()
    assert found.is_empty()
    assert "status" in found.columns
