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


#: What a `CodedReading` may hold in a column or once for all rows: name -> meaning. Beside ``row`` and the values,
#: nothing may be missing in both places; a quantity, a weight and caveats may.
CODED_COLUMNS: Mapping[str, str] = {
    "row": "row in the file, from 1",
    "reporter": "the publisher's code of the area that reported",
    "partner": "the publisher's code of the area on the other side",
    "flow": "export, import, re_export or re_import",
    "classification": "see codes.schema; TOTAL beside the product TOTAL",
    "product": "code in the classification, as text with its leading zeros; TOTAL = all goods; a number: see digits",
    "freq": "A, Q, M or H",
    "period_start": "first day covered",
    "period_end": "last day covered",
    "cumulative": "true where the value runs from 1 January",
    "value_usd": "US dollars (not thousands); null where the publisher printed none",
    "value": "in place of value_usd: units of currency, to be converted at a rate held",
    "currency": "ISO 4217 code of value",
    "net_weight_kg": "net weight in kilograms; null = not printed",
    "quantity": "in quantity_unit; null = not printed",
    "quantity_unit": "the publisher's word for the unit",
    "valuation": "fob or cif",
    "maturity": "preliminary, revised, official or estimated",
    "caveats": "keys from codes.caveats, separated by a blank",
}


#: What one cell of a table of codes may hold.
Constant: TypeAlias = str | float | bool | date | None


@dataclass(frozen=True)
class CodedReading:
    """One publisher's table that names areas and goods by codes, one row a figure, of any length.

    ``rows`` holds what varies (columns of `CODED_COLUMNS`, ``row`` always), ``constants`` what is the same in all
    rows. Areas may be numbers, and so may products: ``digits`` is then the length of their codes. ``area_codes`` is
    the publisher whose area codes are meant (see `corridor.codes.areas.from_publisher`). ``table`` ends with
    `schema.SELECTION` where the file holds the cells somebody asked for. ``names`` are what the file calls its goods:
    ``classification, product, lang, name, page, row``.
    """

    source: str
    table: str
    release: str
    edition: str
    published: date | None
    area_codes: str
    rows: pl.DataFrame
    constants: Mapping[str, Constant]
    refusals: tuple[Refusal, ...] = ()
    page: str = ""
    digits: int = 0
    names: pl.DataFrame | None = None


@dataclass(frozen=True)
class ListReading:
    """One publisher's file that reports no flows: a tariff schedule, a list of names, a table of elasticities.

    ``tables`` holds, by name of the stored table, the columns that the file says something about, and beside them
    ``page`` and ``row``, its place; a column that it says nothing about is left out. Codes of areas and products are
    ours already: such lists print codes, not labels.
    """

    source: str
    table: str
    edition: str
    published: date | None
    tables: Mapping[str, pl.DataFrame]
    refusals: tuple[Refusal, ...] = ()
    ignored: tuple[str, ...] = ()


#: What a source's ``read.py`` gives.
AnyReading: TypeAlias = Reading | CodedReading | ListReading
