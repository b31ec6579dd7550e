"""The record of the ranking: the same criteria a year earlier, judged by the year that is known now."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from corridor.codes.periods import Period
from corridor.codes.products import TOTAL
from corridor.evidence import Finding, Measure, Name
from corridor.recommend.backtest.design import ENOUGH, Design
from corridor.recommend.backtest.record import Record, backtest
from corridor.study.ledger import Ledger

#: A year before the advice, the year of the advice, the year that judges.
YEARS = 3
#: Cells of the advice's year above which a study does not make its own record: it would take minutes.
MOST_CELLS = 60_000
#: Resamples of economies.
_RESAMPLES = 100
_METHOD = "weighted_sum"
#: Methods that cost nothing; the best of them is what ours must beat.
_FREE = ("current_share", "current_value", "market_size", "past_growth", "rca_today", "density")


def record(ledger: Ledger, exporter: str, importer: str) -> tuple[Finding, pl.DataFrame]:
    """How the method of one direction would have done over all the reporter's partners, told, and its measures.

    The latest year held judges; the method and its yardsticks know the two years before. The table has ``exporter,
    importer, base, period, method, measure, value, low, high``; it is empty where nothing could be judged.
    """
    flow = ledger.series.flow(exporter)
    given: dict[str, Measure | Name] = {"exporter": Name("area", exporter), "importer": Name("area", importer)}
    panels = _panels(ledger, flow)
    if len(panels) < YEARS:
        return Finding("record.no_years", {**given, "years": _count(len(panels)), "wanted": _count(YEARS)}), _table()
    _, base, period = panels
    if (cells := panels[base].height) > MOST_CELLS:
        return Finding("record.too_large", {**given, "cells": _count(cells)}), _table()
    found = backtest(
        pl.concat(panels.values()), Design(base, (period,), bootstrap=_RESAMPLES), "growth", with_forest=False
    )
    given |= {"advised_on": Name("period", str(base)), "judged_by": Name("period", str(period)), **_counts(found)}
    if found.too_few:
        return Finding("record.too_few", {**given, "enough": _count(ENOUGH)}), _table()
    where = {"exporter": exporter, "importer": importer, "base": str(base), "period": str(period)}
    table = found.measures.fill_nan(None).with_columns(pl.lit(code).alias(name) for name, code in where.items())
    return _told(table, given, found.successes / found.candidates), table.select(_table().columns)


def _table() -> pl.DataFrame:
    texts = ("exporter", "importer", "base", "period", "method", "measure")
    return pl.DataFrame(schema=dict.fromkeys(texts, pl.String) | dict.fromkeys(("value", "low", "high"), pl.Float64))


def _counts(found: Record) -> Mapping[str, Measure]:
    counts = {"candidates": found.candidates, "successes": found.successes, "economies": found.economies}
    return {name: _count(number) for name, number in counts.items()}


def _count(number: int) -> Measure:
    return Measure(float(number), "count")


def _told(table: pl.DataFrame, given: Mapping[str, Measure | Name], chance: float) -> Finding:
    """The hit rate beside that of chance and of the best method that costs nothing, in the words it deserves."""
    rates = {row["method"]: row for row in table.filter(pl.col("measure") == "hit_rate").iter_rows(named=True)}
    ours = rates[_METHOD]
    free = max((rates[name] for name in _FREE if name in rates), key=lambda each: each["value"])
    worse = ours["low"] <= chance or ours["value"] <= free["value"]
    figures = {
        "rate": ours["value"], "low": ours["low"], "high": ours["high"], "chance": chance,
        "free_rate": free["value"],
    }  # fmt: skip
    return Finding(
        f"record.{'no_better' if worse else 'better'}",
        {
            **given,
            **{name: Measure(value, "share") for name, value in figures.items()},
            "free": Name("term", f"method.{free['method']}"),
        },
    )


def _panels(ledger: Ledger, flow: str) -> dict[int, pl.DataFrame]:
    """The last whole years in a row for which every listed partner's goods are held, oldest first."""
    found: dict[int, pl.DataFrame] = {}
    for year in sorted(ledger.years(flow), reverse=True):
        rows = ledger.partners(flow, Period.year(year)).filter(pl.col("product") != TOTAL)
        if found and (rows.is_empty() or len(found) == YEARS or min(found) - 1 != year):
            break
        if rows.height:
            found[year] = _cells(rows, ledger.series.reporter, flow, year)
    return dict(sorted(found.items()))


def _cells(rows: pl.DataFrame, reporter: str, flow: str, year: int) -> pl.DataFrame:
    sides = {"exporter": pl.lit(reporter), "importer": pl.col("partner")}
    if flow == "import":
        sides = {"exporter": pl.col("partner"), "importer": pl.lit(reporter)}
    return rows.select(**sides, product="product", year=pl.lit(year, pl.Int64), value_usd="value_usd").drop_nulls()
