"""Lafay index of specialisation."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import frames


def lafay(frame: IntoFrameT, exports: str = "exports", imports: str = "imports", by: frames.Names = ()) -> IntoFrameT:
    """Each product's contribution to the trade balance, beyond what the overall balance would give it.

    ``LFI_k = 100 [ (x_k - m_k)/(x_k + m_k) - Σ(x - m)/Σ(x + m) ] (x_k + m_k)/Σ(x + m)``, -50..50; above 0 the economy
    is specialised in the product. The index adds up to 0 over a group. A product without any trade has 0.

    Takes one row a product with ``exports`` and ``imports`` in USD, null = no such row, counted as nothing. Adds
    ``lafay`` and ``lafay_absence`` (``no_trade``: the group has no trade at all).

    Source: Lafay (1992), The Measurement of Revealed Comparative Advantages, in Dagenais and Muet (eds.), International
    Trade Modelling. Checked by hand: (30, 10) and (20, 40) give +20 and -20.

    Worked example: exports 30 and 20, imports 10 and 40: overall 0/100; 100 · [20/40 - 0] · 40/100 = +20 and 100 ·
    [-20/60 - 0] · 60/100 = -20.

    In Stata: ``egen`` totals of ``x-m`` and ``x+m``, then one ``gen``. In R: ``100 * ((x - m) - sum(x - m) / sum(x + m)
    * (x + m)) / sum(x + m)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[exports, imports], groups=by)
    x, m = frames.present(exports), frames.present(imports)
    trade = frames.within((x + m).sum(), by)
    overall = frames.ratio(frames.within((x - m).sum(), by), trade)
    # Multiplied out: a product without trade then divides by nothing.
    excess = (x - m) - overall * (x + m)
    result = table.with_columns(
        lafay=100 * frames.ratio(excess, trade),
        lafay_absence=frames.absence((trade == 0, "no_trade")),
    )
    return frames.leave(result, frame)
