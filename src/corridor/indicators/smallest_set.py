"""The smallest set of rows that makes up most of the total."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames
from corridor.errors import UsageError

#: Shares add up to a threshold such as 0.8 only up to the last digit of a floating-point number.
_ROUNDING = 1e-12


def smallest_set(
    frame: IntoFrameT,
    threshold: float = 0.8,
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    break_ties_by: frames.Names = (),
) -> IntoFrameT:
    """The fewest rows (regions, products) that together reach ``threshold`` of the total.

    Rows in falling order of value: a row is in the set if the rows larger than it do not yet reach the threshold. All
    rows tied with the last one are in, so the answer does not depend on the order of the rows and the set may then be
    larger than necessary; ``break_ties_by`` (columns, such as the code) takes equal rows one by one in its order
    instead. A row of zero is never in.

    Takes one period with ``value`` (USD, none missing), a row each; ``by`` for several totals. Adds ``rank`` (1 + the
    number of larger rows), ``share`` (0..1), ``cumulative_share`` (of this row, all larger and all tied ones not put in
    order), ``in_smallest_set`` and ``smallest_set_absence`` (``no_total``: shares null, and no set).

    The set of "critical" exporting regions in a five-stage study; no threshold is published, so it is an argument.
    Checked by hand: 50, 30, 10, 10 at 0.8 takes 50 and 30; at 0.85 also both 10.

    Raises: UsageError if the threshold is not above 0 and at most 1.

    Worked example: 50, 30, 10 and 10 with a threshold of 0.8: 50 + 30 = 80 reach it, so two are in the set.

    In Stata: ``gsort -x``, ``gen c = sum(x)`` and ``gen in = c - x < 0.8*X``. In R: ``cumsum(sort(x, decreasing =
    TRUE)) / sum(x)``.
    """
    if not 0 < threshold <= 1:
        raise UsageError(f"the threshold {threshold} is not a share", next_step="give more than 0 and at most 1")
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], groups=by)
    result = _membership(_cumulated(table, value, by, frames.names(break_ties_by)), threshold)
    return frames.leave(result.drop("_falling", "_sum", "_reached", "_tied", "_total"), frame)


def _cumulated(table: frames.Table, value: str, by: tuple[str, ...], order: tuple[str, ...]) -> frames.Table:
    amount = frames.number(value)
    rows = table.with_columns(
        rank=frames.within(amount.rank("min", descending=True), by).cast(nw.Int64),
        share=frames.share_within(amount, by),
        _amount=amount,
        _falling=-amount,
        _total=frames.within(amount.sum(), by),
    )
    summed = rows.with_columns(_sum=frames.running("_amount", by, ("_falling", *order)))
    tied = (*by, "_falling", *order)
    return summed.with_columns(
        _reached=nw.col("_sum").max().over(*tied), _tied=nw.col("_amount").sum().over(*tied)
    ).drop("_amount")


def _membership(rows: frames.Table, threshold: float) -> frames.Table:
    total, larger = nw.col("_total"), nw.col("_reached") - nw.col("_tied")
    wanted = threshold * (1 - _ROUNDING) * total
    return rows.with_columns(
        cumulative_share=frames.ratio(nw.col("_reached"), total),
        in_smallest_set=(larger < wanted) & (nw.col("_falling") < 0),
        smallest_set_absence=frames.absence((total == 0, "no_total")),
    )
