"""Herfindahl-Hirschman index of concentration."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def hhi(
    frame: IntoFrameT,
    over: str = "product",
    by: frames.Names = (),
    value: str = "value_usd",
    *,
    n: int | None = None,
    without: frames.Names = (),
) -> IntoFrameT:
    """Concentration over products, partners or regions, as ``over`` says.

    ``H = Σ_k s_k²`` with the shares ``s_k`` of the parts, 1/n..1; ``hhi_normalised = (H - 1/n) / (1 - 1/n)``, 0..1. 1 =
    everything in one part.

    Takes one period with ``over`` (text, no total among the parts) and ``value`` (USD, none missing); several rows of
    one part are added up first. Returns a row a group: ``n, hhi, hhi_normalised, hhi_absence``.

    ``n`` is the number of parts in the table, those with a zero too, unless it is given: as the number of groups of the
    classification, whether they have a row or not. The residual group is a part like any other, and moves the index a
    lot: ``without="other_goods"`` leaves it out before the shares are taken. Say which was done. ``hhi_absence``:
    ``no_total`` (both null) or ``one_part`` (only the normalised form null).

    Raises: UsageError if ``n`` is less than the parts in the table.

    Source: Hirschman (1964), The Paternity of an Index, American Economic Review 54, 761-762. In WITS the "Hirschman
    Herfindahl index" is over products on one page and over partners on another. Checked against: Viet Nam's exports to
    Russia 2024, 24 groups, 0.178883762, normalised 0.143183056.

    Worked example: 2, 1 and 1: 1/4 + 1/16 + 1/16 = 3/8; normalised (3/8 - 1/3) / (1 - 1/3) = 1/16.

    In Stata: ``hhi x`` of SSC. In R: ``sum(prop.table(x)^2)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[over], groups=by)
    squares = frames.parts(table, over, by, value, frames.names(without)).with_columns(_square=nw.col("_share") ** 2)
    sums = frames.each(squares, by, n=nw.len(), _total=nw.col("_value").sum(), _square=nw.col("_square").sum())
    frames.check_parts(sums, n)
    return frames.leave(_indices(sums, by, frames.counted(n)), frame)


def _indices(sums: frames.Table, by: tuple[str, ...], n: nw.Expr) -> frames.Table:
    total = nw.col("_total").fill_null(0.0)
    index = nw.when(total > 0).then(nw.col("_square"))
    return sums.select(
        *by,
        n=n,
        hhi=index,
        hhi_normalised=frames.ratio(n * index - 1, n - 1),
        hhi_absence=frames.absence((total == 0, "no_total"), (n == 1, "one_part")),
    )
