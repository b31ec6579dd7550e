"""Rolling twelve months."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames

_MONTHS = 12


def rolling_year(
    frame: IntoFrameT, value: str = "value_usd", period_end: str = "period_end", by: frames.Names = ()
) -> IntoFrameT:
    """The sum of each month and the eleven before it: a year that ends in any month, free of the season.

    ``R_t = Σ_{s=t-11}^{t} x_s``, in USD. Its growth compares whole years, whatever moves between their months.

    Takes a row a month with ``value`` (USD, none missing) and ``period_end`` (a date in the month, one row a month);
    ``by`` for several series. Adds ``rolling_year`` and ``rolling_year_absence``: ``under_a_year`` (fewer than twelve
    months up to here), ``gap`` (a month between them has no row: eleven months are not taken for a year).

    A moving annual total; no single source. Checked by hand: the worked example.

    Worked example: twelve months of 10 give 120; if the thirteenth is 22, it gives 132.

    In Stata: ``tssmooth ma r = x, window(11 1 0)`` times 12. In R: ``zoo::rollsumr(x, 12)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], dates=[period_end], groups=by)
    at = f"month of {period_end}"
    months = table.with_columns(frames.month(period_end).alias(at), _value=frames.number(value))
    frames.check_unique(months, (*by, at))
    summed = months.with_columns(
        _sum=nw.col("_value").rolling_sum(_MONTHS).over(*by, order_by=at),
        _before=nw.col(at).shift(_MONTHS - 1).over(*by, order_by=at),
    )
    unbroken = nw.col(at) - nw.col("_before") == _MONTHS - 1
    result = summed.with_columns(
        rolling_year=nw.when(unbroken).then(nw.col("_sum")),
        rolling_year_absence=frames.absence((nw.col("_before").is_null(), "under_a_year"), (~unbroken, "gap")),
    )
    return frames.leave(result.drop(at, "_value", "_sum", "_before"), frame)
