"""Rows on a terminal, in a spreadsheet and for a program: the same table three ways."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import polars as pl

#: Columns worth a terminal's width, by table; the other formats carry all of them.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "sources": ("source", "name", "rank", "files", "rows", "not_understood", "first_period", "last_period"),
    "coverage": (
        "source", "release", "table", "flow", "period", "cumulative", "status", "value_usd", "implied_usd", "published",
    ),
    "flows": (
        "source", "release", "table", "flow", "product", "period", "cumulative", "value_usd", "quantity",
        "quantity_unit", "maturity", "published", "trace_id",
    ),
}  # fmt: skip

#: What a language's Excel takes a comma for: the separator of cells, or of decimals.
_DELIMITERS = {"en": ",", "ru": ";", "vi": ";"}
_BYTE_ORDER_MARK = "\ufeff"
#: Columns of a terminal below which a table is not narrowed further.
_NARROWEST = 60
#: Decimals of a figure at a terminal, where it has so many.
_DECIMALS = 3


def as_json(table: pl.DataFrame, what: str) -> str:
    """One object: ``schema`` and ``rows``; unrounded numbers, dates as ISO text, absence as null."""
    rows = [{name: _plain(value) for name, value in row.items()} for row in table.iter_rows(named=True)]
    return json.dumps({"schema": f"corridor.{what}/1", "rows": rows}, ensure_ascii=False, indent=1, allow_nan=False)


def as_csv(table: pl.DataFrame, lang: str) -> bytes:
    """UTF-8 with a byte order mark, and the separators that Excel in that language expects."""
    delimiter = _DELIMITERS[lang]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_excel(value, decimal_comma=delimiter == ";") for value in row] for row in table.iter_rows())
    return (_BYTE_ORDER_MARK + out.getvalue()).encode("utf-8")


def as_text(table: pl.DataFrame, what: str, lang: str, *, width: int) -> str:
    """An aligned table of the columns that matter, and how many rows it has."""
    from corridor.report.aligned import Head, aligned

    names = [name for name in SHOWN.get(what, tuple(table.columns)) if name in table.columns]
    heads = [Head(name, table.schema[name].is_numeric()) for name in names]
    rows = [[_words(value, lang) for value in row] for row in table.select(names).iter_rows()]
    count = f"{table.height} row" if table.height == 1 else f"{table.height} rows"
    return f"{aligned(heads, rows, max(width, _NARROWEST))}\n{count}"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(value)
    return value


def _excel(value: object, *, decimal_comma: bool) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        return text.replace(".", ",") if decimal_comma else text
    return str(value).lower() if isinstance(value, bool) else value


def _words(value: object, lang: str) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and not math.isnan(value):
        from corridor.report.catalogue import language
        from corridor.report.numbers import grouped

        return grouped(Decimal(repr(value)), language(lang), most_digits=_DECIMALS)
    return str(value)
