"""Entropy of the distribution over parts."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def entropy(
    frame: IntoFrameT,
    over: str = "product",
    by: frames.Names = (),
    value: str = "value_usd",
    *,
    without: frames.Names = (),
) -> IntoFrameT:
    """Diversity over products, partners or regions.

    ``E = -Σ_k s_k ln s_k`` in nats, 0..ln n; 0 = everything in one part. A part with a zero adds nothing (``s ln s``
    tends to 0).

    Takes one period with ``over`` (text, no total among the parts) and ``value`` (USD, none missing); several rows of
    one part are added up first. ``without`` leaves parts out, such as the residual group. Returns a row a group: ``n``
    (parts in the table, those with a zero too), ``entropy``, ``entropy_absence`` (``no_total``).

    Source: Theil (1967), Economics and Information Theory. Checked against: Viet Nam's exports to Russia 2024, 24
    groups with the residual, 2.096179.

    Worked example: shares 1/2, 1/4 and 1/4: 1/2 ln 2 + 2 · 1/4 ln 4 = 1.5 ln 2 = 1.0397.

    In Stata: ``entropyetc`` of SSC. In R: ``-sum(s * log(s))``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[over], groups=by)
    share = nw.col("_share")
    terms = frames.parts(table, over, by, value, frames.names(without)).with_columns(
        _term=share * nw.when(share > 0).then(share).log()
    )
    sums = frames.each(terms, by, n=nw.len(), _total=nw.col("_value").sum(), _term=nw.col("_term").sum())
    total = nw.col("_total").fill_null(0.0)
    result = sums.select(
        *by,
        n=nw.col("n").cast(nw.Int64),
        # 0 - x, because the entropy of a single part is 0.0 and not -0.0
        entropy=nw.when(total > 0).then(0.0 - nw.col("_term")),
        entropy_absence=frames.absence((total == 0, "no_total")),
    )
    return frames.leave(result, frame)
