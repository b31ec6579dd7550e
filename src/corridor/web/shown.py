"""What a page shows under its form: lines, tables, a document, files; and the same as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote

import polars as pl

from corridor.codes import caveats, products
from corridor.codes.schema import Unit
from corridor.errors import UnknownName
from corridor.evidence import Measure
from corridor.report.catalogue import Lang, catalogue, language
from corridor.report.names import capital
from corridor.report.numbers import Style, printed
from corridor.report.rows import cells, shown
from corridor.report.table_words import heading

#: Columns whose cells lead on, and where to.
LINKS: Mapping[str, str] = {"trace_id": "/explain?id=", "id": "/explain?id=", "indicator": "/indicator?name="}
#: Columns of shares and growth, kept as parts of 1 and read per cent.
_UNITS: Mapping[str, Unit] = {
    **dict.fromkeys(
        ("share", "export_share", "region_share", "stability", "stability_years", "effective", "competitors", "mfn",
         "preferential", "rate_before", "rate_after"),
        "share",
    ),
    **dict.fromkeys(("growth", "demand_growth"), "growth"),
    **dict.fromkeys(("share_change", "margin_mfn", "margin_competitors", "disadvantage"), "pp"),
}  # fmt: skip
#: Columns in the words of the program that read a file.
_ENGLISH = frozenset({"reason", "evidence", "finding"})
_DOLLARS = Style(scale="one", digits=0, unit=False)
#: Rows that a page holds; the others are in the JSON and at the terminal.
MOST_ROWS = 200


@dataclass(frozen=True)
class Cell:
    """One printed cell, where it leads, and its language where that is not the page's."""

    text: str
    href: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Grid:
    """A table as printed: heads with whether they hold numbers, rows, and how many rows were left out.

    ``empty`` are the heads of columns without a single entry, which are not printed; ``folded`` tables open at a
    click on their ``title``.
    """

    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: int = 0
    empty: tuple[str, ...] = ()
    title: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Shown:
    """An answer. ``data`` gives its JSON twin; ``document``, ``files`` and ``leads`` (of areas) are addresses.

    ``english`` are lines of the methods themselves, which are written in English; ``caveats`` the sentences that the
    numbers in a column of caveats stand for. ``chapters`` are headings with lines.
    """

    data: Callable[[], str]
    title: str = ""
    notes: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    chapters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    grids: tuple[Grid, ...] = ()
    document: str = ""
    files: tuple[tuple[str, str], ...] = ()
    text: str = ""
    leads: tuple[tuple[str, str], ...] = ()


def grid(
    table: pl.DataFrame, what: str, lang: str, *, title: str = "", folded: bool = False, leads: Sequence[str] = ()
) -> Grid:
    """A table as a page prints it: the columns that a terminal shows and that hold something, in the language.

    ``leads`` are where the product of each row leads; rows with an id lead to what stands behind it.
    """
    most = table.head(MOST_ROWS)
    names = [name for name in shown(most, what) if name != "id" or "product" not in most.columns]
    full = [name for name in names if most.is_empty() or most[name].null_count() < most.height]
    heads, rows = cells(most.select(full), what, lang, spoken=True)
    said = [_per_unit(most[name], name, [row[at] for row in rows], language(lang)) for at, name in enumerate(full)]
    if "id" in most.columns:
        leads = [f"{LINKS['id']}{quote(str(id), safe='')}" for id in most["id"]]
    return Grid(
        tuple((_head(name, lang), head.numeric) for name, head in zip(full, heads, strict=True)),
        tuple(
            tuple(
                _in_its_language(_cell(name, text, lang, at, leads), name, row, full)
                for name, text in zip(full, row, strict=True)
            )
            for at, row in enumerate(zip(*said, strict=True))
        ),
        max(0, table.height - MOST_ROWS),
        tuple(_head(name, lang) for name in names if name not in full),
        title,
        folded,
    )


def readable(shown: Shown, publishers: Mapping[str, str]) -> Shown:
    """The same with publishers called by their names, and lines that begin as sentences do."""
    ids = re.compile(rf"\b({'|'.join(sorted(publishers, key=len, reverse=True))})\b(?![/.])")

    def told(line: str) -> str:
        return capital(ids.sub(lambda found: publishers[found[1]], line))

    return replace(
        shown,
        title=told(shown.title),
        notes=tuple(map(told, shown.notes)),
        chapters=tuple((heading, tuple(map(told, lines))) for heading, lines in shown.chapters),
    )


def numbered(table: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table whose caveats are numbers, and the keys that they stand for, the first as 1."""
    if "caveats" not in table.columns:
        return table, ()
    keys = caveats.split(caveats.join(key for cell in table["caveats"] for key in caveats.split(cell)))
    places = {key: str(at) for at, key in enumerate(keys, 1)}
    spelt = [", ".join(places[key] for key in caveats.split(cell)) or None for cell in table["caveats"]]
    return table.with_columns(pl.Series("caveats", spelt, dtype=pl.String)), keys


def _head(name: str, lang: str) -> str:
    said = heading(name, lang)
    return capital(said) if f"head.{name}" in catalogue(language(lang)) else said


def _per_unit(column: pl.Series, name: str, texts: list[str], lang: Lang) -> list[str]:
    """Shares and growth per cent, US dollars whole; other cells as they are."""
    if not column.dtype.is_float() or not (name in _UNITS or name.endswith("_usd")):
        return texts
    words = catalogue(lang)
    unit, style = (_UNITS[name], Style()) if name in _UNITS else ("usd", _DOLLARS)
    return [printed(Measure(value, unit), words, style) for value in column]


def _cell(column: str, text: str, lang: str, at: int, leads: Sequence[str]) -> Cell:
    if column == "product":
        return Cell(goods(text, language(lang)), leads[at] if leads else "")
    if column in _ENGLISH:
        return Cell(text, lang="" if lang == "en" else "en")
    goes = column in LINKS and text not in ("", "—")
    return Cell(text, LINKS[column] + quote(text, safe="") if goes else "")


def _in_its_language(cell: Cell, column: str, row: Sequence[str], columns: Sequence[str]) -> Cell:
    """A name beside its language is of that language."""
    return replace(cell, lang=row[columns.index("lang")]) if column == "name" and "lang" in columns else cell


@lru_cache(maxsize=20_000)
def goods(code: str, lang: Lang) -> str:
    """What a group or chapter is called; a finer code, and a publisher's total, stay as they are."""
    try:
        return capital(products.name(code, lang))
    except UnknownName:
        return code
