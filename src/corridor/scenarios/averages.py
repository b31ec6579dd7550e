"""Duties of coarser products than tariff lines: simple averages over the lines they hold."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from corridor.codes.products import Flow
from corridor.scenarios.groups import lines_of_groups

#: Classification of Viet Nam customs' groups, which no official table leads to tariff lines.
GROUPS = "VNC"


def leads_to_lines(classification: str) -> bool:
    """Whether the products of a classification hold tariff lines: of HS, and approximately Viet Nam's groups."""
    return classification == GROUPS or classification.startswith("H")


def lines_of(codes: Iterable[str], lines: Iterable[str], classification: str, flow: Flow = "import") -> pl.DataFrame:
    """Which tariff lines each product holds: ``product`` (the line) and ``group`` (the product's code).

    Codes of the Harmonized System hold the lines that begin with them; groups of Viet Nam's customs office, in its
    list of exports or of imports, those of their headings, approximately.
    """
    if classification == GROUPS:
        wanted = set(codes)
        return lines_of_groups(lines, flow).filter(pl.col("group").is_in(wanted))
    by_length = [(line, line[:digits]) for digits in {len(code) for code in codes} for line in sorted(set(lines))]
    pairs = pl.DataFrame(by_length, schema={"product": pl.String, "group": pl.String}, orient="row")
    return pairs.filter(pl.col("group").is_in(set(codes))).unique(maintain_order=True)


def average_rates(rates: pl.DataFrame, holds: pl.DataFrame, *, change: float | None = None) -> pl.DataFrame:
    """Simple-average effective rates of each product and partner over its lines.

    ``rates`` as `tariffs.effective_rates` gives them, ``holds`` as `lines_of`. Returns ``product`` (the coarse code),
    ``partner, rate`` (mean over the lines whose effective rate is known), ``mfn`` likewise, ``lines`` and
    ``lines_unknown`` (no single rate; left out of the mean). With ``change`` also ``rate_after``: every line at that
    duty, or at MFN where that is lower.
    """
    joined = holds.join(rates, on="product").drop("product").rename({"group": "product"})
    after = pl.min_horizontal(pl.lit(change, dtype=pl.Float64), "mfn")
    known = pl.col("effective").is_not_null()
    return joined.group_by("product", "partner", maintain_order=True).agg(
        rate=pl.col("effective").mean(),
        mfn=pl.col("mfn").mean(),
        rate_after=after.filter(known).mean(),
        lines=pl.len(),
        lines_unknown=(~known).sum(),
    )
