"""Reconciled trade is one value for two sides: what the exporter sold is what the importer bought."""

from __future__ import annotations

import polars as pl

#: The caveat of rows that no side reported.
RECONCILED = "reconciled"


def both_sides(flows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows, and each reconciled export once more as its partner's import, with the same value and trace.

    So an importer's market can be asked for where a publisher prints every flow once, under its exporter. Only ask
    for sums over one flow at a time.
    """
    reconciled = (pl.col("flow") == "export") & pl.col("caveats").str.contains(rf"(?:^| ){RECONCILED}(?: |$)")
    seen = flows.filter(reconciled).with_columns(
        flow=pl.lit("import"), reporter=pl.col("partner"), partner=pl.col("reporter")
    )
    return pl.concat([flows, seen])
