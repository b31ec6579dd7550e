"""Rules of the agreement with the Eurasian Economic Union, each on the case that the treaty or a press report gives."""

from datetime import date

import pytest

from corridor.errors import UnknownName, UsageError
from corridor.scenarios import origin, quotas, safeguards, staging
from corridor.scenarios.days import months_later, years_later
from corridor.scenarios.safeguards import Clause


def test_value_added_content() -> None:
    content = origin.value_added_content(100, 55)
    assert content == pytest.approx(0.45)
    assert content >= 0.40
    assert content < 0.50
    with pytest.raises(UsageError, match="not positive"):
        origin.value_added_content(0, 1)
    with pytest.raises(UsageError, match="below zero"):
        origin.value_added_content(10, -1)


def test_de_minimis_is_ten_per_cent_of_the_value() -> None:
    assert origin.within_de_minimis(20.00, 1.90)
    assert origin.within_de_minimis(20.00, 2.00)
    assert not origin.within_de_minimis(20.00, 2.10)


def test_shelling_nuts_and_freezing_fish_confer_no_origin() -> None:
    assert len(origin.INSUFFICIENT_OPERATIONS) == 17
    assert not origin.confers_origin(["peeling", "packaging"])
    assert not origin.confers_origin(["freezing"])
    assert origin.confers_origin(["freezing", "working"])
    with pytest.raises(UnknownName, match="nearest: peeling"):
        origin.confers_origin(["peelings"])


def test_a_certificate_lasts_twelve_months_that_day_included() -> None:
    issued = date(2025, 1, 10)
    assert origin.certificate_admissible(issued, date(2026, 1, 10))
    assert not origin.certificate_admissible(issued, date(2026, 1, 11))
    assert not origin.certificate_admissible(issued, date(2025, 1, 9))
    assert origin.last_day_of_certificate(date(2024, 2, 29)) == date(2025, 2, 28)


def test_small_consignments_need_no_certificate() -> None:
    assert not origin.certificate_needed(200)
    assert origin.certificate_needed(200.01)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 8, 26), 6, date(2026, 2, 26)),
    ],
)
def test_months_end_with_the_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
    assert years_later(date(2024, 2, 29), 1) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("ratio", "state", "months"),
    [
        (0.794, "below", 0),
        (1.0, "below", 0),
        (1.05, "exceeded", 6),
        (1.5, "exceeded", 6),
        (1.75, "exceeded_by_half", 9),
    ],
)
def test_published_episodes_of_the_trigger(ratio: float, state: str, months: int) -> None:
    found = safeguards.trigger(ratio * 1000, 1000)
    assert (found.state, found.most_months) == (state, months)


def test_underwear_paid_mfn_for_nine_months_from_march_2018() -> None:
    taken = date(2018, 2, 12)
    found = safeguards.measure("exceeded_by_half", taken=taken, published=taken, clause=Clause())
    assert (found.in_force, found.until) == (date(2018, 3, 14), date(2018, 12, 13))
    assert (found.notice_by, found.notify_by) == (date(2018, 1, 23), date(2018, 2, 15))
    children = safeguards.measure("exceeded", taken=taken, published=taken, clause=Clause())
    assert children.until == date(2018, 9, 13)
    days = [date(2018, 2, 11), taken, date(2018, 3, 14), date(2018, 12, 13), date(2018, 12, 14)]
    assert [found.phase(day) for day in days] == ["not_taken", "taken", "in_force", "in_force", "expired"]


def test_the_act_wins_over_the_treaty_and_says_so() -> None:
    taken, published = date(2025, 8, 26), date(2025, 8, 28)
    found = safeguards.measure("exceeded", taken=taken, published=published, clause=Clause(30, "published"))
    assert (found.in_force, found.until, found.before_treaty) == (date(2025, 9, 27), date(2026, 3, 26), False)
    early = safeguards.measure("exceeded", taken=taken, published=published, clause=Clause(10, "published"))
    assert (early.in_force, early.before_treaty) == (date(2025, 9, 7), True)


