"""What a study works on: the stored tables as they stood at a date, and who stands behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from corridor.harmonise.coverage import PublishedTable


@dataclass(frozen=True)
class Publisher:
    """Whose office a source is, and its rank: 1 national publisher, 2 international, 3 press or republisher.

    ``compilation`` answers how its figures are compiled (`codes.compilation.ANSWERS`); empty where nobody asked.
    """

    source: str
    area: str
    rank: int
    compilation: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Tables:
    """The stored tables of `schema.TABLES`, one current edition of each figure, with their publishers.

    ``region_totals``: where ``flows`` hold a region's rows of one partner alone, because all of them are too many, what
    it exported to each partner (`corridor.study.regions.to_each_partner`).
    """

    flows: pl.DataFrame
    quantities: pl.DataFrame
    coverage: pl.DataFrame
    facts: pl.DataFrame
    publishers: Mapping[str, Publisher]
    calendar: tuple[PublishedTable, ...] = ()
    as_of: date | None = None
    region_totals: pl.DataFrame | None = None
