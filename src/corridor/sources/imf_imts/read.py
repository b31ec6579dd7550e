"""The IMF's trade in goods by partner: the wide table of its portal, and the long table of its interface.

Both hold millions of US dollars (their scale is said in a column), one total for all goods. Where a country no longer
reports, the Fund fills the series from its partners' reports and prints no flag for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.codes import areas
from corridor.codes.products import TOTAL
from corridor.errors import BrokenLayout, UnknownName, Where
from corridor.evidence import CodedReading, Refusal
from corridor.sources import delimited, packed, printed, signs
from corridor.sources.left_out import LETTERS, apart
from corridor.sources.selection import selection
from corridor.sources.time_period import period

if TYPE_CHECKING:
    import polars as pl

#: Our short name -> the column's name without ``.ID``.
_COLUMNS: Mapping[str, str] = {"reporter": "COUNTRY", "partner": "COUNTERPART_COUNTRY", "indicator": "INDICATOR"}
_TIME, _VALUE, _SCALE, _MILLIONS = "TIME_PERIOD", "OBS_VALUE", "SCALE", 6
_NAMES = [name for each in (*_COLUMNS.values(), _SCALE) for name in (f"{each}.ID", each)] + [_TIME, _VALUE]
#: Indicator -> flow and valuation. Imports free on board are read where no others stand in the file.
_FLOWS: Mapping[str, tuple[str, str]] = {
    "XG_FOB_USD": ("export", "fob"), "MG_CIF_USD": ("import", "cif"), "MG_FOB_USD": ("import", "fob"),
}  # fmt: skip
#: Countries that publish no trade by partner any more, and the first year without: the Fund estimates their series.
ESTIMATED_SINCE: Mapping[str, int] = {"RUS": 2022}
_GROUP = re.compile(r"(?:G|GX|TX)[0-9]{3}")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading names the Fund's columns, and the first rows one of its indicators of trade."""
    del path
    named = any(each.encode("ascii") in packed.unpacked(head) for each in _FLOWS)
    return named and bool(delimited.separator(head, _are_ours))


