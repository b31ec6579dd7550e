"""Rows of an economy's regions: what a region sold to the partner, by period."""

from __future__ import annotations

import polars as pl

from corridor.codes import areas
from corridor.codes.products import TOTAL
from corridor.codes.whole_years import is_whole_year
from corridor.study.spans import with_period

#: A sum of more rows names the largest ones as its traces.
TRACED = 20
_MONTHS = 12
SERIES = ("source", "release", "classification")
#: What tells one span of days from another.
SPAN = ("period_start", "period_end", "cumulative")
#: What tells one total of a region's trade with a partner from another.
BY_PARTNER = (*SERIES, "reporter", "partner", *SPAN)


def regional_exports(flows: pl.DataFrame, exporter: str, importer: str) -> pl.DataFrame:
    """What the regions of ``exporter`` report to have sold to ``importer``, one classification and source.

    Nested regions (an autonomous okrug inside an oblast whose figure includes it) are left out where the parent
    stands too, so that no sum counts them twice. Columns of flows plus ``period``; cumulative columns other
    than a whole year are left out. A year of which the regions together have rows in all twelve months and none of the
    year is added as their sum; its rows name the `TRACED` largest months of each product.
    """
    rows = _plain_exports(flows, exporter, importer)
    return with_period(pl.concat([rows, _added_up(rows)])).sort("reporter", "period_end", "product")


def regional_years(flows: pl.DataFrame, exporter: str, importer: str) -> pl.DataFrame:
    """The rows of `regional_exports` that tell of a whole year, without ``period``."""
    rows = _plain_exports(flows, exporter, importer)
    printed = rows.join(spans_of_years(rows).filter("printed"), on=SPAN, how="semi")
    return pl.concat([printed, _added_up(rows)]).sort("reporter", "period_end", "product")


def spans_of_years(rows: pl.DataFrame) -> pl.DataFrame:
    """The spans of ``rows`` that make whole years: printed years, and twelve months of a year that is not printed.

    Columns `SPAN`, ``year``, and ``printed``: whether the span is the year itself. No cumulative columns of less.
    """
    # Spans are few and rows may be millions: no row is asked for its dates.
    spans = rows.select(SPAN).unique()
    start, end = pl.col("period_start").dt, pl.col("period_end").dt
    dated = spans.with_columns(year=end.year().cast(pl.Int64), printed=is_whole_year())
    printed = dated.filter("printed")
    one_month = (start.month() == end.month()) & (start.year() == end.year()) & ~pl.col("cumulative")
    months = dated.filter(one_month).join(printed, on="year", how="anti")
    complete = months.group_by("year").agg(held=end.month().n_unique()).filter(pl.col("held") == _MONTHS)
    return pl.concat([printed, months.join(complete, on="year", how="semi")])


def totals(rows: pl.DataFrame) -> pl.DataFrame:
    """Each region's total by period: the printed one, else the sum of its groups."""
    keys = ["reporter", "period", "period_start", "period_end"]
    printed = rows.filter(pl.col("product") == TOTAL).select(*keys, "value_usd", "trace_id")
    summed = (
        rows.filter(pl.col("product") != TOTAL)
        .group_by(keys)
        .agg(pl.col("value_usd").sum(), trace_id=pl.col("trace_id").sort().str.join(" "))
        .join(printed, on=keys, how="anti")
    )
    return pl.concat([printed, summed]).rename({"reporter": "region"}).sort("period_end", "region")


def to_each_partner(flows: pl.LazyFrame) -> pl.LazyFrame:
    """What each reporter exported to each partner in each period: the printed total, else the sum of its products.

    Columns `BY_PARTNER` and ``value_usd``.
    """
    total = pl.col("product") == TOTAL
    return (
        flows.filter(pl.col("flow") == "export")
        .group_by(BY_PARTNER)
        .agg(printed=pl.col("value_usd").filter(total).first(), summed=pl.col("value_usd").filter(~total).sum())
        .select(*BY_PARTNER, value_usd=pl.coalesce("printed", "summed"))
    )


