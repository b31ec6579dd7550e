"""Tariff-rate quotas: a low rate up to a quantity, a high one beyond it."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.errors import UsageError


@dataclass(frozen=True)
class QuotaDuty:
    """How a consignment divides over a quota: quantities in the quota's unit, ``average_rate`` a share."""

    inside: float
    outside: float
    average_rate: float


def quota_duty(quantity: float, *, used: float, quota: float, rate_inside: float, rate_outside: float) -> QuotaDuty:
    """What a consignment pays where ``used`` of the quota is used up already.

    ``average_rate`` is the mean of both rates weighted by quantity, right where a unit costs the same inside and
    outside. All quantities in one unit, none negative; rates are shares.

    Raises: UsageError for a quantity that is not positive, or anything below zero.

    Worked example: 30 t, 80 of 100 t used, 40 % inside and 80 % outside: 20 t inside, 10 t outside, on average
    (20 * 0.4 + 10 * 0.8) / 30 = 8/15.
    """
    if not quantity > 0 or min(used, quota, rate_inside, rate_outside) < 0:
        raise UsageError("quantities and rates of a quota cannot be below zero, and the consignment must be positive")
    inside = min(quantity, max(0.0, quota - used))
    outside = quantity - inside
    return QuotaDuty(inside, outside, (inside * rate_inside + outside * rate_outside) / quantity)


def fill_rate(imports: float, quota: float) -> float:
    """Share of a quota that is used up, 0..; above 1 where more came in. Raises: UsageError for an empty quota."""
    if not quota > 0:
        raise UsageError(f"a quota of {quota:g} cannot be filled")
    return imports / quota
