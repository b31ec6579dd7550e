"""What the checks of a file found, as rows of the stored table ``checks``."""

from __future__ import annotations

from datetime import date

import polars as pl

from corridor.codes import schema
from corridor.harmonise.checks import check_file
from corridor.harmonise.coded import Coded
from corridor.store import narrow


def checks(flows: pl.LazyFrame, height: int, *, source: str, snapshot: str, file: str, added: date) -> pl.DataFrame:
    """What is found in the ``height`` flows of a file."""
    found = check_file(flows, height).rename({"kind": "finding", "value": "found"})
    return found.with_columns(
        source=pl.lit(source), snapshot=pl.lit(snapshot), file=pl.lit(file), added=pl.lit(added, dtype=pl.Date)
    ).select(schema.columns("checks"))


def wide(coded: Coded) -> pl.LazyFrame:
    """The flows of a table of codes, which are kept narrow, with every column."""
    return narrow.widen(coded.flows, coded.constants, "flows")
