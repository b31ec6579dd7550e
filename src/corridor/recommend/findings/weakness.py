"""The weakest evidence of a recommendation, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corridor.codes.schema import Unit
from corridor.evidence import Finding, Measure, Name

#: Above this share of the change, the change is one of unit value rather than of quantity.
UNIT_VALUE_SHARE = 0.6

Row = Mapping[str, object]


@dataclass(frozen=True)
class Weakness:
    """A rule about weak evidence: when it holds, how it is said, what would change the recommendation."""

    name: str
    holds: Callable[[Row], bool]
    figures: Mapping[str, tuple[str, Unit]]

    def _traces(self, row: Row) -> tuple[str, ...]:
        """The rows behind the figures: those of the incomplete year too where one of its figures is told."""
        partial = any(column.startswith("partial") for column, _ in self.figures.values())
        columns = ("trace_id", "partial_trace_id") if partial else ("trace_id",)
        return tuple(trace for column in columns for trace in str(row.get(column) or "").split())

    def say(self, row: Row, topic: str) -> Finding:
        """The finding ``topic`` (weakest or would_change) of this rule, filled from the candidate's row."""
        parameters: dict[str, Measure | Name] = {
            name: Measure(_float(row.get(column)), unit) for name, (column, unit) in self.figures.items()
        }
        parameters["product"] = Name("product", str(row["product"]))
        parameters["partner"] = Name("area", str(row["importer"]))
        return Finding(f"{topic}.{self.name}", parameters, self._traces(row))


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))


def _new(row: Row) -> bool:
    return row.get("change_kind") == "new"


def _reversed(row: Row) -> bool:
    year, partial = _float(row.get("growth")), _float(row.get("partial_growth"))
    return year is not None and partial is not None and year > 0 > partial


def _falling(row: Row) -> bool:
    year = _float(row.get("growth"))
    return year is not None and year < 0


def _unit_value(row: Row) -> bool:
    effect, change = _float(row.get("unit_value_effect")), _float(row.get("change"))
    return effect is not None and change is not None and change > 0 and effect / change > UNIT_VALUE_SHARE


def _demand_unknown(row: Row) -> bool:
    return row.get("flow") == "export"


#: From the weakest evidence to the least weak; the first that holds is named.
WEAKNESSES = (
    Weakness("new_row", _new, {"value": ("value_1", "usd")}),
    Weakness("reversed", _reversed, {"growth": ("growth", "growth"), "partial_growth": ("partial_growth", "growth")}),
    Weakness("falling", _falling, {"growth": ("growth", "growth")}),
    Weakness(
        "unit_value_driven",
        _unit_value,
        {"unit_value_growth": ("unit_value_growth", "growth"), "quantity_growth": ("quantity_growth", "growth")},
    ),
    Weakness("demand_unknown", _demand_unknown, {}),
    Weakness("group_level", lambda _row: True, {}),
)


def weakest(row: Row) -> tuple[Finding, Finding]:
    """(the weakest evidence, what would change the recommendation) of one candidate."""
    rule = next(rule for rule in WEAKNESSES if rule.holds(row))
    return rule.say(row, "weakest"), rule.say(row, "would_change")
