"""The lunar New Year in the study: the warning, and January and February together."""

import pytest

from corridor.codes.periods import Period
from corridor.evidence import Measure, Name
from corridor.study.comparisons import Comparison
from corridor.study.holiday import both_months, disturbed
from corridor.workspace import Workspace


def compared(current: Period) -> Comparison:
    return Comparison(current.same_period_last_year(), current, "month")


@pytest.mark.parametrize(
    ("one", "other", "current", "expected"),
    [
        ("VNM", "RUS", Period.month(2025, 1), True),
        ("RUS", "VNM", Period.month(2025, 2), True),
        ("RUS", "KAZ", Period.month(2025, 1), False),
        ("VNM", "RUS", Period.month(2025, 3), False),
        ("VNM", "RUS", Period.year_to_date(2025, 2), False),
        ("VNM", "RUS", Period.quarter(2025, 1), False),
        ("VNM", "RUS", Period.year(2025), False),
        ("VNM", "RUS", Period.month(1999, 1), False),
    ],
)
def test_only_the_holidays_own_months_are_disturbed(one: str, other: str, current: Period, expected: bool) -> None:
    assert disturbed(one, other, compared(current)) is expected


def test_both_months_stand_in_for_one() -> None:
    both = both_months(compared(Period.month(2025, 1)))
    assert (both.current.code, both.base.code) == ("2025-01:2025-02", "2024-01:2024-02")


@pytest.fixture(scope="module")
def january(tmp_path_factory: pytest.TempPathFactory):
    """The study of January 2025 on the bundled figures."""
    return Workspace(tmp_path_factory.mktemp("store")).study("RUS", "VNM", period="2025-01")


def test_the_study_of_a_january_warns(january) -> None:
    found = {finding.key: finding for finding in january.study.stage("product_groups").findings}
    warning = found["product_groups.lunar_new_year"]
    assert (warning.parameters["day"], warning.parameters["base_day"]) == (
        Name("period", "2025-01-29"),
        Name("period", "2024-02-10"),
    )
    assert "lunar_new_year" in found["product_groups.flows"].caveats


def test_january_and_february_are_read_together(january) -> None:
    found = {finding.key: finding for finding in january.study.stage("product_groups").findings}
    together = found["product_groups.january_february"].parameters
    # Viet Nam's exports to Russia: 346,679,434 against 369,487,512 USD.
    growth = together["exports_growth"]
    assert isinstance(growth, Measure)
    assert growth.value == pytest.approx(-0.062, abs=5e-4)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "In January–February 2025 against January–February 2024, exports of Viet Nam to Russia fell by 6.2%"),
        (
            "ru",
            "За январь–февраль 2025\u00a0г. по сравнению с январём–февралём 2024\u00a0г. экспорт Вьетнама "
            "в Россию снизился",
        ),
        ("vi", "Trong 2 tháng đầu năm 2025 so với 2 tháng đầu năm 2024, xuất khẩu của Việt Nam sang Nga giảm 6,2%"),
    ],
)
def test_the_report_says_so(january, lang: str, said: str) -> None:
    assert said in january.render("md", lang=lang)


def test_the_study_of_years_says_nothing_of_it(tmp_path) -> None:
    study = Workspace(tmp_path / "store").study("RUS", "VNM", period="2025").study
    assert not [each for each in study.stage("product_groups").findings if each.key.endswith("lunar_new_year")]
