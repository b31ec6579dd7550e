"""Structural change between two periods."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def structural_change(
    frame: IntoFrameT,
    value_0: str = "value_0",
    value_1: str = "value_1",
    by: frames.Names = (),
    *,
    product: str = "product",
    without: frames.Names = (),
) -> IntoFrameT:
    """How much of the composition changed: the part of the shares that moved from some rows to others.

    ``½ Σ_k |s1_k - s0_k|``, 0..1; 0 = same structure, 1 = nothing in common. Equal to 1 - `export_similarity` of the
    two periods.

    Takes one row a product (region, partner) with ``value_0`` and ``value_1`` in USD, null = no such row, counted as
    nothing; rows that appeared or vanished must be in. ``without`` leaves out products (codes in ``product``), such as
    the residual group. Returns a row a group: ``structural_change, structural_change_absence`` (``no_total``: a period
    adds up to zero).

    Source: Michaely (1962), Concentration in International Trade; Lawrence (1984), Can America Compete? Checked
    against: Viet Nam's exports to Russia by group, 2023 to 2024, 0.08718663.

    Worked example: shares 0.4 and 0.6 become 0.5 and 0.5: half of 0.1 + 0.1 = 0.1.

    In Stata: ``egen total(abs(s1-s0)/2)``. In R: ``sum(abs(s1 - s0)) / 2``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[value_0, value_1], groups=by)
    table = frames.leave_out(table, product, frames.names(without))
    before, after = frames.present(value_0), frames.present(value_1)
    moved = (frames.share_within(after, by) - frames.share_within(before, by)).abs()
    rows = table.with_columns(_moved=moved, _before=before, _after=after)
    sums = {name: nw.col(name).sum() for name in ("_moved", "_before", "_after")}
    known = (nw.col("_before").fill_null(0.0) > 0) & (nw.col("_after").fill_null(0.0) > 0)
    result = frames.each(rows, by, **sums).select(
        *by,
        structural_change=nw.when(known).then(nw.col("_moved") / 2),
        structural_change_absence=frames.absence((~known, "no_total")),
    )
    return frames.leave(result, frame)
