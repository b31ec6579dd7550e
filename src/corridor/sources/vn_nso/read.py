"""Reads the spreadsheets of Viet Nam's statistics office: V03 by partner, V01X and V01N by commodity group.

A workbook is known by the title in a sheet's first rows, never by its name. It may hold sheets that are
somebody's own calculation; they bear no such title and are left out by name. The months printed are those the
office holds true today, so they are the revised release, though the title calls them preliminary. No date of
print stands in the workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, UnrecognisedFile, Where
from corridor.evidence import Reading
from corridor.sources.vn_nso.figures import Raw, printed_slots, read_figures
from corridor.sources.vn_nso.heading import Slot, read_heading
from corridor.sources.vn_nso.lines import read_body
from corridor.sources.vn_nso.title import Title, find_title
from corridor.sources.workbook import Sheet, is_workbook, open_sheets

if TYPE_CHECKING:
    import polars as pl

SOURCE = "vn_nso"


def recognise(path: Path, head: bytes) -> bool:
    """Whether a file is a workbook with a sheet that bears one of this publisher's titles.

    Raises `UnreadableFile` for a damaged workbook: no other reader could open it either.
    """
    return is_workbook(path, head) and any(find_title(sheet) for sheet in open_sheets(path, path.name))


def read(path: Path, name: str) -> Reading:
    """One table in the publisher's words; values in US dollars, to the cent.

    Raises `UnreadableFile`, `UnrecognisedFile` where no sheet bears a known title, and `BrokenLayout` where two
    sheets do or where the header cannot be told.
    """
    sheets = open_sheets(path, name)
    sheet, title = _table(sheets, name)
    heading = read_heading(sheet, title, name)
    body = read_body(sheet, heading, name)
    slots = printed_slots(body.lines, heading.slots)
    if not slots:
        raise BrokenLayout("no month has a figure", where=Where(file=name, page=sheet.name))
    figures = read_figures(body.lines, slots, title, sheet.name)
    return Reading(
        source=SOURCE,
        table=title.table,
        release="revised",
        maturity=title.maturity(Where(file=name, page=sheet.name)),
        reporter="VNM",
        currency="USD",
        edition=f"{title.table}, {slots[0].month:%Y-%m}:{slots[-1].month:%Y-%m}",
        published=None,
        rows=_frame(figures.rows),
        refusals=(*heading.refusals, *body.refusals, *figures.refusals),
        ignored=(*_untitled(sheets), *body.ignored(), *_to_come(heading.slots[len(slots) :])),
    )


def _table(sheets: Sequence[Sheet], name: str) -> tuple[Sheet, Title]:
    titled = [(sheet, title) for sheet in sheets if (title := find_title(sheet))]
    if not titled:
        raise UnrecognisedFile(
            f"no sheet of the workbook bears a title of this publisher's tables: {_names(sheets)}",
            where=Where(file=name),
        )
    if len(titled) > 1:
        raise BrokenLayout(
            f"several sheets bear a table's title: {_names([sheet for sheet, _ in titled])}",
            where=Where(file=name),
            next_step="save each of them as a workbook of its own",
        )
    return titled[0]


def _names(sheets: Sequence[Sheet]) -> str:
    return ", ".join(f"“{sheet.name}”" for sheet in sheets) or "it has none"


def _untitled(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    return tuple(f"sheet “{sheet.name}”: no title of a table" for sheet in sheets if not find_title(sheet))


def _to_come(slots: Sequence[Slot]) -> tuple[str, ...]:
    months = sorted({f"{slot.month:%Y-%m}" for slot in slots})
    return (f"months with a heading and no figure yet: {', '.join(months)}",) if months else ()


def _frame(rows: Sequence[Raw]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(
        list(rows),
        schema={
            "block": pl.Int64,
            "page": pl.String,
            "row": pl.Int64,
            "partner_label": pl.String,
            "product_label": pl.String,
            "unit_label": pl.String,
            "flow": pl.String,
            "freq": pl.String,
            "period_start": pl.Date,
            "period_end": pl.Date,
            "cumulative": pl.Boolean,
            "value": pl.Float64,
            "quantity": pl.Float64,
        },
        orient="row",
    )
