"""Rows that were set aside, each in its own words with the reason: none is lost without a sound."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from corridor.codes import schema
from corridor.evidence import Refusal

#: Where a row stands in its file, its words, and why it was set aside.
ASIDE = {"page": pl.String, "row": pl.Int64, "text": pl.String, "reason": pl.String}


def refused(refusals: Iterable[Refusal]) -> pl.DataFrame:
    """What a reader itself refused, as columns of `ASIDE`."""
    rows = [(None if each.page is None else str(each.page), each.row, each.text, each.reason) for each in refusals]
    return pl.DataFrame(rows, schema=ASIDE, orient="row")


def not_understood(aside: pl.DataFrame, *, source: str, snapshot: str, file: str, added: date) -> pl.DataFrame:
    """Rows of `ASIDE` as the stored table; ``snapshot`` is the SHA-256 of the file, ``file`` the name it came under."""
    return aside.with_columns(
        source=pl.lit(source), file=pl.lit(file), snapshot=pl.lit(snapshot), added=pl.lit(added, dtype=pl.Date)
    ).select(schema.columns("not_understood"))