def test_a_measure_needs_a_level_exceeded() -> None:
    day = date(2025, 1, 1)
    with pytest.raises(UsageError, match="at most 0"):
        safeguards.measure("below", taken=day, published=day, clause=Clause())
    with pytest.raises(UsageError, match="at most 6"):
        safeguards.measure("exceeded", taken=day, published=day, clause=Clause(), months=9)
    with pytest.raises(UsageError, match="before it was taken"):
        safeguards.measure("exceeded", taken=day, published=date(2024, 12, 31), clause=Clause())


@pytest.mark.parametrize(
    ("final", "ends"),
    [
        (date(2019, 10, 5), date(2026, 10, 5)),
        (date(2021, 10, 5), date(2026, 10, 5)),
        (date(2025, 1, 1), date(2028, 1, 1)),
        (date(2026, 1, 1), date(2029, 1, 1)),
    ],
)
def test_windows_of_bilateral_safeguards(final: date, ends: date) -> None:
    assert safeguards.window_ends(final) == ends


def test_objections_to_a_bilateral_safeguard() -> None:
    quick, slow = date(2018, 1, 1), date(2025, 1, 1)
    assert safeguards.objections(date(2020, 1, 1), date(2021, 12, 31), final_rate=quick) == ()
    assert safeguards.objections(date(2020, 1, 1), date(2022, 1, 1), final_rate=quick) == ("too_long",)
    assert safeguards.objections(date(2020, 1, 1), date(2022, 12, 31), final_rate=slow) == ()
    twice = [(date(2017, 1, 1), date(2017, 6, 30)), (date(2019, 1, 1), date(2019, 6, 30))]
    found = safeguards.objections(
        date(2020, 1, 1), date(2025, 6, 1), final_rate=quick, earlier=twice, share_of_production=0.2
    )
    assert found == ("window_closed", "too_long", "too_soon", "third_time", "not_the_industry")


def test_staging() -> None:
    def cuts(year: int) -> float | None:
        return staging.staged_rate(0.10, "equal_cuts", year, first=2016, last=2020)

    assert [cuts(year) for year in (2015, 2016, 2018, 2020, 2030)] == pytest.approx([0.10, 0.08, 0.04, 0.0, 0.0])
    assert staging.staged_rate(0.10, "at_once", 2016, first=2016) == 0
    assert staging.staged_rate(0.10, "quarter_then_fixed", 2030, first=2016) == pytest.approx(0.075)
    assert staging.staged_rate(0.10, "no_commitment", 2030, first=2016) is None
    with pytest.raises(UsageError, match="the year they end in"):
        staging.staged_rate(0.10, "equal_cuts", 2016, first=2016)


def test_the_schedule_is_a_ceiling() -> None:
    assert staging.applied_rate(0.06, 0.05) == 0.05
    assert staging.applied_rate(0.06, 0.10, accelerated=0.02) == 0.02
    assert staging.applied_rate(None, 0.05) == 0.05


def test_the_unions_commitments_add_up_as_published() -> None:
    lines = {"at_once": 6718, "staged": 2876, "quarter": 131, "trigger": 180, "none": 1453}
    total = sum(lines.values())
    assert total == 11_358
    assert lines["at_once"] + lines["staged"] + lines["trigger"] == 9_774
    assert [round(100 * count / total, 2) for count in lines.values()] == [59.15, 25.32, 1.15, 1.58, 12.79]


def test_a_consignment_divides_over_a_quota() -> None:
    found = quotas.quota_duty(30, used=80, quota=100, rate_inside=0.4, rate_outside=0.8)
    assert (found.inside, found.outside) == (20, 10)
    assert found.average_rate == pytest.approx(8 / 15)
    assert quotas.quota_duty(30, used=120, quota=100, rate_inside=0.4, rate_outside=0.8).average_rate == 0.8
    assert quotas.fill_rate(5000, 10_000) == 0.5
    with pytest.raises(UsageError, match="below zero"):
        quotas.quota_duty(1, used=-1, quota=1, rate_inside=0, rate_outside=0)
