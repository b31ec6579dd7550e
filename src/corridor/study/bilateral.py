"""Totals of the pair: exports, imports, turnover, balance, seen from either side."""

from __future__ import annotations

import polars as pl

from corridor.codes.periods import Period
from corridor.indicators import balance
from corridor.study.comparisons import Agenda
from corridor.study.ledger import Ledger

#: A growth rate from a first release within this distance of zero may change its sign with the revisions.
FRAGILE_GROWTH = 0.05

_FLOWS = ("exports", "imports")
#: Columns of the totals; a pair of which only one direction is held has them, and no rows.
_TOTALS = {
    "period": pl.String,
    "exports": pl.Float64,
    "imports": pl.Float64,
    "made": pl.String,
    "caveats": pl.String,
    "trace_id": pl.String,
}
_VALUES = ("exports", "imports", "turnover")


def bilateral(ledger: Ledger, agenda: Agenda) -> pl.DataFrame:
    """One row a view and period: ``exports, imports, turnover, balance, coverage_ratio, normalised_balance``.

    The reporter's view has basis ``reported``; its partner's view has basis ``mirror``: the same two flows with
    their roles changed, still FOB on the reporter's exports and CIF on its imports. ``*_growth`` is against
    ``base_period``, whose rows ``trace_id`` names too; ``fragile`` marks a growth from first releases so near to zero
    that revisions may turn it. A flow that is not held is null, and so is all that needs both.
    """
    wanted = {*agenda.periods, *(month.current for month in agenda.months), *(month.base for month in agenda.months)}
    periods = sorted(wanted, key=lambda p: (p.end, p.start))
    reported = pl.DataFrame([row for period in periods if (row := _totals(ledger, period))], schema=_TOTALS)
    series = ledger.series
    views = pl.concat(
        [
            reported.with_columns(
                view=pl.lit(series.reporter), partner=pl.lit(series.partner), basis=pl.lit("reported")
            ),
            reported.rename({"exports": "imports", "imports": "exports"})
            .select(reported.columns)
            .with_columns(view=pl.lit(series.partner), partner=pl.lit(series.reporter), basis=pl.lit("mirror")),
        ]
    )
    return _with_growth(_balanced(views), agenda, first_release=series.release == "first")


def _balanced(views: pl.DataFrame) -> pl.DataFrame:
    """The balance and its ratios where both flows are held; null where one is not."""
    both = pl.col("exports").is_not_null() & pl.col("imports").is_not_null()
    whole = balance(views.filter(both))
    return pl.concat([whole, views.filter(~both)], how="diagonal")


def _totals(ledger: Ledger, period: Period) -> dict[str, object] | None:
    exports, imports = ledger.total("export", period), ledger.total("import", period)
    held = [total for total in (exports, imports) if total]
    if not held or len(held) < len(ledger.sides):
        return None
    return {
        "period": period.code,
        "exports": exports["value_usd"] if exports else None,
        "imports": imports["value_usd"] if imports else None,
        "made": held[0]["made"],
        "caveats": " ".join(sorted({word for flow in ledger.sides for word in ledger.caveats(flow, period)})),
        "trace_id": " ".join(str(total["trace_id"]) for total in held),
    }


def _with_growth(views: pl.DataFrame, agenda: Agenda, *, first_release: bool) -> pl.DataFrame:
    pairs = [(each.current.code, each.base.code, each.kind) for each in (*agenda.shown, *agenda.months)]
    types = dict.fromkeys(("period", "base_period", "kind"), pl.String)
    bases = pl.DataFrame(pairs, schema=types, orient="row").unique("period", keep="first", maintain_order=True)
    before = views.select(
        "view",
        base_period="period",
        base_trace="trace_id",
        base_caveats="caveats",
        **{f"{name}_0": name for name in (*_VALUES, "balance")},
    )
    joined = views.join(bases, on="period", how="left").join(before, on=["view", "base_period"], how="left")
    return (
        joined.with_columns(
            **{
                f"{name}_growth": pl.when(pl.col(f"{name}_0") > 0).then(pl.col(name) / pl.col(f"{name}_0") - 1)
                for name in _VALUES
            },
            balance_change=pl.col("balance") - pl.col("balance_0"),
            trace_id=pl.concat_str("trace_id", "base_trace", separator=" ", ignore_nulls=True),
        )
        .drop("base_trace")
        .with_columns(fragile=pl.lit(first_release) & (pl.col("turnover_growth").abs() < FRAGILE_GROWTH))
        .sort("basis", "period", descending=[True, False])
    )
