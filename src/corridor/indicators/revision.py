"""Revision of a published figure."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def revision(frame: IntoFrameT, first: str = "value_first", revised: str = "value_revised") -> IntoFrameT:
    """How far a revised figure is from the first release of the same figure.

    ``revision = R - F`` in USD, ``relative_revision = (R - F) / F`` (0.1 = revised up by 10 %).

    Takes ``value_first`` and ``value_revised`` in USD of the same reporter, partner, flow, product and period, null =
    not (yet) published. Adds ``revision``, ``relative_revision`` and ``revision_absence``: ``no_first_release``,
    ``no_revised_release`` (both null), ``no_base`` (first released as zero: the relative one alone is null).

    Checked against: Viet Nam's exports to Russia, April 2024, 232,284,769 revised to 258,182,300, +11.1 %.

    Worked example: first released as 100, then 111: +11, and 11/100 = 0.11.

    In Stata: ``gen r = (x1-x0)/x0``. In R: ``(x1 - x0) / x0``.
    """
    table = frames.enter(frame)
    frames.check(table, optional=[first, revised])
    before, after = frames.number(first), frames.number(revised)
    return frames.leave(
        table.with_columns(
            revision=after - before,
            relative_revision=frames.ratio(after - before, before),
            revision_absence=frames.absence(
                (nw.col(first).is_null(), "no_first_release"),
                (nw.col(revised).is_null(), "no_revised_release"),
                (before == 0, "no_base"),
            ),
        ),
        frame,
    )
