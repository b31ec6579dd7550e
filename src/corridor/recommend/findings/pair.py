"""Criteria of a pair in a world of products: what the market buys, what is left to sell, and how firm the ground is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from corridor.errors import UsageError
from corridor.recommend.criterion import Criterion

#: Columns as `corridor.recommend.advice` measures them.
PAIR = (
    Criterion("demand", "demand_usd", "usd", 0.15),
    Criterion("growth", "demand_growth", "growth", 0.15),
    Criterion("unrealised", "unrealised_usd", "usd", 0.20),
    Criterion("share_gained", "share_change", "pp", 0.10),
    Criterion("specialisation", "rca", "ratio", 0.10),
    Criterion("access", "tariff", "share", 0.10, descending=True),
    Criterion("preference_margin", "preference_margin", "ratio", 0.05),
    Criterion("competition", "supplier_hhi", "index", 0.05, descending=True),
    Criterion("volatility", "volatility", "ratio", 0.05, descending=True),
    Criterion("concentration_risk", "market_share_of_exports", "share", 0.05, descending=True),
)
#: What the weights as they stand add up to, in the points that a user gives.
POINTS = 100


def weighed(points: Mapping[str, float]) -> tuple[Criterion, ...]:
    """The criteria with a user's own weights, in points; one that is not named keeps its own, one of 0 does not count.

    Raises: UsageError for a name that is no criterion, for what is no weight, and where nothing would count.
    """
    names = [each.name for each in PAIR]
    if unknown := [name for name in points if name not in names]:
        raise UsageError(f"no criterion “{unknown[0]}”", next_step=f"there are: {', '.join(names)}")
    if wrong := [name for name, value in points.items() if not (math.isfinite(value) and 0 <= value <= POINTS)]:
        raise UsageError(f"“{points[wrong[0]]:g}” is no weight of {wrong[0]}", next_step=f"give 0 to {POINTS}")
    given = (replace(each, weight=points.get(each.name, each.weight * POINTS) / POINTS) for each in PAIR)
    counted = tuple(each for each in given if each.weight > 0)
    if not counted:
        raise UsageError("every criterion has the weight 0, and nothing would count", next_step="give one of them more")
    return counted
