"""The national trade in the products named for a region of which no rows are held."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from corridor.codes.whole_years import is_whole_year
from corridor.errors import NothingFound
from corridor.study.question import Question
from corridor.study.series import choose
from corridor.study.tables import Tables


def national_trade(tables: Tables, question: Question, products: Collection[str]) -> pl.DataFrame:
    """What the two economies traded in these products: every whole year of the series a study would stand on.

    Columns ``exporter, importer, product, year, value_usd, trace_id``; empty where nothing is named or held. These are
    national figures: nothing of them is apportioned to a region.
    """
    if not products:
        return pl.DataFrame()
    try:
        series = choose(tables, question)
    except NothingFound:
        return pl.DataFrame()
    exports = pl.col("flow") == "export"
    return (
        series.rows(tables.flows)
        .filter(
            pl.col("partner") == series.partner,
            pl.col("product").is_in(list(products)),
            is_whole_year(),
        )
        .select(
            "product",
            "value_usd",
            "trace_id",
            exporter=pl.when(exports).then(pl.lit(series.reporter)).otherwise(pl.lit(series.partner)),
            importer=pl.when(exports).then(pl.lit(series.partner)).otherwise(pl.lit(series.reporter)),
            year=pl.col("period_end").dt.year().cast(pl.Int64),
        )
        .sort("year", "exporter", "product", descending=[True, False, False])
    )
