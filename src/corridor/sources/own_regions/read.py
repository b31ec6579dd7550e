"""Reads the sheet of a region's own figures: one row a figure, nine columns, the header in row 1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.codes import areas, periods
from corridor.codes.products import TOTAL
from corridor.errors import BrokenLayout, CorridorError, Where
from corridor.evidence import CodedReading, Refusal
from corridor.sources import workbook
from corridor.sources.selection import selection

if TYPE_CHECKING:
    import polars as pl

#: Without a blank: the sheet is a part of every trace id, and traces are kept in one cell, parted by blanks.
SHEET = "own_regions"
COLUMNS = ("region", "flow", "product", "partner", "period", "value", "currency", "unit", "source")
#: What one unit of the value is in units of its currency.
UNITS: Mapping[str, float] = {"": 1.0, "USD": 1.0, "thousand": 1e3, "million": 1e6}
FLOWS = ("export", "import")
#: Lengths of codes of the Harmonized System and of tariffs built on it.
_CODE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{8}|\d{10}")

#: ISO 4217.
_CURRENCY = re.compile("[A-Z]{3}")

Row = dict[str, object]


def recognise(path: Path, head: bytes) -> bool:
    """Whether the file is a workbook with the sheet that the program writes."""
    return workbook.is_workbook(path, head) and _sheet(path, path.name) is not None


def read(path: Path, name: str) -> CodedReading:
    """Every filled row; a row that cannot be taken is a refusal that says why.

    Raises `BrokenLayout` for another header, or a sheet without a sound row.
    """
    import polars as pl

    sheet = _sheet(path, name)
    header = tuple(workbook.words(cell) for cell in sheet.rows[0]) if sheet and sheet.rows else ()
    if sheet is None or header[: len(COLUMNS)] != COLUMNS:
        raise BrokenLayout(f"row 1 is not: {', '.join(COLUMNS)}", where=Where(file=name, page=SHEET, row=1))
    rows: list[Row] = []
    refused, named = [], set()
    for number, cells in enumerate(sheet.rows[1:], start=2):
        line = dict(zip(COLUMNS, (workbook.words(cell) for cell in cells), strict=False))
        if not any(line.values()):
            continue
        try:
            rows.append({"row": number, **_figure(line)})
            named.add(line["source"])
        except CorridorError as fault:
            refused.append(Refusal(SHEET, number, " · ".join(line.values()), fault.what))
    if not rows:
        why = f": row {refused[0].row}, {refused[0].reason}" if refused else ""
        raise BrokenLayout(f"no row of the sheet can be taken{why}", where=Where(file=name, page=SHEET))
    return selection(
        "own_regions",
        "own",
        f"own figures, {name}; sources named: {'; '.join(sorted(named))}",
        "iso3166_3",
        _amounts(pl.DataFrame(rows)),
        {"maturity": "preliminary", "caveats": "own_figure"},
        release="first",
        refusals=tuple(refused),
        page=SHEET,
    )


def _amounts(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with ``value`` in ``currency`` where any is not in US dollars."""
    if set(rows["currency"]) == {"USD"}:
        return rows.rename({"value": "value_usd"}).drop("currency")
    return rows


def _sheet(path: Path, name: str) -> workbook.Sheet | None:
    return next((sheet for sheet in workbook.open_sheets(path, name) if sheet.name == SHEET), None)


def _figure(line: Mapping[str, str]) -> Row:
    """One row in our words. Raises an error that says what is wrong with it."""
    region, partner, period = areas.find(line["region"]), areas.find(line["partner"]), periods.parse(line["period"])
    if region.kind != "region":
        raise BrokenLayout(f"{region.code} is no region of a country")
    if not line["source"]:
        raise BrokenLayout("no source is named")
    return {
        "reporter": region.code,
        "partner": partner.code,
        "flow": _one_of("flow", line["flow"] or "export", FLOWS),
        "product": _product(line["product"]),
        "classification": TOTAL if line["product"] == TOTAL else "HS",
        "freq": "M" if period.freq == "YTD" else period.freq,
        "period_start": period.start,
        "period_end": period.end,
        "cumulative": period.cumulative,
        "valuation": "cif" if line["flow"] == "import" else "fob",
        "value": _value(line),
        "currency": line["currency"],
    }


def _product(code: str) -> str:
    if code == TOTAL or _CODE.fullmatch(code):
        return code
    raise BrokenLayout(f"“{code}” is no HS code of 2, 4, 6, 8 or 10 digits, typed as text, nor {TOTAL}")


def _value(line: Mapping[str, str]) -> float:
    if not _CURRENCY.fullmatch(line["currency"]):
        raise BrokenLayout(f"the currency “{line['currency']}” is no code of three letters, e.g. USD")
    unit = UNITS[_one_of("unit", line["unit"], tuple(UNITS))]
    try:
        value = float(line["value"].replace(" ", "").replace(",", "."))
    except ValueError:
        raise BrokenLayout(f"“{line['value']}” is no value") from None
    if not 0 <= value < float("inf"):
        raise BrokenLayout(f"“{line['value']}” is no value of trade")
    return value * unit


def _one_of(what: str, given: str, allowed: tuple[str, ...]) -> str:
    if given not in allowed:
        raise BrokenLayout(f"the {what} “{given}” is none of: {', '.join(filter(None, allowed))}")
    return given
