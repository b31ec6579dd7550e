"""Both sides' yearly totals as one value, where the reader asked for it and named the method."""

from __future__ import annotations

import polars as pl

from corridor.harmonise.reconciliation import asymmetries, reconcile
from corridor.study.question import Question

_EMPTY = pl.DataFrame(schema={"exporter": pl.String, "importer": pl.String, "reconciled_usd": pl.Float64})


def reconciled_trade(mirror: pl.DataFrame, others: pl.DataFrame, question: Question) -> pl.DataFrame:
    """The years of ``mirror`` reconciled as the question asks; without rows where it does not ask.

    ``others``: both sides' reports of the two economies' trade with all partners, which weights are made of.
    """
    asked = question.reconciliation
    if asked is None:
        return _EMPTY
    pair = (question.exporter, question.partner)
    weighs = asked.method == "weighted"
    known = asymmetries(others, cif_margin=asked.cif_margin, without=pair) if weighs else None
    found = reconcile(mirror, asked.method, cif_margin=asked.cif_margin, asymmetry=known)
    made = pl.col("basis").is_in(["mirror", "reconciled"])
    return found.with_columns(
        reconciliation=pl.lit(asked.method),
        cif_margin=pl.lit(asked.cif_margin),
        caveats=pl.when(made).then(pl.lit("reconciled_here")).otherwise(pl.lit("")),
    )
