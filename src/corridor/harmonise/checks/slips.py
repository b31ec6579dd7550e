"""Figures a thousand times too large or too small: thousands printed for units, or units for thousands."""

from __future__ import annotations

import polars as pl

from corridor.codes import schema
from corridor.harmonise.checks.finding import findings, varying

KIND = "slip_by_a_thousand"
#: How far, as a power of ten, a ratio may be off a thousand: half to twice a thousand.
NEAR = 0.30103
#: How far a neighbour's ratio may be off a thousand, and how far the others of a steady series lie from their median.
STEADY = 0.5
#: How far they lie in a series so steady that its first and last figure can be judged by one neighbour.
CALM = 0.3
#: How far both the value and the weight may lie from theirs where both jump: one cause, and no large sale.
STILL = 0.2
#: How far a figure that was put right may lie from the others of its series, where its unit value tells.
WITHIN = 1.0
#: Fewer values than these are no series, and fewer than that none whose first or last figure can be judged.
LEAST, LEAST_AT_AN_END = 4, 5
#: Of the others' unit values so many must lie close to their median.
MOST = 0.75
#: Of so many others one may be a lump: it does not count for how steady the series is.
LUMPS = 10
#: A figure of the period before or after is no farther than this many of the shortest steps of its frequency.
STEP = 1.5

_THOUSAND = 3
_PERIOD = ("period_start", "period_end")
_SERIES = tuple(name for name in schema.FLOW_KEY if name not in _PERIOD)
_OTHER = {"value_usd": "net_weight_kg", "net_weight_kg": "value_usd"}


def slips_by_a_thousand(flows: pl.DataFrame, amount: str = "value_usd", *, least: int = LEAST) -> pl.DataFrame:
    """Rows about a thousand times more or less than the others of their own series, and by mistake: `FINDING`.

    A series is one source's reports of one flow of one product over periods of one kind; it needs ``least`` values
    above zero. Trade in lumps jumps too, so one of two things must speak for a mistake. Either value and weight
    disagree: the value of a kilogram is a thousand times off the others', which are close together, and the amount is
    among the others once it is put right. Or the amount stands alone in a steady series: a thousand times off the
    periods just before and after (one of them at the end of a series steadier still), and what weight is known jumped
    with it in a series that hardly moves. ``amount`` is the value or the weight.
    """
    if flows.select(name for name in _PERIOD if name in flows.columns).n_unique() < least:
        return findings(flows.clear(), KIND, value=pl.col(amount), expected=pl.col(amount), evidence=pl.lit(""))
    series = varying(flows, _SERIES)
    judged = _judged(_logged(flows, amount), series, least)
    return findings(
        judged.filter(_disagrees() | _stands_alone()),
        KIND,
        value=pl.col(amount),
        expected=pl.lit(10.0).pow("_middle"),
        evidence=_evidence(amount),
    )


def _evidence(amount: str) -> pl.Expr:
    weight = amount == "net_weight_kg"
    of_kilogram = -pl.col("_unit_off") if weight else pl.col("_unit_off")
    kilogram = pl.format(", the value of a kilogram {} times", pl.lit(10.0).pow(of_kilogram).round_sig_figs(3))
    return pl.format(
        "{} {} is {} times the median of the {} other periods{}",
        amount,
        pl.lit("kg" if weight else "USD"),
        pl.lit(10.0).pow("_off").round_sig_figs(3),
        "_others",
        pl.when(_disagrees()).then(kilogram).otherwise(pl.lit("")),
    )


def _logged(flows: pl.DataFrame, amount: str) -> pl.DataFrame:
    """The rows above zero with the logarithms of the amount, of the other one (null where it is not known), and of the
    one over the other."""
    beside = _OTHER[amount]
    known = pl.when(pl.col(beside) > 0).then(pl.col(beside).log(10)) if beside in flows.columns else pl.lit(None)
    freq = () if "freq" in flows.columns else (pl.lit("").alias("freq"),)
    rows = flows.filter(pl.col(amount) > 0).with_columns(*freq)
    rows = rows.with_columns(_log=pl.col(amount).log(10), _beside=known.cast(pl.Float64))
    return rows.with_columns(_unit=pl.col("_log") - pl.col("_beside")).with_row_index("_at")


