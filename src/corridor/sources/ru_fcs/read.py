"""Russia's Federal Customs Service, in the three forms in which its data were given out until early 2022.

One honest page about them. ``DATTSVT`` is what the Service's own page unloaded: rows by direction, month, country,
code of ten digits and region, as text (tab, or semicolons after a spreadsheet; decimal comma) or as DBF in CP866. The
monthly national file has the same columns without regions, and its month stands in its name alone. The older TCBT has
four digits, CP866 and thousand dollars. A region is a reporter of its own (RU-VLG) and no rows of regions are ever
added up here: autonomous okrugs lie within other regions.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.codes.schema import SELECTION
from corridor.errors import BrokenLayout, Where
from corridor.evidence import CodedReading
from corridor.sources import delimited
from corridor.sources.ru_fcs import columns, text

if TYPE_CHECKING:
    import polars as pl

_MONTH_NAMED = re.compile(r"(?P<year>20[0-9]{2})[-_](?P<month>0[1-9]|1[0-2])(?![0-9])")
_YEAR, _LONG_CODE = 4, 6
_CELL = ("reporter", "partner", "flow", "product", "period_start")
_PRINTED = (*_CELL, "unit")
#: From this share of a month's rows on, repeated rows mean that the month stands in the file twice.
_TWICE = 0.5


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading names the Service's columns."""
    del path
    return text.is_ours(head)


def read(path: Path, name: str) -> CodedReading:
    """Every row in US dollars and kilograms. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    import polars as pl

    with text.opened(path, name) as found:
        if not found.columns:
            raise BrokenLayout("the heading is not the Service's", where=Where(file=name))
        names = [given or f"column {place}" for place, given in enumerate(found.columns)]
        # The heading is known already, under other names.
        raw = pl.scan_csv(
            found.path,
            separator=found.separator,
            has_header=False,
            skip_lines=1,
            schema=dict.fromkeys(names, pl.String),
            row_index_name="row",
            row_index_offset=1,
        )
        rows = delimited.collect(_figures(raw, regional="region" in found.columns, name=name), name)
    table, scale = _form(rows, regional="region" in found.columns)
    rows = _once(_with_regions(rows, regional="region" in found.columns), name)
    if not rows.height:
        raise BrokenLayout("the file holds no rows", where=Where(file=name))
    return _reading(rows.with_columns(pl.col("value_usd") * scale), table)


def _figures(raw: pl.LazyFrame, *, regional: bool, name: str) -> pl.LazyFrame:
    import polars as pl

    number = columns.numbers()
    start = _month(name)
    weight = pl.when(number["weight"] > 0).then(number["weight"])
    counted = columns.pieces() & (number["quantity"] > 0)
    place = pl.col("region").str.strip_chars() if regional else pl.lit("RUS")
    return raw.select(
        "row",
        reporter=place.cast(pl.Categorical),
        partner=columns.partner().cast(pl.Categorical),
        flow=columns.flow().cast(pl.Categorical),
        product=columns.product(),
        period_start=start,
        value_usd=number["value"],
        net_weight_kg=weight,
        quantity=pl.when(counted).then(number["quantity"]).otherwise(weight / 1000),
        quantity_unit=pl.when(counted).then(pl.lit("piece")).when(weight.is_not_null()).then(pl.lit("t")),
        unit=pl.col("unit").cast(pl.Categorical),
        secret=columns.secret(),
    )


def _month(name: str) -> pl.Expr:
    """The first day of ``01/2021``; of a year alone, the month that the file's name says."""
    import polars as pl

    printed = pl.col("period").str.strip_chars()
    named = _MONTH_NAMED.search(name)
    month = pl.lit(named["month"] if named else None, dtype=pl.String)
    year = pl.lit(named["year"] if named else None, dtype=pl.String)
    full = pl.when(printed.str.len_chars() > _YEAR).then(printed).when(printed == year).then(month + "/" + printed)
    return ("01/" + full).str.to_date("%d/%m/%Y", strict=False)


def _form(rows: pl.DataFrame, *, regional: bool) -> tuple[str, float]:
    """Which form it is, and how many dollars its values are in."""
    if regional:
        return "DATTSVT", 1.0
    longest = rows.filter(~rows["secret"])["product"].str.len_chars().max()
    short = isinstance(longest, int) and longest < _LONG_CODE
    return ("TCBT", 1000.0) if short else ("national", 1.0)


def _with_regions(rows: pl.DataFrame, *, regional: bool) -> pl.DataFrame:
    import polars as pl

    if not regional:
        return rows
    printed = rows["reporter"].cast(pl.String).unique().to_list()
    ours = {said: columns.region(said) for said in printed if said is not None}
    named = pl.col("reporter").cast(pl.String).replace_strict(ours, default="no region", return_dtype=pl.String)
    return rows.with_columns(reporter=named.cast(pl.Categorical))


def _once(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Each figure once: rows of one figure in several units are one; a month that stands twice is refused."""
    import polars as pl

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
            pl.col("value_usd", "net_weight_kg").sum(),
            quantity=pl.when(pl.col("quantity_unit").n_unique() == 1).then(pl.col("quantity").sum()),
            quantity_unit=pl.col("quantity_unit").first(),
            unit=pl.col("unit").first(),
            secret=pl.col("secret").first(),
        )
    )
    # Repeated rows stay apart: the second of them is set aside with the reason.
    return pl.concat([rows.filter(~several | again), joined.select(rows.columns)]).sort("row")


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
    own = pl.when("secret").then(pl.lit("goods_not_named"))
    place = pl.lit("declarant_region" if table == "DATTSVT" else None, dtype=pl.String)
    return CodedReading(
        source="ru_fcs",
        table=f"{table}{SELECTION}",
        release="official",
        edition=f"Federal Customs Service of Russia, {table}, {span}",
        published=None,
        area_codes="un_comtrade",
        rows=rows.with_columns(
            period_end=pl.col("period_start").dt.month_end(),
            valuation=pl.when(pl.col("flow") == "export").then(pl.lit("fob")).otherwise(pl.lit("cif")),
            caveats=pl.concat_str([place, own], separator=" ", ignore_nulls=True).cast(pl.Categorical),
        ).drop("secret", "unit"),
        constants={"classification": "TNVED", "freq": "M", "maturity": "official"},
    )
