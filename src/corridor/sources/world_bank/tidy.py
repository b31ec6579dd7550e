"""The World Bank's indicators as programs for statistics hand them out: a row an area and year, or an area and series.

A series is a column under its own code (``NY.GDP.MKTP.CD``, or that code in square brackets behind the name), or its
code stands in a column of its own. Years are cells, or columns as ``YR2012``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

#: Headings of an area's three letters, of a year, and of a series' code, without blanks, signs and capitals.
_AREAS = ("iso3c", "countryiso3code", "countrycode", "economy", "iso3")
_YEARS = ("year", "date", "time")
_SERIES = ("indicatorid", "indicatorcode", "seriescode", "series")
_CODE = re.compile(r"(?:.*\[)?(?P<code>[A-Z]{2}(?:\.[A-Z0-9]{2,6}){1,5})\]?")
_COLUMN_OF_YEAR = re.compile(r"YR[0-9]{4}")


def are_ours(header: Sequence[str]) -> bool:
    """Whether a heading names areas by letters and series by their codes, in either way."""
    return _place(header, _AREAS) is not None and (_by_series(header) or _by_year(header) or _listed(header))


def long(raw: pl.DataFrame) -> pl.DataFrame:
    """One row a printed value: ``row, area, indicator, period, value``."""
    import polars as pl

    names = raw.columns[1:]
    area, year, series = (_name(names, words) for words in (_AREAS, _YEARS, _SERIES))
    if _listed(names):
        found = raw.select("row", "value", area=area, period=year, indicator=series)
    elif _by_year(names):
        years = [name for name in names if _COLUMN_OF_YEAR.fullmatch(name)]
        told = raw.select("row", *years, area=area, indicator=series)
        found = told.unpivot(years, index=["row", "area", "indicator"], variable_name="period", value_name="value")
    else:
        codes = {name: said["code"] for name in names if (said := _CODE.fullmatch(name))}
        told = raw.select("row", *codes, area=area, period=year)
        found = told.unpivot(list(codes), index=["row", "area", "period"], variable_name="indicator")
        found = found.with_columns(pl.col("indicator").replace_strict(codes, return_dtype=pl.String))
    year_alone = pl.col("period").str.strip_chars().str.strip_prefix("YR")
    return found.with_columns(year_alone)


def _by_series(header: Sequence[str]) -> bool:
    return _place(header, _YEARS) is not None and any(_CODE.fullmatch(cell) for cell in header)


def _by_year(header: Sequence[str]) -> bool:
    return _place(header, _SERIES) is not None and any(_COLUMN_OF_YEAR.fullmatch(cell) for cell in header)


def _listed(header: Sequence[str]) -> bool:
    return "value" in header and all(_place(header, words) is not None for words in (_YEARS, _SERIES))


def _place(header: Sequence[str], words: Sequence[str]) -> int | None:
    bare = ["".join(filter(str.isalnum, cell.lower())) for cell in header]
    return next((bare.index(word) for word in words if word in bare), None)


def _name(header: Sequence[str], words: Sequence[str]) -> str:
    """The heading that says it; the first where none does, which is then not asked for."""
    return header[_place(header, words) or 0]
