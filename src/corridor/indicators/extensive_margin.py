"""Extensive margin of exports."""

from __future__ import annotations

from typing import Literal

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames, margins


def extensive_margin(
    frame: IntoFrameT,
    value: str = "value_usd",
    market: str = "market",
    by: frames.Names = (),
    *,
    variant: Literal["hummels_klenow", "count"] = "hummels_klenow",
    reference: Literal["all", "others"] = "all",
) -> IntoFrameT:
    """How much of what a market buys is of products that the exporter sells there at all.

    ``variant="hummels_klenow"``: ``EM = Σ_{k sold} r_k / Σ_k r_k``, 0..1, products weighted by the reference's sales
    ``r_k`` to the market: everybody's, or with ``reference="others"`` everybody else's, as Hummels and Klenow have it.
    ``variant="count"``: products sold over products bought, 0..1. In either variant the margin times `intensive_margin`
    is the exporter's sales over the reference's (the market share, where the reference is all).

    Takes one row a product of the *market*, also those the exporter does not sell: ``value`` = its deliveries,
    ``market`` = what the market bought from everybody; USD, null = no such row, counted as nothing. Returns a row a
    group: ``n`` (products sold), ``extensive_margin``, ``extensive_margin_absence`` (``no_market``: the market buys
    nothing of the reference).

    Raises: UsageError for another ``variant`` or ``reference``; UnfitTable if the exporter delivers what the market did
    not buy.

    Source: Hummels and Klenow (2005), The Variety and Quality of a Nation's Exports, American Economic Review 95,
    704-723. Checked by hand: the worked example.

    Worked example: the market buys 60 of wheat and 40 of steel; the exporter sells 15 of wheat: 60/100 = 0.6, by count
    1/2; against the others 45/85.

    In Stata: ``egen`` totals of ``market`` with and without ``if value_usd > 0``. In R: ``sum(m[x > 0]) / sum(m)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    sums = margins.sums(table, value, market, by, variant, reference)
    total = nw.col("_reference").fill_null(0.0)
    result = sums.select(
        *by,
        n=nw.col("_sold").fill_null(0).cast(nw.Int64),
        extensive_margin=frames.ratio(nw.col("_reached"), total),
        extensive_margin_absence=frames.absence((total == 0, "no_market")),
    )
    return frames.leave(result, frame)
