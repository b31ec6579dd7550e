"""ITC Trade Map in the four shapes it can be downloaded in.

One honest page about them. The ``.xls`` is a page of HTML with a title, a legend, a unit and the table; green cells
are estimates, and only there. The ``.txt`` has the table alone, so the title is taken from the file's name. The
table of two countries has blocks of columns, each with its title above, an empty column between them. The new
``.xlsx`` is a flat table with codes, whose flow stands in the file's name alone. Services are kept in the
classification of services (EBOPS 2010), goods in HS of a revision that the file does not state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.evidence import CodedReading, Refusal
from corridor.sources import plain, signs
from corridor.sources.left_out import LETTERS
from corridor.sources.selection import selection
from corridor.sources.time_period import period
from corridor.sources.trade_map import grid, title
from corridor.sources.trade_map.grid import Cell, Row
from corridor.sources.trade_map.title import Heading, Subject
from corridor.sources.workbook import is_workbook, open_sheets, words

if TYPE_CHECKING:
    import polars as pl

SERVICES, GOODS, WORLD = "EB10", "HS", "World"

_PAGE = b"ctl00_PageContent_"
_FLAT = ("reporterCd", "reporterLabel", "partnerCd", "partnerLabel", "productCd", "productLabel")
_LABELS = ("exporters", "importers", "code", "product code", "service code")
_UNITS = {"us dollar thousand": 1e3, "us dollar million": 1e6, "us dollar": 1.0, "usd thousand": 1e3, "usd": 1.0}
_UNIT = re.compile(r"\s*unit\s*:\s*(?P<unit>[^,;]*)", re.I)
_FLAT_COLUMN = re.compile(r"(?P<period>[0-9]{4}(?:-[MQ][0-9]{1,2})?)\s*(?:\((?P<unit>[^()]*)\))?")
#: A note that all values are the partner's; a legend that says in which colour such values are "shown" is none.
_MIRROR = re.compile(r"^(?!.*shown in).*(?:mirror data|partner reported data)", re.I)
_NAMED_FLOW = re.compile(r"\b(?P<word>exports|imports)[ -](?:to|from)\b", re.I)
#: Lines above a table's heading; more than any download has.
_ABOVE = 40
_LONGEST_ODD = 9
#: What the publisher puts between cells.
_SEPARATORS = ("\t", ",")


@dataclass(frozen=True)
class Column:
    """A column of values: its place, what its heading says, and whose trade it is."""

    place: int
    heading: Heading
    flow: str
    reporter: str
    partner: str


@dataclass(frozen=True)
class Table:
    """A table found in the rows of a file: what its rows are, its columns, and where its rows begin."""

    subject: Subject
    columns: tuple[Column, ...]
    balances: int
    first: int
    product: str
    scale: float
    mirrored: bool
    name: str


def recognise(path: Path, head: bytes) -> bool:
    """Whether the file is a page of Trade Map, a text with its headings, or a workbook of the new kind."""
    if is_workbook(path, head):
        return not head.startswith(b"\xd0") and _flat_sheet(path, path.name) is not None
    if b"<html" in head.lower():
        return _PAGE in head
    if b"\x00" in head:
        return False
    text = plain.decoded(head)
    lines = text.split("\n")
    return bool(_flat_text(lines[:1], path.name)) or _header_at(_split(lines[:_ABOVE], path.name)) is not None


def read(path: Path, name: str) -> CodedReading:
    """The values in US dollars. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    with path.open("rb") as opened:
        head = opened.read(4096)
    if is_workbook(path, head):
        return _flat(_flat_sheet(path, name), name)
    text = plain.decoded(plain.read_bytes(path, name))
    if flat := _flat_text(text.split("\n"), name):
        return _flat(flat, name)
    rows = _of_page(text, name) if b"<html" in head.lower() else _split(text.split("\n"), name)
    table = _table(rows, name)
    figures = list(_figures(rows, table))
    refusals = (*_balances(table), *_others(rows, table), *_nameless(rows, table))
    return _reading(figures, table.name, refusals, name)


def _of_page(text: str, name: str) -> list[Row]:
    rows = grid.of_page(text)
    if rows is None:
        raise UnreadableFile("the page ends within a table", where=Where(file=name), next_step="download it again")
    return rows


def _split(lines: list[str], name: str) -> list[Row]:
    """The cells of a text, divided by whatever makes a heading of one of its lines."""
    text = "\n".join(lines)
    for separator in _SEPARATORS:
        rows = grid.of_texts(plain.cells(text, name, separator))
        if _header_at(rows) is not None:
            return rows
    return []


def _header_at(rows: list[Row]) -> int | None:
    """The row of the headings: a column of labels first, and at least one column of values."""
    for number, row in enumerate(rows[: _ABOVE + 1]):
        if row and row[0].text.lower() in _LABELS and any(title.heading(cell.text) for cell in row[1:]):
            return number
    return None


