"""What a bulletin is asked: whose trade with whom, when, and how much of it is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from corridor.codes.periods import Period
from corridor.errors import UsageError


@dataclass(frozen=True)
class Thresholds:
    """What is worth a sentence.

    ``named``: groups named in one list. ``least_contribution``: share of the base total (0.001 = 0.1 percentage point)
    that a group must move to be named by its size. ``least_value`` (USD, in the larger of the two periods) and
    ``least_growth`` (0.3 = 30 %): what a group needs to be named by its rate alone. ``tolerance``: by how much a later
    release must change a growth rate (0.01 = 1 percentage point) to be told.
    """

    named: int = 6
    least_contribution: float = 0.001
    least_value: float = 100_000.0
    least_growth: float = 0.3
    tolerance: float = 0.01

    def __post_init__(self) -> None:
        wrong = [name for name, value in vars(self).items() if value < 0]
        if wrong or self.named < 1:
            raise UsageError(
                f"{', '.join(wrong) or 'named'} cannot be that small",
                next_step="give at least one named group, and no threshold below zero",
            )


@dataclass(frozen=True)
class Assignment:
    """One bulletin: the reporter's trade with a partner, or with a group of partners, in one period.

    ``previous`` also compares with the period just before, ``working_days`` also per working day; ``advice`` also asks
    the study for recommendations.
    """

    reporter: str
    partner: str
    period: Period
    previous: bool = False
    working_days: bool = False
    advice: bool = True
    thresholds: Thresholds = field(default_factory=Thresholds)
    source: str | None = None
    release: str | None = None
    classification: str | None = None
