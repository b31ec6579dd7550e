"""Both sides' reports of the same flow and year, put beside each other."""

from __future__ import annotations

import polars as pl

from corridor.codes.products import TOTAL
from corridor.codes.whole_years import is_whole_year
from corridor.harmonise.pairs import between
from corridor.study.question import Question
from corridor.study.tables import Tables

#: Rows that are no side's own report: the partner's statistics under its name, or a value made of both sides'.
NOT_OWN = ("partner_statistics", "reconciled")

_KEY = ("exporter", "importer", "year")
_SIDES = {"exporter": ("export", "reporter", "partner"), "importer": ("import", "partner", "reporter")}


def pair_totals(flows: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Every report of either side on its whole trade with the other."""
    pair = [question.exporter, question.partner]
    return flows.filter(between(pair) & (pl.col("product") == TOTAL))


def mirror_reports(pair: pl.DataFrame, question: Question, tables: Tables) -> pl.DataFrame:
    """Both sides' report of each year and direction, ``value_exporter`` and ``value_importer``.

    ``comparable`` where each side reported on its own and none is an estimate; else ``why_not`` says why.
    """
    found = _both_sides(pair, tables)
    directions = [
        found.filter((pl.col("exporter") == exporter) & (pl.col("importer") == importer))
        for exporter, importer in question.directions
    ]
    return pl.concat(directions)


def mirror_elsewhere(tables: Tables, question: Question) -> pl.DataFrame:
    """The same of the two economies' trade with everybody, as far as the tables hold it."""
    pair = [question.exporter, question.partner]
    either = pl.col("reporter").is_in(pair) | pl.col("partner").is_in(pair)
    return _both_sides(tables.flows.filter(either & (pl.col("product") == TOTAL)), tables)


def _both_sides(totals: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    words = pl.col("caveats").fill_null("").str.split(" ")
    years = totals.filter(
        is_whole_year() & ~pl.any_horizontal(words.list.contains(word) for word in NOT_OWN)
    ).with_columns(year=pl.col("period_end").dt.year().cast(pl.Int64), rank=_source_rank(tables))
    ends = [_one_a_year(years, side) for side in _SIDES]
    both = ends[0].join(ends[1], on=_KEY, how="full", coalesce=True).sort(_KEY)
    estimated = (pl.col("maturity_exporter") == "estimated") | (pl.col("maturity_importer") == "estimated")
    one_sided = pl.col("value_exporter").is_null() | pl.col("value_importer").is_null()
    return (
        both.with_columns(
            why_not=pl.when(one_sided).then(pl.lit("one_side_only")).when(estimated).then(pl.lit("estimated")),
            trace_id=pl.concat_str("trace_exporter", "trace_importer", separator=" ", ignore_nulls=True),
        )
        .with_columns(comparable=pl.col("why_not").is_null())
        .drop("trace_exporter", "trace_importer")
    )


def _source_rank(tables: Tables) -> pl.Expr:
    ranks = {source: publisher.rank for source, publisher in tables.publishers.items()}
    return pl.col("source").replace_strict(ranks, default=9, return_dtype=pl.Int64)


def _one_a_year(years: pl.DataFrame, side: str) -> pl.DataFrame:
    """One source a year and side: the national publisher before the others, reports before estimates."""
    flow, exporter, importer = _SIDES[side]
    rows = years.filter(pl.col("flow") == flow).with_columns(exporter=pl.col(exporter), importer=pl.col(importer))
    best = rows.sort((pl.col("maturity") == "estimated"), "rank", "release", "source", maintain_order=True).unique(
        _KEY, keep="first", maintain_order=True
    )
    return best.select(
        *_KEY,
        pl.col("value_usd").alias(f"value_{side}"),
        pl.col("source").alias(f"source_{side}"),
        pl.col("maturity").alias(f"maturity_{side}"),
        pl.col("valuation").alias(f"valuation_{side}"),
        pl.col("trace_id").alias(f"trace_{side}"),
    )
