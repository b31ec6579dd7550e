"""CEPII's pairs of economies: GeoDist, which holds for all time, and Gravity, one row a pair and year.

Every column of numbers but the years and the codes becomes a variable of the pair under CEPII's own name. Gravity
names a country by version (``VNM.1``, ``VNM.2``); its letters are read, so rows of a pair that did not exist that
year are passed over.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, Where
from corridor.evidence import ListReading
from corridor.sources import area_columns, delimited

if TYPE_CHECKING:
    import polars as pl

_GEODIST = ("iso_o", "iso_d", "contig", "distcap", "distwces")
_GRAVITY = ("year", "country_id_o", "country_id_d", "iso3_o", "iso3_d")
#: What is read of either: distances in kilometres and ties.
VARIABLES = (
    "contig", "comlang_off", "comlang_ethno", "colony", "comcol", "curcol", "col45", "smctry", "dist", "distcap",
    "distw", "distwces", "distw_harmonic", "distw_arithmetic", "comrelig", "fta_wto", "rta_coverage", "rta_type",
)  # fmt: skip
_NAMES = (*_GEODIST, *_GRAVITY, *VARIABLES, "country_exists_o", "country_exists_d")
_MISSING = (".", "NA", "")
#: CEPII's own letters beside those that others use as well.
_LETTERS = {"PAL": "PSE"}


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading is GeoDist's or Gravity's."""
    del path
    heading = delimited.spelt(delimited.header(head), _NAMES)
    return set(_GEODIST) <= set(heading) or set(_GRAVITY) <= set(heading)


def read(path: Path, name: str) -> ListReading:
    """Every pair's variables. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    import polars as pl

    raw = delimited.read(path, name, names=_NAMES)
    if not set(VARIABLES) & set(raw.columns):
        raise BrokenLayout("no column is a distance or a tie", where=Where(file=name))
    long, table = _long(raw)
    long = long.with_columns(pl.col("area_1", "area_2").replace(_LETTERS))
    number = pl.col("value").cast(pl.Float64, strict=False)
    rows = long.filter(~pl.col("value").str.strip_chars().is_in(_MISSING)).with_columns(pair_value=number)
    if rows["pair_value"].null_count():
        raise BrokenLayout("a value is no number", where=Where(file=name))
    rows, refusals = area_columns.translated(rows, ("area_1", "area_2"), "wits")
    if rows.is_empty():
        raise BrokenLayout("no pair of known economies has a value", where=Where(file=name))
    return ListReading(
        source="cepii_geodist",
        table=table,
        edition=f"CEPII, {table}",
        published=None,
        tables={"pairs": rows.select("row", "area_1", "area_2", "variable", "period", "pair_value", page=pl.lit(""))},
        refusals=refusals,
    )


def _long(raw: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """One row a pair and variable: ``row, area_1, area_2, period, variable, value``, and which of the two it is."""
    import polars as pl

    gravity = "iso3_o" in raw.columns
    codes = ("iso3_o", "iso3_d") if gravity else ("iso_o", "iso_d")
    found = [column for column in raw.columns if column in VARIABLES]
    pairs = raw.rename(dict(zip(codes, ("area_1", "area_2"), strict=True)))
    dated = pairs.with_columns(period=pl.col("year") if gravity else pl.lit(None, dtype=pl.String))
    for side in ("country_exists_o", "country_exists_d"):
        if side in dated.columns:
            dated = dated.filter(pl.col(side).ne_missing("0"))
    keys = ["row", "area_1", "area_2", "period"]
    long = dated.unpivot(found, index=keys, variable_name="variable", value_name="value").drop_nulls("value")
    return long, "Gravity" if gravity else "GeoDist"
