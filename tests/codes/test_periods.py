"""Periods: reading, writing, names, neighbours."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes import periods
from corridor.codes.periods import FREQS, Period, name, of_dates, parse, parse_many
from corridor.errors import UsageError

YEARS = st.integers(1901, 2099)
MONTHS = st.integers(1, 12)
PERIODS = st.one_of(
    st.builds(Period.year, YEARS),
    st.builds(Period.quarter, YEARS, st.integers(1, 4)),
    st.builds(Period.month, YEARS, MONTHS),
    st.builds(Period.half_month, YEARS, MONTHS, st.sampled_from([1, 2])),
    st.builds(Period.year_to_date, YEARS, MONTHS),
    st.builds(lambda year, month: of_dates(date(year, 1, 1), date(year, month, 15), cumulative=True), YEARS, MONTHS),
)
STEPPING = PERIODS.filter(lambda period: period.freq != "YTD")


@pytest.mark.parametrize(
    ("text", "freq", "start", "end"),
    [
        ("2025", "A", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025Q3", "Q", date(2025, 7, 1), date(2025, 9, 30)),
        ("2025-01", "M", date(2025, 1, 1), date(2025, 1, 31)),
        ("2024-02", "M", date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", "M", date(1900, 2, 1), date(1900, 2, 28)),
        ("2026-04H1", "H", date(2026, 4, 1), date(2026, 4, 15)),
        ("2026-04H2", "H", date(2026, 4, 16), date(2026, 4, 30)),
        ("2025-01:2025-09", "YTD", date(2025, 1, 1), date(2025, 9, 30)),
        ("2025-01:2025-12H1", "YTD", date(2025, 1, 1), date(2025, 12, 15)),
    ],
)
def test_one_period_is_read(text: str, freq: str, start: date, end: date) -> None:
    period = parse(text)
    assert (period.freq, period.start, period.end) == (freq, start, end)
    assert period.cumulative is (freq == "YTD")
    assert str(period) == period.code == text


@pytest.mark.parametrize(("text", "code"), [(" 2025 ", "2025"), ("2025q3", "2025Q3"), ("2025-04h2", "2025-04H2")])
def test_blanks_and_small_letters_are_forgiven(text: str, code: str) -> None:
    assert parse(text).code == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2023:2025", "2023 2024 2025"),
        ("2025:2025", "2025"),
        ("2024Q4:2025Q2", "2024Q4 2025Q1 2025Q2"),
        ("2025-03:2025-05", "2025-03 2025-04 2025-05"),
        ("2024-11:2025-02", "2024-11 2024-12 2025-01 2025-02"),
        ("2026-04H2:2026-05H1", "2026-04H2 2026-05H1"),
        ("2025-01 : 2025-09", "2025-01:2025-09"),
        ("2025-01:2025-01", "2025-01:2025-01"),
        ("2024-01:2025-01", "2024-01 2024-02 2024-03 2024-04 2024-05 2024-06 2024-07 2024-08 2024-09 2024-10 2024-11 "
                            "2024-12 2025-01"),
    ],
)  # fmt: skip
def test_a_range_names_its_periods(text: str, codes: str) -> None:
    joined = codes.split() if ":" not in codes else [codes]
    assert [period.code for period in parse_many(text)] == joined


@pytest.mark.parametrize(
    ("text", "freq", "codes"),
    [
        ("2025", "Q", ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]),
        ("2025-01:2025-03", "M", ["2025-01", "2025-02", "2025-03"]),
        ("2025-01:2025-06", "Q", ["2025Q1", "2025Q2"]),
        ("2025-04:2025-09", "Q", ["2025Q2", "2025Q3"]),
        ("2023:2024", "YTD", ["2023-01:2023-12", "2024-01:2024-12"]),
        ("2024-01:2025-12", "A", ["2024", "2025"]),
        ("2025Q1", "YTD", ["2025-01:2025-03"]),
        ("2025-01", "YTD", ["2025-01:2025-01"]),
        ("2025-02", "H", ["2025-02H1", "2025-02H2"]),
        ("2025-01:2025-09", "YTD", ["2025-01:2025-09"]),
    ],
)
def test_a_span_is_given_by_another_frequency(text: str, freq: periods.Freq, codes: list[str]) -> None:
    assert [period.code for period in parse_many(text, freq)] == codes


@pytest.mark.parametrize(
    ("text", "freq"),
    [
        ("2025-01:2025-08", "Q"),
        ("2025-01:2025-09", "A"),
        ("2025-03:2025-05", "YTD"),
        ("2025-02", "YTD"),
        ("2025-02H1", "M"),
        ("2025Q1", "A"),
    ],
)
def test_a_span_that_does_not_divide_is_refused(text: str, freq: periods.Freq) -> None:
    with pytest.raises(UsageError, match="not made of whole periods"):
        parse_many(text, freq)


HOSTILE = [
    "", " ", ":", "2025:", ":2025", "25", "20225", "2025-1", "2025-13", "2025-00", "2025Q0", "2025Q5", "2025H1",
    "2025-01H3", "2025-01-01", "2025:2026:2027", "2025:2023", "2025-09:2025-01", "2025:2025Q3", "2025-01:2025", "1899",
    "2101", "0000", "２０２５", "٢٠٢٥", "2025−01", "2025/01", "năm 2025", "tháng 1/2025", "-2025", "2025.0", "None",
    "x" * 10_000, "2025\x00",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_not_a_period_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_many(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300
    assert caught.value.exit_code == 2


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_many(text)
    except UsageError:
        return
    assert found


def test_several_periods_are_not_one() -> None:
    with pytest.raises(UsageError, match=r"3 periods \(2023 to 2025\)"):
        parse("2023:2025")


@given(PERIODS)
def test_the_code_reads_back(period: Period) -> None:
    assert parse(period.code) == period


@given(PERIODS)
def test_the_days_read_back(period: Period) -> None:
    assert of_dates(period.start, period.end, cumulative=period.cumulative) == period


@given(STEPPING)
def test_neighbours_adjoin(period: Period) -> None:
    assert period.previous().end + timedelta(days=1) == period.start
    assert period.previous().next() == period == period.next().previous()
    assert period.next().freq == period.freq


@given(PERIODS.filter(lambda period: period.start.year > 1901))
def test_the_year_before_has_the_same_place(period: Period) -> None:
    before = period.same_period_last_year()
    assert before.freq == period.freq
    assert before.start == period.start.replace(year=period.start.year - 1)
    assert before.end.month == period.end.month
    assert (before.end + timedelta(days=1)).day == (period.end + timedelta(days=1)).day


def test_february_of_a_leap_year() -> None:
    assert parse("2024-02").same_period_last_year().end == date(2023, 2, 28)
    assert parse("2025-02").same_period_last_year().end == date(2024, 2, 29)
    assert parse("2024-02H2").same_period_last_year().end == date(2023, 2, 28)


def test_a_cumulative_period_has_no_previous_one_but_a_longer_one() -> None:
    with pytest.raises(UsageError, match="same period of the year before"):
        parse("2025-01:2025-09").previous()
    assert parse("2025-01:2025-09").next().code == "2025-01:2025-10"


@given(PERIODS.filter(lambda period: period.freq != "H" and not period.ends_mid_month))
def test_the_months_cover_the_period(period: Period) -> None:
    months = period.months()
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert all(one.next() == two for one, two in pairwise(months))


def test_a_half_month_holds_no_whole_month() -> None:
    assert parse("2026-04H1").months() == ()
    assert parse("2026-01:2026-01H1").months() == ()
    assert [month.code for month in parse("2026-01:2026-03H1").months()] == ["2026-01", "2026-02"]


def test_a_span_to_the_middle_of_a_month() -> None:
    span = parse("2025-01:2025-12H1")
    assert span.is_partial_year
    assert span.next().code == "2025-01:2025-12"
    assert span.same_period_last_year().code == "2024-01:2024-12H1"
    with pytest.raises(UsageError, match="is not made of whole periods of frequency M"):
        span.split("M")


@pytest.mark.parametrize(
    ("text", "partial"),
    [("2025", False), ("2025-01:2025-12", False), ("2025-01:2025-11", True), ("2025Q4", True), ("2025-12", True)],
)
def test_what_is_less_than_a_year(text: str, partial: bool) -> None:
    assert parse(text).is_partial_year is partial


@pytest.mark.parametrize(
    ("text", "en", "ru", "vi"),
    [
        ("2024", "2024", "2024\u00a0г.", "năm 2024"),
        ("2025Q3", "Q3 2025", "III квартал 2025\u00a0г.", "quý III/2025"),
        ("2025-01", "January 2025", "январь 2025\u00a0г.", "tháng 1/2025"),
        ("2026-04H1", "1–15 April 2026", "1–15 апреля 2026\u00a0г.", "kỳ 1 tháng 4/2026"),
        ("2024-02H2", "16–29 February 2024", "16–29 февраля 2024\u00a0г.", "kỳ 2 tháng 2/2024"),
        ("2026-01:2026-07", "January–July 2026", "январь–июль 2026\u00a0г.", "7 tháng đầu năm 2026"),
        ("2025-01:2025-12", "January–December 2025", "январь–декабрь 2025\u00a0г.", "12 tháng năm 2025"),
        (
            "2025-01:2025-03H1",
            "1 January–15 March 2025",
            "1 января – 15 марта 2025\u00a0г.",
            "từ 1/1 đến 15/3/2025",
        ),
        ("2025-01:2025-01", "January 2025", "январь 2025\u00a0г.", "tháng 1/2025"),
    ],
)
def test_a_period_is_said_in_three_languages(text: str, en: str, ru: str, vi: str) -> None:
    period = parse(text)
    assert (name(period, "en"), name(period, "ru"), name(period, "vi")) == (en, ru, vi)


def test_no_fourth_language() -> None:
    with pytest.raises(UsageError, match="en, ru, vi"):
        name(parse("2025"), "fr")


@pytest.mark.parametrize(
    ("freq", "start", "end", "cumulative"),
    [
        ("M", date(2025, 1, 1), date(2025, 1, 30), False),
        ("M", date(2025, 1, 1), date(2025, 9, 30), False),
        ("M", date(2025, 1, 1), date(2025, 1, 31), True),
        ("YTD", date(2025, 1, 1), date(2025, 9, 30), False),
        ("YTD", date(2025, 2, 1), date(2025, 9, 30), True),
        ("Q", date(2025, 2, 1), date(2025, 4, 30), False),
        ("A", date(2024, 12, 31), date(2025, 12, 31), False),
        ("H", date(2025, 1, 1), date(2025, 1, 16), False),
        ("W", date(2025, 1, 1), date(2025, 1, 7), False),
        ("A", date(1, 1, 1), date(1, 12, 31), False),
    ],
)
def test_days_that_do_not_fit_are_refused(freq: periods.Freq, start: date, end: date, cumulative: bool) -> None:
    with pytest.raises(UsageError):
        Period(freq, start, end, cumulative)


def test_days_of_no_period() -> None:
    with pytest.raises(UsageError, match="not a span from January"):
        of_dates(date(2025, 2, 1), date(2025, 2, 28), cumulative=True)
    with pytest.raises(UsageError, match="not a half-month, month, quarter or year"):
        of_dates(date(2025, 1, 1), date(2025, 2, 28), cumulative=False)


def test_january_is_told_from_its_cumulation_by_the_column() -> None:
    days = date(2025, 1, 1), date(2025, 1, 31)
    assert of_dates(*days, cumulative=False).freq == "M"
    assert of_dates(*days, cumulative=True).freq == "YTD"


@pytest.mark.parametrize("freq", FREQS)
def test_the_period_in_which_a_day_lies(freq: periods.Freq) -> None:
    found = Period.at(freq, date(2025, 8, 20))
    assert found.freq == freq
    assert found.start <= date(2025, 8, 20) <= found.end


def test_the_calendar_ends_are_refused_not_overrun() -> None:
    with pytest.raises(UsageError, match="between 1900 and 2100"):
        parse("1900").previous()
    with pytest.raises(UsageError, match="between 1900 and 2100"):
        parse("2100-12").next()
    with pytest.raises(UsageError, match="between 1900 and 2100"):
        parse("1900-01").same_period_last_year()