def read(path: Path, name: str) -> CodedReading:
    """Every value in US dollars. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    with path.open("rb") as opened:
        separator = delimited.separator(opened.read(4096), _are_ours) or ","
    raw = delimited.read(path, name, separator=separator, names=_NAMES)
    long, others = _flows(_long(raw, name))
    known, groups = _without_groups(long)
    if not known.height:
        raise BrokenLayout("no row has a value of exports or imports", where=Where(file=name))
    rows = _figures(known)
    years = [day.year for day in rows["period_start"].drop_nulls().unique().sort().to_list()]
    span = "-".join(dict.fromkeys(str(year) for year in (years or [0])[:: max(len(years) - 1, 1)]))
    edition = f"IMF, International Trade in Goods by partner country (IMTS), {span}"
    constants = {"classification": TOTAL, "product": TOTAL}
    return selection("imf_imts", "IMTS", edition, "imf", rows, constants, refusals=(*others, *groups))


def _are_ours(header: tuple[str, ...]) -> bool:
    return len(_found(delimited.spelt(header, _NAMES))) == len(_COLUMNS)


def _found(header: tuple[str, ...]) -> dict[str, str]:
    """Our names and the columns that hold their codes: ``COUNTRY.ID`` before ``COUNTRY``."""
    return {
        ours: column
        for ours, theirs in _COLUMNS.items()
        if (column := next((each for each in (f"{theirs}.ID", theirs) if each in header), None))
    }


def _long(raw: pl.DataFrame, name: str) -> pl.DataFrame:
    """One row a printed value: ``row, reporter, partner, indicator, period, value, scale``."""
    import polars as pl

    found = _found(tuple(raw.columns))
    scale = next((each for each in (f"{_SCALE}.ID", _SCALE) if each in raw.columns), None)
    cells = {ours: pl.col(column).str.strip_chars() for ours, column in found.items()}
    fixed = raw.select("row", **cells, scale=pl.col(scale) if scale else pl.lit(None, dtype=pl.String))
    if _TIME in raw.columns and _VALUE in raw.columns:
        long = fixed.with_columns(period=raw[_TIME], value=raw[_VALUE])
    else:
        years = [column for column in raw.columns if period(column)]
        if not years:
            raise BrokenLayout("no column is a period", where=Where(file=name))
        wide = pl.concat([fixed, raw.select(years)], how="horizontal")
        long = wide.unpivot(years, index=fixed.columns, variable_name="period", value_name="value")
    return long.filter(~pl.col("value").str.strip_chars().is_in(signs.MISSING))


def _flows(long: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """The rows of exports and imports, and one refusal for those of all other indicators."""
    import polars as pl

    ours = pl.col("indicator").is_in(list(_FLOWS)).fill_null(value=False)

    def words(left: pl.DataFrame) -> str:
        called = sorted(each or "without a name" for each in left["indicator"].unique())
        return f"{left.height} values of other indicators: {', '.join(called)}"[:LETTERS]

    return apart(long, ~ours, words, "neither exports nor imports")


def _without_groups(long: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """The rows of areas, and one refusal for all groups of areas that have no code of ours."""
    import polars as pl

    codes = {code for side in ("reporter", "partner") for code in long[side].drop_nulls().unique().to_list()}
    groups = sorted(code for code in codes if _GROUP.fullmatch(code) and not _known(code))
    of_groups = pl.any_horizontal(pl.col(side).is_in(groups).fill_null(value=False) for side in ("reporter", "partner"))

    def words(left: pl.DataFrame) -> str:
        return f"{left.height} values of groups of areas: {', '.join(groups)}"

    return apart(long, of_groups, words, "a group that has no code of ours")


def _known(code: str) -> bool:
    try:
        areas.from_publisher("imf", code)
    except UnknownName:
        return False
    return True


def _figures(long: pl.DataFrame) -> pl.DataFrame:
    """Our columns of `corridor.evidence.CODED_COLUMNS`."""
    import polars as pl

    days = {text: period(text) or (None, None, None) for text in long["period"].unique().to_list() if text}
    number = printed.number(pl.col("value"))
    scale = pl.col("scale").str.to_lowercase().replace_strict(
        {"millions": 6, "thousands": 3, "units": 0, **{str(power): power for power in range(13)}},
        default=_MILLIONS, return_dtype=pl.Int32,
    )  # fmt: skip
    estimated = pl.any_horizontal(
        (pl.col("reporter") == code) & (pl.col("period_start") >= date(year, 1, 1))
        for code, year in ESTIMATED_SINCE.items()
    )
    told = long.with_columns(
        _said("period", {text: each[0] for text, each in days.items()}, pl.String).alias("freq"),
        _said("period", {text: each[1] for text, each in days.items()}, pl.Date).alias("period_start"),
        _said("period", {text: each[2] for text, each in days.items()}, pl.Date).alias("period_end"),
        flow=_said("indicator", {key: each[0] for key, each in _FLOWS.items()}, pl.String),
        valuation=_said("indicator", {key: each[1] for key, each in _FLOWS.items()}, pl.String),
        # The Fund prints six decimals of a million: whole dollars.
        value_usd=(number * pl.lit(10.0).pow(scale)).round(0),
    )
    marked = told.with_columns(
        maturity=pl.when(estimated).then(pl.lit("estimated")).otherwise(pl.lit("official")),
        caveats=pl.when(estimated).then(pl.lit("mirror_estimate")).otherwise(pl.lit("")),
    )
    # Imports with freight come first: of two valuations of one figure the first row counts.
    return marked.sort("valuation", "row").select(
        "row", "reporter", "partner", "flow", "freq", "period_start", "period_end", "value_usd", "valuation",
        "maturity", "caveats",
    )  # fmt: skip


def _said(column: str, meanings: Mapping[str, object], kind: type[pl.DataType]) -> pl.Expr:
    import polars as pl

    return pl.col(column).replace_strict(dict(meanings), default=None, return_dtype=kind)