def latest_period(rows: pl.DataFrame) -> str | None:
    """The newest of the longest periods that regional rows cover."""
    if rows.is_empty():
        return None
    # In months, not days: a leap year is no longer than another year, nor March than April.
    start, end = pl.col("period_start").dt, pl.col("period_end").dt
    length = (end.year() - start.year()) * 12 + end.month() - start.month()
    return str(rows.sort(length, "period_end", descending=True)["period"][0])


def _plain_exports(flows: pl.DataFrame, exporter: str, importer: str) -> pl.DataFrame:
    """What the regions report in one series, nothing twice, and no cumulative columns but those of whole years."""
    regions = areas.regions(exporter, nested=True, publisher_codes=True)
    rows = flows.filter(
        pl.col("reporter").is_in(regions) & (pl.col("partner") == importer) & (pl.col("flow") == "export")
    )
    return _without_nested(_one_series(rows.filter(~pl.col("cumulative") | is_whole_year()))) if rows.height else rows


def _added_up(rows: pl.DataFrame) -> pl.DataFrame:
    """The sums of the twelve months of years that are not printed."""
    months = rows.join(spans_of_years(rows).filter(~pl.col("printed")), on=SPAN, how="semi", maintain_order="left")
    return _summed(months).select(rows.columns) if months.height else rows.clear()


def _summed(months: pl.DataFrame) -> pl.DataFrame:
    """One row a region, product and year: values added, weights too where every month has one."""
    months = months.with_columns(_year=pl.col("period_end").dt.year())
    keys = ["reporter", "product", "_year"]
    added = [name for name in ("value", "value_usd", "net_weight_kg", "quantity") if name in months.columns]
    rest = [name for name in months.columns if name not in {*keys, *added, "trace_id"}]
    return (
        months.sort("value_usd", descending=True)
        .group_by(keys)
        .agg(
            *(pl.when(pl.col(name).is_not_null().all()).then(pl.col(name).sum()).alias(name) for name in added),
            pl.col("trace_id").head(TRACED).str.join(" "),
            *(pl.col(name).first() for name in rest),
        )
        .with_columns(period_start=pl.date("_year", 1, 1), period_end=pl.date("_year", 12, 31), freq=pl.lit("A"))
    )


def _one_series(rows: pl.DataFrame) -> pl.DataFrame:
    """The source and classification with the most groups, then rows; never a mix of two."""
    keys = list(SERIES)
    best = (
        rows.group_by(keys)
        .agg(groups=pl.col("product").n_unique(), rows=pl.len())
        .sort("groups", "rows", *keys, descending=[True, True, False, False, False])
        .head(1)
    )
    return rows.join(best.select(keys), on=keys, how="semi")


def _without_nested(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without those of a region whose parent has rows in the same period."""
    keys = ["reporter", "period_start", "period_end"]
    present = rows.select(keys).unique()
    parents = {code: areas.area(code).parent for code in present["reporter"].unique()}
    outer = present.with_columns(parent=pl.col("reporter").replace_strict(parents, return_dtype=pl.String))
    nested = outer.join(present, left_on=["parent", *keys[1:]], right_on=keys, how="semi")
    return rows.join(nested, on=keys, how="anti")


def facts_of(facts: pl.DataFrame, economy: str, partner: str) -> pl.DataFrame:
    """Published figures on the regions of ``economy`` in its trade with ``partner``, usable ones only.

    Figures of several partners together and misprints are left out; the count of what was left out is the
    difference to all rows of the economy's regions.
    """
    return regional_facts(facts, economy, partner).filter(
        pl.col("usable").is_in(["value", "growth", "share", "several_areas", "rank"])
    )


def regional_facts(facts: pl.DataFrame, economy: str, partner: str) -> pl.DataFrame:
    """All published figures on the regions of ``economy`` and ``partner``."""
    if facts.is_empty():
        return facts
    known = facts["area"].unique().to_list()
    own = [code for code in known if code and all(_belongs(part, economy) for part in code.split("+"))]
    return facts.filter(pl.col("area").is_in(own) & (pl.col("partner") == partner)).sort("area", "period_text")


def _belongs(code: str, economy: str) -> bool:
    area = areas.area(code)
    return area.code != economy and (area.parent == economy or areas.country_of(code) == economy)
