"""Trade complementarity."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def trade_complementarity(
    frame: IntoFrameT,
    exports: str = "exports",
    imports: str = "imports",
    by: frames.Names = (),
    *,
    product: str = "product",
    without: frames.Names = (),
) -> IntoFrameT:
    """How well what one economy exports fits what the other imports (Michaely).

    ``TC_ij = 100 (1 - ½ Σ_k |m_j^k - x_i^k|)`` with the product's share ``x_i^k`` in the exporter's exports and
    ``m_j^k`` in the importer's imports, 0..100 as published; 100 = the structures agree, 0 = nothing in common. Finer
    products give the same or a lower value.

    Takes one row a product with ``exports`` (of the exporter) and ``imports`` (of the importer) in USD, null = no such
    row, counted as nothing; a product of either side must be in. ``without`` leaves out products (codes in
    ``product``), such as the residual group. Returns a row a group: ``trade_complementarity,
    trade_complementarity_absence`` (``no_total``: a side adds up to zero).

    Source: Michaely (1996), Trade Preferential Agreements in Latin America: An Ex-Ante Assessment, World Bank Policy
    Research Working Paper 1583; the form is that of WITS. Checked against: Russia's deliveries to Viet Nam and Viet
    Nam's imports from all listed partners, 2024, 26.94.

    Worked example: exports 5, 5 and 0, imports 2, 4 and 2: 100 (1 - (1/4 + 0 + 1/4) / 2) = 75.

    In Stata: ``egen g = total(abs(m/M-x/X))`` and ``gen tc = 100*(1-g/2)``. In R: ``100 * (1 - sum(abs(prop.table(m) -
    prop.table(x))) / 2)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[exports, imports], groups=by)
    table = frames.leave_out(table, product, frames.names(without))
    x, m = frames.present(exports), frames.present(imports)
    gap = (frames.share_within(m, by) - frames.share_within(x, by)).abs()
    sums = {name: nw.col(name).sum() for name in ("_gap", "_x", "_m")}
    known = (nw.col("_x").fill_null(0.0) > 0) & (nw.col("_m").fill_null(0.0) > 0)
    result = frames.each(table.with_columns(_gap=gap, _x=x, _m=m), by, **sums).select(
        *by,
        trade_complementarity=nw.when(known).then(100 * (1 - nw.col("_gap") / 2)),
        trade_complementarity_absence=frames.absence((~known, "no_total")),
    )
    return frames.leave(result, frame)
