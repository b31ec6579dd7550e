"""What a page shows under its form: lines, tables, a document, files; and the same as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

import polars as pl

from corridor.codes import products
from corridor.errors import UnknownName
from corridor.report.catalogue import Lang, language
from corridor.report.names import capital
from corridor.report.rows import cells, shown

#: Columns whose cells lead on, and where to.
LINKS: Mapping[str, str] = {"trace_id": "/explain?id=", "id": "/explain?id=", "indicator": "/indicator?name="}
#: Rows that a page holds; the others are in the JSON and at the terminal.
MOST_ROWS = 200


@dataclass(frozen=True)
class Cell:
    """One printed cell, and where it leads."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Grid:
    """A table as printed: heads with whether they hold numbers, rows, and how many rows were left out."""

    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: int = 0


@dataclass(frozen=True)
class Shown:
    """An answer. ``data`` gives its JSON twin; ``document``, ``files`` and ``leads`` (of areas) are addresses.

    ``english`` are lines of the methods themselves, which are written in English.
    """

    data: Callable[[], str]
    title: str = ""
    notes: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    document: str = ""
    files: tuple[tuple[str, str], ...] = ()
    text: str = ""
    leads: tuple[tuple[str, str], ...] = ()


def grid(table: pl.DataFrame, what: str, lang: str) -> Grid:
    """A table as a page prints it: the columns that a terminal shows, numbers in the language."""
    names = shown(table, what)
    heads, rows = cells(table.head(MOST_ROWS), what, lang, spoken=True)
    return Grid(
        tuple((head.name, head.numeric) for head in heads),
        tuple(tuple(_cell(name, text, lang) for name, text in zip(names, row, strict=True)) for row in rows),
        max(0, table.height - MOST_ROWS),
    )


def _cell(column: str, text: str, lang: str) -> Cell:
    if column == "product":
        return Cell(_goods(text, language(lang)))
    leads = column in LINKS and text not in ("", "—")
    return Cell(text, LINKS[column] + quote(text, safe="") if leads else "")


@lru_cache(maxsize=20_000)
def _goods(code: str, lang: Lang) -> str:
    """What a group or chapter is called; a finer code, and a publisher's total, stay as they are."""
    try:
        return capital(products.name(code, lang))
    except UnknownName:
        return code
