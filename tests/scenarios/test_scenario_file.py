"""The scenario's file: what a ministry could sign is read, everything else ends in one line."""

import math

import pytest

from corridor.errors import NothingFound
from corridor.scenarios import notes, scenario
from corridor.scenarios.forms import BrokenForm

SOUND = """
title: "Zero duties"
signed: "Ministry, 2026-06-01"
importer: "VNM"
partner: "RUS"
baseline: {year: 2025, source: "vn_customs"}
schedule: {reporter: "VNM", day: 2026-06-01}
elasticities:
  import_demand: {products: {coal: 0.5}, source: "assumed"}
  substitution: {default: 1.5, source: "default"}
  export_supply: {default: infinite, source: "small buyer"}
changes:
  - {products: [coal], duty_percent: 5, from: 2027-01-01, until: 2027-12-31, reason: "first step"}
  - {products: [coal, wheat], duty_percent: 0, from: 2028-01-01, reason: "second step"}
"""


def test_a_sound_file() -> None:
    found = scenario.parse(SOUND, "s.yml")
    assert (found.changes[0].rate, found.changes[1].products) == (0.05, ("coal", "wheat"))
    demand, substitution, supply = found.elasticities.typed("coal")
    assert (demand.value, substitution.value, supply.value) == (0.5, 1.5, math.inf)
    assert found.schedule_day.isoformat() == "2026-06-01"


def test_a_missing_elasticity_is_named() -> None:
    with pytest.raises(NothingFound, match="gives no elasticity of import_demand for wheat; write it under"):
        scenario.parse(SOUND, "s.yml").elasticities.typed("wheat")


def test_trade_elasticities_serve_as_substitution_only() -> None:
    text = SOUND.replace("{default: 1.5,", "{default: 1.5, trade_elasticities: protee,")
    found = scenario.parse(text, "s.yml").elasticities
    assert [found.typed("coal", trade)[1].value for trade in ({"coal": -7.89}, {"tea": -2.0})] == [7.89, 1.5]
    with pytest.raises(BrokenForm, match="trade elasticities serve as substitution only"):
        scenario.parse(SOUND.replace("{products: {coal", "{trade_elasticities: protee, products: {coal"), "s.yml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title:", "titel:", "s.yml: title: Field required"),
        ("partner: \"RUS\"", "partner: \"RUS\"\ncolour: red", "s.yml: colour: Extra inputs are not permitted"),
        ("duty_percent: 5", "duty_percent: -5", "changes.0.duty_percent: Input should be greater than or equal to 0"),
        ("until: 2027-12-31, ", "", "two changes set one duty on one day, from 2027-01-01 and from 2028-01-01"),
        ("until: 2027-12-31", "until: 2026-12-31", "changes.0: ends on 2026-12-31, before it begins on 2027-01-01"),
        ("{reporter: \"VNM\",", "{reporter: \"RUS\",", "the schedule is of RUS, the scenario is about imports of VNM"),
        ("partner: \"RUS\"", "partner: \"VNM\"", "importer and partner are both VNM"),
        ("default: 1.5", "default: infinite", "only export supply can be infinite"),
        ("default: 1.5", "default: -1.5", "elasticities.substitution.default"),
        ("  substitution: {default: 1.5, source: \"default\"}\n", "", "elasticities.substitution: Field required"),
        # YAML takes NO for a truth value: a code that is not quoted never becomes another.
        ("importer: \"VNM\"", "importer: NO", "importer: Input should be a valid string"),
        ("title: \"Zero duties\"", "title: \"a\"\ntitle: \"b\"", "'title' stands twice"),
        ("reason: \"first step\"", "reason: \"\"", "changes.0.reason"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(old: str, new: str, said: str) -> None:
    assert old in SOUND
    with pytest.raises(BrokenForm) as raised:
        scenario.parse(SOUND.replace(old, new), "s.yml")
    assert said in raised.value.line()
    assert "\n" not in raised.value.line()


@pytest.mark.parametrize("text", ["", "[]", "a: [", "- 1", "{" * 5000])
def test_what_is_no_scenario(text: str) -> None:
    with pytest.raises(BrokenForm) as raised:
        scenario.parse(text, "s.yml")
    assert "\n" not in raised.value.line()


NOTE = """
notes:
  - {products: ["0203"], partner: "RUS", subject: "veterinary", text: "Twelve plants.", author: "N. N.",
     date: 2026-03-01, address: "https://example.org"}
"""


def test_notes_concern_the_goods_they_name() -> None:
    (found,) = notes.parse(NOTE, "n.yml")
    assert found.concerns("02031100", "RUS")
    assert not found.concerns("02031100", "CHN")
    assert not found.concerns("01011100", "RUS")


@pytest.mark.parametrize("missing", ['author: "N. N.",', "date: 2026-03-01,", ', address: "https://example.org"'])
def test_a_note_without_author_date_or_address_is_refused(missing: str) -> None:
    with pytest.raises(BrokenForm, match="Field required"):
        notes.parse(" ".join(NOTE.split()).replace("notes: - {", "notes:\n  - {").replace(missing, ""), "n.yml")
