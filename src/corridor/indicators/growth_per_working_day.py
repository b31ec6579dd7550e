"""Growth per working day."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def growth_per_working_day(
    frame: IntoFrameT,
    value_0: str = "value_0",
    value_1: str = "value_1",
    days_0: str = "working_days_0",
    days_1: str = "working_days_1",
) -> IntoFrameT:
    """Growth between two periods as if both had had the same number of working days.

    ``g = (x1 / d1) / (x0 / d0) - 1``, from -1 up, 0.1 = +10 % a day. January 2025, with the lunar New Year in it, had
    fewer days than January 2024: the plain `growth` counts the holiday as a fall in trade.

    Takes one row a product (region, partner) with ``value_0`` and ``value_1`` in USD, where null means that the
    publisher's table has no such row, and the working days of both periods (null = not known). Adds
    ``growth_per_working_day`` and ``growth_per_working_day_absence``: ``absent`` (no row in either period),
    ``no_days``, ``no_base`` (the first value is zero or there was none). Both ends must be of one release. Values of a
    balance are refused: it has no growth rate.

    Source: Eurostat (2015), ESS guidelines on seasonal adjustment, on trading days. Checked by hand: the worked
    example.

    Worked example: 220 in 22 days, then 180 in 16 days: 11.25 a day over 10 a day, +12.5 %, where the plain rate is
    -18.2 %.

    In Stata: ``gen g = (x1/d1)/(x0/d0) - 1``. In R: ``(x1 / d1) / (x0 / d0) - 1``.
    """
    table = frames.enter(frame)
    frames.check(table, optional=[value_0, value_1, days_0, days_1])
    before, after = frames.present(value_0), frames.present(value_1)
    first, second = frames.present(days_0), frames.present(days_1)
    no_row = nw.col(value_0).is_null() & nw.col(value_1).is_null()
    rate = frames.ratio_of_ratios(after, second, before, first) - 1
    result = table.with_columns(
        growth_per_working_day=rate,
        growth_per_working_day_absence=frames.absence(
            (no_row, "absent"), ((first == 0) | (second == 0), "no_days"), (before == 0, "no_base")
        ),
    )
    return frames.leave(result, frame)
