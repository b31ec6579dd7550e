"""Target arithmetic: what a promise such as "15 billion by 2030" asks for, in whose statistics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from corridor.errors import UnknownName, UsageError


@dataclass(frozen=True)
class Base:
    """Turnover a side reports: the year, US dollars, and what to know about the figure (``estimated``)."""

    year: int
    value_usd: float
    estimated: bool = False
    source: str = ""


@dataclass(frozen=True)
class Path:
    """What one side's statistics would need: growth a year (relative) and the multiple of the base."""

    whose: str
    base: Base
    years: int
    growth: float
    multiple: float
    missing_usd: float


def required_growth(base: float, target: float, years: int) -> float:
    """Growth a year that leads from ``base`` to ``target`` in so many years: ``(target / base)^(1/years) - 1``.

    Raises: UsageError for a base or target that is not positive or less than one year.

    Worked example: 15 from 4.77 billion in five years: 25.7 % a year; from 5.80 billion in six: 17.2 %.
    """
    if not (base > 0 and target > 0 and years >= 1):
        raise UsageError("a target needs a positive base and amount, and at least one year to reach it")
    return float((target / base) ** (1 / years) - 1)


def paths(target_usd: float, year: int, bases: Mapping[str, Base], *, statistics: str) -> tuple[Path, ...]:
    """What the target asks for in each side's statistics, those it is counted in first.

    ``bases`` is by the side that reports; ``statistics`` names one of them and has no default: the sides differ by more
    than a year's growth, and a target without its statistics has no meaning.

    Raises: UnknownName for statistics without a base.
    """
    if statistics not in bases:
        raise UnknownName(
            f"no base is known in the statistics of {statistics}", next_step=f"there are: {', '.join(bases) or 'none'}"
        )
    ordered = [statistics, *(whose for whose in bases if whose != statistics)]
    return tuple(_path(whose, bases[whose], target_usd, year) for whose in ordered)


def _path(whose: str, base: Base, target_usd: float, year: int) -> Path:
    years = year - base.year
    growth = required_growth(base.value_usd, target_usd, years)
    return Path(whose, base, years, growth, target_usd / base.value_usd, target_usd - base.value_usd)


def by_group(groups: pl.DataFrame, target_usd: float, years: int) -> pl.DataFrame:
    """What each group must add if all grow alike, and how much of that lies within its potential.

    ``groups`` has ``product, flow, value_usd`` (USD of the base year, at least one positive) and may have
    ``unrealised_usd``, the unrealised potential of the group (null where none is known). Returns them with
    ``share`` (0..1), ``needed_usd`` (growth to the target in proportion), ``within_usd`` = the part of it that the
    potential covers, ``beyond_usd`` = the rest; both null where no potential is known, never taken for zero.

    Worked example: groups of 3 and 1, target 8 in one year: they must add 3 and 1; with a potential of 2 for the first,
    2 is within and 1 beyond.
    """
    total = float(groups["value_usd"].sum())
    growth = (1 + required_growth(total, target_usd, years)) ** years - 1
    potential = pl.col("unrealised_usd") if "unrealised_usd" in groups.columns else pl.lit(None, dtype=pl.Float64)
    needed = groups.with_columns(share=pl.col("value_usd") / total, needed_usd=pl.col("value_usd") * growth)
    within = pl.min_horizontal("needed_usd", potential.clip(lower_bound=0))
    return needed.with_columns(within_usd=pl.when(potential.is_not_null()).then(within)).with_columns(
        beyond_usd=pl.col("needed_usd") - pl.col("within_usd")
    )
