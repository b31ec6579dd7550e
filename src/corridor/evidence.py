"""Where a number comes from, and what a publisher's file says in its own words.

A `Trace` leads from a number to the publisher's row. A `Finding` is a statement with its values and
traces, in no language. A `Reading` is a publisher's file after reading and before harmonising: its
labels are the publisher's labels, its blanks are blanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from corridor.codes.schema import Unit

if TYPE_CHECKING:
    import polars as pl


def trace_id(snapshot: str, page: int | str | None, row: int | None) -> str:
    """The address of a row: first 16 characters of the snapshot's checksum, page or sheet, row."""
    return f"{snapshot[:16]}/{'' if page is None else page}/{'' if row is None else row}"


@dataclass(frozen=True)
class Trace:
    """Where one figure stands: publisher, file, checksum, page and row."""

    publisher: str
    file: str
    checksum: str
    page: str = ""
    row: str = ""
    edition: str = ""
    url: str = ""


@dataclass(frozen=True)
class Measure:
    """A number with its unit; None with a reason where there is none."""

    value: float | None
    unit: Unit
    absence: str = ""


#: What a sentence can be filled with: a number with its unit, a code of an area, product or period, or a word.
Kind = Literal["area", "product", "period", "term", "text", "source"]


@dataclass(frozen=True)
class Name:
    """Something a renderer must put into the reader's language: an area, a product, a period, a term."""

    kind: Kind
    code: str


#: What fills one placeholder: a number, a name, a finding told inside another, or several of them.
Parameter: TypeAlias = "Measure | Name | Finding | tuple[Parameter, ...]"


@dataclass(frozen=True)
class Finding:
    """A statement without a language: a message key, what fills it, its traces and caveats.

    ``key`` is an entry of every catalogue in report/locale; ``parameters`` fill its placeholders.
    """

    key: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    traces: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """One row, or one block, that could not be understood, with its place, its words and the reason."""

    page: int | str | None
    row: int | None
    text: str
    reason: str


#: Columns of `Reading.rows`: name -> meaning. Dates are dates, numbers are floats, ``None`` is a blank cell.
RAW_COLUMNS: Mapping[str, str] = {
    "block": "number of the partner's block in the file, from 0; a block's rows must add up to its total row",
    "page": "page number or sheet name, as text",
    "row": "row on that page or sheet, from 1",
    "partner_label": "partner as printed",
    "product_label": "group as printed; null on the block's total row",
    "unit_label": "unit as printed, null where none",
    "flow": "export or import",
    "freq": "M, Q, A or H",
    "period_start": "first day covered",
    "period_end": "last day covered",
    "cumulative": "true for a year-to-date column",
    "value": "as printed times scale, in units of currency; null = blank",
    "quantity": "as printed, in unit_label; null = blank",
}


@dataclass(frozen=True)
class Reading:
    """One publisher's file in its own words.

    ``rows`` has the columns of `RAW_COLUMNS`, one row a printed figure (a printed line with a month and a
    cumulative column gives two); where a file holds several reporters' figures, a column ``reporter`` with the area's
    code stands for ``reporter``. ``published`` is None where the file prints no date of its own.
    """

    source: str
    table: str
    release: str
    maturity: str
    reporter: str
    currency: str
    edition: str
    published: date | None
    rows: pl.DataFrame
    refusals: tuple[Refusal, ...] = ()
    ignored: tuple[str, ...] = ()
