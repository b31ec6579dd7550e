"""Codes of areas in lists that are read as they stand: ours where known, and one line for all that are not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corridor.codes import areas
from corridor.errors import UnknownName
from corridor.evidence import Refusal
from corridor.sources.left_out import apart

if TYPE_CHECKING:
    import polars as pl


def known(codes: Iterable[str | None], publisher: str) -> dict[str, str]:
    """Each publisher's code with ours; codes that nobody knows are left out."""
    found = {}
    for code in codes:
        try:
            if code:
                found[code] = areas.from_publisher(publisher, code).code
        except UnknownName:
            continue
    return found


def translated(
    rows: pl.DataFrame, columns: tuple[str, ...], publisher: str
) -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """The rows with our codes in ``columns``, and one refusal for those whose areas are groups or unknown."""
    import polars as pl

    said = {code for column in columns for code in rows[column].unique().to_list()}
    ours = known(said, publisher)
    told = rows.with_columns(
        pl.col(column).replace_strict(ours, default=None, return_dtype=pl.String) for column in columns
    )
    lost = pl.any_horizontal(pl.col(column).is_null() for column in columns)
    names = ", ".join(sorted(code or "no code" for code in said if code not in ours))
    return apart(told, lost, lambda left: f"{left.height} values of: {names}", "no area has these codes")
