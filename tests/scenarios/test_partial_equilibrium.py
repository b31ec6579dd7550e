"""SMART by hand: the worked example, its properties, and the typed elasticities."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.errors import UsageError
from corridor.scenarios.partial_equilibrium import (
    Effects,
    ExportSupply,
    ImportDemand,
    Market,
    Substitution,
    sensitivity,
    simulate,
)

INFINITE = ExportSupply(math.inf, "small buyer")
MARKET = Market(100, 0.10, 0.0, {"CHN": 200.0, "KOR": 100.0}, {"CHN": 0.0, "KOR": 0.1})


def run(market: Market = MARKET, demand: float = 1.2, sigma: float = 1.5, supply: float = math.inf) -> Effects:
    return simulate(market, ImportDemand(demand, "t"), Substitution(sigma, "t"), ExportSupply(supply, "t"))


def test_the_worked_example() -> None:
    found = run()
    assert found.trade_creation == pytest.approx(10.9090909091)
    assert found.trade_diversion == pytest.approx(9.8901098901)
    assert run(supply=99).trade_creation == pytest.approx(10.7784431138)
    # The wrong sign of substitution in the denominator would give 10.588.
    assert found.trade_diversion != pytest.approx(10.5882352941)


def test_revenue_and_welfare_by_hand() -> None:
    found = run()
    # Before: 100 at 10 % and Korea's 100 at 10 %; after: nothing of the partner, Korea less a third of the diversion.
    assert found.revenue_before == pytest.approx(20.0)
    assert found.revenue_after == pytest.approx((100 - 9.8901098901 / 3) * 0.1)
    assert found.welfare_change == pytest.approx(0.05 * 10.9090909091)


def test_an_unchanged_duty_changes_nothing() -> None:
    found = run(Market(100, 0.1, 0.1, {"CHN": 300.0}, {"CHN": 0.0}))
    assert (found.trade_effect, found.revenue_change, found.welfare_change) == (0.0, 0.0, 0.0)


rates = st.floats(0, 1)
amounts = st.floats(1, 1e9)
elasticities = st.floats(0.1, 10)


@given(amounts, amounts, rates, rates, elasticities, elasticities, st.floats(0.5, 1e6))
def test_properties(m: float, n: float, before: float, after: float, e: float, sigma: float, mu: float) -> None:
    cut = 1 - (1 + after) / (1 + before)
    market = Market(m, before, after, {"AAA": n, "BBB": n / 3}, {"AAA": 0.05, "BBB": 0.0})
    if sigma * cut <= -1:
        with pytest.raises(UsageError):
            run(market, e, sigma, mu)
        return
    found = run(market, e, sigma, mu)
    assert found.trade_effect == pytest.approx(found.trade_creation + found.trade_diversion + found.price_effect)
    assert sum(found.diverted_from.values()) == pytest.approx(-found.trade_diversion, abs=1e-6)
    assert -m * (1 + 1e-9) <= found.trade_diversion <= (n + n / 3) * (1 + 1e-9)
    assert found.revenue_change == pytest.approx(found.revenue_after - found.revenue_before)
    infinite = run(market, e, sigma)
    assert infinite.price_effect == 0
    assert run(market, 2 * e, sigma).trade_creation == pytest.approx(2 * infinite.trade_creation)
    # What the partner's suppliers are paid more is what makes them supply more.
    assert found.price_effect * mu == pytest.approx(found.trade_creation, rel=1e-9, abs=1e-9)


def test_diversion_has_the_trade_of_others_as_its_ceiling() -> None:
    assert run(sigma=1e9).trade_diversion == pytest.approx(300, rel=1e-6)


def test_sensitivity_halves_and_doubles_import_demand() -> None:
    found = sensitivity(MARKET, ImportDemand(1.2, "t"), Substitution(1.5, "t"), INFINITE)
    assert [found[name].trade_creation for name in ("half", "given", "double")] == pytest.approx(
        [5.4545454545, 10.9090909091, 21.8181818182]
    )
    assert found["half"].trade_diversion == found["double"].trade_diversion


def test_a_trade_elasticity_becomes_substitution_only() -> None:
    assert Substitution.from_trade(-7.89, "ProTEE").value == 7.89
    assert Substitution.from_trade(-7.89, "ProTEE", convention="one_minus_sigma").value == 8.89
    with pytest.raises(UsageError, match="is not negative"):
        Substitution.from_trade(0.5, "ProTEE")
    assert not hasattr(ImportDemand, "from_trade")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: ImportDemand(-1.2, "t"), "not positive"),
        (lambda: Market(-1, 0.1, 0, {}, {}), "imports cannot be below zero"),
        (lambda: Market(1, 0.1, -0.01, {}, {}), "a rate cannot be below zero"),
        (lambda: Market(1, 0.1, 0, {"CHN": 1.0}, {}), "no rate is given for the supplier CHN"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: object, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        wrong()  # type: ignore[operator]
