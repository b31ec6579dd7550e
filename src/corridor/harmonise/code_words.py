"""The word for each of a publisher's codes, looked up by the code's own number: a tenth of the time of a join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

#: Numbers farther apart than this, and than there are of them, are no places in a list.
_FEW = 1 << 16


@dataclass(frozen=True)
class Words:
    """``said`` holds the word of every code from ``least`` on, null where there is none."""

    least: int
    said: pl.Series


def words_of(codes: pl.Series, words: pl.Series) -> Words | None:
    """The words of codes that are whole numbers or categories; None for other codes, and for numbers far apart."""
    span = _span(codes)
    if span is None:
        return None
    least, most = span
    known = pl.DataFrame({"code": _numbers(codes), "word": words}).drop_nulls("code")
    every = pl.DataFrame({"code": pl.int_range(least, most + 1, eager=True)})
    return Words(least, every.join(known, on="code", how="left", maintain_order="left")["word"])


def words_of_numbers(numbers: pl.Series, digits: int) -> Words | None:
    """So many digits as the word of every whole number between the least and the greatest; else None."""
    span = _span(numbers)
    if span is None:
        return None
    least, most = span
    return Words(least, pl.int_range(least, most + 1, eager=True).cast(pl.String).str.zfill(digits))


def look_up(rows: pl.LazyFrame, words: Mapping[str, Words]) -> pl.LazyFrame:
    """The rows with words in the place of the codes in some columns; the codes must be those the words were made of."""
    if not words:
        return rows

    def said(part: pl.DataFrame) -> pl.DataFrame:
        return part.with_columns(
            each.said.gather((_numbers(part[name]) - each.least).cast(pl.UInt32)).alias(name)
            for name, each in words.items()
        )

    # In parts, so that the words of millions of rows are never held at once.
    return rows.map_batches(said, streamable=True, schema={**rows.collect_schema(), **dict.fromkeys(words, pl.String)})


def _numbers(codes: pl.Series) -> pl.Series:
    return codes.to_physical().cast(pl.Int64)


def _span(codes: pl.Series) -> tuple[int, int] | None:
    if not codes.dtype.is_integer() and codes.dtype != pl.Categorical:
        return None
    numbers = _numbers(codes)
    least, most = numbers.min(), numbers.max()
    if not isinstance(least, int) or not isinstance(most, int) or most - least > max(_FEW, len(codes)):
        return None
    return least, most
