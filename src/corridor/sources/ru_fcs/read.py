"""Russia's Federal Customs Service, in the three forms in which its data were given out until early 2022.

One honest page about them. ``DATTSVT`` is what the Service's own page unloaded: rows by direction, month, country,
code of ten digits and region, as text (tab, or semicolons after a spreadsheet; decimal comma) or as DBF in CP866. The
monthly national file has the same columns without regions, and its month stands in its name alone. The older TCBT has
four digits, CP866 and thousand dollars. A region is a reporter of its own (RU-VLG) and no rows of regions are ever
added up here: autonomous okrugs lie within other regions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.codes import categories
from corridor.codes.products import CONFIDENTIAL
from corridor.codes.row_keys import row_key
from corridor.errors import BrokenLayout, Where
from corridor.evidence import CodedReading
from corridor.sources import delimited, signs
from corridor.sources.ru_fcs import columns, text
from corridor.sources.selection import selection

if TYPE_CHECKING:
    import polars as pl

_MONTH_NAMED = re.compile(r"(?P<year>20[0-9]{2})[-_](?P<month>0[1-9]|1[0-2])(?![0-9])")
_YEAR, _LONG_CODE = 4, 6
_CELL = ("reporter", "partner", "flow", "product", "period_start")
_PRINTED = (*_CELL, "unit")
#: From this share of a month's rows on, repeated rows mean that the month stands in the file twice.
_TWICE = 0.5
#: Rows looked at to tell what the signs in numbers mean.
_SAMPLE = 10_000


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading names the Service's columns."""
    del path
    return text.is_ours(head)


def read(path: Path, name: str) -> CodedReading:
    """Every row in US dollars and kilograms. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    import polars as pl

    rows = _quick(path)
    if rows is None:
        with text.opened(path, name) as found:
            rows = delimited.collect(_careful(found, name), name)
    if rows["flow"].null_count():
        rows = rows.filter(~pl.all_horizontal(pl.col("flow", "period", "partner", "product", "value").is_null()))
    if not rows.height:
        raise BrokenLayout("the file holds no rows", where=Where(file=name))
    regional = "region" in rows.columns
    rows = _in_our_words(rows, name)
    if rows["period_start"].null_count() == rows.height:
        raise BrokenLayout(
            "no row says its month, and neither does the file's name",
            where=Where(file=name),
            next_step="keep the name it came with, e.g. 2021-01.csv",
        )
    table, scale = _form(rows, regional=regional)
    rows = _once(rows, name)
    return _reading(rows.with_columns(pl.col("value_usd") * scale), table)


def _quick(path: Path) -> pl.DataFrame | None:
    """The columns of a file in UTF-8 whose numbers are all plain numbers; None for any other file."""
    import polars as pl

    found = text.as_it_lies(path)
    if found is None or not found.columns:
        return None
    try:
        raw = _raw(found, pl.Float64(), decimal_comma=found.separator != ",")
        return raw.select("row", *_held(found)).collect(engine="streaming")
    except pl.exceptions.PolarsError:
        return None


def _careful(found: text.Text, name: str) -> pl.LazyFrame:
    """The same of a file with blanks in numbers, or words."""
    import polars as pl

    if not found.columns:
        raise BrokenLayout("the heading is not the Service's", where=Where(file=name))
    raw = _raw(found, pl.String())
    points = found.separator == "," and _sign(raw, name) == "."
    return raw.with_columns(**columns.numbers(points=points)).select("row", *_held(found))


def _sign(raw: pl.LazyFrame, name: str) -> str:
    """The decimal sign of a file with commas between cells, by the numbers that have one."""
    import polars as pl

    numbers = raw.select(columns.NUMBERS).filter(pl.any_horizontal(pl.all().str.contains(",", literal=True)))
    seen = delimited.collect(numbers.head(_SAMPLE), name)
    return signs.decimal(map(signs.column, seen), ",", name)


def _raw(found: text.Text, number: pl.DataType, *, decimal_comma: bool = False) -> pl.LazyFrame:
    """Every row; words as categories, because millions of rows say the same few."""
    import polars as pl

    names = [given or f"column {place}" for place, given in enumerate(found.columns)]
    types = {name: number if name in columns.NUMBERS else pl.Categorical() for name in _held(found)}
    # The heading is known already, under other names.
    return pl.scan_csv(
        found.path,
        separator=found.separator,
        has_header=False,
        skip_lines=1,
        schema={name: types.get(name, pl.String()) for name in names},
        row_index_name="row",
        row_index_offset=1,
        decimal_comma=decimal_comma,
    )


def _held(found: text.Text) -> list[str]:
    return [name for name in found.columns if name and name != "district"]


def _in_our_words(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Our columns of the file's; the words of each column are understood once."""
    import polars as pl

    said = {
        "flow": columns.flow,
        "partner": columns.partner,
        "product": columns.product,
        "period": lambda printed: _month(printed, name),
        "pieces": columns.pieces,
    }
    known = rows.with_columns(pieces="unit")
    for column, ours in said.items():
        known = known.with_columns(_understood(known[column], ours))
    weight = pl.when(pl.col("weight") > 0).then("weight")
    counted = pl.col("pieces") & (pl.col("quantity") > 0)
    return known.select(
        "row",
        reporter=_regions(rows["region"]) if "region" in rows.columns else pl.lit("RUS").cast(pl.Categorical),
        partner="partner",
        flow="flow",
        product="product",
        period_start="period",
        value_usd="value",
        net_weight_kg=weight,
        quantity=pl.when(counted).then("quantity").otherwise(weight / 1000),
        quantity_unit=pl.when(counted).then(_word("piece")).when(weight.is_not_null()).then(_word("t")),
        unit="unit",
    )


