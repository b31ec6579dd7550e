"""Intensive margin of exports."""

from __future__ import annotations

from typing import Literal

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames, margins


def intensive_margin(
    frame: IntoFrameT,
    value: str = "value_usd",
    market: str = "market",
    by: frames.Names = (),
    *,
    variant: Literal["hummels_klenow", "count"] = "hummels_klenow",
    reference: Literal["all", "others"] = "all",
) -> IntoFrameT:
    """How much the exporter sells of the products that it sells to a market at all.

    ``variant="hummels_klenow"``: ``IM = Σ x_k / Σ_{k sold} r_k``, 0 up, its sales over the reference's sales ``r_k`` of
    the same products: everybody's (then at most 1), or with ``reference="others"`` everybody else's.
    ``variant="count"``: its mean sales of a product it sells over the mean of the reference's sales of all products
    bought. In either variant `extensive_margin` times this margin is the exporter's sales over the reference's.

    Takes one row a product of the *market*, also those the exporter does not sell: ``value`` = its deliveries,
    ``market`` = what the market bought from everybody; USD, null = no such row, counted as nothing. Returns a row a
    group: ``n`` (products sold), ``intensive_margin``, ``intensive_margin_absence``: ``no_exports`` (it sells nothing
    there), ``no_market`` (the reference sells nothing of it).

    Raises: UsageError for another ``variant`` or ``reference``; UnfitTable if the exporter delivers what the market did
    not buy.

    Source: Hummels and Klenow (2005), The Variety and Quality of a Nation's Exports, American Economic Review 95,
    704-723. Checked by hand: the worked example.

    Worked example: the market buys 60 of wheat and 40 of steel; the exporter sells 15 of wheat: 15/60 = 0.25, by count
    15 / (100/2) = 0.3; against the others 15/45.

    In Stata: ``egen`` totals of ``value_usd`` and of ``market if value_usd > 0``. In R: ``sum(x) / sum(m[x > 0])``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    sums = margins.sums(table, value, market, by, variant, reference)
    total, reached, own = (nw.col(name).fill_null(0.0) for name in ("_reference", "_reached", "_own"))
    weight = reached if variant == "hummels_klenow" else frames.ratio(reached * nw.col("_worth"), total)
    result = sums.select(
        *by,
        n=nw.col("_sold").fill_null(0).cast(nw.Int64),
        intensive_margin=nw.when(own > 0).then(frames.ratio(own, weight)),
        intensive_margin_absence=frames.absence((own == 0, "no_exports"), (weight.fill_null(0.0) == 0, "no_market")),
    )
    return frames.leave(result, frame)
