"""Revision of earlier months implied by a cumulative figure."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def implied_revision(
    frame: IntoFrameT,
    month: str = "value_month",
    cumulative: str = "value_cumulative",
    period_end: str = "period_end",
    by: frames.Names = (),
) -> IntoFrameT:
    """By how much a month's table silently revises the months before it.

    ``implied_revision(t) = cum(t) - cum(t-1) - month(t)`` in USD, with ``cum`` running from 1 January, so that
    ``cum(t-1)`` is 0 in January. Publishers carry corrections of earlier months in the cumulative column alone.

    Takes a row a month with the month's value, the cumulative value (both USD, null = not printed or table not held)
    and ``period_end`` (a date in the month, one row a month); ``by`` for several series. Adds ``implied_revision`` and
    ``implied_revision_absence``: ``no_month``, ``no_cumulative``, ``no_previous_month`` (its row or its cumulative
    value is missing: a difference over a gap would be a month's trade, no revision).

    Checked against: Viet Nam's exports to Russia, June 2024, 1,171,861,012 - 955,698,279 - 188,852,933 = +27,309,800.

    Raises: UnfitTable if ``period_end`` is no date.

    Worked example: cumulative 100 to May and 160 to June, June itself 50: 160 - 100 - 50 = +10 for January to May.

    In Stata: ``gen r = cum - L.cum - x``. In R: ``cum - c(0, head(cum, -1)) - x``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[month, cumulative], dates=[period_end], groups=by)
    at = f"month of {period_end}"
    months = table.with_columns(frames.month(period_end).alias(at))
    frames.check_unique(months, (*by, at))
    known = months.with_columns(_base=_base(cumulative, at, by))
    result = known.with_columns(
        implied_revision=frames.number(cumulative) - nw.col("_base") - frames.number(month),
        implied_revision_absence=frames.absence(
            (nw.col(month).is_null(), "no_month"),
            (nw.col(cumulative).is_null(), "no_cumulative"),
            (nw.col("_base").is_null(), "no_previous_month"),
        ),
    )
    return frames.leave(result.drop(at, "_base"), frame)


def _base(cumulative: str, at: str, by: tuple[str, ...]) -> nw.Expr:
    before = frames.number(cumulative).shift(1).over(*by, order_by=at)
    gap = nw.col(at) - nw.col(at).shift(1).over(*by, order_by=at)
    # Months are counted from year 0, so January is the first of each dozen.
    return nw.when(nw.col(at) % 12 == 1).then(nw.lit(0.0)).otherwise(nw.when(gap == 1).then(before))
