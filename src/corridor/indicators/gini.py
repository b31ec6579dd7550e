"""Gini coefficient of the distribution over parts."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def gini(
    frame: IntoFrameT,
    over: str = "product",
    by: frames.Names = (),
    value: str = "value_usd",
    *,
    n: int | None = None,
    without: frames.Names = (),
) -> IntoFrameT:
    """Inequality of the parts: twice the area between the Lorenz curve and the diagonal.

    ``G = 2 Σ_i i x_(i) / (n Σ x) - (n + 1) / n`` with ``x_(i)`` in rising order, 0..(n-1)/n; 0 = all parts equal. Equal
    parts may stand in any order.

    Takes one period with ``over`` (text, no total among the parts) and ``value`` (USD, none missing); several rows of
    one part are added up first. ``without`` leaves parts out, such as the residual group. ``n``: the number of parts of
    the classification, where those without a row are to count as zero. Returns a row a group: ``n`` (unless given the
    parts in the table, those with a zero too, which raise the index), ``gini``, ``gini_absence`` (``no_total``). The
    points of the curve are in `lorenz`.

    Raises: UsageError if ``n`` is less than the parts in the table.

    Source: Gini (1912), Variabilità e mutabilità; in this form Sen (1973), On Economic Inequality. Checked by hand: 1,
    2, 3, 4 gives 1/4; 0, 0, 0, 1 gives 3/4.

    Worked example: 1, 2, 3 and 4: 2 (1 + 4 + 9 + 16) / (4 · 10) - 5/4 = 1.5 - 1.25 = 0.25.

    In Stata: ``ineqdeco x``. In R: ``ineq::Gini(x)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[over], groups=by)
    place = frames.within(nw.col("_value").rank("ordinal"), by)
    parts = frames.parts(table, over, by, value, frames.names(without))
    weighted = parts.with_columns(_weighted=place * nw.col("_value"))
    sums = frames.each(weighted, by, n=nw.len(), _total=nw.col("_value").sum(), _weighted=nw.col("_weighted").sum())
    frames.check_parts(sums, n)
    here, whole, total = nw.col("n").cast(nw.Int64), frames.counted(n), nw.col("_total").fill_null(0.0)
    # Parts of zero that have no row come before all others and move their places up.
    places = nw.col("_weighted") + (whole - here) * total
    result = sums.select(
        *by,
        n=whole,
        gini=frames.ratio(2 * places, whole * total) - frames.ratio(whole + 1, whole),
        gini_absence=frames.absence((total == 0, "no_total")),
    )
    return frames.leave(result, frame)
