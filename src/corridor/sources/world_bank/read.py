"""The World Bank's indicators in the shapes in which people hold them.

The file of its site has four lines above the heading and a column a year; that of its DataBank has no line above, years
written ``2019 [YR2019]``, ``..`` for what is missing and a few lines below the table. Both come as text or as a
workbook. Two tables made from its interface are common besides: one row an area, year and series; and one column an
area, whose series stands in the file's name alone. The interface's own answer is read by `answer`,
and what programs for statistics make of it by `tidy`.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, Where
from corridor.evidence import ListReading, Refusal
from corridor.sources import area_columns, delimited, plain
from corridor.sources.left_out import LETTERS, apart
from corridor.sources.workbook import Cell, is_workbook, open_sheets
from corridor.sources.world_bank import answer, tidy

if TYPE_CHECKING:
    import polars as pl

#: Columns of the site and of its DataBank, in any order: the area's code, then the series'.
_AREA, _INDICATORS = "Country Code", ("Indicator Code", "Series Code")
_WORDS = {"Country Name", "Indicator Name", "Series Name", _AREA, *_INDICATORS, ""}
_YEAR = re.compile(r"(?P<year>[0-9]{4})(?: \[YR[0-9]{4}\])?")
_MISSING = ("", "..", "NA", "NaN", "nan")
_LONG = ("country_code", "Country", "year", "indicator_name", "series", "value")
_UPDATED = re.compile(r"Last Updated(?: Date)?\W+(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})")
_SERIES = re.compile(r"[A-Z]{2}(?:\.[A-Z0-9]{2,6}){1,5}")
_CODE = re.compile(r"[A-Z]{3}")
_ABOVE, _FEWEST = 10, 10
#: What a value is a value of.
_KEYS = ("area", "indicator", "period")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading, or one a few lines below, is of one of the shapes."""
    if is_workbook(path, head):
        return _of_workbook(path, path.name) is not None
    heading = delimited.header(head)
    if heading == _LONG or answer.is_ours(head) or tidy.are_ours(heading):
        return True
    return _heading_at(_lines(plain.decoded(head))) is not None or _pivoted(heading)


