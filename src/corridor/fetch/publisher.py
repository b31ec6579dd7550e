"""What a publisher's module declares: where it answers, what to ask it for, and how to look into its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from corridor.errors import UsageError
from corridor.fetch.request import Request, Span


@dataclass(frozen=True)
class Ask:
    """What a user wants: an ordered pair of economies or none, years both included, and a choice of edition.

    ``base`` is where the publisher answers, ``keyed`` whether there is a key for it.
    """

    first_year: int
    last_year: int
    base: str
    today: date
    pair: tuple[str, str] | None = None
    classification: str | None = None
    edition: str | None = None
    keyed: bool = False

    @property
    def years(self) -> tuple[int, ...]:
        """Every year asked for, the earliest first."""
        return tuple(range(self.first_year, self.last_year + 1))

    def both(self) -> tuple[tuple[str, str], ...]:
        """The pair and its mirror. Raises `UsageError` where no pair was named."""
        if self.pair is None:
            raise UsageError("this publisher is asked for a pair", next_step="e.g. corridor update un_comtrade RUS VNM")
        first, second = self.pair
        return (first, second), (second, first)


@dataclass(frozen=True)
class Found:
    """What an answer holds: how many rows, and which of the spans asked for have any."""

    rows: int
    present: frozenset[Span]


@dataclass(frozen=True)
class Publisher:
    """A publisher that can be asked.

    ``look`` raises `corridor.fetch.DownloadFailed` where the answer is the publisher's own complaint;
    ``further`` gives the requests that a list leads to. ``key_variable`` names the environment variable of a
    key and ``key_header`` the header it travels in. ``of_pair`` says that it cannot be asked without a pair,
    ``home`` names the one economy whose trade it publishes, ``current`` that it publishes the year under way.
    """

    id: str
    base: str
    plan: Callable[[Ask], tuple[Request, ...]]
    look: Callable[[Request, bytes], Found] | None = None
    further: Callable[[Ask, Request, bytes], tuple[Request, ...]] | None = None
    key_variable: str = ""
    key_header: str = ""
    of_pair: bool = True
    home: str = ""
    current: bool = False
