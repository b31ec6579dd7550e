"""What happened to a month's figure after its first release, and what the cumulative columns imply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from corridor.indicators import implied_revision, revision

_SERIES = ("reporter", "partner", "flow")
_IMPLIED = {
    **dict.fromkeys(_SERIES, pl.String),
    "period_end": pl.Date,
    "implied_usd": pl.Float64,
    "trace_id": pl.String,
}


def revisions(months: pl.DataFrame) -> pl.DataFrame:
    """First release against the revised figure of the same month; columns of `indicators.revision` added.

    Takes monthly totals of every release. Gives ``reporter, partner, flow, period_start, period_end, first_usd,
    revised_usd, source_first, source_revised, difference, relative, trace_id``.
    """
    keys = [*_SERIES, "period_start", "period_end"]
    sides = [
        months.filter(pl.col("release") == release).select(
            *keys,
            pl.col("value_usd").alias(f"{name}_usd"),
            pl.col("source").alias(f"source_{name}"),
            pl.col("trace_id").alias(f"trace_{name}"),
        )
        for release, name in (("first", "first"), ("revised", "revised"))
    ]
    both = sides[0].join(sides[1], on=keys)
    return (
        revision(both, first="first_usd", revised="revised_usd")
        .with_columns(trace_id=pl.concat_str("trace_first", "trace_revised", separator=" "))
        .drop("trace_first", "trace_revised")
        .sort("flow", "period_end")
    )


def implied_revisions(totals: pl.DataFrame) -> pl.DataFrame:
    """By how much each month's table silently revised the months before it; see `indicators.implied_revision`."""
    keys = [*_SERIES, "period_end"]
    columns = {False: "value_month", True: "value_cumulative"}
    sides = [
        totals.filter(pl.col("cumulative") == kind).select(
            *keys, pl.col("value_usd").alias(name), pl.col("trace_id").alias(f"trace_{name}")
        )
        for kind, name in columns.items()
    ]
    both = sides[0].join(sides[1], on=keys, how="full", coalesce=True)
    return (
        implied_revision(both, by=_SERIES)
        .with_columns(
            trace_id=pl.concat_str("trace_value_month", "trace_value_cumulative", separator=" ", ignore_nulls=True)
        )
        .drop("trace_value_month", "trace_value_cumulative")
        .sort("flow", "period_end")
    )


def implied_months(totals: pl.DataFrame) -> pl.DataFrame:
    """The value of a month without a file, from the cumulative columns around it; never a report.

    Between two held cumulative columns of one year with one month missing: the difference of the columns less
    the held months between them. It contains every revision made in between.
    """
    rows = [(*key, *found) for key, months in _each_series(totals) for found in _implied(months)]
    return pl.DataFrame(rows, schema=_IMPLIED, orient="row").sort("flow", "period_end")


@dataclass(frozen=True)
class _Months:
    """Values and traces of one flow by period end, of the months and of the cumulative columns."""

    month: dict[date, tuple[float, str]]
    cumulative: dict[date, tuple[float, str]]


def _each_series(totals: pl.DataFrame) -> Iterator[tuple[tuple[object, ...], _Months]]:
    for key, rows in totals.group_by(_SERIES, maintain_order=True):
        yield key, _Months(_by_end(rows, cumulative=False), _by_end(rows, cumulative=True))


def _by_end(rows: pl.DataFrame, *, cumulative: bool) -> dict[date, tuple[float, str]]:
    chosen = rows.filter((pl.col("cumulative") == cumulative) & (pl.col("freq") == "M"))
    columns = chosen.select("period_end", "value_usd", "trace_id")
    return {end: (value, trace) for end, value, trace in columns.iter_rows()}


def _implied(months: _Months) -> Iterator[tuple[date, float, str]]:
    for after, (total, trace) in sorted(months.cumulative.items()):
        before = max((end for end in months.cumulative if end < after and end.year == after.year), default=None)
        between = _ends(before or date(after.year - 1, 12, 31), after)
        missing = [end for end in between if end not in months.month]
        if len(missing) != 1:
            continue
        start, start_trace = months.cumulative[before] if before else (0.0, "")
        held = [months.month[end] for end in between if end in months.month]
        value = total - start - sum(amount for amount, _ in held)
        yield missing[0], value, " ".join(filter(None, [trace, start_trace, *(each for _, each in held)]))


def _ends(before: date, after: date) -> list[date]:
    """The month ends after ``before`` up to ``after``."""
    ends = []
    end = after
    while end > before:
        ends.append(end)
        end = end.replace(day=1) - timedelta(days=1)
    return ends[::-1]
