"""The tables an export potential needs beside the trade itself, and what is said where one is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from corridor.codes import frames
from corridor.errors import CorridorError, UsageError
from corridor.potential.variants import Factor, Variant

#: Columns of each factor's table: the keys, then the numbers.
COLUMNS: Mapping[Factor, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "outlook": (("economy",), ("gdp_growth", "population_growth")),
    "income_elasticity": (("product",), ("income_elasticity",)),
    "tariffs": (("exporter", "importer", "product"), ("tariff",)),
    "substitution": (("product",), ("substitution",)),
    "distance": (("exporter", "importer"), ("distance_km",)),
}

#: What a user would add for each factor.
WANTED: Mapping[Factor, str] = {
    "outlook": "GDP and population, this year's and the outlook's, of every economy (IMF WEO, World Bank)",
    "income_elasticity": "income elasticities of import demand by product (GTAP, or one labelled constant)",
    "tariffs": "the duty each supplier pays by product (the importer's tariff schedule)",
    "substitution": "elasticities of substitution between suppliers by product (a file of your own)",
    "distance": "distances between economies in km (CEPII GeoDist)",
    "balance": "imports of the exporter itself, by product",
}

#: Why a cell has no potential; the column ``potential_absence`` holds one of these.
REASONS: Mapping[str, str] = {
    "no_outlook": "GDP or population outlook of one of the two is not known",
    "no_income_elasticity": "the income elasticity of the product is not known",
    "no_tariffs": "the duty of this exporter is not known, or of nobody who sells there",
    "no_substitution": "the elasticity of substitution of the product is not known",
    "no_distance": "the distance of the two is not known, or of nobody who sells there",
    "no_balance": "the exporter reports no imports to set its exports against",
}


class MissingFactor(CorridorError):
    """A formula needs something that was not given and that nobody asked to leave neutral."""


@dataclass(frozen=True)
class Factors:
    """The tables beside the trade, each of any kind that the trade table is, or None.

    ``outlook``: ``economy, gdp_growth, population_growth``, ratios over the horizon (1.1 = +10 %).
    ``income_elasticity``: ``product, income_elasticity``. ``tariffs``: ``exporter, importer, product, tariff``, ad
    valorem 0 up (0.1 = 10 %). ``substitution``: ``product, substitution``, 0 up. ``distance``: ``exporter, importer,
    distance_km`` above 0. Products may be told for each importer too, by a column ``importer``.
    """

    outlook: Any = None
    income_elasticity: Any = None
    tariffs: Any = None
    substitution: Any = None
    distance: Any = None

    def table(self, factor: Factor) -> frames.Table | None:
        """The factor's table, checked; None where it was not given.

        Raises: MissingColumns, UnfitTable.
        """
        given = getattr(self, factor)
        if given is None:
            return None
        table = frames.enter(given)
        keys, numbers = self.keys(factor, table), COLUMNS[factor][1]
        frames.check(table, optional=numbers, groups=keys)
        frames.check_unique(table, keys)
        if factor in ("outlook", "distance"):
            for number in numbers:
                frames.check_never(
                    table, nw.col(number) <= 0, f"have a {number} of zero", next_step="leave out what is not known"
                )
        return table.select(*keys, *(frames.number(number).alias(number) for number in numbers))

    def keys(self, factor: Factor, table: frames.Table) -> tuple[str, ...]:
        """The key columns; what is told by product may be told by importer and product."""
        keys = COLUMNS[factor][0]
        return ("importer", *keys) if keys == ("product",) and "importer" in table.collect_schema().names() else keys

    def missing(self, variant: Variant) -> tuple[Factor, ...]:
        """Factors of the formula that were not given. The balance needs no table of its own."""
        return tuple(each for each in variant.factors if each != "balance" and getattr(self, each) is None)


def check_given(factors: Factors, variant: Variant, neutral: Sequence[str]) -> None:
    """Raise `MissingFactor` naming every factor that is missing and not asked to be neutral; nothing is guessed.

    Raises: UsageError for a name in ``neutral`` that is no factor of the formula.
    """
    if unknown := [each for each in neutral if each not in variant.factors]:
        raise UsageError(
            f"{variant.name} has no factor {', '.join(unknown)}",
            next_step=f"it has: {', '.join(variant.factors) or 'none beside the trade'}",
        )
    if missing := [each for each in factors.missing(variant) if each not in neutral]:
        raise missing_factors(variant.name, missing)


def missing_factors(formula: str, missing: Iterable[Factor]) -> MissingFactor:
    """The error that names what is missing and which files would give it."""
    missing = tuple(missing)
    return MissingFactor(
        f"{formula} needs {', '.join(missing)}: nothing was computed",
        next_step="add " + "; ".join(WANTED[each] for each in missing) + ", or name it as neutral",
    )