def read(path: Path, name: str) -> ListReading:
    """Every printed value. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    import polars as pl

    long, updated, left = _long(path, name)
    printed = pl.col("value").str.strip_chars().replace(dict.fromkeys(_MISSING))
    long, bare = _keyed(long.filter(printed.is_not_null()))
    number = printed.cast(pl.Float64, strict=False)
    if long.select((number.is_null() & printed.is_not_null()).any()).item():
        raise BrokenLayout("a value is no number", where=Where(file=name))
    rows = long.with_columns(indicator_value=number).filter(pl.col("indicator_value").is_not_null())
    rows, refusals = area_columns.translated(rows, ("area",), "un_comtrade")
    if rows.is_empty():
        raise BrokenLayout("no row has a value of an area", where=Where(file=name))
    series = sorted(rows["indicator"].drop_nulls().unique().to_list())
    return ListReading(
        source="world_bank",
        table=series[0] if len(series) == 1 else "several",
        edition=f"World Bank, World Development Indicators: {', '.join(series)}"[:200],
        published=updated,
        tables={
            "indicators_of_areas": rows.select("row", "area", "indicator", "period", "indicator_value", page=pl.lit(""))
        },
        refusals=(*left, *bare, *refusals),
    )


def _keyed(values: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """The values that say of which area, series and year they are, and one refusal for all others."""
    import polars as pl

    lost = pl.any_horizontal(pl.col(key).fill_null("").str.strip_chars() == "" for key in _KEYS)

    def words(left: pl.DataFrame) -> str:
        return f"{left.height} values: {', '.join(left['value'])}"[:LETTERS]

    return apart(values, lost, words, "no area, no series or no year is said")


def _long(path: Path, name: str) -> tuple[pl.DataFrame, date | None, tuple[Refusal, ...]]:
    """``row, area, indicator, period, value``, the day of the last change, and what else there is of the answer."""
    with path.open("rb") as opened:
        head = opened.read(4096)
    if answer.is_ours(head):
        found, changed, left = answer.read(path, name)
        return _framed(found), _day(changed), left
    cells = _printed(path, name)
    return (*_site(cells, name), ()) if cells else (_table(path, name), None, ())


def _printed(path: Path, name: str) -> list[list[str]]:
    """The rows of a table of the site or of its DataBank; none for another shape."""
    with path.open("rb") as opened:
        head = opened.read(4096)
    if is_workbook(path, head):
        return _of_workbook(path, name) or []
    text = plain.decoded(plain.read_bytes(path, name))
    return plain.cells(text, name) if _heading_at(_lines(text)) is not None else []


def _of_workbook(path: Path, name: str) -> list[list[str]] | None:
    sheets = ([[_cell(cell) for cell in row] for row in sheet.rows] for sheet in open_sheets(path, name))
    return next((rows for rows in sheets if _heading_at(rows) is not None), None)


def _cell(cell: Cell) -> str:
    """A number with all its digits: the site prints dollars to the cent."""
    return f"{cell:.17g}" if isinstance(cell, int | float) else cell


def _lines(text: str) -> list[list[str]]:
    """The cells of the first lines, each by itself, because a name may hold a line end further below."""
    return [plain.first_cells(line.encode("utf-8")) for line in text.split("\n")[:_ABOVE]]


def _heading_at(rows: list[list[str]]) -> int | None:
    """The row of the heading: an area's code, a series' code and years."""
    for number, row in enumerate(rows[:_ABOVE]):
        cells = [cell.strip() for cell in row]
        words = {cell for cell in cells if not _YEAR.fullmatch(cell)}
        # Another publisher's table, of pairs of areas, has columns beside these.
        if _AREA in words and words & set(_INDICATORS) and words <= _WORDS and len(words) < len(cells):
            return number
    return None


def _site(rows: list[list[str]], name: str) -> tuple[pl.DataFrame, date | None]:
    """The site's file: ``row, area, indicator, period, value``, and the day it was last changed."""
    at = _heading_at(rows)
    if at is None:
        raise BrokenLayout("the heading is no row of cells", where=Where(file=name))
    heading = [cell.strip() for cell in rows[at]]
    area, indicator = heading.index(_AREA), next(heading.index(each) for each in _INDICATORS if each in heading)
    years = [(place, year["year"]) for place, cell in enumerate(heading) if (year := _YEAR.fullmatch(cell))]
    # A column without a heading stands at the end of every line; lines below the table say where it is from.
    years += [(place, "") for place, cell in enumerate(heading) if not cell]
    found = [
        (number, row[area].strip(), row[indicator].strip(), said, row[place])
        for number, row in enumerate(rows[at + 1 :], start=at + 2)
        for place, said in years
        if len(row) > max(place, area, indicator) and row[place].strip()
    ]
    changed = _UPDATED.search("\n".join(",".join(row) for row in rows[:at]))
    return _framed(found), _day(changed["day"]) if changed else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _framed(rows: list[tuple[int, str, str, str, str]]) -> pl.DataFrame:
    import polars as pl

    kinds = {"row": pl.Int64, **dict.fromkeys(("area", "indicator", "period", "value"), pl.String)}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _table(path: Path, name: str) -> pl.DataFrame:
    import polars as pl

    raw = delimited.read(path, name)
    if tuple(raw.columns[1:]) == _LONG:
        return raw.select("row", "value", area="country_code", indicator="series", period="year")
    if tidy.are_ours(raw.columns[1:]):
        return tidy.long(raw)
    codes = [column for column in raw.columns if _CODE.fullmatch(column)]
    series = _series(name)
    if series is None:
        raise BrokenLayout("the series stands in the file's name, and this name is none", where=Where(file=name))
    long = raw.unpivot(codes, index=["row", "year"], variable_name="area", value_name="value")
    return long.select("row", "value", "area", indicator=pl.lit(series), period="year")


def _series(name: str) -> str | None:
    stem = PurePath(name).stem
    return stem if _SERIES.fullmatch(stem) else None


def _pivoted(heading: tuple[str, ...]) -> bool:
    codes = [cell for cell in heading[1:] if _CODE.fullmatch(cell)]
    return heading[:1] == ("year",) and len(codes) >= _FEWEST and len(codes) == len(heading) - 1