def _judged(rows: pl.DataFrame, series: list[str], least: int) -> pl.DataFrame:
    """The rows that are far off, with what the others of their series say of them."""
    middle, count = pl.col("_log").median().over(series), pl.len().over(series)
    far = ((pl.col("_log") - middle).abs() - _THOUSAND).abs() <= NEAR + WITHIN
    suspects = rows.filter(far & (count >= least))
    numbers = ("period_end", "_log", "_beside", "_unit", "_at")
    others = rows.select(*series, *(pl.col(name).alias(f"{name}_of") for name in numbers))
    pairs = suspects.join(others, on=series, nulls_equal=True).filter(pl.col("_at") != pl.col("_at_of"))
    said = _said(_with_step(pairs, rows))
    return suspects.join(said, on="_at").with_columns(
        _off=pl.col("_log") - pl.col("_middle"),
        _beside_off=pl.col("_beside") - pl.col("_beside_middle"),
        _unit_off=pl.col("_unit") - pl.col("_unit_middle"),
    )


def _with_step(pairs: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The pairs with ``_step``: days between the ends of the two periods of their frequency that lie closest."""
    ends = rows.select("freq", "period_end").unique().sort("freq", "period_end")
    days = (pl.col("period_end") - pl.col("period_end").shift(1).over("freq")).dt.total_days()
    steps = ends.with_columns(_step=days).group_by("freq").agg(pl.col("_step").min())
    return pairs.join(steps, on="freq", how="left")


def _said(pairs: pl.DataFrame) -> pl.DataFrame:
    """Of every suspect, by its ``_at``: the others' median and spread, and the figures just before and after."""
    middles = {name: pl.col(f"{name}_of").median().over("_at") for name in ("_log", "_beside", "_unit")}
    pairs = pairs.with_columns(
        _middle=middles["_log"], _beside_middle=middles["_beside"], _unit_middle=middles["_unit"]
    )
    days = (pl.col("period_end_of") - pl.col("period_end")).dt.total_days()
    unit_close = (pl.col("_unit_of") - pl.col("_unit_middle")).abs() <= STEADY
    return pairs.group_by("_at").agg(
        pl.col("_middle", "_beside_middle", "_unit_middle").first(),
        _others=pl.len(),
        _units=pl.col("_unit_of").count(),
        _close=unit_close.mean(),
        _spread=(pl.col("_log_of") - pl.col("_middle")).abs().sort(descending=True).get(pl.len() // LUMPS),
        _beside_spread=(pl.col("_beside_of") - pl.col("_beside_middle")).abs().max(),
        _before=pl.col("_log_of").filter(days.is_between(-STEP * pl.col("_step"), -1)).last(),
        _after=pl.col("_log_of").filter(days.is_between(1, STEP * pl.col("_step"))).first(),
    )


def _measured() -> pl.Expr:
    """Whether the weight of a value, or the value of a weight, is known here and in most other periods."""
    return pl.col("_unit").is_not_null() & (pl.col("_units") >= LEAST - 1)


def _disagrees() -> pl.Expr:
    """Whether the unit value is a thousand times off, and putting the amount right mends it."""
    put_right = pl.col("_off") - _THOUSAND * pl.col("_unit_off").sign()
    beside = pl.col("_beside_off").abs()
    moved = (put_right.abs() <= WITHIN) & (beside <= WITHIN) & (pl.col("_off").abs() > beside)
    told = _measured() & _is_thousand(pl.col("_unit_off").abs(), NEAR) & (pl.col("_close") >= MOST) & moved
    return told.fill_null(value=False)


def _stands_alone() -> pl.Expr:
    """Whether the amount is a thousand times off a steady series and the periods beside it."""
    way = pl.col("_off").sign()
    before, after = (
        _is_thousand((pl.col("_log") - pl.col(name)) * way, STEADY).fill_null(value=False)
        for name in ("_before", "_after")
    )
    at_an_end = (before | after) & (pl.col("_spread") <= CALM) & (pl.col("_others") >= LEAST_AT_AN_END - 1)
    steady = (before & after & (pl.col("_spread") <= STEADY)) | at_an_end
    still = (pl.col("_spread") <= STILL) & (pl.col("_beside_spread") <= STILL)
    with_it = _is_thousand(pl.col("_beside_off") * way, NEAR) & still
    told = _is_thousand(pl.col("_off").abs(), NEAR) & steady & (~_measured() | with_it)
    return told.fill_null(value=False)


def _is_thousand(ratio: pl.Expr, near: float) -> pl.Expr:
    """Whether a ratio, as a power of ten, is about a thousand."""
    return (ratio - _THOUSAND).abs() <= near
