"""Rows on a terminal, in a spreadsheet and for a program: the same table three ways."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from corridor.report.aligned import Head

#: Columns worth a terminal's width, by table; the other formats carry all of them.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "sources": ("source", "name", "rank", "files", "rows", "not_understood", "first_period", "last_period"),
    "coverage": (
        "source", "release", "table", "flow", "period", "cumulative", "status", "value_usd", "implied_usd", "published",
        "reason",
    ),
    "checks": ("file", "finding", "partner", "flow", "product", "period_end", "evidence", "trace_id"),
    "find": (
        "classification", "product", "name", "lang", "found_by", "first_year", "last_year", "year", "exports_usd",
        "imports_usd", "reporter",
    ),
    "flows": (
        "source", "release", "table", "flow", "product", "period", "cumulative", "value_usd", "quantity",
        "quantity_unit", "maturity", "published", "trace_id",
    ),
    "tariff_card": (
        "product", "name", "mfn_text", "effective", "regime", "margin_mfn", "competitors", "margin_competitors",
        "vat_text", "export_text", "quota", "rate_absence",
    ),
    "tariff_request": (
        "product", "name", "mfn", "effective", "competitors", "disadvantage", "supply_usd", "rate_absence",
    ),
    "tariff_defensive": (
        "product", "name", "mfn", "effective", "competitors", "supply_usd", "rate_absence",
    ),
    "tariff_peaks": ("product", "name", "mfn", "preferential", "effective", "regime", "legal_reference"),
    "simulation": (
        "change", "since", "product", "rate_before", "rate_after", "imports_before_usd", "imports_after_usd",
        "imports_change_usd", "trade_effect_half", "trade_effect_double", "revenue_change_usd", "welfare_change_usd",
    ),
    "potential": (
        "product", "export_share", "balance", "supply_access", "imports_usd", "demand_outlook", "access", "nearness",
        "bilateral_ease", "potential_usd", "realised_usd", "unrealised_usd", "neutral", "potential_absence",
    ),
    "recommend": (
        "rank", "product", "kind", "score", "stability", "stability_years", "cell_usd", "demand_usd", "demand_growth",
        "unrealised_usd", "share_change", "caveats", "id",
    ),
    "recommend_regions": (
        "rank", "product", "region", "region_share", "unrealised_usd", "region_rca", "whole_usd", "sold_usd", "year",
    ),
}  # fmt: skip

#: What a language's Excel takes a comma for: the separator of cells, or of decimals.
_DELIMITERS = {"en": ",", "ru": ";", "vi": ";"}
_BYTE_ORDER_MARK = "\ufeff"
#: How a text begins that Excel takes for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Columns of a terminal below which a table is not narrowed further.
_NARROWEST = 60
#: Decimals of a figure at a terminal, where it has so many; an index is told from another only further on.
_DECIMALS, _DECIMALS_OF = 3, {"indicator": 8}


def plain(table: pl.DataFrame) -> list[dict[str, object]]:
    """The rows as a program reads them: unrounded numbers, dates as ISO text, absence as null."""
    return [{name: _plain(value) for name, value in row.items()} for row in table.iter_rows(named=True)]


def as_json(table: pl.DataFrame, what: str, *, explained: Sequence[str] = (), notes: Sequence[str] = ()) -> str:
    """One object: ``schema`` and ``rows``; unrounded numbers, dates as ISO text, absence as null.

    ``explained``, where given, are lines about the rows; ``notes`` say whose figures they are.
    """
    beside = {"explained": list(explained), "notes": list(notes)}
    whole = {"schema": f"corridor.{what}/1", "rows": plain(table)} | {key: said for key, said in beside.items() if said}
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False)


def as_answer(table: pl.DataFrame, apart: pl.DataFrame, what: str, title: str, notes: Sequence[str]) -> str:
    """One object: ``schema``, ``title``, ``notes``, ``rows``, and in ``apart`` what could not be judged."""
    answer = {
        "schema": f"corridor.{what}/1", "title": title, "notes": list(notes), "rows": plain(table),
        "apart": plain(apart),
    }  # fmt: skip
    return json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False)


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
    from corridor.report.aligned import aligned
    from corridor.report.table_words import counted_rows

    heads, rows = cells(table, what, lang, spoken=lang != "en")
    return f"{aligned(heads, rows, max(width, _NARROWEST))}\n{counted_rows(table.height, lang)}"


def shown(table: pl.DataFrame, what: str) -> list[str]:
    """The columns of a table that matter to a person."""
    return [name for name in SHOWN.get(what, tuple(table.columns)) if name in table.columns]


def cells(table: pl.DataFrame, what: str, lang: str, *, spoken: bool) -> tuple[list[Head], list[list[str]]]:
    """The columns of a table that matter, and its cells as a person reads them.

    ``spoken``: heads and codes in words; an English terminal shows the names that options and programs use.
    """
    from corridor.report.aligned import Head
    from corridor.report.table_words import heading, in_words, is_coded

    names = shown(table, what)
    heads = [Head(heading(name, lang) if spoken else name, table.schema[name].is_numeric()) for name in names]
    digits = _DECIMALS_OF.get(what, _DECIMALS)
    rows = [
        [_cell(name, value, lang, digits) for name, value in zip(names, row, strict=True)]
        for row in table.select(names).iter_rows()
    ]
    if spoken:
        coded = [place for place, name in enumerate(names) if is_coded(name)]
        for row in rows:
            for place in coded:
                row[place] = in_words(names[place], row[place], lang)
    return heads, rows


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
    if isinstance(value, str) and value.startswith(_FORMULA):
        # A cell of a publisher's file is anybody's text, and a spreadsheet would run this one.
        return f"'{value}"
    return str(value).lower() if isinstance(value, bool) else value


def _cell(name: str, value: object, lang: str, digits: int) -> str:
    # A year is a name, not a number: 2,025 is none.
    return str(value) if name.endswith("year") and value is not None else _words(value, lang, digits)


def _words(value: object, lang: str, digits: int) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        from corridor.report.table_words import yes_or_no

        return yes_or_no(value, lang)
    if isinstance(value, int | float) and not math.isnan(value):
        from corridor.report.catalogue import language
        from corridor.report.numbers import grouped

        return grouped(Decimal(repr(value)), language(lang), most_digits=digits)
    return str(value)
