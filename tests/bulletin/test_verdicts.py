"""Claims against the bundled figures: what a wrong number probably is, and what arithmetic inside a text shows."""

from __future__ import annotations

import pytest
from labelled import sample_tables

from corridor.bulletin.check import Checked, OtherText, check
from corridor.bulletin.read import claims
from corridor.bulletin.say import Voice


def judged(text: str) -> Checked:
    return check(claims(text), text, sample_tables())


@pytest.mark.parametrize(
    ("text", "verdict", "kind", "evidence"),
    [
        # garments in January 2025: 60,396,790
        ("Tháng 1/2025, xuất khẩu dệt may sang Nga đạt 63,4 triệu USD.", "differs", "typo", "60,40"),
        ("Năm 2025, xuất khẩu cà phê sang Nga đạt 462,3 nghìn USD.", "differs", "unit", "462,29"),
        ("В июле 2026 года экспорт Вьетнама в Россию составил 351,4 млн долл.", "differs", "direction", "215,16"),
        ("In 2025 Viet Nam's exports to Russia rose 3.2%.", "differs", "sign", "3.24%"),
        ("In 2025 Viet Nam's imports from Russia rose 11.7 percentage points.", "differs", "percent_point", "11.7%"),
        # 2,261 over 1,745 million: the year before last is the base that gives it
        ("In 2025 Viet Nam's exports to Russia rose 29.6% from 2024.", "differs", "base", "2023"),
        ("In 2025 Viet Nam's imports from Russia fell.", "differs", "wording", "11.7%"),
        # turnover 2024: 4,583.9 million; the sum of the rounded parts is 4.59
        ("In 2024 trade between Viet Nam and Russia totalled $4.59 billion.", "differs", "rounding", "4.584"),
        (
            "In 2025 Viet Nam's exports of cut flowers to Russia reached $3 million.",
            "unverifiable",
            "none",
            "cut flowers",
        ),
        ("In 2025 Viet Nam's exports to Germany reached $9 billion.", "unverifiable", "none", "Germany"),
    ],
)
def test_what_an_error_probably_is(text: str, verdict: str, kind: str, evidence: str):
    checked = judged(text)
    assert len(checked.judgements) == 1
    judgement = checked.judgements[0]
    assert (judgement.verdict, judgement.kind) == (verdict, kind)
    said = Voice(checked.claims[0].language).sentence(judgement.reason)
    assert evidence in said


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("In January 2025 Viet Nam's exports to Russia fell 24.8% from January 2024.", [True]),
        ("In February 2025 Viet Nam's imports from Russia fell 4.6% from February 2024.", [True]),
        ("In January-February 2025 Viet Nam's exports to Russia fell 6.2%.", [False]),
        ("In 2025 Viet Nam's exports to Russia fell 3.2%.", [False]),
        ("In January 2025 Viet Nam's exports to Russia were worth $179.4 million.", [False]),
    ],
)
def test_months_with_and_without_the_lunar_new_year_are_not_alike(text: str, remarks: list[bool]):
    checked = judged(text)
    said = [Voice("en").sentence(judgement.reason) for judgement in checked.judgements]
    assert {judgement.verdict for judgement in checked.judgements} == {"agrees"}
    assert ["not like with like" in each for each in said] == remarks


@pytest.mark.parametrize("lang", ["en", "ru", "vi"])
def test_every_reason_is_told_in_every_language(lang: str):
    checked = judged(
        "In January 2025 Viet Nam's exports to Russia fell 24.8%; imports grew 5%; trade was $375.4 thousand."
    )
    assert all("{" not in Voice(lang).sentence(judgement.reason) for judgement in checked.judgements)


def test_parts_that_do_not_add_up_are_listed():
    # Nothing is held for 2019 by month: only the text's own arithmetic can tell.
    text = (
        "In March 2019 trade between Viet Nam and Germany reached $900 million; "
        "Viet Nam's exports to Germany were $600 million and imports $200 million."
    )
    checked = judged(text)
    assert [failure.kind for failure in checked.failed] == ["sum"]
    assert len(checked.failed[0].members) == 3


def test_another_text_that_tells_it_differently_is_named():
    text, other = (f"In 2025 Viet Nam's exports to Russia totalled ${amount} billion." for amount in ("2.26", "2.31"))
    checked = check(claims(text), text, sample_tables(), [OtherText("ministry.txt", claims(other))])
    assert [failure.kind for failure in checked.failed] == ["other_text"]


def test_a_text_without_claims_has_nothing_to_judge():
    checked = judged("The delegations met in Ha Noi.")
    assert (checked.claims, checked.judgements, checked.failed) == ((), (), ())