def _table(rows: list[Row], name: str) -> Table:
    where = Where(file=name)
    at = _header_at(rows)
    if at is None:
        raise BrokenLayout("no row of headings names values and their years", where=where)
    above = [cell.text for row in rows[:at] for cell in row if cell.text]
    titles = [*above, title.from_file_name(name)]
    blocks = _blocks(rows[at - 1] if at else (), len(rows[at]))
    found = next((said for said in map(title.subject, titles) if said), None)
    if blocks:
        found = Subject("products")
    if found is None:
        raise BrokenLayout(
            "neither the file nor its name says whose trade it is", where=where, next_step="keep the name it came with"
        )
    columns, balances = _columns(rows[at], found, blocks, name)
    return Table(
        subject=found,
        columns=tuple(columns),
        balances=balances,
        first=at + 1,
        product=_product(titles, found, rows[at], name),
        scale=_scale([*_units(above), *(each.heading.unit for each in columns if each.heading.unit)], name),
        mirrored=any(_MIRROR.search(text) for text in above),
        name=next(text for text in titles if blocks or title.subject(text)),
    )


def _blocks(row: Row, width: int) -> dict[int, tuple[str, str, str]]:
    """Column -> reporter, partner and flow, of the titles above the headings."""
    found: dict[int, tuple[str, str, str]] = {}
    said = None
    for place in range(width):
        said = title.block(row[place].text) or said if place < len(row) else said
        if said:
            found[place] = said
    return found


def _columns(
    header: Row, subject: Subject, blocks: dict[int, tuple[str, str, str]], name: str
) -> tuple[list[Column], int]:
    """The columns of values, and how many hold balances."""
    found, balances = [], 0
    for place, cell in enumerate(header):
        said = title.heading(cell.text)
        if said is None:
            continue
        if said.flow == "balance":
            balances += 1
            continue
        reporter, partner, flow = blocks.get(place, (subject.reporter, WORLD, said.flow or subject.flow or ""))
        if not flow:
            raise BrokenLayout(f"the column “{cell.text}” says no flow", where=Where(file=name))
        found.append(Column(place, said, flow, reporter, partner))
    if not found:
        raise BrokenLayout("all columns hold balances", where=Where(file=name), next_step="download the two flows")
    return found, balances


def _product(titles: list[str], subject: Subject, header: Row, name: str) -> str:
    """The product of a list of countries; of a list of products, only whether they are services."""
    services = any("service" in text.lower() for text in [*titles, *(cell.text for cell in header[:2])])
    kind = SERVICES if services else GOODS
    if subject.rows == "products":
        return f"{kind}/"
    chosen = next((said for said in map(title.goods, titles) if said), None)
    if chosen:
        return f"{kind}/{chosen[0]}"
    if "all products" in titles[-1].lower():
        return f"{kind}/TOTAL"
    raise BrokenLayout("neither the file nor its name says which goods it is of", where=Where(file=name))


def _units(above: list[str]) -> list[str]:
    """What the lines above a table say its unit is; the empty text where the word stands alone."""
    return [found["unit"].strip().lower() for text in above if (found := _UNIT.match(text))]


def _scale(said: list[str], name: str) -> float:
    # The table in text prints no unit; the publisher's default is a thousand US dollars.
    units = set(said) or {"us dollar thousand"}
    scales = {_UNITS.get(unit) for unit in units}
    known = [scale for scale in scales if scale]
    if len(scales) != 1 or not known:
        words = ", ".join(sorted(unit or "not told" for unit in units))
        raise BrokenLayout(f"the unit is {words}", where=Where(file=name), next_step="download US dollars")
    return known[0]


def _figures(rows: list[Row], table: Table) -> Iterator[dict[str, object]]:
    """Every printed value; an empty cell is "not available", no zero."""
    kind, _, product = table.product.partition("/")
    for number, row in enumerate(rows[table.first :], start=table.first + 1):
        label = row[0].text.strip("' ") if row else ""
        for column in table.columns:
            cell = row[column.place] if column.place < len(row) else Cell()
            if label and cell.text:
                yield _figure(number, label, product, kind, column, cell, table)


def _others(rows: list[Row], table: Table) -> Iterator[Refusal]:
    """The columns of numbers whose headings name no value of a period."""
    read = {column.place for column in table.columns}
    below = rows[table.first :]
    found = [
        cell.text or "without a heading"
        for place, cell in enumerate(rows[table.first - 1])
        if place and place not in read and "balance" not in cell.text.lower() and _has_numbers(below, place)
    ]
    if found:
        words = f"{len(found)} columns: {', '.join(found)}"[:LETTERS]
        yield Refusal(None, table.first, words, "no value of a period stands in them")


def _has_numbers(rows: list[Row], place: int) -> bool:
    return any(signs.number(row[place].text) is not None for row in rows if place < len(row))


def _nameless(rows: list[Row], table: Table) -> Iterator[Refusal]:
    """Rows with values that do not say of what."""
    for number, row in enumerate(rows[table.first :], start=table.first + 1):
        said = [row[column.place].text for column in table.columns if column.place < len(row)]
        if any(said) and not row[0].text.strip("' "):
            yield Refusal(None, number, " | ".join(said), "values without a name of goods or of a partner")


