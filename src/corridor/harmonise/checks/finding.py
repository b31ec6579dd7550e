"""What every check gives: which kind of thing, where it stands, what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

#: The columns of a finding: its kind, the row it speaks of (null where it speaks of several), the value found, the
#: value that the rest of the table would lead one to expect, the evidence in words, and the row's trace.
FINDING: Mapping[str, pl.DataType] = {
    "kind": pl.String(),
    "source": pl.String(),
    "reporter": pl.String(),
    "partner": pl.String(),
    "flow": pl.String(),
    "classification": pl.String(),
    "product": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "value": pl.Float64(),
    "expected": pl.Float64(),
    "evidence": pl.String(),
    "trace_id": pl.String(),
}


def findings(rows: pl.DataFrame, kind: str, *, value: pl.Expr, expected: pl.Expr, evidence: pl.Expr) -> pl.DataFrame:
    """The rows as findings of one kind; a column of `FINDING` that they lack is null. Sorted by place."""
    told = {"kind": pl.lit(kind), "value": value, "expected": expected, "evidence": evidence}
    present = {name: pl.col(name) for name in FINDING if name in rows.columns} | told
    table = rows.select(present.get(name, pl.lit(None)).cast(type_).alias(name) for name, type_ in FINDING.items())
    return table.sort("source", "reporter", "partner", "flow", "classification", "product", "period_end")


def varying(rows: pl.DataFrame, names: Iterable[str]) -> list[str]:
    """Those of the columns that differ between rows, at least one: grouping by the others takes time for nothing."""
    present = [name for name in names if name in rows.columns]
    return [name for name in present if rows[name].n_unique() > 1] or present[:1]
