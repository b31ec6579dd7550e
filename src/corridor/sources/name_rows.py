"""Rows of the stored table of names, as readers of dictionaries make them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import polars as pl

#: row in the file (from 1), product, name, first and last day in force.
Named: TypeAlias = tuple[int, str, str, date | None, date | None]


def name_rows(found: Iterable[Named], classification: str, lang: str, page: str = "") -> pl.DataFrame:
    """The rows of ``product_names`` that a dictionary in one language says something about."""
    import polars as pl

    types = {
        "row": pl.Int64, "product": pl.String, "name": pl.String, "in_force_from": pl.Date, "in_force_until": pl.Date,
    }  # fmt: skip
    return pl.DataFrame(list(found), schema=types, orient="row").with_columns(
        page=pl.lit(page), classification=pl.lit(classification), lang=pl.lit(lang)
    )