def _figure(
    number: int, label: str, product: str, kind: str, column: Column, cell: Cell, table: Table
) -> dict[str, object]:
    rows = table.subject.rows
    code = label if rows == "products" else product
    return {
        "row": number,
        "reporter": _area(label if rows == "reporters" else column.reporter),
        "partner": _area(label if rows == "partners" else column.partner),
        "flow": column.flow,
        **_goods(kind, code),
        "freq": column.heading.freq,
        "period_start": column.heading.start,
        "period_end": column.heading.end,
        "value_usd": _number(cell.text) * table.scale,
        "valuation": "fob" if column.flow == "export" else "cif",
        "caveats": _caveats(kind, code, cell.caveat or ("partner_statistics" if table.mirrored else "")),
    }


@lru_cache(maxsize=4096)
def _area(label: str) -> str:
    return title.area(label)


def _goods(kind: str, code: str) -> dict[str, object]:
    total = kind == GOODS and code == "TOTAL"
    # A spreadsheet that took codes of goods for numbers lost their leading zero.
    lost = kind == GOODS and code.isdecimal() and len(code) % 2 and len(code) <= _LONGEST_ODD
    return {"classification": "TOTAL" if total else kind, "product": f"0{code}" if lost else code.upper()}


def _caveats(kind: str, code: str, *own: str) -> str:
    stated = kind == SERVICES or code == "TOTAL"
    return " ".join(filter(None, [*own, "" if stated else "hs_revision_not_stated"]))


def _number(text: str) -> float:
    """A value as printed; what is no number is no blank either."""
    number = signs.number(text)
    return float("nan") if number is None else number


def _balances(table: Table) -> tuple[Refusal, ...]:
    if not table.balances:
        return ()
    return (
        Refusal(None, table.first, f"{table.balances} columns of balances", "a balance follows from other figures"),
    )


def _reading(figures: list[dict[str, object]], words: str, refusals: tuple[Refusal, ...], name: str) -> CodedReading:
    import polars as pl

    if not figures:
        raise BrokenLayout("the table holds no value", where=Where(file=name))
    kinds: dict[str, type[pl.DataType]] = {
        "row": pl.UInt32, "value_usd": pl.Float64, "period_start": pl.Date, "period_end": pl.Date,
    }  # fmt: skip
    rows = pl.DataFrame(figures, schema={column: kinds.get(column, pl.String) for column in figures[0]})
    kind = "services" if SERVICES in rows["classification"] else "goods"
    edition = f"ITC Trade Map, {words}"[:200]
    constants = {"maturity": "official"}
    return selection("trade_map", kind, edition, "un_comtrade", rows, constants, refusals=refusals)


def _flat_sheet(path: Path, name: str) -> tuple[tuple[str, ...], ...] | None:
    """The rows of the new workbook's sheet as words."""
    for sheet in open_sheets(path, name):
        if sheet.rows and tuple(words(cell) for cell in sheet.rows[0][: len(_FLAT)]) == _FLAT:
            return tuple(tuple(words(cell) for cell in row) for row in sheet.rows)
    return None


def _flat_text(lines: list[str], name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the same table as text; none for another."""
    for separator in _SEPARATORS:
        heading = plain.cells(lines[0], name, separator)
        if heading and tuple(cell.strip() for cell in heading[0][: len(_FLAT)]) == _FLAT:
            rows = plain.cells("\n".join(lines), name, separator)
            wide = len(heading[0])
            return tuple(tuple(words(cell) for cell in [*row, *[""] * wide][:wide]) for row in rows if any(row))
    return ()


def _flat(rows: tuple[tuple[str, ...], ...] | None, name: str) -> CodedReading:
    found = _NAMED_FLOW.search(title.from_file_name(name))
    if rows is None or found is None:
        raise BrokenLayout(
            "the table does not say whether it is exports or imports, and neither does the file's name",
            where=Where(file=name),
            next_step="keep the name it came with",
        )
    flow = "export" if found["word"].lower() == "exports" else "import"
    columns = list(_flat_columns(rows[0]))
    scale = _scale([at.unit for _, at in columns], name)
    figures = [
        _flat_figure(number, row, place, at, flow, scale)
        for number, row in enumerate(rows[1:], start=2)
        for place, at in columns
        if row[place]
    ]
    return _reading(figures, title.from_file_name(name), (), name)


def _flat_columns(header: tuple[str, ...]) -> Iterator[tuple[int, Heading]]:
    for place, text in enumerate(header):
        found = _FLAT_COLUMN.fullmatch(text)
        days = period(found["period"]) if found else None
        if days:
            yield place, Heading(None, *days, (found["unit"] or "").strip().lower() if found else "")


def _flat_figure(
    number: int, row: tuple[str, ...], place: int, at: Heading, flow: str, scale: float
) -> dict[str, object]:
    code = row[4].strip("' ")
    return {
        "row": number,
        "reporter": row[0].lstrip("0") or "0",
        "partner": row[2].lstrip("0") or "0",
        "flow": flow,
        **_goods(GOODS, code),
        "freq": at.freq,
        "period_start": at.start,
        "period_end": at.end,
        "value_usd": _number(row[place]) * scale,
        "valuation": "fob" if flow == "export" else "cif",
        "caveats": _caveats(GOODS, code),
    }
