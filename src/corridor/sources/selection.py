"""The reading of a table of codes that holds the cells somebody asked for: a publisher's data base, cut to a wish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from corridor.codes.schema import SELECTION
from corridor.evidence import CodedReading, Constant, Refusal

if TYPE_CHECKING:
    import polars as pl


def selection(
    source: str,
    table: str,
    edition: str,
    area_codes: str,
    rows: pl.DataFrame,
    constants: Mapping[str, Constant],
    *,
    release: str = "official",
    refusals: tuple[Refusal, ...] = (),
    page: str = "",
    names: pl.DataFrame | None = None,
) -> CodedReading:
    """The reading of a selection, which prints no date of its own; arguments as in `CodedReading`.

    ``table`` goes without the mark of a selection.
    """
    return CodedReading(
        source, f"{table}{SELECTION}", release, edition, None, area_codes, rows, constants, refusals, page, names=names
    )
