"""Counterfactuals by their own identities: markets clear, nothing changed is nothing changed, Newton agrees."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.errors import UsageError
from corridor.potential.counterfactual import counterfactual


@pytest.fixture(scope="module")
def world(test_data: Path) -> tuple[list[str], np.ndarray]:
    """Thirty economies in 2006, with their domestic trade."""
    path = test_data / "gegravity-sample" / "sample_data_set.dlm"
    if not path.is_file():
        pytest.skip(f"the sample of thirty economies is not here: {path}")
    wide = pl.read_csv(path).sort("exporter", "importer")
    names = wide["exporter"].unique().sort().to_list()
    return names, wide["trade"].cast(pl.Float64).to_numpy().reshape(len(names), len(names))


def invented(size: int, seed: int) -> np.ndarray:
    draw = np.random.default_rng(seed)
    return draw.lognormal(2, 1, (size, size)) + np.diag(draw.lognormal(6, 1, size))


def test_an_unchanged_world_stays(world: tuple[list[str], np.ndarray]) -> None:
    trade = world[1]
    found = counterfactual(trade, np.ones_like(trade), 6.0)
    for hat in (found.income_hat, found.price_hat, found.welfare_hat):
        assert np.abs(hat - 1).max() < 1e-10
    assert found.trade == pytest.approx(trade)


def agreement(names: list[str], trade: np.ndarray, one: str, other: str) -> np.ndarray:
    """Trade of two economies becomes easier by what an agreement is worth: exp(0.5 / (1 - σ)), σ = 6."""
    cost = np.ones_like(trade)
    i, j = names.index(one), names.index(other)
    cost[i, j] = cost[j, i] = np.exp(0.5 / (1 - 6.0))
    return cost


def test_markets_clear_and_incomes_add_up(world: tuple[list[str], np.ndarray]) -> None:
    names, trade = world
    found = counterfactual(trade, agreement(names, trade, "CAN", "JPN"), 6.0)
    output = trade.sum(axis=1)
    assert np.abs(found.trade.sum(axis=1) - output * found.income_hat).max() / trade.sum() < 1e-10
    assert (output * found.income_hat).sum() == pytest.approx(output.sum(), rel=1e-12)
    # What an economy buys beyond its output stays what it was.
    before, after = trade.sum(axis=0) - output, found.trade.sum(axis=0) - output * found.income_hat
    assert after == pytest.approx(before, abs=1e-9 * trade.sum())
    i, j = names.index("CAN"), names.index("JPN")
    assert found.welfare_hat[i] > 1
    assert found.welfare_hat[j] > 1
    assert found.trade[i, j] > trade[i, j]


def newton(trade: np.ndarray, cost: np.ndarray, sigma: float) -> np.ndarray:
    """The same equations solved by Newton's method with differences for derivatives; one is replaced by the unit."""
    flows = trade / trade.sum()
    output, spent = flows.sum(axis=1), flows.sum(axis=0)

    def residual(income: np.ndarray) -> np.ndarray:
        weight = flows / spent * (cost * income[:, None]) ** (1 - sigma)
        left = (weight / weight.sum(axis=0) * (output * income + spent - output)).sum(axis=1) - output * income
        left[0] = (output * income).sum() - 1
        return left

    income = np.ones(len(output))
    for _ in range(60):
        now = residual(income)
        steps = 1e-7 * np.eye(len(income))
        slope = np.column_stack([(residual(income + step) - residual(income - step)) / 2e-7 for step in steps])
        income = income - np.linalg.solve(slope, now)
        if np.abs(now).max() < 1e-15:
            break
    return income


@pytest.mark.parametrize(("size", "sigma"), [(2, 3.0), (7, 6.0), (12, 9.0)])
def test_newton_finds_the_same_incomes(size: int, sigma: float) -> None:
    trade = invented(size, size)
    cost = np.exp(np.random.default_rng(size + 1).normal(0, 0.1, trade.shape))
    assert counterfactual(trade, cost, sigma).income_hat == pytest.approx(newton(trade, cost, sigma), abs=1e-9)


def test_two_mirrored_economies_by_hand() -> None:
    """Alike in everything: incomes stay, shares and welfare follow from the costs alone."""
    trade = np.array([[90.0, 10.0], [10.0, 90.0]])
    half = np.array([[1.0, 0.5], [0.5, 1.0]])
    found = counterfactual(trade, half, 2.0)
    assert found.income_hat == pytest.approx([1.0, 1.0])
    # Foreign weight 0.1 x 0.5^-1 = 0.2 of 1.1; the price index is 1 / 1.1.
    assert found.trade[0, 1] == pytest.approx(100 * 0.2 / 1.1)
    assert found.welfare_hat == pytest.approx([1.1, 1.1])


def test_what_has_no_solution_is_refused() -> None:
    trade, ones = invented(3, 1), np.ones((3, 3))
    with pytest.raises(UsageError, match="above 1"):
        counterfactual(trade, ones, 1.0)
    with pytest.raises(UsageError, match="square"):
        counterfactual(trade, np.ones((2, 2)), 5.0)
    with pytest.raises(UnfitTable, match="sells or buys nothing"):
        counterfactual(trade * np.array([[0.0], [1], [1]]), ones, 5.0)
    with pytest.raises(UnfitTable, match="cost_hat"):
        counterfactual(trade, ones * 0, 5.0)
