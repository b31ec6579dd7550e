"""The weakest evidence of a recommendation: which rule speaks first."""

from __future__ import annotations

import pytest

from corridor.recommend.findings.weakness import WEAKNESSES, weakest

ROW = {
    "product": "coal", "importer": "VNM", "flow": "import", "change_kind": "changed", "growth": 0.5, "change": 50.0,
    "value_1": 150.0, "unit_value_effect": 10.0, "unit_value_growth": 0.1, "quantity_growth": 0.4,
    "partial_growth": 0.2,
    "trace_id": "a/1/2 b/3/4",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "group_level"),
        ({"flow": "export"}, "demand_unknown"),
        ({"unit_value_effect": 31.0}, "unit_value_driven"),
        ({"unit_value_effect": 30.0}, "group_level"),  # exactly 60 % is not above it
        ({"unit_value_effect": None}, "group_level"),
        ({"growth": -0.1, "change": -10.0, "unit_value_effect": -9.0}, "falling"),
        ({"partial_growth": -0.01}, "reversed"),
        ({"partial_growth": 0.0}, "group_level"),
        ({"partial_growth": None}, "group_level"),
        ({"growth": -0.1, "partial_growth": -0.5}, "falling"),  # nothing was reversed
        ({"change_kind": "new", "growth": None}, "new_row"),
        # The weaker evidence speaks first.
        ({"change_kind": "new", "growth": None, "flow": "export"}, "new_row"),
        ({"partial_growth": -0.5, "unit_value_effect": 50.0, "flow": "export"}, "reversed"),
        ({"unit_value_effect": 50.0, "flow": "export"}, "unit_value_driven"),
    ],
)
def test_the_first_rule_that_holds_is_named(changed, expected):
    evidence, change = weakest({**ROW, **changed})
    assert (evidence.key, change.key) == (f"weakest.{expected}", f"would_change.{expected}")


def test_figures_come_from_the_row_and_unknown_ones_stay_unknown():
    evidence, _ = weakest({**ROW, "unit_value_effect": 50.0, "quantity_growth": None})
    assert evidence.parameters["unit_value_growth"].value == 0.1
    assert evidence.parameters["quantity_growth"].value is None
    assert evidence.parameters["product"].code == "coal"
    assert evidence.parameters["partner"].code == "VNM"
    assert evidence.traces == ("a/1/2", "b/3/4")


def test_one_rule_always_holds():
    assert WEAKNESSES[-1].holds({})
    assert len({rule.name for rule in WEAKNESSES}) == len(WEAKNESSES)