def _understood(cells: pl.Series, ours: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """What each cell means: ``ours`` is asked once a word; words stay categories."""
    import polars as pl

    words = cells.unique()
    meant = words.cast(pl.String).to_frame("word").select(ours(pl.col("word"))).to_series()
    if meant.dtype == pl.String:
        meant = meant.cast(pl.Categorical)
    return categories.told(cells, words, meant)


def _word(word: str) -> pl.Expr:
    import polars as pl

    return pl.lit(word).cast(pl.Categorical)


def _regions(cells: pl.Series) -> pl.Series:
    import polars as pl

    printed = cells.unique()
    ours = pl.Series([columns.region(said) for said in printed.cast(pl.String)], dtype=pl.Categorical)
    return categories.told(cells, printed, ours)


def _month(cells: pl.Expr, name: str) -> pl.Expr:
    """The first day of ``01/2021``; of a year alone, the month that the file's name says."""
    import polars as pl

    printed = cells.str.strip_chars()
    named = _MONTH_NAMED.search(name)
    month = pl.lit(named["month"] if named else None, dtype=pl.String)
    year = pl.lit(named["year"] if named else None, dtype=pl.String)
    full = pl.when(printed.str.len_chars() > _YEAR).then(printed).when(printed == year).then(month + "/" + printed)
    return ("01/" + full).str.to_date("%d/%m/%Y", strict=False)


def _form(rows: pl.DataFrame, *, regional: bool) -> tuple[str, float]:
    """Which form it is, and how many dollars its values are in."""
    import polars as pl

    if regional:
        return "DATTSVT", 1.0
    codes = rows["product"].unique().cast(pl.String)
    longest = codes.filter(codes != CONFIDENTIAL).str.len_chars().max()
    short = isinstance(longest, int) and longest < _LONG_CODE
    return ("TCBT", 1000.0) if short else ("national", 1.0)


def _once(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Each figure once: rows of one figure in several units are one; a month that stands twice is refused."""
    import polars as pl

    number = row_key(rows, _CELL)
    if number is not None and number.n_unique() == rows.height:
        return rows
    several = rows.select(_CELL).is_duplicated()
    if not several.any():
        return rows
    again = rows.select(_PRINTED).is_duplicated()
    _refuse_twice(rows.with_columns(again=again), name)
    joined = (
        rows.filter(several & ~again)
        .group_by(_CELL, maintain_order=True)
        .agg(
            pl.col("row").first(),
            *(_summed(name).alias(name) for name in ("value_usd", "net_weight_kg")),
            quantity=pl.when(pl.col("quantity_unit").n_unique() == 1).then(_summed("quantity")),
            quantity_unit=pl.col("quantity_unit").first(),
            unit=pl.col("unit").first(),
        )
    )
    # Repeated rows stay apart: the second of them is set aside with the reason.
    return pl.concat([rows.filter(~several | again), joined.select(rows.columns)]).sort("row")


def _summed(name: str) -> pl.Expr:
    """The sum of what is known; of nothing known no zero."""
    import polars as pl

    return pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum())


def _refuse_twice(rows: pl.DataFrame, name: str) -> None:
    import polars as pl

    shares = rows.group_by("period_start").agg(pl.col("again").mean()).filter(pl.col("again") >= _TWICE)
    whole = [day for day in shares["period_start"].sort().to_list() if day]
    if whole and rows["again"].sum() > len(whole) * 2:
        raise BrokenLayout(
            f"the month {whole[0]:%m/%Y} stands in the file twice",
            where=Where(file=name),
            next_step="keep one of the two",
        )


def _reading(rows: pl.DataFrame, table: str) -> CodedReading:
    import polars as pl

    months = rows["period_start"].drop_nulls().unique().sort().dt.strftime("%Y.%m").to_list()
    span = "-".join(dict.fromkeys([*months[:1], *months[-1:]])) or "no month"
    place = "declarant_region" if table == "DATTSVT" else ""
    secret = " ".join(filter(None, [place, "goods_not_named"]))
    edition = f"Federal Customs Service of Russia, {table}, {span}"
    told = rows.with_columns(
        period_end=pl.col("period_start").dt.month_end(),
        valuation=pl.when(pl.col("flow") == "export").then(_word("fob")).otherwise(_word("cif")),
        caveats=pl.when(pl.col("product") == CONFIDENTIAL).then(_word(secret)).otherwise(_word(place)),
    ).drop("unit")
    constants = {"classification": "TNVED", "freq": "M", "maturity": "official"}
    return selection("ru_fcs", table, edition, "un_comtrade", told, constants)
