"""Intra-industry trade."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def grubel_lloyd(
    frame: IntoFrameT,
    exports: str = "exports",
    imports: str = "imports",
    by: frames.Names = (),
    *,
    aggregate: bool = False,
    product: str = "product",
    without: frames.Names = (),
) -> IntoFrameT:
    """Grubel-Lloyd index of two-way trade in the same products.

    Of a product: ``GL_k = 1 - |x_k - m_k| / (x_k + m_k)``; of a group with ``aggregate=True``: ``GL = 1 - Σ|x_k - m_k|
    / Σ(x_k + m_k)``; both 0..1, 0 = one-way trade, 1 = balanced two-way trade. The aggregate is not the index of the
    totals: it falls, or stays, with finer products.

    Takes one row a product with ``exports`` and ``imports`` in USD of one pair of economies; both sides must mean the
    same by a product. Null = no such row: one-way trade, counted as nothing. Adds ``grubel_lloyd`` and
    ``grubel_lloyd_absence`` (``no_trade``); with ``aggregate`` returns these two in a row a group instead.

    ``without`` leaves out products (codes in ``product``), such as the residual group, which looks like two-way trade
    because it mixes goods.

    Source: Grubel and Lloyd (1975), Intra-Industry Trade. Checked against: Viet Nam with Russia 2024, rubber 0.8287,
    machinery 0.1846, all groups 0.19984561.

    Worked example: exports 30, imports 10: 1 - 20/40 = 0.5. With a second product of 0 and 20: 1 - (20 + 20) / (40 +
    20) = 1/3.

    In Stata: ``gen gl = 1 - abs(x-m)/(x+m)``. In R: ``1 - abs(x - m) / (x + m)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[exports, imports], groups=by)
    table = frames.leave_out(table, product, frames.names(without))
    x, m = frames.present(exports), frames.present(imports)
    rows = table.with_columns(_gap=(x - m).abs(), _trade=x + m)
    if aggregate:
        rows = frames.each(rows, by, _gap=nw.col("_gap").sum(), _trade=nw.col("_trade").sum())
    trade = nw.col("_trade").fill_null(0.0)
    result = rows.with_columns(
        grubel_lloyd=1 - frames.ratio(nw.col("_gap"), trade),
        grubel_lloyd_absence=frames.absence((trade == 0, "no_trade")),
    )
    return frames.leave(result.drop("_gap", "_trade"), frame)
