"""A publisher's words and ours, as the source's card lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches


@dataclass(frozen=True)
class ProductLabel:
    """One printed group label: on which list it stands and when."""

    label: str
    code: str
    flow: str | None = None
    since: date | None = None
    until: date | None = None

    def covers(self, flow: str, on: date) -> bool:
        """Whether the label means ``code`` on the list of ``flow`` at ``on``."""
        return (
            (self.flow is None or self.flow == flow)
            and (self.since is None or self.since <= on)
            and (self.until is None or on <= self.until)
        )


@dataclass(frozen=True)
class Lookups:
    """Printed label -> our code, for partners, groups and units; and what the publisher's values are.

    ``adds_up`` names the tables whose blocks add up to a printed total; a table left out is not checked.
    """

    areas: Mapping[str, str]
    products: tuple[ProductLabel, ...]
    units: Mapping[str, str]
    valuation: Mapping[str, str]
    classification: str
    adds_up: frozenset[str]

    def product(self, label: str, flow: str, on: date) -> str | None:
        """The group's code, or None where no entry covers the label on that list at that date."""
        for entry in self.products:
            if entry.label == label and entry.covers(flow, on):
                return entry.code
        return None


def unknown(kind: str, label: str, known: Iterable[str]) -> str:
    """The reason of a refusal: an unknown label and the known ones nearest to it."""
    near = get_close_matches(label, list(known), n=3, cutoff=0.6)
    hint = f"nearest known: {', '.join(near)}" if near else "nothing like it is known"
    return f"unknown {kind} “{label}” ({hint})"
