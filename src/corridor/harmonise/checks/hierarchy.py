"""Do subheadings add up to headings, headings to chapters, and chapters to the total?"""

from __future__ import annotations

import polars as pl

from corridor.codes import schema
from corridor.codes.classifications import is_hs
from corridor.codes.products import TOTAL
from corridor.harmonise.checks.finding import findings, varying

#: Printed values are rounded to the dollar, so each row may be off by half a dollar; so may their sum.
ROUNDING_USD = 0.5
#: Beyond rounding, a sum of doubles may be off by so much of itself.
ROUNDING = 1e-9

_CHAPTER, _HEADING, _SUBHEADING = 2, 4, 6
_BESIDE = tuple(name for name in schema.FLOW_KEY if name != "product")


def hierarchies_that_do_not_add_up(flows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the Harmonised System that differ from the sum of the next finer level: `FINDING`.

    ``flows``: rows in revisions of the HS, the total among them as product TOTAL in the same classification; columns of
    `schema.FLOW_KEY` that are there, and ``value_usd``. A row without any finer row below it has nothing to add up.
    """
    rows = _in_a_tree(flows)
    beside = varying(rows, _BESIDE)
    sums = (
        rows.drop_nulls("_parent")
        .group_by([*beside, "_parent"])
        .agg(_parts=pl.col("value_usd").sum(), _lines=pl.len())
        .rename({"_parent": "product"})
    )
    joined = rows.join(sums, on=[*beside, "product"], how="inner", nulls_equal=True)
    allowed = ROUNDING_USD * (pl.col("_lines") + 1) + ROUNDING * pl.col("value_usd").abs()
    broken = joined.filter((pl.col("value_usd") - pl.col("_parts")).abs() > allowed)
    return findings(
        broken,
        "parts_do_not_add_up",
        value=pl.col("value_usd"),
        expected=pl.col("_parts"),
        evidence=pl.format("{} parts add up to {}, printed is {}{}", "_lines", "_parts", "value_usd", _selected(rows)),
    )


def _in_a_tree(flows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the HS above or below another one, with their ``_parent``.

    Most long tables hold one level, and nothing is to be added up then: only their codes are looked at.
    """
    codes = flows.select("product").unique().with_columns(_parent=parent_of("product"))
    below = codes.filter(pl.col("_parent").is_in(codes["product"].implode()))
    tree = pl.col("product").is_in([*below["product"], *below["_parent"]])
    hs = [code for code in flows["classification"].unique() if is_hs(code)] if below.height else []
    rows = flows.filter(tree & pl.col("classification").is_in(hs)) if hs else flows.clear()
    return rows.with_columns(_parent=parent_of("product"))


def _selected(rows: pl.DataFrame) -> pl.Expr:
    """Words for a table that holds the cells somebody asked for: parts may have been left out."""
    if "table" not in rows.columns:
        return pl.lit("")
    selected = pl.col("table").str.ends_with(schema.SELECTION) & (pl.col("value_usd") > pl.col("_parts"))
    return (
        pl.when(selected).then(pl.lit("; the file is a selection, parts may have been left out")).otherwise(pl.lit(""))
    )


def parent_of(product: str) -> pl.Expr:
    """The code of the next coarser level: the heading of a subheading, the chapter of a heading, the total."""
    length = pl.col(product).str.len_chars()
    numbers = pl.col(product).str.contains(r"^\d+$")
    coarser = (
        pl.when(length == _CHAPTER)
        .then(pl.lit(TOTAL))
        .when(length.is_in([_HEADING, _SUBHEADING]))
        .then(pl.col(product).str.head(length - 2))
        .otherwise(None)
    )
    # 9999AA and the like belong to 9999 as well.
    known = numbers | pl.col(product).str.contains(r"^\d{4}[A-Z]{2}$")
    return pl.when(known).then(coarser)
