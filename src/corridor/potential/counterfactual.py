"""What trade would be if trade costs changed: structural gravity of one sector, in changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corridor.codes.arrays import Numbers
from corridor.codes.frames import UnfitTable
from corridor.errors import CorridorError, UsageError

#: Markets clear to this part of world output, well inside the promised 1e-10.
_CLEARED = 1e-13
_STEPS = 100_000


class NotSolved(CorridorError):
    """No set of incomes was found that clears the markets."""


@dataclass(frozen=True)
class Counterfactual:
    """A world after a change of trade costs; arrays in the order of the economies given, hats are after / before.

    ``trade``: values after, exporter by importer, in the unit given; ``income_hat``: output of each economy (that of
    the world is the unit of account and stays); ``price_hat``: consumer price index; ``welfare_hat``: real
    expenditure; ``excess``: the largest excess demand as a part of world output.
    """

    trade: Numbers
    income_hat: Numbers
    price_hat: Numbers
    welfare_hat: Numbers
    excess: float


def counterfactual(trade: Numbers, cost_hat: Numbers, elasticity: float) -> Counterfactual:
    """Solves the world exactly in changes, without estimating any level.

    ``trade``: values of exporter by importer, domestic trade on the diagonal, zeros allowed. ``cost_hat``: iceberg
    trade costs after over before, the same shape, above 0, 1 where nothing changes; a gravity coefficient b of a
    variable that changes by d gives ``exp(b * d / (1 - elasticity))``. ``elasticity``: of substitution, above 1.

    Shares change by ``(cost_hat_ij income_hat_i)^(1 - σ)`` over the mean of its column, and each output equals what all
    buy of it. A trade balance stays what it was in units of world output, so expenditures add up to outputs and the
    markets can clear; a balance held as a share of own income would not let them.

    Raises: UnfitTable, UsageError, NotSolved.

    Source: Dekle, Eaton and Kortum (2008), IMF Staff Papers 55, with one factor and one sector. Checked by hand:
    markets clear, an unchanged world gives ones, a Newton solution of the same equations agrees.
    """
    _check(trade, cost_hat, elasticity)
    world = trade.sum()
    flows = trade / world
    output, spent = flows.sum(axis=1), flows.sum(axis=0)
    shares, balance = flows / spent, spent - output
    cheaper = cost_hat ** (1 - elasticity)
    income = np.ones(len(output))
    for _ in range(_STEPS):
        sold = _sold(income, shares, cheaper, output, balance, elasticity)
        excess = sold.sum(axis=1) - output * income
        if np.abs(excess).max() < _CLEARED:
            return _told(
                sold * world, income, shares, cheaper, output, balance, elasticity, float(np.abs(excess).max())
            )
        # Demand falls with the price by the elasticity: a root of it steps neither too far nor too short.
        income = income * (sold.sum(axis=1) / (output * income)) ** (1 / elasticity)
        income = income / (output * income).sum() * output.sum()
    raise NotSolved("no incomes clear the markets", next_step="look for an economy that trades almost nothing")


def _sold(
    income: Numbers, shares: Numbers, cheaper: Numbers, output: Numbers, balance: Numbers, elasticity: float
) -> Numbers:
    weight = shares * cheaper * (income ** (1 - elasticity))[:, None]
    sold: Numbers = weight / weight.sum(axis=0) * (output * income + balance)
    return sold


def _told(
    trade: Numbers, income: Numbers, shares: Numbers, cheaper: Numbers, output: Numbers, balance: Numbers,
    elasticity: float, excess: float,
) -> Counterfactual:  # fmt: skip
    level = (shares * cheaper * (income ** (1 - elasticity))[:, None]).sum(axis=0)
    price = level ** (1 / (1 - elasticity))
    spent_hat = (output * income + balance) / (output + balance)
    return Counterfactual(trade, income, price, spent_hat / price, excess)


def _check(trade: Numbers, cost_hat: Numbers, elasticity: float) -> None:
    if trade.ndim != 2 or trade.shape[0] != trade.shape[1] or cost_hat.shape != trade.shape:
        raise UsageError("trade and cost_hat are square and of one size", next_step="one row and column an economy")
    if elasticity <= 1:
        raise UsageError(f"an elasticity of substitution of {elasticity} has no solution", next_step="above 1, e.g. 5")
    if (
        not np.isfinite(trade).all()
        or (trade < 0).any()
        or (trade.sum(axis=1) <= 0).any()
        or (trade.sum(axis=0) <= 0).any()
    ):
        raise UnfitTable("trade has a value that is missing or negative, or an economy that sells or buys nothing")
    if not np.isfinite(cost_hat).all() or (cost_hat <= 0).any():
        raise UnfitTable("cost_hat has a value that is missing, zero or negative")
