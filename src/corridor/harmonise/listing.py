"""Names, concordances, classes and rates on their way into the store: every row gets its trace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from corridor.codes import schema
from corridor.evidence import Listing, Refusal

_REFUSAL_TYPES = {"page": pl.String, "row": pl.Int64, "text": pl.String, "reason": pl.String}


def traced(listing: Listing, *, snapshot: str, file: str, added: date) -> dict[str, pl.DataFrame]:
    """The rows of each stored table with source, file, checksum and place; ``not_understood`` among them."""
    place = {
        "source": pl.lit(listing.source),
        "file": pl.lit(file),
        "snapshot": pl.lit(snapshot),
        "added": pl.lit(added, dtype=pl.Date),
        "trace_id": pl.format("{}/{}/{}", pl.lit(snapshot[:16]), pl.col("page").fill_null(""), "row"),
    }
    rows = {name: frame.with_columns(**place).select(schema.columns(name)) for name, frame in listing.tables.items()}
    aside = refused(listing.refusals).with_columns(**place)
    return {**rows, "not_understood": aside.select(schema.columns("not_understood"))}


def refused(refusals: Iterable[Refusal]) -> pl.DataFrame:
    """What a reader set aside, as rows: ``page, row, text, reason``."""
    cells = [(None if each.page is None else str(each.page), each.row, each.text, each.reason) for each in refusals]
    return pl.DataFrame(cells, schema=_REFUSAL_TYPES, orient="row")
