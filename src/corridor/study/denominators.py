"""The reporter's whole trade, three ways that must never be mixed, and the pair's share in each."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corridor.codes.periods import Period
from corridor.codes.products import TOTAL
from corridor.study.comparisons import Agenda
from corridor.study.ledger import LISTED, Ledger
from corridor.study.question import Question
from corridor.study.series import Series
from corridor.study.tables import Tables

#: Partner codes that stand for a whole: the publisher's own total, and the row of a table that is not it.
_WHOLES = ("WLD", "_V03")


def shares_by_denominator(tables: Tables, question: Question, ledger: Ledger, agenda: Agenda) -> pl.DataFrame:
    """The pair's share in the reporter's trade, one row a flow, period and denominator.

    ``denominator`` is ``_LISTED`` (the sum over the partners the table lists), ``WLD`` (the publisher's own total) or
    ``_V03`` (the total of the statistics office's table by country, which covers the countries it shows); ``whole_usd``
    is its value and ``source`` whose it is, and ``value_usd`` is the pair's trade in that same source and release: a
    share never mixes two. A denominator that is not held has no row.
    """
    rows = [
        {**row, "exporter": exporter, "importer": importer, "period": period.code}
        for period in agenda.periods
        for exporter, importer in question.directions
        for row in _of(tables, ledger, ledger.series.flow(exporter), period)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _of(tables: Tables, ledger: Ledger, flow: str, period: Period) -> Iterator[dict[str, object]]:
    listed = _listed(ledger, flow, period)
    if listed is not None:
        yield from _share(ledger, flow, period, LISTED, listed)
    for series in _other_series(tables, ledger.series):
        other = Ledger(tables.flows, series)
        for code in _WHOLES:
            whole = other.total(flow, period, code)
            if whole is not None:
                yield from _share(other, flow, period, code, float(str(whole["value_usd"])))


def _share(ledger: Ledger, flow: str, period: Period, code: str, whole: float) -> Iterator[dict[str, object]]:
    """The pair's value over a whole of the same source and release; no row where it prints no such pair."""
    pair = ledger.total(flow, period)
    if pair is None or whole == 0:
        return
    value = float(str(pair["value_usd"]))
    yield {
        "denominator": code,
        "source": ledger.series.source,
        "release": ledger.series.release,
        "value_usd": value,
        "whole_usd": whole,
        "share": value / whole,
        "trace_id": pair["trace_id"],
    }


def _listed(ledger: Ledger, flow: str, period: Period) -> float | None:
    """The publisher's sum over the partners it lists; else the sum of the partners' printed totals."""
    printed = ledger.total(flow, period, LISTED)
    if printed is not None:
        return float(str(printed["value_usd"]))
    totals = ledger.partners(flow, period).filter(pl.col("product") == TOTAL)
    return float(totals["value_usd"].sum()) if totals.height else None


def _other_series(tables: Tables, series: Series) -> list[Series]:
    """Every source and release of the reporter that prints a whole, in the totals of all goods."""
    wholes = tables.flows.filter((pl.col("reporter") == series.reporter) & pl.col("partner").is_in(_WHOLES))
    kinds = wholes.select("source", "release").unique().sort("source", "release")
    return [Series(series.reporter, series.partner, source, release, TOTAL) for source, release in kinds.iter_rows()]
