"""Growth per working day in a bulletin, on request."""

import json

import pytest

from corridor.errors import UsageError
from corridor.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(tmp_path_factory.mktemp("store"))


def test_growth_is_told_a_day(workspace: Workspace) -> None:
    data = json.loads(workspace.bulletin("VNM", "RUS", "2025-01", working_days=True).render("json"))
    found = data["per_working_day"]
    assert (found["working_days"], found["base_working_days"]) == (17, 22)
    # (179,449,276 / 17) / (238,711,980 / 22) - 1
    assert found["growth"]["exports"] == pytest.approx(179_449_276 / 17 / (238_711_980 / 22) - 1)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "(working days of Viet Nam: 17 in January 2025, 22 in January 2024), exports to Russia: down 2.7%"),
        ("ru", "экспорт в Россию: снижение на 2,7\u00a0%"),
        ("vi", "tháng 1/2025 là 17, tháng 1/2024 là 22), xuất khẩu sang Nga: giảm 2,7%"),
    ],
)
def test_it_is_said_in_three_languages_and_only_on_request(workspace: Workspace, lang: str, said: str) -> None:
    assert said in workspace.bulletin("VNM", "RUS", "2025-01", working_days=True).render("md", lang=lang)
    assert said not in workspace.bulletin("VNM", "RUS", "2025-01").render("md", lang=lang)


def test_other_countries_holidays_are_not_known(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match=r"the working days of .* are not known here, only those of VNM"):
        workspace.bulletin("RUS", "VNM", "2021", source="imf_imts", working_days=True)


def test_a_group_of_partners_says_why_nothing_is_recommended(workspace: Workspace) -> None:
    text = workspace.bulletin("VNM", "EAEU", "2025-01").render("md")
    assert "none are made for a group: ask for the bulletin of one member" in text
    assert "none are made for a group" not in workspace.bulletin("VNM", "EAEU", "2025-01", advice=False).render("md")
