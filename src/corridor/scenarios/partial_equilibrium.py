"""Partial equilibrium in one market, as in WITS SMART: creation, diversion, price effect, revenue, welfare.

Three elasticities, three types: one can never be handed in for another. Assumptions: suppliers' goods are imperfect
substitutes (Armington), no income effects, first-order changes; world prices are 1, so that values are quantities.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corridor.errors import UsageError


@dataclass(frozen=True)
class _Elasticity:
    """A positive number and where it comes from."""

    value: float
    source: str

    def __post_init__(self) -> None:
        if not self.value > 0:
            raise UsageError(f"an elasticity of {self.value:g} is not positive; give it without its sign")


class ImportDemand(_Elasticity):
    """How far imports of a product fall, in per cent, when it gets one per cent dearer; positive."""

    def times(self, factor: float) -> ImportDemand:
        """The elasticity made so many times as great, for a test of how much depends on it."""
        return ImportDemand(self.value * factor, f"{self.source}, times {factor:g}")


class Substitution(_Elasticity):
    """How readily buyers go from one supplier to another (Armington); positive."""

    @classmethod
    def from_trade(
        cls, elasticity: float, source: str, *, convention: Literal["minus_sigma", "one_minus_sigma"] = "minus_sigma"
    ) -> Substitution:
        """Substitution from a trade elasticity of a gravity equation, such as those of ProTEE (negative, HS 2007).

        Such an equation regresses imports valued before duty on ``1 + tariff``: its coefficient is minus the elasticity
        of substitution, so the sign is turned: -7.89 becomes 7.89. Where values include the duty it is ``1 - sigma``
        and one is added: 8.89. It says nothing of how total imports of a product answer to their cost: it never becomes
        an `ImportDemand`.

        Raises: UsageError for a trade elasticity that is not negative.
        """
        if not elasticity < 0:
            raise UsageError(
                f"a trade elasticity of {elasticity:g} is not negative: substitution cannot be told from it"
            )
        return cls(-elasticity + (convention == "one_minus_sigma"), source)


class ExportSupply(_Elasticity):
    """How far a supplier's exports rise, in per cent, with one per cent more paid; positive, `math.inf` allowed."""


@dataclass(frozen=True)
class Market:
    """One product in one importing economy: imports (USD) and duties (shares) of the partner and of all others.

    ``others`` maps each other supplier to what was imported from it, ``other_rates`` to what it pays.
    """

    partner_imports: float
    rate_before: float
    rate_after: float
    others: Mapping[str, float]
    other_rates: Mapping[str, float]

    def __post_init__(self) -> None:
        if min(self.partner_imports, *self.others.values(), 0.0) < 0:
            raise UsageError("imports cannot be below zero")
        if min(self.rate_before, self.rate_after, *self.other_rates.values(), 0.0) < 0:
            raise UsageError("a rate cannot be below zero")
        if missing := self.others.keys() - self.other_rates.keys():
            raise UsageError(f"no rate is given for the supplier {min(missing)}")


@dataclass(frozen=True)
class Effects:
    """What a change of the partner's duty does, in USD a year.

    ``trade_effect = trade_creation + trade_diversion + price_effect`` is the change in imports from the partner;
    ``diverted_from`` says from whom, and sums to minus the diversion. ``revenue_change`` is the importer's duty after
    minus before, over all suppliers. ``welfare_change`` is the triangle over the created trade.
    """

    trade_creation: float
    trade_diversion: float
    price_effect: float
    diverted_from: Mapping[str, float]
    revenue_before: float
    revenue_after: float
    welfare_change: float

    @property
    def trade_effect(self) -> float:
        """Change in imports from the partner, USD."""
        return self.trade_creation + self.trade_diversion + self.price_effect

    @property
    def revenue_change(self) -> float:
        """Change of the importer's duty revenue, USD."""
        return self.revenue_after - self.revenue_before


def simulate(market: Market, demand: ImportDemand, substitution: Substitution, supply: ExportSupply) -> Effects:
    """What happens in one market when the partner's duty goes from ``rate_before`` to ``rate_after``.

    With the imports M from the partner and N from others, the elasticities ε of import demand, σ of substitution and μ
    of export supply, and δ = (1 + after) / (1 + before) - 1:

    - creation ``M ε (-δ) / (1 + ε/μ)``;
    - diversion ``M N k / (M + N + M k)`` with ``k = -σ δ``: M + N stays and M/N grows by the factor 1 + k; above -M and
      below N, whatever σ;
    - price effect ``M π`` with ``π = ε (-δ) / (μ + ε)``, the rise of what the partner's suppliers are paid: zero where
      supply is infinitely elastic;
    - revenue: each supplier's imports times its rate, after minus before;
    - welfare ``(before + after) / 2 * creation``.

    Raises: UsageError where a rise of the duty is so steep that k is -1 or less: the first-order form breaks down.

    Source: Laird and Yeats (1986), The UNCTAD Trade Policy Simulation Model; Jammes and Olarreaga (2005), Explaining
    SMART and GSIM; re-derived, see docs/tariffs.md.

    Worked example: M = 100, N = 300, 10 % to 0, ε = 1.2, σ = 1.5, μ infinite: creation 10.909091, diversion
    9.890110; with μ = 99 creation 10.778443.
    """
    cut = 1 - (1 + market.rate_after) / (1 + market.rate_before)
    inverse_supply = 0.0 if math.isinf(supply.value) else 1 / supply.value
    creation = market.partner_imports * demand.value * cut / (1 + demand.value * inverse_supply)
    dearer = demand.value * cut * inverse_supply / (1 + demand.value * inverse_supply)
    diversion = _diversion(market, substitution.value * cut)
    price = market.partner_imports * dearer
    others = sum(market.others.values())
    diverted = {name: -diversion * value / others for name, value in market.others.items()} if others else {}
    return Effects(
        trade_creation=creation,
        trade_diversion=diversion,
        price_effect=price,
        diverted_from=diverted,
        revenue_before=_revenue(market, market.rate_before, 0.0, {}),
        revenue_after=_revenue(market, market.rate_after, creation + diversion + price, diverted),
        welfare_change=(market.rate_before + market.rate_after) / 2 * creation,
    )


def _diversion(market: Market, k: float) -> float:
    mine, others = market.partner_imports, sum(market.others.values())
    if k <= -1:
        raise UsageError("the duty rises so steeply that the linear form gives less than no trade")
    return mine * others * k / (mine + others + mine * k) if mine and others else 0.0


def _revenue(market: Market, rate: float, more: float, diverted: Mapping[str, float]) -> float:
    rest = sum((value + diverted.get(name, 0.0)) * market.other_rates[name] for name, value in market.others.items())
    return (market.partner_imports + more) * rate + rest


def sensitivity(
    market: Market, demand: ImportDemand, substitution: Substitution, supply: ExportSupply
) -> Mapping[str, Effects]:
    """The result with import demand half as elastic, as given, and twice as elastic: ``half, given, double``.

    Of the three elasticities import demand is the least known, so no result is shown without the other two.
    """
    factors = {"half": 0.5, "given": 1.0, "double": 2.0}
    return {
        name: simulate(market, demand if factor == 1 else demand.times(factor), substitution, supply)
        for name, factor in factors.items()
    }
