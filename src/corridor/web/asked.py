"""One question that was put to a page, with what answers it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from corridor.made_advice import Answer
from corridor.made_argument import Argument
from corridor.made_bulletin import MadeBulletin
from corridor.made_check import MadeCheck
from corridor.made_overview import MadeOverview
from corridor.made_potential import MadePotential
from corridor.made_regions import MadeRegions
from corridor.made_study import MadeStudy
from corridor.made_target import MadeTarget
from corridor.web.shelf import Shelf
from corridor.workspace import Workspace, today


@dataclass(frozen=True)
class Memory:
    """What the pages keep while they run."""

    studies: Shelf[MadeStudy]
    bulletins: Shelf[MadeBulletin]
    checks: Shelf[MadeCheck]
    regions: Shelf[MadeRegions]
    potentials: Shelf[MadePotential]
    overviews: Shelf[MadeOverview]
    rankings: Shelf[Answer]
    arguments: Shelf[Argument]
    targets: Shelf[MadeTarget]
    files: Shelf[dict[str, bytes]]


def memory() -> Memory:
    """An empty one. Texts given to be checked stay until 50 newer ones came."""
    return Memory(
        Shelf(8), Shelf(24), Shelf(50), Shelf(16), Shelf(16), Shelf(40), Shelf(16), Shelf(60), Shelf(16), Shelf(40)
    )


@dataclass(frozen=True)
class Asked:
    """The answers of a form, the language, the store and what was made of it before."""

    workspace: Workspace
    values: Mapping[str, str]
    lang: str
    memory: Memory

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def given(self, name: str) -> str | None:
        """An answer, or None where nothing was said."""
        return self.values[name] or None

    def number(self, name: str) -> int | None:
        """A whole number, or None where nothing was said."""
        return int(self.values[name]) if self.values[name] else None

    def decimal(self, name: str) -> float | None:
        """A number with a point or a comma, or None where nothing was said."""
        return float(self.values[name].replace(",", ".")) if self.values[name] else None

    def day(self, name: str) -> date | None:
        """A day, or None where nothing was said."""
        return date.fromisoformat(self.values[name]) if self.values[name] else None

    def address(self, path: str) -> str:
        """A page of ours under the same question."""
        return f"{path}?{self.query(*self.values)}"

    def query(self, *names: str) -> str:
        """These answers and the language, as the end of an address."""
        said = {name: self.values[name] for name in names if self.values[name]}
        return urlencode({**said, "lang": self.lang})

    @cached_property
    def standing(self) -> Hashable:
        """What an answer stands on: the files held and the day; an answer made on others is not given again."""
        return today(), tuple(each.snapshot for each in self.workspace.store.ingests())

    def key(self, *more: str) -> Hashable:
        """What an answer to this question is kept under."""
        return tuple(sorted(self.values.items())), more, self.standing
