"""Points of the Lorenz curve."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def lorenz(
    frame: IntoFrameT,
    over: str = "product",
    by: frames.Names = (),
    value: str = "value_usd",
    *,
    without: frames.Names = (),
) -> IntoFrameT:
    """The Lorenz curve of the parts: which share of the value the smallest parts hold.

    Parts in rising order of value (equal ones by code): ``part_share = i / n``, ``cumulative_share = Σ_{j<=i} s_(j)``,
    both 0..1, the last point (1, 1); the curve starts at (0, 0), which is no row.

    Takes one period with ``over`` (text, no total among the parts) and ``value`` (USD, none missing); several rows of
    one part are added up first. ``without`` leaves parts out, such as the residual group. Returns a row a part in that
    order: the columns ``by``, ``over`` and ``value``, then ``part_share, cumulative_share, lorenz_absence``
    (``no_total``: the cumulative share is null).

    Source: Lorenz (1905), Methods of Measuring the Concentration of Wealth, Publications of the American Statistical
    Association 9, 209-219. Checked by hand: 1, 2, 3, 4 gives 0.1, 0.3, 0.6, 1; the area gives `gini`.

    Worked example: 1, 2, 3 and 4: the smallest quarter holds 0.1, the smaller half 0.3, three quarters 0.6, all 1.

    In Stata: ``glcurve x, lorenz``. In R: ``ineq::Lc(x)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[over], groups=by)
    rising = ("_value", over)
    counted = frames.parts(table, over, by, value, frames.names(without)).with_columns(_one=nw.lit(1))
    points = counted.with_columns(
        _place=frames.running("_one", by, rising),
        _n=frames.within(nw.col("_one").sum(), by),
        _held=frames.running("_value", by, rising),
        _total=frames.within(nw.col("_value").sum(), by),
    ).sort(*by, *rising)
    result = points.select(
        *by,
        over,
        nw.col("_value").alias(value),
        part_share=nw.col("_place") / nw.col("_n"),
        cumulative_share=frames.ratio(nw.col("_held"), nw.col("_total")),
        lorenz_absence=frames.absence((nw.col("_total") == 0, "no_total")),
    )
    return frames.leave(result, frame)
