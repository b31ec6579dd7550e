"""The trade of a pair at a glance, in one publisher's figures: whole years, the largest goods and the last month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from corridor.codes.periods import Period
from corridor.codes.products import TOTAL
from corridor.codes.whole_years import is_printed_year
from corridor.study.question import Question
from corridor.study.series import Series, choose

if TYPE_CHECKING:
    from corridor.study.tables import Tables

#: Years and goods of an overview.
_YEARS, _GOODS = 3, 5
_OUT, _BACK = "out", "back"


@dataclass(frozen=True)
class MadeOverview:
    """What a pair traded, as one series has it; ``out`` is from exporter to partner, ``back`` the other way.

    ``years``: ``year, out_usd, back_usd, turnover_usd, balance_usd`` and the growth of the first three, newest first;
    ``balance_usd`` is that of the exporter. ``goods``: ``direction, product, value_usd, share, growth`` of the newest
    year, the largest of each direction first. ``month`` is the last one held, if any.
    """

    exporter: str
    partner: str
    series: Series
    years: pl.DataFrame
    goods: pl.DataFrame
    month: Period | None


def make_overview(tables: Tables, exporter: str, partner: str) -> MadeOverview:
    """The overview of a pair. Raises: NothingFound where no table holds it."""
    series = choose(tables, Question(exporter, partner))
    rows = series.rows(tables.flows).filter(pl.col("partner") == series.partner)
    directed = rows.with_columns(
        direction=pl.when(pl.col("flow") == series.flow(exporter)).then(pl.lit(_OUT)).otherwise(pl.lit(_BACK))
    ).filter(pl.col("flow").is_in(["export", "import"]))
    whole = _once(directed.filter(is_printed_year()))
    return MadeOverview(exporter, partner, series, _years(whole), _goods(whole), _last_month(directed))


def _once(rows: pl.DataFrame) -> pl.DataFrame:
    """A figure of a direction, product and year; the same one printed in two tables counts once."""
    keys = ["direction", "product", "year"]
    return rows.with_columns(year=pl.col("period_end").dt.year()).sort("table", *keys).unique(keys, keep="first")


def _years(whole: pl.DataFrame) -> pl.DataFrame:
    totals = whole.filter(pl.col("product") == TOTAL)
    side = [
        totals.filter(pl.col("direction") == name).select("year", pl.col("value_usd").alias(f"{name}_usd"))
        for name in (_OUT, _BACK)
    ]
    both = (
        side[0]
        .join(side[1], on="year", how="full", coalesce=True)
        .with_columns(
            turnover_usd=pl.col("out_usd") + pl.col("back_usd"), balance_usd=pl.col("out_usd") - pl.col("back_usd")
        )
    )
    before = both.select(
        pl.col("year") + 1, *(pl.col(f"{name}_usd").alias(f"{name}_before") for name in (_OUT, _BACK, "turnover"))
    )
    grown = both.join(before, on="year", how="left").with_columns(
        _growth(f"{name}_usd", f"{name}_before").alias(f"{name}_growth") for name in (_OUT, _BACK, "turnover")
    )
    return grown.drop("out_before", "back_before", "turnover_before").sort("year", descending=True).head(_YEARS)


def _goods(whole: pl.DataFrame) -> pl.DataFrame:
    keys = ["direction", "product"]
    newest = int(str(whole["year"].max() or 0))
    named = whole.filter(pl.col("product") != TOTAL)
    totals = whole.filter(pl.col("product") == TOTAL, pl.col("year") == newest)
    before = named.filter(pl.col("year") == newest - 1)
    return (
        named.filter(pl.col("year") == newest)
        .select(*keys, "year", "value_usd")
        .join(totals.select("direction", whole_usd="value_usd"), on="direction", how="left")
        .join(before.select(*keys, before_usd="value_usd"), on=keys, how="left")
        .with_columns(share=pl.col("value_usd") / pl.col("whole_usd"), growth=_growth("value_usd", "before_usd"))
        .sort("direction", "value_usd", "product", descending=[True, True, False])
        .group_by("direction", maintain_order=True)
        .head(_GOODS)
        .select(*keys, "year", "value_usd", "share", "growth")
    )


def _growth(now: str, before: str) -> pl.Expr:
    """Nothing where there is no figure before, or none above zero."""
    return pl.when(pl.col(before) > 0).then(pl.col(now) / pl.col(before) - 1)


def _last_month(rows: pl.DataFrame) -> Period | None:
    months = rows.filter((pl.col("freq") == "M") & ~pl.col("cumulative"))
    last = months["period_end"].max()
    return Period.at("M", last) if isinstance(last, date) else None
