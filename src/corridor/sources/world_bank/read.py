"""The World Bank's indicators in three shapes.

The file of its site has four lines above the heading and a column a year. Two tables made from its interface are
common besides: one row an area, year and series; and one column an area, whose series stands in the file's name alone.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, Where
from corridor.evidence import ListReading
from corridor.sources import area_columns, delimited, plain

if TYPE_CHECKING:
    import polars as pl

_SITE = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
_LONG = ("country_code", "Country", "year", "indicator_name", "series", "value")
_UPDATED = re.compile(r'"?Last Updated Date"?,"?(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})')
_SERIES = re.compile(r"[A-Z]{2}(?:\.[A-Z0-9]{2,6}){1,5}")
_CODE = re.compile(r"[A-Z]{3}")
_ABOVE, _FEWEST = 10, 10


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading, or one a few lines below, is of one of the three shapes."""
    del path
    heading = delimited.header(head)
    return heading == _LONG or _heading_at(plain.decoded(head)) is not None or _pivoted(heading)


def read(path: Path, name: str) -> ListReading:
    """Every printed value. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    import polars as pl

    text = plain.decoded(plain.read_bytes(path, name))
    long, updated = _site(text, name) if _heading_at(text) is not None else (_table(path, name), None)
    printed = pl.col("value").str.strip_chars()
    number = printed.cast(pl.Float64, strict=False)
    if long.select((number.is_null() & printed.is_not_null() & (printed != "")).any()).item():
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
        refusals=refusals,
    )


def _heading_at(text: str) -> int | None:
    lines = text.split("\n")[:_ABOVE]
    marks = ('"Country Name","Country Code"', "Country Name,Country Code")
    return next((number for number, line in enumerate(lines) if line.lstrip("\ufeff").startswith(marks)), None)


def _site(text: str, name: str) -> tuple[pl.DataFrame, date | None]:
    """The site's file: ``row, area, indicator, period, value``, and the day it was last changed."""
    rows = plain.cells(text, name)
    at = next((number for number, row in enumerate(rows[:_ABOVE]) if _bare(row)[:4] == _SITE), None)
    if at is None:
        raise BrokenLayout("the heading is not the World Bank's", where=Where(file=name))
    heading = _bare(rows[at])
    years = [(place, cell) for place, cell in enumerate(heading) if cell.isdecimal()]
    found = [
        (number, row[1], row[3], year, row[place])
        for number, row in enumerate(rows[at + 1 :], start=at + 2)
        for place, year in years
        if len(row) > place
    ]
    said = _UPDATED.search(text)
    return _framed(found), _day(said["day"]) if said else None


def _bare(row: list[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row)


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
