"""Whole years of a country's regions by product: to one partner, and to everybody."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from corridor.codes import areas
from corridor.codes.products import CONFIDENTIAL, TOTAL
from corridor.study.regions import SERIES, SPAN, TRACED, regional_years, spans_of_years

#: Digits of the Harmonized System that regions are compared at, unless the reader asks otherwise.
DIGITS = 4
_WORLD = "WLD"

#: What a publisher prints a table of.
_PRINTED = ("reporter", "partner", *SPAN)

#: Whose flows with whom are held, of when, and in which series.
_TOLD = (*SERIES, *_PRINTED)

#: What is read of flows, beside weights.
READ = (*SERIES, *_PRINTED, "flow", "freq", "product", "value_usd", "trace_id")

#: Columns of both tables where the flows have them: USD, kilograms where printed.
_AMOUNTS = ("value_usd", "net_weight_kg")

_NOTHING = pl.DataFrame(
    schema={"region": pl.String, "product": pl.String, "year": pl.Int64, **dict.fromkeys(_AMOUNTS, pl.Float64)}
)


def to_partner(flows: pl.DataFrame, exporter: str, importer: str, *, digits: int = DIGITS) -> pl.DataFrame:
    """What each region of ``exporter`` sold to ``importer``, a row a region, product and whole year.

    Columns ``region, product, year, value_usd, net_weight_kg`` (null unless every row has a weight), ``trace_id`` (the
    `TRACED` largest rows of a sum) and the series. A year is the printed one, else the sum of its twelve months where
    the regions together have rows in each. HS codes are cut to ``digits``; nested okrugs are never counted twice.
    """
    rows = regional_years(flows, exporter, importer)
    told = rows.with_columns(
        _cut(digits), region=pl.col("reporter"), year=pl.col("period_end").dt.year().cast(pl.Int64)
    )
    cut = told.sort("value_usd", descending=True)
    weights = [_weight_of_all()] if "net_weight_kg" in cut.columns else []
    return (
        cut.group_by("region", "product", "year", *SERIES)
        .agg(pl.col("value_usd").sum(), *weights, trace_id=pl.col("trace_id").head(TRACED).str.join(" "))
        .sort("year", "region", "product")
    )


def to_everybody(
    flows: pl.DataFrame | pl.LazyFrame,
    sold: pl.DataFrame,
    exporter: str,
    *,
    digits: int = DIGITS,
    held: pl.LazyFrame | None = None,
) -> pl.DataFrame:
    """What each region sold to all partners in the years and the series of ``sold`` (of `to_partner`, one series).

    Columns ``region, product, year, value_usd, net_weight_kg``: the publisher's own world total where it prints one,
    else the sum of its countries; a source that printed a single partner says nothing of the others and gives no row.
    ``held`` says whose ``flows`` with whom are there, of when, where that is known without reading them.
    """
    regions = areas.regions(exporter, nested=True, publisher_codes=True)
    if sold.is_empty():
        return _NOTHING
    exports = flows.lazy().filter(pl.col("flow") == "export")
    known = exports.select(_TOLD).unique() if held is None else held.filter(pl.col("flow") == "export").select(_TOLD)
    every = known.collect()
    one = [pl.col(name) == sold[name][0] for name in SERIES]
    printed = every.filter(one).select(_PRINTED)
    usable = _whole_years(printed.filter(pl.col("reporter").is_in(regions)))
    chosen = _of_partners(_outer(usable.filter(pl.col("year").is_in(sold["year"].unique().to_list()))))
    asked = exports if printed.height == every.height else exports.filter(one)
    amounts = [pl.col(name).sum() for name in _AMOUNTS if name in asked.collect_schema()]
    summed = (
        _only(asked, printed, chosen)
        .group_by("reporter", "product", year=_year(chosen))
        .agg(amounts)
        .collect(engine="streaming")
    )
    # Regions are chosen and codes are cut after the sum: thousands of them, and not millions of rows.
    cut = (
        summed.filter(pl.col("reporter").is_in(chosen["reporter"].unique().to_list()))
        .with_columns(_cut(digits), region=pl.col("reporter"))
        .group_by("region", "product", "year")
        .agg(amounts)
    )
    # By one key after the other, each keeping the order of the last: half the work of sorting by three at once.
    return cut.sort("product").sort("region", maintain_order=True).sort("year", maintain_order=True)


def _year(chosen: pl.DataFrame) -> pl.Expr:
    """The year of each row; where one alone is chosen the rows are not asked."""
    years = chosen["year"].unique().to_list()
    return pl.lit(years[0], dtype=pl.Int64) if len(years) == 1 else pl.col("period_end").dt.year().cast(pl.Int64)


def _weight_of_all() -> pl.Expr:
    """The sum of weights, null unless every row has one."""
    weight = pl.col("net_weight_kg")
    return pl.when(weight.is_not_null().all()).then(weight.sum())


def _only(asked: pl.LazyFrame, held: pl.DataFrame, chosen: pl.DataFrame) -> pl.LazyFrame:
    """The rows of the chosen regions that ``chosen`` names by `_PRINTED`; of other regions, any."""
    # A question asked of millions of rows costs more than the sum: only those that leave something out are asked.
    kept = pl.lit(value=True)
    mine = held.filter(pl.col("reporter").is_in(chosen["reporter"].unique().to_list()))
    for name in _PRINTED[1:]:
        if (values := chosen[name].unique()).len() < mine[name].n_unique():
            kept &= pl.col(name).is_in(values.to_list())
    rows, like = asked.filter(kept), mine.filter(kept)
    # What is chosen is held: as many of both are the same ones.
    if like.height == chosen.height:
        return rows
    return rows.join(like.join(chosen, on=_PRINTED, how="anti").lazy(), on=_PRINTED, how="anti")


def detailed(sold: pl.DataFrame) -> pl.DataFrame:
    """The rows of single products."""
    return sold.filter(pl.col("product") != TOTAL)


def named(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of goods whose code is printed: what is kept confidential can be advised to nobody."""
    return rows.filter(pl.col("product") != CONFIDENTIAL)


