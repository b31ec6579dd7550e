"""Codes of several lengths in one table: the rows that no finer ones tell in parts."""

from __future__ import annotations

import polars as pl

from corridor.codes import schema
from corridor.codes.products import TOTAL

#: What names one flow of one period, inside which codes of goods stand under each other.
_CELL = tuple(name for name in schema.FLOW_KEY if name != "product")


def leaves(flows: pl.DataFrame) -> pl.DataFrame:
    """The rows of goods without a finer row below them in the same flow and period; totals of all goods are left out.

    Their values count nothing twice and leave nothing out: of a heading whose subheadings are held these stay, of one
    without any it stays itself. ``flows`` has the columns of `schema.FLOW_KEY`.
    """
    goods = flows.filter(pl.col("product") != TOTAL)
    length = pl.col("product").str.len_chars()
    lengths = goods.select(length.unique().sort()).to_series().to_list()
    wholes = [
        goods.filter(length > shorter).select(*_CELL, pl.col("product").str.slice(0, shorter)).unique()
        for shorter in lengths[:-1]
    ]
    return goods.join(pl.concat(wholes), on=list(schema.FLOW_KEY), how="anti", nulls_equal=True) if wholes else goods


def one_level(rows: pl.DataFrame) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """Rows whose codes have one length, for headings hold subheadings, and the lengths left out.

    The length that most economies report, so that one economy in more detail does not hide the world; then the
    commonest.
    """
    lengths = rows["product"].str.len_chars()
    best, others = level_of(rows.select("reporter", rows=pl.lit(1), length=lengths))
    return rows.filter(lengths == best), others


def level_of(counted: pl.DataFrame) -> tuple[int, tuple[int, ...]]:
    """The length of codes that `one_level` keeps, and the others, from ``reporter, length, rows`` (how many)."""
    by = counted.group_by("length").agg(told=pl.col("reporter").n_unique(), rows=pl.col("rows").sum())
    best, *others = by.sort("told", "rows", "length", descending=True)["length"].to_list()
    return best, tuple(sorted(others))
