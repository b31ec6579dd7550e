"""Values in another currency: amount and currency stay, US dollars come from a named rate.

A rate is for a year, a month or a day, the average of it or its last day's. Flows of a period are converted by the
average of that very period; where only shorter periods' averages are known, a year is not made up from them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import polars as pl

from corridor.codes import caveats, schema
from corridor.codes.whole_years import is_whole_year
from corridor.errors import CorridorError, UsageError
from corridor.evidence import CodedReading

Basis = Literal["average", "end"]
BASES: tuple[Basis, ...] = get_args(Basis)
CAVEAT = "converted_currency"
#: No rate at all, as the stored table ``exchange_rates`` has them.
NO_RATES = pl.DataFrame(
    schema={
        "currency": pl.String(),
        "period": pl.String(),
        "exchange_rate": pl.Float64(),
        "rate_basis": pl.String(),
        "file": pl.String(),
        "snapshot": pl.String(),
        "added": pl.Date(),
    }
)
#: Periods without a rate that a message names.
_NAMED = 4
_BESIDE = ("currency", "period_start", "period_end", "caveats")


class MissingRate(CorridorError):
    """Values in a currency for a period of which no rate to US dollars is held."""


@dataclass(frozen=True)
class Converted:
    """``flows`` with ``value_usd``, ``rate_source`` and the caveat, and ``without_rate``, the rows without a rate."""

    flows: pl.DataFrame
    without_rate: pl.DataFrame


def to_usd(flows: pl.DataFrame, rates: pl.DataFrame, *, basis: Basis = "average") -> Converted:
    """The flows with their US dollars. Rows in US dollars pass unchanged.

    ``flows``: ``value, currency, period_start, period_end`` and any others. ``rates``: the columns of the stored table
    ``exchange_rates``; of one rate added twice the last counts, of two added on one day that which stands lower. A
    row's period must be a whole year, a whole month or a day, and have a rate of the ``basis`` for that very period.
    Raises `UsageError` for another basis.
    """
    if basis not in BASES:
        raise UsageError(f"no basis of exchange rates is called {basis!r}", next_step=f"there are: {', '.join(BASES)}")
    schema.require(flows.columns, "value", "currency", "period_start", "period_end", what="table of flows")
    in_usd = pl.col("currency") == "USD"
    keyed = flows.with_columns(_period=_period())
    joined = keyed.join(_newest(rates, basis), on=["currency", "_period"], how="left", maintain_order="left")
    known = joined.filter(in_usd | pl.col("exchange_rate").is_not_null())
    told = known.with_columns(
        value_usd=pl.when(in_usd).then("value").otherwise(pl.col("value") * pl.col("exchange_rate")),
        rate_source=pl.when(in_usd).then(None).otherwise("_rate_source"),
        caveats=_caveats(known, in_usd),
    )
    without = joined.filter(~in_usd & pl.col("exchange_rate").is_null())
    return Converted(told.drop("_period", "exchange_rate", "_rate_source"), without.select(flows.columns))


def dollars(flows: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """The flows with their US dollars, all of them, by the averages of their periods; as `to_usd` otherwise.

    Raises `MissingRate` in one line that names the rates to add.
    """
    made = to_usd(flows, rates)
    if made.without_rate.height:
        raise _missing(made.without_rate)
    return made.flows


def in_dollars(reading: CodedReading, rates: pl.DataFrame) -> CodedReading:
    """A reading of values in another currency with their US dollars; any other one unchanged."""
    if "value" not in reading.rows.columns:
        return reading
    fixed = {name: reading.constants[name] for name in _BESIDE if name in reading.constants}
    told = dollars(reading.rows.with_columns(**{name: pl.lit(value) for name, value in fixed.items()}), rates)
    rest = {name: value for name, value in reading.constants.items() if name not in told.columns}
    return replace(reading, rows=told, constants=rest)


def _missing(rows: pl.DataFrame) -> MissingRate:
    period = pl.coalesce(_period(), pl.format("{} to {}", "period_start", "period_end"))
    wanted = rows.select(pl.format("{} of {}", "currency", period)).to_series().unique().sort().to_list()
    more = f" and {len(wanted) - _NAMED} more" if len(wanted) > _NAMED else ""
    currency, _, when = wanted[0].partition(" of ")
    return MissingRate(
        f"no rate to US dollars is held for {', '.join(wanted[:_NAMED])}{more}",
        next_step="add a file of rates first: a CSV with the heading currency,period,exchange_rate,rate_basis,source"
        f" and lines such as {currency},{when},(US dollars for one),average,(who printed it); rates hold for a year, a"
        " month or a day",
    )


def _newest(rates: pl.DataFrame, basis: Basis) -> pl.DataFrame:
    named = pl.format("{} {} USD a {} ({}; {})", "period", pl.col("exchange_rate"), "currency", "rate_basis", "file")
    chosen = rates.filter(pl.col("rate_basis") == basis).sort("added", maintain_order=True)
    return chosen.select("currency", "exchange_rate", _period="period", _rate_source=named).unique(
        ["currency", "_period"], keep="last", maintain_order=True
    )


def _period() -> pl.Expr:
    """The period as a rate's period is written: 2025, 2025-03, 2025-03-31; null for any other."""
    start, end = pl.col("period_start"), pl.col("period_end")
    month = (start == start.dt.month_start()) & (end == start.dt.month_end())
    return (
        pl.when(is_whole_year())
        .then(start.dt.strftime("%Y"))
        .when(month)
        .then(start.dt.strftime("%Y-%m"))
        .when(start == end)
        .then(start.dt.strftime("%Y-%m-%d"))
    )


def _caveats(rows: pl.DataFrame, in_usd: pl.Expr) -> pl.Expr:
    present = rows["caveats"].fill_null("") if "caveats" in rows.columns else pl.Series([""])
    texts = present.unique().to_list()
    joined = [caveats.join([*caveats.split(text), CAVEAT]) for text in texts]
    own = pl.col("caveats").fill_null("") if "caveats" in rows.columns else pl.lit("")
    return (
        pl.when(in_usd).then(own).otherwise(own.replace_strict(texts, joined, default=CAVEAT, return_dtype=pl.String))
    )
