"""Revealed symmetric comparative advantage."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import frames


def rsca(frame: IntoFrameT, rca: str = "rca") -> IntoFrameT:
    """Balassa's index made symmetric, so that half and double are equally far from the middle.

    ``RSCA = (RCA - 1) / (RCA + 1)``, -1..1; 0 where RCA is 1, -1 where it is 0.

    Takes a table with ``rca``, for example the result of `rca`; adds ``rsca``, null where ``rca`` is null (the reason
    stands beside it).

    Source: Dalum, Laursen and Villumsen (1998), International Review of Applied Economics 12, 423-443. Checked by hand:
    RCA 3 gives 1/2, RCA 1/3 gives -1/2.

    Worked example: RCA 3 gives (3 - 1) / (3 + 1) = 0.5, RCA 1/3 gives -0.5.

    In Stata: ``gen rsca = (rca-1)/(rca+1)``. In R: ``(rca - 1) / (rca + 1)``.
    """
    table = frames.enter(frame)
    frames.check(table, optional=[rca])
    index = frames.number(rca)
    return frames.leave(table.with_columns(rsca=(index - 1) / (index + 1)), frame)
