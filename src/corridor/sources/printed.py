"""Numbers and codes of goods as tables print them, and as spreadsheets leave them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from corridor.codes.classifications import CLASSIFICATIONS

if TYPE_CHECKING:
    import polars as pl

#: Signs that may stand between groups of three digits, beside blanks of any kind and the apostrophe.
_BETWEEN = {".": ",", ",": "."}
_DIGITS = r"^[0-9]+$"
#: Classifications whose codes have two, four, six digits and so on.
EVEN = tuple(
    code for code, each in CLASSIFICATIONS.items() if each.levels and all(length % 2 == 0 for length in each.levels)
)


def grouped(decimal: Literal[".", ","] = ".") -> str:
    """The pattern of a number whose thousands stand apart: ``1,234,567.8`` where the decimal sign is a point."""
    sign = re.escape(decimal)
    # One sign all the way: in «24 260,675» the comma is no second sign between thousands.
    between = "|".join(
        rf"(?:{each}[0-9]{{3}})+" for each in (r"[\s\u00a0\u202f]", "['’]", re.escape(_BETWEEN[decimal]))
    )
    return rf"^[+-]?[1-9][0-9]{{0,2}}(?:{between})(?:{sign}[0-9]+)?$"


def number(text: pl.Expr, decimal: Literal[".", ","] = ".") -> pl.Expr:
    """A number as printed; null for an empty cell and NaN for words, so that they do not pass for one.

    The other sign stands between thousands or nowhere: ``2,5`` is no number where the decimal sign is a point.
    """
    import polars as pl

    return text.map_batches(lambda cells: _numbers(cells, decimal), return_dtype=pl.Float64, is_elementwise=True)


def _numbers(cells: pl.Series, decimal: Literal[".", ","]) -> pl.Series:
    import polars as pl

    plain = cells.cast(pl.Float64, strict=False)
    if decimal == "." and plain.null_count() == cells.null_count():
        # Most tables print nothing else, and looking at every sign takes longer than reading the number.
        return plain
    bare = pl.col("text").str.strip_chars()
    apart = rf"[^0-9+\-{re.escape(decimal)}]"
    joined = pl.when(bare.str.contains(grouped(decimal))).then(bare.str.replace_all(apart, "")).otherwise(bare)
    if decimal == ",":
        # A point that does not stand between thousands must not become a decimal sign.
        joined = pl.when(joined.str.contains(".", literal=True)).then(None).otherwise(joined)
        joined = joined.str.replace(",", ".", literal=True)
    told = joined.cast(pl.Float64, strict=False).fill_null(float("nan"))
    return cells.to_frame("text").select(pl.when(bare != "").then(told)).to_series()


def code(text: pl.Expr, classification: str | pl.Expr) -> pl.Expr:
    """A code with the leading zero that a spreadsheet took, where all codes of its classification have even lengths."""
    import polars as pl

    lost = text.str.contains(_DIGITS) & (text.str.len_chars() % 2 == 1)
    even = classification.is_in(EVEN) if isinstance(classification, pl.Expr) else pl.lit(classification in EVEN)
    return pl.when(lost & even).then(pl.lit("0") + text).otherwise(text)
