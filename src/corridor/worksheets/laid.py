"""A table laid out for an indicator, and what a reader has to know about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from corridor.study.tables import Tables
from corridor.worksheets.asking import Asking

#: The groups of every table: one period, or two against each other.
PERIOD = "period"


@dataclass(frozen=True)
class Laid:
    """What an indicator is given: ``by`` and other ``arguments`` that follow from the layout, not from the user."""

    frame: pl.DataFrame
    notes: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    arguments: Mapping[str, object] = field(default_factory=dict)


Layout = Callable[[Tables, Asking], Laid]
