"""A national flow shared out to regions: which flow, and by whose weights."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from corridor.codes import areas
from corridor.codes.products import is_hs
from corridor.errors import NothingFound, UnknownName, UnreadableFile, UsageError, Where
from corridor.study.apportioned import METHODS, apportion, by_exports, national_flow
from corridor.study.national_trade import national_trade
from corridor.study.question import Question
from corridor.study.region_years import to_everybody, to_partner

if TYPE_CHECKING:
    from corridor.study.tables import Tables

_WORLD = "WLD"
_NEEDED = ("region", "weight")


def apportioned(
    tables: Tables, regional: pl.LazyFrame, question: Question, method: str, key: Path | None, digits: int
) -> pl.DataFrame:
    """The newest national exports to the partner by region, estimated; ``regional``: what the regions reported.

    Raises: UsageError for another method, or a key without a file or a file without the method; NothingFound,
    UnreadableFile.
    """
    if method not in METHODS:
        raise UsageError(f"no method of apportioning “{method}”", next_step=f"there are: {', '.join(METHODS)}")
    if (method == "key") != (key is not None):
        raise UsageError("a key is a method and a file", next_step="write --apportion key --key FILE")
    goods = tables.flows["product"].unique().to_list()
    national = national_flow(national_trade(tables, question, goods), question.exporter, digits)
    if national.is_empty():
        raise NothingFound(
            f"no whole year of exports of {question.exporter} to {question.partner} is held",
            next_step="corridor add PATH adds files",
        )
    if key is not None:
        weights = read_key(key, question.exporter, digits)
    else:
        everywhere = sold_everywhere(regional, question.exporter, question.partner, digits)[1]
        weights = by_exports(everywhere, national["year"][0], single=method == "exports")
    return apportion(national, weights, method)


def sold_everywhere(
    regional: pl.LazyFrame, exporter: str, importer: str, digits: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What regions sold to the partner and to everybody: of the series with rows to the partner, else of the world."""
    sold = found = pl.DataFrame()
    for partner in (importer, _WORLD):
        rows = to_partner(regional.filter(pl.col("partner") == partner).collect(), exporter, partner, digits=digits)
        found = to_everybody(regional, rows, exporter, digits=digits)
        if found.height:
            return (rows if partner == importer else rows.clear()), found
    return sold, found


def read_key(path: Path, exporter: str, digits: int) -> pl.DataFrame:
    """A CSV file of weights: ``region, weight`` and, where they differ by product, ``product``.

    Raises `UnreadableFile` or `UsageError` in one line: no such file, a region that is none of the exporter's, a weight
    that is no number from 0 on, a region twice.
    """
    table = _table(path)
    by = ["product"] if "product" in table.columns else []
    rows = [_weight(path, exporter, place, row) for place, row in enumerate(table.iter_rows(named=True), 1)]
    found = pl.DataFrame(rows, schema={"region": pl.String, "weight": pl.Float64})
    if by:
        cut = [code[:digits] if is_hs(code) else code for code in table["product"].fill_null("")]
        found = found.with_columns(product=pl.Series(cut, dtype=pl.String))
    twice = found.filter(found.select("region", *by).is_duplicated())
    if twice.height:
        raise UsageError(f"{twice['region'][0]} stands twice in the key", where=Where(file=path.name))
    if not found["weight"].sum():
        raise UsageError("no weight of the key is above zero", where=Where(file=path.name))
    return found


def _table(path: Path) -> pl.DataFrame:
    try:
        table = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise UnreadableFile(f"it is no table: {str(fault).splitlines()[0]}", where=Where(file=path.name),
                             next_step="a CSV file in UTF-8 with the columns region, weight") from None  # fmt: skip
    if lost := [name for name in _NEEDED if name not in table.columns]:
        raise UnreadableFile(f"the key has no column {', '.join(lost)}", where=Where(file=path.name),
                             next_step="a CSV file with commas, its columns region and weight")  # fmt: skip
    return table


def _weight(path: Path, exporter: str, place: int, row: dict[str, str | None]) -> dict[str, str | float]:
    where = Where(file=path.name, row=place)
    try:
        region = areas.find(row["region"] or "")
    except UnknownName as fault:
        raise UsageError(str(fault), where=where) from None
    if region.kind != "region" or areas.country_of(region.code) != exporter:
        raise UsageError(f"{region.code} is no region of {exporter}", where=where)
    try:
        weight = float(row["weight"] or "")
    except ValueError:
        weight = math.nan
    if not (math.isfinite(weight) and weight >= 0):
        raise UsageError(f"“{row['weight'] or ''}” is no weight", where=where, next_step="a number from 0 on, as 12.5")
    return {"region": region.code, "weight": weight}
