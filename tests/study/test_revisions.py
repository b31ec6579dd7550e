"""What happened to a month after its first release, and what the cumulative columns imply."""

from __future__ import annotations

from datetime import date

import pytest

from corridor.study.revisions import implied_months, implied_revisions, revisions
from world import Row, figure, frame, months, only

REVISED = {"source": "vn_nso", "release": "revised", "table": "V03", "classification": "TOTAL"}


def columns(month: dict[str, float], cumulative: dict[str, float], **but: object) -> list[Row]:
    """Monthly and cumulative totals: month -> USD."""
    year = [figure("RUS", "TOTAL", value, f"{end[:4]}-01:{end}", **but) for end, value in cumulative.items()]
    return [*months("RUS", month, **but), *year]


def implied(rows: list[Row]) -> list[tuple[date, float]]:
    return implied_months(frame("flows", rows)).select("period_end", "implied_usd").rows()


def test_a_revision_is_the_revised_figure_against_the_first():
    rows = [*months("RUS", {"2024-04": 200}), *months("RUS", {"2024-04": 250}, **REVISED)]
    row = only(revisions(frame("flows", rows)), period_end=date(2024, 4, 30))
    assert (row["first_usd"], row["revised_usd"]) == (200.0, 250.0)
    assert (row["revision"], row["relative_revision"]) == (50.0, 0.25)
    assert (row["source_first"], row["source_revised"]) == ("vn_customs", "vn_nso")
    assert len(row["trace_id"].split()) == 2


def test_a_month_of_one_release_has_no_revision():
    rows = [*months("RUS", {"2024-04": 200}), *months("RUS", {"2024-05": 250}, **REVISED)]
    assert revisions(frame("flows", rows)).is_empty()


def test_a_revision_never_crosses_flows_or_partners():
    rows = [
        *months("RUS", {"2024-04": 200}),
        *months("RUS", {"2024-04": 9}, "export", **REVISED),
        *months("CHN", {"2024-04": 9}, **REVISED),
    ]
    assert revisions(frame("flows", rows)).is_empty()


def test_a_first_release_of_zero_has_no_relative_revision():
    rows = [*months("RUS", {"2024-04": 0}), *months("RUS", {"2024-04": 5}, **REVISED)]
    row = only(revisions(frame("flows", rows)))
    assert (row["revision"], row["relative_revision"]) == (5.0, None)


def test_the_month_without_a_file_is_what_the_columns_around_it_leave():
    # 30 to the end of February, 100 to the end of April, of which April itself 50: March was 20.
    assert implied(columns({"2024-04": 50}, {"2024-02": 30, "2024-04": 100})) == [(date(2024, 3, 31), 20.0)]


def test_an_implied_month_holds_every_revision_made_in_between():
    # The same, but April's table also raised February by 7.
    assert implied(columns({"2024-04": 50}, {"2024-02": 30, "2024-04": 107})) == [(date(2024, 3, 31), 27.0)]


def test_january_is_implied_by_the_first_column():
    assert implied(columns({"2024-02": 5}, {"2024-02": 12})) == [(date(2024, 1, 31), 7.0)]


def test_a_month_with_its_cumulative_column_alone_is_implied_by_it():
    assert implied(columns({"2024-01": 4}, {"2024-01": 4, "2024-02": 10})) == [(date(2024, 2, 29), 6.0)]


def test_two_missing_months_in_a_row_are_not_guessed():
    assert implied(columns({"2024-05": 50}, {"2024-02": 30, "2024-05": 100})) == []


def test_nothing_is_implied_where_nothing_is_missing():
    assert implied(columns({"2024-01": 1, "2024-02": 2}, {"2024-01": 1, "2024-02": 3})) == []


def test_nothing_is_implied_across_the_new_year():
    # November 2023 and February 2024 speak of different years' sums.
    assert implied(columns({"2024-01": 1, "2024-02": 2}, {"2023-11": 100, "2024-02": 3})) == []


def test_nothing_is_implied_after_the_last_column():
    assert implied(columns({"2024-01": 1}, {"2024-01": 1})) == []


def test_an_implied_month_traces_to_all_that_implies_it():
    row = only(implied_months(frame("flows", columns({"2024-04": 50}, {"2024-02": 30, "2024-04": 100}))))
    assert len(row["trace_id"].split()) == 3


def test_each_flow_is_implied_from_its_own_columns():
    rows = [
        *columns({"2024-04": 50}, {"2024-02": 30, "2024-04": 100}),
        *columns({"2024-03": 9, "2024-04": 9}, {"2024-02": 1, "2024-04": 19}, flow="export"),
    ]
    assert implied_months(frame("flows", rows)).select("flow", "implied_usd").rows() == [("import", 20.0)]


@pytest.mark.parametrize(
    ("month", "cumulative", "expected"),
    [
        ({"2024-01": 10, "2024-02": 5}, {"2024-01": 10, "2024-02": 15}, 0.0),
        ({"2024-01": 10, "2024-02": 5}, {"2024-01": 10, "2024-02": 18}, 3.0),
        ({"2024-01": 10, "2024-02": 5}, {"2024-01": 10, "2024-02": 11}, -4.0),
        ({"2024-02": 5}, {"2024-01": 10, "2024-02": 11}, -4.0),
        ({"2024-01": 10}, {"2024-01": 10, "2024-02": 11}, None),
        ({"2024-01": 10, "2024-02": 5}, {"2024-02": 18}, None),
    ],
)
def test_an_implied_revision_is_what_the_column_moved_beyond_the_month(month, cumulative, expected):
    table = implied_revisions(frame("flows", columns(month, cumulative)))
    assert only(table, period_end=date(2024, 2, 29))["implied_revision"] == expected


def test_a_gap_in_the_columns_leaves_the_revision_unknown():
    table = implied_revisions(frame("flows", columns({"2024-03": 5}, {"2024-01": 10, "2024-03": 30})))
    row = only(table, period_end=date(2024, 3, 31))
    assert (row["implied_revision"], row["implied_revision_absence"]) == (None, "no_previous_month")
