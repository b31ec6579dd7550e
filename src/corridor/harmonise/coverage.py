"""Who reported what, when: the calendar of a pair, with a reason for every hole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from corridor.codes.products import TOTAL

#: Snapshots of the bundled figures: a few rows of a table, which say nothing of the partners they leave out.
SAMPLE_PREFIX = "sample:"


@dataclass(frozen=True)
class PublishedTable:
    """A table that a publisher prints every month from ``since`` on (``until`` None: still)."""

    source: str
    table: str
    flow: str
    reporter: str
    since: date
    until: date | None = None
    release: str = "first"
    cumulative: bool = True


_KEY = ("source", "release", "table", "reporter", "flow", "period_start", "period_end", "cumulative")


def calendar(
    flows: pl.DataFrame, coverage: pl.DataFrame, published: Iterable[PublishedTable], reporter: str, partner: str
) -> pl.DataFrame:
    """One row a table, period and column that tell of ``reporter``'s trade with ``partner``, with its status.

    Columns: those of the key ``source, release, table, reporter, flow, period_start, period_end, cumulative``,
    then ``partner, status, value_usd, maturity, edition, published, trace_id``. What the publisher is known to
    have printed and the store lacks is ``not_held``; what a held table does not list is ``partner_not_listed``.
    """
    known = _known(flows, coverage, reporter, partner)
    held = _held(flows, coverage, reporter)
    expected = _expected(flows, coverage, published, reporter)
    gaps = (
        expected.join(known, on=_KEY, how="anti")
        .join(held.with_columns(listed=pl.lit(True)), on=_KEY, how="left")
        .with_columns(
            status=pl.when("listed").then(pl.lit("partner_not_listed")).otherwise(pl.lit("not_held")),
            partner=pl.lit(partner),
        )
        .drop("listed")
    )
    rows = pl.concat([known, gaps], how="diagonal")
    return rows.select(*_KEY, "partner", "status", "value_usd", "maturity", "edition", "published", "trace_id").sort(
        "source", "release", "table", "flow", "period_end", "cumulative"
    )


def with_missed(
    calendar: pl.DataFrame, missed: Iterable[Mapping[str, object]], reporter: str, partner: str
) -> pl.DataFrame:
    """The calendar with what publishers were asked for and did not give: ``not_held``, with ``reason``.

    ``missed`` has the names of the calendar's key and ``partner`` (empty: any) and ``reason``. A period of which
    the source gave something all the same is not repeated; one the calendar already lacks gets its reason.
    """
    same = ("source", "flow", "period_start", "period_end")
    ours = [
        {**{name: each[name] for name in (*same, "table", "reason")}, "reporter": reporter, "partner": partner}
        for each in missed
        if each["flow"] and each["reporter"] in (reporter, "") and each["partner"] in (partner, "")
    ]
    types = {name: calendar.schema[name] for name in (*same, "table", "reporter", "partner")}
    frame = pl.DataFrame(ours, schema={**types, "reason": pl.String}).unique(same, keep="last", maintain_order=True)
    explained = calendar.join(frame.select(*same, "reason"), on=same, how="left", maintain_order="left").with_columns(
        reason=pl.when(pl.col("status").is_in(["not_held", "not_reported"])).then("reason")
    )
    new = frame.join(calendar, on=same, how="anti").with_columns(
        status=pl.lit("not_held"), release=pl.lit("first"), cumulative=pl.lit(value=False)
    )
    return pl.concat([explained, new], how="diagonal").sort(
        "source", "release", "table", "flow", "period_end", "cumulative"
    )


def _known(flows: pl.DataFrame, coverage: pl.DataFrame, reporter: str, partner: str) -> pl.DataFrame:
    """What a row of the tables says itself; a value wins over a status without one."""
    of_pair = (pl.col("reporter") == reporter) & (pl.col("partner") == partner)
    values = flows.filter(of_pair & (pl.col("product") == TOTAL)).with_columns(
        published=_printed_on(),
        status=pl.when(pl.col("maturity") == "estimated")
        .then(pl.lit("estimated"))
        .when(pl.col("value_usd") == 0)
        .then(pl.lit("zero"))
        .otherwise(pl.lit("reported")),
    )
    said = coverage.filter(
        of_pair & pl.col("product").is_in(["all", TOTAL]) & ~pl.col("status").is_in(["reported", "zero", "not_held"])
    )
    columns = (*_KEY, "partner", "status", "value_usd", "maturity", "edition", "published", "trace_id")
    return pl.concat(
        [values.select(columns), said.with_columns(value_usd=pl.lit(None, dtype=pl.Float64)).select(columns)]
    ).unique(_KEY, keep="first", maintain_order=True)


def _printed_on() -> pl.Expr:
    """The publisher's own date; null where only the day of adding is known."""
    return pl.when(~pl.col("caveats").str.contains("published_is_added")).then("published")


def _held(flows: pl.DataFrame, coverage: pl.DataFrame, reporter: str) -> pl.DataFrame:
    """The tables and periods of which the store holds the publisher's own file."""
    parts = [
        frame.filter((pl.col("reporter") == reporter) & ~pl.col("snapshot").str.starts_with(SAMPLE_PREFIX)).select(_KEY)
        for frame in (flows, coverage)
    ]
    return pl.concat(parts).unique()


def _expected(
    flows: pl.DataFrame, coverage: pl.DataFrame, published: Iterable[PublishedTable], reporter: str
) -> pl.DataFrame:
    """Every table and period that was printed, from the start of the calendar to the newest period held."""
    newest = _newest(flows, coverage, reporter)
    rows = [
        (table.source, table.release, table.table, reporter, table.flow, start, end, cumulative)
        for table in published
        if table.reporter == reporter and (table.source, table.release) in newest
        for start, end, cumulative in _periods(table, newest[table.source, table.release])
    ]
    types = {"period_start": pl.Date, "period_end": pl.Date, "cumulative": pl.Boolean}
    return pl.DataFrame(rows, schema={name: types.get(name, pl.String) for name in _KEY}, orient="row")


def _newest(flows: pl.DataFrame, coverage: pl.DataFrame, reporter: str) -> dict[tuple[str, str], date]:
    ends = pl.concat(
        [
            frame.filter(pl.col("reporter") == reporter).select("source", "release", "period_end")
            for frame in (flows, coverage)
        ]
    )
    table = ends.group_by("source", "release").agg(pl.col("period_end").max())
    return {(source, release): end for source, release, end in table.iter_rows()}


def _periods(table: PublishedTable, newest: date) -> Iterator[tuple[date, date, bool]]:
    last = min(newest, table.until) if table.until else newest
    for start in _months(table.since, last):
        end = _month_end(start)
        yield start, end, False
        if table.cumulative:
            yield date(start.year, 1, 1), end, True


def _months(first: date, last: date) -> Iterator[date]:
    start = first.replace(day=1)
    while start <= last:
        yield start
        start = _month_end(start) + timedelta(days=1)


def _month_end(start: date) -> date:
    following = (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)
