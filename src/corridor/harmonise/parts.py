"""The flows of a long file in parts that fit into memory, so that what is compared stays in one part."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corridor.harmonise.checks.unit_values import GOODS
from corridor.harmonise.code_words import distinct
from corridor.harmonise.coded import Coded, weight_of

_PAIR = ("reporter", "partner")


def products(coded: Coded) -> pl.Series:
    """The codes of all goods, each once."""
    if "product" not in coded.rows.columns:
        return pl.Series("product", [str(coded.constants["product"])])
    found = distinct(coded.rows["product"]).to_frame()
    return coded.spoken.words(found.lazy()).collect().to_series()


def periods(coded: Coded) -> int:
    """How many periods there are."""
    return coded.rows["period_start"].n_unique() if "period_start" in coded.rows.columns else 1


def by_pair(coded: Coded, most: int) -> Iterator[pl.DataFrame]:
    """The rows in their order, every pair whole, about ``most`` in a part or as many as the longest pair has."""
    keys = [name for name in _PAIR if name in coded.rows.columns]
    begins = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in keys or ["_all"])
    table = coded.rows if keys else coded.rows.select(pl.lit(0).alias("_all"))
    for at, length in _slices(table.select(begins).to_series(), most):
        yield coded.rows.slice(at, length)


def measured(coded: Coded) -> pl.LazyFrame:
    """What unit values are made of, of every row, in the publisher's codes: columns of `GOODS`, value and weight."""
    rows, weight = coded.rows, weight_of(coded.rows, coded.constants)
    goods = {"product": pl.lit(coded.constants.get("product"))}
    goods |= {name: pl.col(name) for name in GOODS if name in rows.columns}
    return rows.lazy().select(**goods, value_usd="value_usd", net_weight_kg=weight)


def _slices(begins: pl.Series, most: int) -> Iterator[tuple[int, int]]:
    """Where parts of about ``most`` rows lie, and how long they are; each ends before one that ``begins`` a group."""
    starts = begins.arg_true()
    at = 0
    while at < len(begins):
        next_ = int(starts.search_sorted(at + most))
        end = int(starts[next_]) if next_ < len(starts) else len(begins)
        yield at, end - at
        at = end
