"""Constant-market-share analysis over products and markets."""

from __future__ import annotations

from typing import Literal

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames

_EFFECTS = ("world_effect", "commodity_effect", "market_distribution_effect", "residual_effect")


def constant_market_share_by_market(
    frame: IntoFrameT,
    product: str = "product",
    market: str = "partner",
    value_0: str = "value_0",
    value_1: str = "value_1",
    market_0: str = "market_0",
    market_1: str = "market_1",
    by: frames.Names = (),
    *,
    order: Literal["commodity", "market"] = "commodity",
    aggregate: bool = False,
) -> IntoFrameT:
    """Why exports changed: the world grew, the products, the markets, or the exporter's shares in them.

    For product i in market j, with ``g`` = growth of all imports, ``g_i`` = of the product, ``g_j`` = of the market,
    ``g_ij`` = of the product in the market, and the weights of the first period, all in USD: ``world_effect = g
    X0_ij``; ``commodity_effect = (g_i - g) X0_ij`` and ``market_distribution_effect = (g_ij - g_i) X0_ij`` with
    ``order="commodity"``, or ``market_distribution_effect = (g_j - g) X0_ij`` and ``commodity_effect = (g_ij - g_j)
    X0_ij`` with ``order="market"``; ``residual_effect = X1_ij - X0_ij (1 + g_ij)``. They add up to the change exactly.
    The two orders give different answers, and neither is the right one: say which was used.

    Takes one row a product and market, also those the exporter does not serve: ``value_0, value_1`` = its deliveries,
    ``market_0, market_1`` = what the market bought from everybody; USD, null = no such row, counted as nothing. Adds
    the four effects and ``constant_market_share_by_market_absence`` (``no_market``). With ``aggregate`` returns a row a
    group instead: ``change, market_growth`` and the sums of the effects. Deliveries into a market whose table has
    nothing of the product raise, as in `constant_market_share`; so does another ``order``.

    Source: Leamer and Stern (1970), Quantitative International Economics, ch. 7; on the order Richardson (1971),
    Journal of International Economics 1, 227-239. Checked by hand: two products in two markets, 30 = 15 - 5/12 + 29/12
    + 13 by commodity, 15 + 2 + 0 + 13 by market.

    Worked example: two products in two markets sell 40, 10, 30, 20, then 50, 12, 33, 35; the markets buy 400, 200, 300,
    100, then 440, 260, 300, 150: 30 = 15 - 5/12 + 29/12 + 13 by commodity, 15 + 2 + 0 + 13 by market.

    In Stata: ``egen`` totals by product, by market and in all, then four ``gen``. In R: the same over ``rowSums`` and
    ``colSums``.
    """
    frames.check_choice("order", order, "commodity", "market")
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[value_0, value_1, market_0, market_1], codes=[product, market], groups=by)
    frames.check_unique(table, (*by, product, market))
    x0, m0 = frames.present(value_0), frames.present(market_0)
    frames.check_never(
        table,
        (x0 > 0) & (m0 == 0),
        f"have a {value_0} but no {market_0}: the market cannot have bought less than was sold to it",
        next_step="take both from the same classification and publisher",
    )
    columns = {"_x0": x0, "_x1": frames.present(value_1), "_m0": m0, "_m1": frames.present(market_1)}
    rows = _effects(table.with_columns(**columns), by, product if order == "commodity" else market, order)
    result = _aggregate(rows, by) if aggregate else rows.drop(*columns)
    return frames.leave(result, frame)


def _growth_within(by: tuple[str, ...]) -> nw.Expr:
    before, after = (frames.within(nw.col(name).sum(), by) for name in ("_m0", "_m1"))
    return frames.ratio(after - before, before)


def _effects(table: frames.Table, by: tuple[str, ...], first: str, order: str) -> frames.Table:
    x0, x1 = nw.col("_x0"), nw.col("_x1")
    growth = _growth_within(by)
    # Without a market in the first period x0 is zero, and any growth serves.
    nearer = _growth_within((*by, first)).fill_null(0.0)
    own = frames.ratio(nw.col("_m1") - nw.col("_m0"), nw.col("_m0")).fill_null(0.0)
    first_effect, second_effect = (nearer - growth) * x0, (own - nearer) * x0
    by_commodity = order == "commodity"
    return table.with_columns(
        world_effect=growth * x0,
        commodity_effect=first_effect if by_commodity else second_effect,
        market_distribution_effect=second_effect if by_commodity else first_effect,
        residual_effect=x1 - x0 * (1 + own),
        constant_market_share_by_market_absence=frames.absence((growth.is_null(), "no_market")),
    )


def _aggregate(rows: frames.Table, by: tuple[str, ...]) -> frames.Table:
    sums = frames.each(rows, by, **{name: nw.col(name).sum() for name in ("_x0", "_x1", "_m0", "_m1", *_EFFECTS)})
    known = nw.col("_m0").fill_null(0.0) > 0
    return sums.select(
        *by,
        change=nw.col("_x1") - nw.col("_x0"),
        market_growth=frames.ratio(nw.col("_m1") - nw.col("_m0"), nw.col("_m0")),
        **{name: nw.when(known).then(nw.col(name)) for name in _EFFECTS},
        constant_market_share_by_market_absence=frames.absence((~known, "no_market")),
    )
