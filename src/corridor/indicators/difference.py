"""Difference between two periods, also of what may be negative."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def difference(frame: IntoFrameT, value_0: str = "value_0", value_1: str = "value_1") -> IntoFrameT:
    """By how much a figure changed that has no growth rate: a balance, or anything that may be negative.

    ``d = x1 - x0``, any number, in the unit of the values. A balance that goes from -10 to 20 did not grow by -300 %:
    `growth` refuses negative values, and this gives the difference and says whether the sign changed.

    Takes one row a product (region, partner) with ``value_0`` and ``value_1``, of either sign, null = not known. Adds
    ``difference``, ``sign_changed`` (from below zero to above or back; null where the difference is) and
    ``difference_absence``: ``absent`` (one of the two is not known: it is not taken for zero).

    Checked against: Viet Nam's balance with Russia, 2023 to 2024, -144,187,078 to +90,273,606, +234,460,684.

    Worked example: a balance of -10, then 20: +30, and the sign changed.

    In Stata: ``gen d = x1-x0``. In R: ``x1 - x0``.
    """
    table = frames.enter(frame)
    frames.check(table, signed=[value_0, value_1])
    before, after = frames.number(value_0), frames.number(value_1)
    known = ~(before.is_null() | after.is_null())
    return frames.leave(
        table.with_columns(
            difference=after - before,
            sign_changed=nw.when(known).then(((before < 0) & (after > 0)) | ((before > 0) & (after < 0))),
            difference_absence=frames.absence((~known, "absent")),
        ),
        frame,
    )
