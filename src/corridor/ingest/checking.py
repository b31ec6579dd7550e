"""What the checks of a file found, as rows of the stored table ``checks``."""

from __future__ import annotations

from datetime import date

import polars as pl

from corridor.codes import schema
from corridor.harmonise import parts
from corridor.harmonise.checks import of_file
from corridor.harmonise.coded import Coded
from corridor.store import narrow

#: Rows that are looked at together, with every column.
PART = 500_000


def of_flows(flows: pl.DataFrame) -> pl.DataFrame:
    """What is found in flows that have every column."""
    return of_file.check_file(flows.select(of_file.NEEDED))


def of_coded(coded: Coded) -> pl.DataFrame:
    """What is found in a table of codes, however long; it is looked at in parts."""
    return of_file.check_parts(
        of_file.Parts(
            products=parts.products(coded),
            periods=parts.periods(coded),
            pairs=lambda: (_wide(coded, rows) for rows in parts.by_pair(coded, PART)),
            goods=parts.measured(coded),
            wide=lambda places: _wide(coded, coded.rows[places]),
        )
    )


def rows_of(found: pl.DataFrame, *, source: str, snapshot: str, file: str, added: date) -> pl.DataFrame:
    """Findings as rows of ``checks``."""
    return (
        found.rename({"kind": "finding", "value": "found"})
        .with_columns(
            source=pl.lit(source), snapshot=pl.lit(snapshot), file=pl.lit(file), added=pl.lit(added, dtype=pl.Date)
        )
        .select(schema.columns("checks"))
    )


def _wide(coded: Coded, rows: pl.DataFrame) -> pl.DataFrame:
    """Some rows of the table with every column that the checks need, in our codes."""
    return narrow.widen(coded.spoken.words(rows.lazy()), coded.constants, "flows").select(of_file.NEEDED).collect()
