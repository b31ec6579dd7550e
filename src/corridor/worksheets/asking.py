"""What somebody asks an indicator of the store: whose trade, which way, when, and with which options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from corridor.codes.periods import Period

Over = Literal["product", "partner"]


@dataclass(frozen=True)
class Asking:
    """One indicator of one flow.

    ``exporter`` and ``importer`` name the trade; ``reporter`` says whose figures on it, where both are held. Of an
    indicator of the world ``exporter`` and ``product`` choose the rows shown.
    """

    name: str
    exporter: str | None = None
    importer: str | None = None
    reporter: str | None = None
    product: str | None = None
    periods: tuple[Period, ...] = ()
    over: Over | None = None
    source: str | None = None
    release: str | None = None
    classification: str | None = None
    #: The economies held are taken for the whole world, however few they are.
    among_held: bool = False
    #: Arguments of the indicator by name, and constant columns that no table of the store holds.
    options: Mapping[str, object] = field(default_factory=dict)