def newest(sold: pl.DataFrame) -> int:
    """The newest year held; 0 where there is none."""
    return max(sold["year"].to_list(), default=0)


def yearly_totals(sold: pl.DataFrame) -> pl.DataFrame:
    """Each region's total by year: the printed one, else the sum of its products."""
    keys = ["region", "year"]
    printed = sold.filter(pl.col("product") == TOTAL).select(*keys, "value_usd", "trace_id")
    ordered = detailed(sold).sort("value_usd", descending=True)
    summed = ordered.group_by(keys).agg(
        pl.col("value_usd").sum(),
        trace_id=pl.col("trace_id").str.split(" ").explode().head(TRACED).str.join(" "),
    )
    return pl.concat([printed, summed.join(printed, on=keys, how="anti")]).sort(keys)


def without(sold: pl.DataFrame, regions: Collection[str]) -> pl.DataFrame:
    """The rows of the other regions."""
    return sold.filter(~pl.col("region").is_in(list(regions)))


def _cut(digits: int) -> pl.Expr:
    product = pl.col("product")
    return (
        pl.when(product.str.contains(r"^\d+$")).then(product.str.slice(0, digits)).otherwise(product).alias("product")
    )


def _whole_years(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of whole years with ``year``: printed years, and the months of years without one that have all twelve."""
    told = rows.join(spans_of_years(rows), on=SPAN, how="semi")
    return told.with_columns(year=pl.col("period_end").dt.year().cast(pl.Int64))


def _outer(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without those of a region whose parent has rows in the same year."""
    present = rows.select("reporter", "year").unique()
    parents = {code: areas.area(code).parent for code in present["reporter"].unique()}
    inner = present.with_columns(parent=pl.col("reporter").replace_strict(parents, return_dtype=pl.String)).join(
        present, left_on=["parent", "year"], right_on=["reporter", "year"], how="semi"
    )
    return rows.join(inner, on=["reporter", "year"], how="anti")


def _of_partners(rows: pl.DataFrame) -> pl.DataFrame:
    world = rows.filter(pl.col("partner") == _WORLD)
    single = {code for code in rows["partner"].unique() if areas.area(code).kind in {"country", "former", "rest"}}
    partners = rows.filter(pl.col("partner").is_in(list(single)))
    if partners["partner"].n_unique() < 2:
        return world
    return pl.concat([world, partners.join(world, on=["reporter", "year"], how="anti")])
