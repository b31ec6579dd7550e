"""What the bundled figures cite: publisher, table and release of each line's citation, and its known editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

#: The day the figures were typed in: ``added`` of every bundled row, ``published`` where no date of print is known.
SAMPLE_DATE = date(2026, 11, 21)

# The C parser where PyYAML was built with it: five times faster, same result.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Citation:
    """What all lines of one citation have in common; the fields named like columns fill those columns."""

    source: str
    release: str
    maturity: str
    table: str
    title: str
    reporter: str
    flow: str
    classification: str
    freq: str
    cumulative: bool
    valuation: str
    #: First period (as written in a line) -> the publisher's name from then on, in order.
    publishers: Mapping[str, str]
    section: str
    address: str = ""
    file: str = ""
    edition: str = ""
    caveats: str = ""

    def publisher(self, period: str) -> str:
        """The name the publisher bore on the table of ``period``."""
        return [name for since, name in self.publishers.items() if since <= period][-1]


@dataclass(frozen=True)
class Edition:
    """What is known of one printed table: date of print, file, SHA-256, address."""

    printed: date | None = None
    file: str = ""
    sha256: str = ""
    address: str = ""

    def words(self) -> str:
        """What a reader adds to number and period when citing it: ``, printed 2025-02-04, <file>``."""
        printed = f"printed {self.printed}" if self.printed else ""
        return "".join(f", {part}" for part in (printed, self.file) if part)


@dataclass(frozen=True)
class _Sources:
    citations: Mapping[str, Citation]
    editions: Mapping[str, Edition] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def source_names() -> Mapping[str, Mapping[str, str]]:
    """Names in English, Russian and Vietnamese of the publishers that only the bundled figures speak of."""
    return _sources().names


@cache
def _sources() -> _Sources:
    text = (files(__package__) / "sources.yml").read_text(encoding="utf-8")
    document: dict[str, dict[str, dict[str, Any]]] = yaml.load(text, Loader=_LOADER)
    return _Sources(
        MappingProxyType({key: Citation(**entry) for key, entry in document["citations"].items()}),
        MappingProxyType({key: _edition(**entry) for key, entry in document["editions"].items()}),
        MappingProxyType(document["names"]),
    )


def _edition(printed: str = "", **rest: str) -> Edition:
    return Edition(date.fromisoformat(printed) if printed else None, **rest)


def citations() -> Mapping[str, Citation]:
    """Every citation of sources.yml by the key that the lines of the CSV files carry."""
    return _sources().citations


def editions() -> Mapping[str, Edition]:
    """The editions of which more than table and period is known, by ``"<table> <period>"``."""
    return _sources().editions
