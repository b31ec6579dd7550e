"""Named and versioned formulas of export potential: the same words must mean the same arithmetic for years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corridor.errors import UsageError

#: What a formula may need beside the trade itself.
Factor = Literal["outlook", "income_elasticity", "tariffs", "substitution", "distance", "balance"]


@dataclass(frozen=True)
class Variant:
    """One formula: which factors enter it, and how distance does.

    ``nearer_is_easier``: a supplier nearer than the market's average supplier is rewarded; else every difference from
    the average is punished. Without ``eased`` every pair trades as its world shares say.
    """

    name: str
    factors: tuple[Factor, ...]
    nearer_is_easier: bool
    says: str
    eased: bool = True


_ALL: tuple[Factor, ...] = ("outlook", "income_elasticity", "tariffs", "substitution", "distance", "balance")

VARIANTS: Mapping[str, Variant] = {
    each.name: each
    for each in (
        Variant("full/1", _ALL, True, "every factor; tariffs under the elasticity of substitution; near is easier"),
        Variant(
            "dbt_2023/1",
            tuple(factor for factor in _ALL if factor != "substitution"),
            False,
            "as the UK Department for Business and Trade printed it in December 2023: tariffs without an exponent,"
            " any distance from the average a hindrance",
        ),
        Variant(
            "supply_demand/1", (), True, "supply and demand from the trade table, no pair easier than another", False
        ),
        Variant("trade_only/1", (), True, "supply, demand and bilateral ease from the trade table alone"),
    )
}


def variant(name: str) -> Variant:
    """The formula of that name and version; `UsageError` for another."""
    if name not in VARIANTS:
        raise UsageError(f"no formula of export potential “{name}”", next_step=f"there are: {', '.join(VARIANTS)}")
    return VARIANTS[name]
