"""Trade complementarity in the form of comparative advantages."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def rca_complementarity(
    frame: IntoFrameT, exports: str = "exports", imports: str = "imports", world: str = "world", by: frames.Names = ()
) -> IntoFrameT:
    """How well an economy's export advantages meet a partner's import specialisation.

    ``C_ij = Σ_k RCAx_i^k RCAm_j^k (T^k / T)``, 0 up, 1 = no better than by chance, with ``RCAx = (x_i^k / X_i) / (T^k /
    T)`` of the exporter, ``RCAm`` likewise of the importer's imports, and the product's share ``T^k / T`` in world
    trade. It is `drysdale_garnaut_intensity`'s complementarity with the exporter left in the world. Without the weights
    the sum is a different number. Depends on the products: finer ones are not comparable with coarser ones.

    Takes one row a product with ``exports`` (of the exporter), ``imports`` (of the importer) and ``world`` (trade of
    all) in USD, null = no such row, counted as nothing; a product of either side must be in. Returns a row a group:
    ``rca_complementarity, rca_complementarity_absence`` (``no_total``: a side adds up to zero).

    Raises: UnfitTable if a product that one side trades has no world trade.

    Source: Vaillant and Ons (2002), Preferential Trading Arrangements between the European Union and South America, The
    World Economy 25, 1433-1468. Checked by hand: the worked example.

    Worked example: exports 3 and 1, imports 1 and 1, world 40 and 60: (3/4)/0.4 · (1/2)/0.4 · 0.4 + (1/4)/0.6 ·
    (1/2)/0.6 · 0.6 = 0.9375 + 0.2083 = 1.1458.

    In Stata: ``gen c = (x/X)*(m/M)/(T/W)`` and ``egen total(c)``. In R: ``sum(prop.table(x) * prop.table(m) /
    prop.table(w))``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[exports, imports, world], groups=by)
    x, m, w = (frames.present(column) for column in (exports, imports, world))
    frames.check_never(
        table,
        (x + m > 0) & (w == 0),
        f"have {exports} or {imports} but no {world}: the world cannot trade less than two of its economies",
        next_step="take all three from the same classification and publisher",
    )
    shares = [frames.share_within(amount, by) for amount in (x, m, w)]
    rows = table.with_columns(_x=x, _m=m, _fit=frames.ratio(shares[0] * shares[1], shares[2]))
    known = (nw.col("_x").fill_null(0.0) > 0) & (nw.col("_m").fill_null(0.0) > 0)
    result = frames.each(rows, by, **{name: nw.col(name).sum() for name in ("_x", "_m", "_fit")}).select(
        *by,
        rca_complementarity=nw.when(known).then(nw.col("_fit")),
        rca_complementarity_absence=frames.absence((~known, "no_total")),
    )
    return frames.leave(result, frame)
