"""Reads the customs office's forms 020.T (exports) and 021.T (imports): partner by main commodity group.

The forms without partners are read by `corridor.sources.vn_customs.goods`, as a workbook by `goods_sheet`.
One honest page about the layout: a form
is a PDF with text; every second page may be empty. Each page with text repeats the table's heading, which gives the
columns. A line in capitals without a unit is a partner and its total, the lines beneath it are its groups, across
pages. Long names go on in the line below. The text stream may be in any order, so only the places of words count.
Pages are the PDF's own, from 1; rows are the lines beneath the heading, from 1.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.evidence import RAW_COLUMNS, Reading
from corridor.sources.vn_customs.columns import Columns, heading
from corridor.sources.vn_customs.footer import Footers
from corridor.sources.vn_customs.form import Form, names_a_form, read_form, unknown_words
from corridor.sources.vn_customs.goods import names_goods, read_goods
from corridor.sources.vn_customs.goods_sheet import form_sheet, read_sheet
from corridor.sources.vn_customs.lines import Line, printed_lines
from corridor.sources.vn_customs.table import Placed, Table
from corridor.sources.vn_customs.words import MOST_PAGES, opened, page_words
from corridor.sources.workbook import Sheet, is_workbook

if TYPE_CHECKING:
    import polars as pl
    from pypdfium2 import PdfDocument

SOURCE, REPORTER, CURRENCY = "vn_customs", "VNM", "USD"

#: A PDF says so within its first kilobyte, and that it is complete within its last.
PDF_MARK, END_MARK, MARGIN = b"%PDF-", b"%%EOF", 1024


@dataclass(frozen=True)
class Page:
    """One page with text: its physical number, the lines down to the heading's end, and those beneath."""

    number: int
    above: tuple[Line, ...]
    columns: Columns
    below: tuple[Line, ...]


def recognise(path: Path, head: bytes) -> bool:
    """Whether the file is one of the forms, by the text of its first page.

    Raises `UnreadableFile` for a PDF that cannot be opened at all.
    """
    if is_workbook(path, head):
        return form_sheet(path, path.name) is not None
    if PDF_MARK not in head[:MARGIN]:
        return False
    with opened(path, path.name) as document:
        words = page_words(document, 0, path.name) if len(document) else []
    text = " ".join(line.text for line in printed_lines(words))
    return names_a_form(text) or names_goods(text)


def read(path: Path, name: str) -> Reading:
    """The whole form in the office's own words.

    Raises `UnreadableFile` for a damaged or incomplete PDF and `BrokenLayout` for a form whose structure is not
    the known one; a single line that cannot be understood becomes a refusal.
    """
    where = Where(file=name)
    if sheet := _sheet(path, name):
        return read_sheet(sheet, SOURCE, name)
    _check_end(path, where)
    with opened(path, name) as document:
        printed_pages = list(_printed(document, name))
    if not printed_pages:
        raise BrokenLayout("no page has any text", where=where, next_step="scanned pages cannot be read")
    if names_goods(" ".join(line.text for line in printed_pages[0][1])):
        return read_goods(printed_pages, SOURCE, name)
    pages = [_page(number, lines, name) for number, lines in printed_pages]
    form = read_form([line.text for line in pages[0].above], Where(file=name, page=pages[0].number))
    table, printed = _table(pages, name)
    rows = _frame(table.blocks(), form)
    return Reading(
        source=SOURCE,
        table=form.table,
        release=form.release,
        maturity=form.maturity,
        reporter=REPORTER,
        currency=CURRENCY,
        edition=form.edition(printed),
        published=printed,
        rows=rows,
        refusals=tuple(table.refusals),
        ignored=tuple(_ignored(pages)),
    )


def _sheet(path: Path, name: str) -> Sheet | None:
    with path.open("rb") as opened_file:
        head = opened_file.read(MARGIN)
    return form_sheet(path, name) if is_workbook(path, head) else None


def _check_end(path: Path, where: Where) -> None:
    """Refuse a PDF cut short: the library would mend it silently, without its last pages."""
    with path.open("rb") as opened_file:
        size = opened_file.seek(0, os.SEEK_END)
        opened_file.seek(max(0, size - MARGIN))
        if END_MARK not in opened_file.read():
            raise UnreadableFile("the PDF ends early", where=where, next_step="fetch it again from the publisher")


def _printed(document: PdfDocument, name: str) -> Iterator[tuple[int, list[Line]]]:
    """The pages with text: their physical numbers and their lines."""
    if len(document) > MOST_PAGES:
        raise BrokenLayout(
            f"{len(document)} pages, far more than a form has",
            where=Where(file=name),
            next_step="check that this is the customs office's table",
        )
    for index in range(len(document)):
        if words := page_words(document, index, name):
            yield index + 1, printed_lines(words)


def _page(number: int, lines: list[Line], name: str) -> Page:
    end, columns = heading(lines, Where(file=name, page=number))
    return Page(number, tuple(lines[:end]), columns, tuple(lines[end:]))


def _table(pages: Sequence[Page], name: str) -> tuple[Table, date]:
    """The table's lines from all pages, and the day of print."""
    table, footers = Table(), Footers()
    for page in pages:
        for row, line in enumerate(page.below, start=1):
            if not footers.take(line.text, Where(file=name, page=page.number)):
                table.take(page.columns.cells(line), page.number, row, line.text)
    return table, footers.day_of_print(len(pages), Where(file=name))


def _ignored(pages: Iterable[Page]) -> Iterator[str]:
    """What stands above the table beyond the form's own words."""
    for page in pages:
        for line in page.above:
            if beyond := unknown_words(line.text):
                yield f"page {page.number}: {beyond}"


def _frame(placed: Iterable[Placed], form: Form) -> pl.DataFrame:
    """`Reading.rows`: two rows a printed line, the month and the year to date, built column by column."""
    import polars as pl

    columns: dict[str, list[object]] = {name: [] for name in RAW_COLUMNS}
    year_began = form.month.replace(month=1)
    for block, partner, row in placed:
        quantity, value, year_quantity, year_value = row.figures or ()
        product, unit = (None, None) if row.is_partner else (row.label, row.unit)
        same = (block, str(row.page), row.row, partner, product, unit, form.flow, "M")
        month = (*same, form.month, form.month_end, False, value, quantity)
        year = (*same, year_began, form.month_end, True, year_value, year_quantity)
        for column, one, other in zip(columns.values(), month, year, strict=True):
            column += (one, other)
    return pl.DataFrame(columns, schema=_schema())


def _schema() -> dict[str, type[pl.DataType]]:
    import polars as pl

    kinds: dict[str, type[pl.DataType]] = dict.fromkeys(("block", "row"), pl.Int64)
    kinds |= dict.fromkeys(("value", "quantity"), pl.Float64)
    kinds |= {"period_start": pl.Date, "period_end": pl.Date, "cumulative": pl.Boolean}
    return {name: kinds.get(name, pl.String) for name in RAW_COLUMNS}
