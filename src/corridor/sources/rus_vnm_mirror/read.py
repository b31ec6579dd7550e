"""Reads a table of yearly totals, one line a year, one column a reporter; the header names both and the unit."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridor.codes.periods import year_in
from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.evidence import RAW_COLUMNS, Reading

if TYPE_CHECKING:
    import polars as pl

SOURCE = "rus_vnm_mirror"
YEAR = "year"


@dataclass(frozen=True)
class Column:
    """A column of values in US dollars: who reported which flow with whom."""

    reporter: str
    flow: str
    partner: str


COLUMNS = {
    "rus_imports_from_vnm_comtrade_usd": Column("RUS", "import", "Viet Nam"),
    "vnm_exports_to_rus_comtrade_usd": Column("VNM", "export", "Russia"),
}
#: Another publisher's columns, in millions of US dollars.
LEFT_OUT = ("rus_imports_cif_from_vnm_imf_usd_mn", "rus_exports_fob_to_vnm_imf_usd_mn")
HEADER = (YEAR, *COLUMNS, *LEFT_OUT)


def recognise(path: Path, head: bytes) -> bool:
    """Whether a file begins with this table's header line."""
    return head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].strip() == ",".join(HEADER).encode()


def read(path: Path, name: str) -> Reading:
    """The totals in US dollars, one row a year and reporter.

    Raises `UnreadableFile` for a file that is no UTF-8 text and `BrokenLayout` where a year or a value is none.
    """
    import polars as pl

    lines = _lines(path, name)
    rows = [row for number, line in lines for row in _figures(line, number, name)]
    if not rows:
        raise BrokenLayout("no year has a figure", where=Where(file=name))
    years = sorted(row["period_start"].year for row in rows)
    return Reading(
        source=SOURCE,
        table="totals",
        release="official",
        maturity="official",
        reporter="RUS",
        currency="USD",
        edition=f"totals, {years[0]}:{years[-1]}",
        published=None,
        rows=pl.DataFrame(rows, schema=_schema()),
        ignored=LEFT_OUT,
    )


def _lines(path: Path, name: str) -> list[tuple[int, list[str]]]:
    """The lines under the header with their numbers; the header is line 1."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise UnreadableFile(f"the table is no UTF-8 text: {fault}", where=Where(file=name)) from None
    found = [(number, line) for number, line in enumerate(lines, start=1) if number > 1 and any(line)]
    for number, line in found:
        if len(line) != len(HEADER):
            raise BrokenLayout(
                f"{len(line)} cells where the header has {len(HEADER)}", where=Where(file=name, row=number)
            )
    return found


def _figures(line: Sequence[str], number: int, name: str) -> Iterator[dict[str, Any]]:
    cells = dict(zip(HEADER, line, strict=True))
    year = _year(cells[YEAR], number, name)
    for block, (label, column) in enumerate(COLUMNS.items()):
        if cells[label]:
            yield {
                **dict.fromkeys(RAW_COLUMNS),
                "block": str(block),
                "page": "",
                "row": number,
                "reporter": column.reporter,
                "partner_label": column.partner,
                "flow": column.flow,
                "freq": "A",
                "period_start": date(year, 1, 1),
                "period_end": date(year, 12, 31),
                "cumulative": False,
                "value": _value(cells[label], number, name),
            }


def _year(text: str, number: int, name: str) -> int:
    year = year_in(text)
    if year is None:
        raise BrokenLayout(f"“{text[:40]}” is no year", where=Where(file=name, row=number))
    return year


def _value(text: str, number: int, name: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise BrokenLayout(f"“{text}” is no value in US dollars", where=Where(file=name, row=number))
    return value


def _schema() -> dict[str, pl.DataType | type[pl.DataType]]:
    import polars as pl

    kinds: dict[str, pl.DataType | type[pl.DataType]] = {
        "row": pl.Int64, "period_start": pl.Date, "period_end": pl.Date, "cumulative": pl.Boolean,
        "value": pl.Float64, "quantity": pl.Float64,
    }  # fmt: skip
    return {name: kinds.get(name, pl.String) for name in (*RAW_COLUMNS, "reporter")}
