"""Concentration ratio."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames
from corridor.errors import UsageError


def concentration_ratio(
    frame: IntoFrameT,
    n: int = 3,
    over: str = "product",
    by: frames.Names = (),
    value: str = "value_usd",
    *,
    without: frames.Names = (),
) -> IntoFrameT:
    """Share of the ``n`` largest parts together (CR3, CR5).

    ``CR_n = Σ s_(k)`` over the ``n`` largest shares, 0..1; 1 where there are no more than ``n`` parts. A tie at the
    n-th place does not matter: whichever of the equal parts is taken, the sum is the same.

    Takes one period with ``over`` (text, no total among the parts) and ``value`` (USD, none missing); several rows of
    one part are added up first. ``without`` leaves parts out, such as the residual group. Returns a row a group:
    ``concentration_ratio, concentration_ratio_absence`` (``no_total``).

    Raises: UsageError if ``n`` is below 1.

    Source: Hall and Tideman (1967), Measures of Concentration, Journal of the American Statistical Association 62.
    Checked against: CR3 with the residual group, Viet Nam's exports to Russia 2024: 0.636447.

    Worked example: 50, 30, 15 and 5: CR3 = (50 + 30 + 15) / 100 = 0.95.

    In Stata: ``gsort -s`` and ``egen cr3 = total(s*(_n<=3))``. In R: ``sum(head(sort(s, decreasing = TRUE), 3))``.
    """
    if n < 1:
        raise UsageError(f"the {n} largest parts are none", next_step="give n of 1 or more")
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[over], groups=by)
    place = frames.within(nw.col("_value").rank("ordinal", descending=True), by)
    largest = frames.parts(table, over, by, value, frames.names(without)).with_columns(
        _largest=nw.when(place <= n).then(nw.col("_share")).otherwise(0.0)
    )
    sums = frames.each(largest, by, _total=nw.col("_value").sum(), _largest=nw.col("_largest").sum())
    total = nw.col("_total").fill_null(0.0)
    result = sums.select(
        *by,
        concentration_ratio=nw.when(total > 0).then(nw.col("_largest")),
        concentration_ratio_absence=frames.absence((total == 0, "no_total")),
    )
    return frames.leave(result, frame)
