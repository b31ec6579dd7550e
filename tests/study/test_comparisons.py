"""Which period meets which: an incomplete year only ever meets the same months of the year before."""

from __future__ import annotations

import pytest

from corridor.codes.periods import Period, parse, parse_many
from corridor.errors import NothingFound
from corridor.study.comparisons import agenda


def periods(*texts: str) -> tuple[Period, ...]:
    return tuple(parse(text) for text in texts)


def everything(_period: Period) -> bool:
    return True


def pairs(found) -> list[tuple[str, str, str]]:
    return [(each.base.code, each.current.code, each.kind) for each in found]


def test_every_year_meets_the_year_before_it():
    found = agenda((), periods("2022", "2023", "2024"), everything)
    assert pairs(found.shown) == [("2022", "2023", "year"), ("2023", "2024", "year")]
    assert [period.code for period in found.periods] == ["2022", "2023", "2024"]


def test_a_year_never_meets_one_that_is_not_next_to_it():
    found = agenda((), periods("2021", "2023", "2024"), everything)
    assert pairs(found.shown) == [("2023", "2024", "year")]


def test_an_incomplete_year_meets_the_same_months_and_is_marked():
    held = periods("2024", "2025", "2025-01:2025-07", "2026-01:2026-07", "2026-01:2026-06", "2025-01:2025-06")
    found = agenda((), held, everything)
    assert pairs(found.shown) == [("2024", "2025", "year"), ("2025-01:2025-07", "2026-01:2026-07", "partial")]
    assert [each.partial for each in found.shown] == [False, True]


def test_an_incomplete_year_is_never_set_against_a_whole_one():
    found = agenda((), periods("2024", "2025", "2026-01:2026-07"), everything)
    assert pairs(found.shown) == [("2024", "2025", "year")]
    assert "2026-01:2026-07" not in [period.code for period in found.periods]


def test_the_longest_span_with_a_base_is_taken_where_the_newest_has_none():
    held = periods("2025", "2025-01:2025-06", "2026-01:2026-06", "2026-01:2026-07")
    found = agenda((), held, everything)
    assert pairs(found.shown) == [("2025-01:2025-06", "2026-01:2026-06", "partial")]


def test_a_span_of_a_finished_year_is_no_incomplete_year():
    found = agenda((), periods("2023", "2024", "2023-01:2023-06", "2024-01:2024-06"), everything)
    assert pairs(found.shown) == [("2023", "2024", "year")]


def test_structure_is_described_on_the_latest_complete_period():
    held = periods("2024", "2025", "2025-01:2025-07", "2026-01:2026-07")
    assert agenda((), held, everything).latest.code == "2025"


def test_months_meet_the_same_month_of_the_year_before():
    found = agenda((), periods("2023", "2024", "2023-04", "2024-02", "2024-03", "2024-04"), everything)
    assert pairs(found.months) == [("2023-04", "2024-04", "month")]


def test_months_alone_are_described_where_there_is_no_year():
    found = agenda((), periods("2024-02", "2025-02"), everything)
    assert [period.code for period in found.periods] == ["2024-02", "2025-02"]
    assert pairs(found.months) == [("2024-02", "2025-02", "month")]


def test_a_year_of_which_january_alone_is_printed_is_incomplete_too():
    found = agenda((), periods("2023", "2024", "2024-01", "2024-02", "2025-01"), everything)
    assert pairs(found.shown) == [("2023", "2024", "year"), ("2024-01", "2025-01", "partial")]
    assert pairs(found.months) == []  # the same comparison is not made twice
    assert found.latest.code == "2024"


def test_the_january_of_a_finished_year_is_a_month_like_any_other():
    found = agenda((), periods("2023", "2024", "2023-01", "2024-01"), everything)
    assert pairs(found.shown) == [("2023", "2024", "year")]
    assert pairs(found.months) == [("2023-01", "2024-01", "month")]


def test_nothing_available_is_nothing_found():
    with pytest.raises(NothingFound, match="no complete year and no month"):
        agenda((), (), everything)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2025", ("2024", "2025", "year")),
        ("2025-01", ("2024-01", "2025-01", "month")),
        ("2025Q3", ("2024Q3", "2025Q3", "period")),
        ("2025-01:2025-09", ("2024-01:2024-09", "2025-01:2025-09", "partial")),
        # January to December is a whole year, however it is written.
        ("2025-01:2025-12", ("2024-01:2024-12", "2025-01:2025-12", "year")),
    ],
)
def test_an_asked_period_meets_the_same_one_a_year_earlier(asked, expected):
    found = agenda(parse_many(asked), (), everything)
    assert pairs(found.shown) == [expected]
    assert [period.code for period in found.periods] == [*expected[:2]]
    assert found.months == ()


def test_a_base_that_is_not_held_is_no_comparison():
    found = agenda(parse_many("2023:2025"), (), lambda period: period.start.year >= 2023)
    assert pairs(found.shown) == [("2023", "2024", "year"), ("2024", "2025", "year")]
    assert [period.code for period in found.periods] == ["2023", "2024", "2025"]


def test_asked_periods_that_are_not_held_are_named_and_the_others_answered():
    found = agenda(parse_many("2024-02:2024-04"), (), lambda period: period.start.month != 3)
    assert [period.code for period in found.missing] == ["2024-03"]
    assert [current for _, current, _ in pairs(found.shown)] == ["2024-02", "2024-04"]


def test_asked_periods_of_which_none_is_held_are_nothing_found():
    with pytest.raises(NothingFound, match=r"no figures for 2019, 2020; .*coverage"):
        agenda(parse_many("2019:2020"), (), lambda _period: False)
