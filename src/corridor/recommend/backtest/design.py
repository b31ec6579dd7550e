"""What is predicted from which years, and when there is too little to judge."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.errors import UsageError

#: With fewer candidates than this nothing is judged.
ENOUGH = 200


@dataclass(frozen=True)
class Design:
    """Advice is given on the years up to ``base`` and judged by the mean of the ``judged`` years.

    An activation goes from an index of revealed comparative advantage ``below`` in every known year to one ``above``.
    ``first``: how many of each economy's candidates are taken as recommended. ``bootstrap``: resamples of economies.
    """

    base: int
    judged: tuple[int, ...]
    below: float = 0.1
    above: float = 1.0
    first: int = 5
    bootstrap: int = 200
    seed: int = 1

    def __post_init__(self) -> None:
        if not self.judged or min(self.judged) <= self.base:
            raise UsageError("the years that judge come after the years that advise", next_step="e.g. base 2020, 2021")
        if not 0 <= self.below < self.above:
            raise UsageError(f"nothing rises from below {self.below} to above {self.above}")
