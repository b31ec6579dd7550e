"""Rows on a terminal, in a spreadsheet and for a program: the same table three ways."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from datetime import date

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
    "potential": (
        "product", "export_share", "balance", "supply_access", "imports_usd", "demand_outlook", "access", "nearness",
        "bilateral_ease", "potential_usd", "realised_usd", "unrealised_usd", "neutral", "potential_absence",
    ),
    "recommend": (
        "rank", "product", "kind", "score", "stability", "stability_years", "cell_usd", "demand_usd", "demand_growth",
        "unrealised_usd", "share_change", "rca", "volatility",
    ),
}  # fmt: skip

#: What a language's Excel takes a comma for: the separator of cells, or of decimals.
_DELIMITERS = {"en": ",", "ru": ";", "vi": ";"}
_BYTE_ORDER_MARK = "\ufeff"


def as_json(table: pl.DataFrame, what: str) -> str:
    """One object: ``schema`` and ``rows``; unrounded numbers, dates as ISO text, absence as null."""
    rows = [{name: _plain(value) for name, value in row.items()} for row in table.iter_rows(named=True)]
    return json.dumps({"schema": f"corridor.{what}/1", "rows": rows}, ensure_ascii=False, indent=1, allow_nan=False)


def as_answer(table: pl.DataFrame, apart: pl.DataFrame, what: str, title: str, notes: Sequence[str]) -> str:
    """One object: ``schema``, ``title``, ``notes``, ``rows``, and in ``apart`` what could not be judged."""
    lists = {
        name: [{column: _plain(value) for column, value in row.items()} for row in rows.iter_rows(named=True)]
        for name, rows in (("rows", table), ("apart", apart))
    }
    answer = {"schema": f"corridor.{what}/1", "title": title, "notes": list(notes), **lists}
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
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    names = [name for name in SHOWN.get(what, tuple(table.columns)) if name in table.columns]
    grid = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        grid.add_column(name, justify="right" if table.schema[name].is_numeric() else "left", overflow="fold")
    for row in table.select(names).iter_rows():
        grid.add_row(*(_words(value, lang) for value in row))
    out = io.StringIO()
    Console(file=out, width=max(width, 60), color_system=None, legacy_windows=False).print(grid)
    return out.getvalue().rstrip() + f"\n{table.height} rows"


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
        from babel.numbers import format_decimal

        return str(format_decimal(value, format="#,##0.###", locale=lang))
    return str(value)
