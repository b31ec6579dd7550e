"""Contribution of each row to the growth of the total."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import frames


def contribution(
    frame: IntoFrameT, value_0: str = "value_0", value_1: str = "value_1", by: frames.Names = ()
) -> IntoFrameT:
    """How much of the total's growth each row brings.

    ``c_k = (x1_k - x0_k) / Σ_k x0_k``, held as a difference of shares (0.01 = 1 percentage point). The sum over a group
    is its growth exactly: a new row counts from zero and a vanished one to zero, so rows that disappeared from the
    publisher's table must be in ``frame``.

    Takes one row a product (region, partner) with ``value_0`` and ``value_1`` in USD, null = no such row. Adds
    ``contribution`` and ``contribution_absence`` (``no_base`` where a group starts from zero: its growth is undefined).

    Checked against: January 2025 on January 2024, Viet Nam's exports to Russia (garments -11.566, footwear +0.326
    percentage points, sum -24.8260) and imports (steel articles, vanished, -4.124; wheat +5.687; sum -0.3184).

    Worked example: coal 40 to 50, wheat 60 to 57: 10/100 = 0.10 and -3/100 = -0.03; together the growth of 0.07.

    In Stata: ``egen X0 = total(x0)`` and ``gen c = (x1-x0)/X0``. In R: ``(x1 - x0) / sum(x0)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[value_0, value_1], groups=by)
    before, after = frames.present(value_0), frames.present(value_1)
    base = frames.within(before.sum(), by)
    return frames.leave(
        table.with_columns(
            contribution=frames.ratio(after - before, base),
            contribution_absence=frames.absence((base == 0, "no_base")),
        ),
        frame,
    )
