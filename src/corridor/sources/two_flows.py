"""Tables that print exports and imports in one row: each row becomes up to two figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from corridor.evidence import Constant
from corridor.sources import printed

if TYPE_CHECKING:
    import polars as pl

#: A flow, the column that holds it, and how it is valued.
FLOWS = (("export", "fob"), ("import", "cif"))
#: What rows have in common where the publisher reconciled two sides' reports of a year.
RECONCILED: Mapping[str, Constant] = {"freq": "A", "maturity": "estimated", "caveats": "reconciled"}
_MISSING = ("", "NA", "NULL")


def figures(rows: pl.DataFrame, values: tuple[str, str], classification: pl.Expr) -> pl.DataFrame:
    """Both flows of rows with ``row, reporter, partner, year, product`` as text; a cell without a value is left out.

    ``values`` are the columns of exports and imports in US dollars. A word for a number becomes NaN.
    """
    import polars as pl

    total = pl.col("product").str.strip_chars().str.to_uppercase().is_in(["TOTAL", "ALL"])
    year = pl.col("year").str.strip_chars()
    code = pl.col("product").str.strip_chars().str.to_uppercase()
    parts = []
    for (flow, valuation), column in zip(FLOWS, values, strict=True):
        said = rows.filter(~pl.col(column).str.strip_chars().is_in(_MISSING))
        parts.append(
            said.select(
                "row",
                "reporter",
                "partner",
                flow=pl.lit(flow),
                classification=pl.when(total).then(pl.lit("TOTAL")).otherwise(classification),
                product=pl.when(total).then(pl.lit("TOTAL")).otherwise(printed.code(code, classification)),
                period_start=(year + "-01-01").str.to_date("%Y-%m-%d", strict=False),
                period_end=(year + "-12-31").str.to_date("%Y-%m-%d", strict=False),
                value_usd=printed.number(pl.col(column)),
                valuation=pl.lit(valuation),
            )
        )
    return pl.concat(parts)


def years(rows: pl.DataFrame) -> str:
    """First and last year of the rows, for an edition's name."""
    found = rows["period_start"].drop_nulls().dt.year().unique().sort().to_list()
    return "-".join(dict.fromkeys(str(year) for year in [*found[:1], *found[-1:]])) or "no year"
