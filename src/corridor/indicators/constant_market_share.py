"""Constant-market-share analysis in one market."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames

_EFFECTS = ("market_effect", "structure_effect", "residual_effect")


def constant_market_share(
    frame: IntoFrameT,
    value_0: str = "value_0",
    value_1: str = "value_1",
    market_0: str = "market_0",
    market_1: str = "market_1",
    by: frames.Names = (),
    *,
    aggregate: bool = False,
) -> IntoFrameT:
    """Why exports to one market changed: the market grew, it grew elsewhere, or the exporter's share changed.

    With ``g`` = growth of the whole market, ``g_i`` = growth of the market of product i, and the weights of the first
    period (Leamer and Stern), all in USD: ``market_effect = g X0_i``, ``structure_effect = (g_i - g) X0_i``,
    ``residual_effect = X1_i - X0_i (1 + g_i)`` (often called competitiveness: it is whatever the other two leave). The
    three add up to ``X1_i - X0_i`` exactly.

    Takes one row a product of the *market*, also those the exporter does not sell: ``value_0, value_1`` = the
    exporter's deliveries, ``market_0, market_1`` = what the market bought from everybody; USD, null = no such row,
    counted as nothing. Adds the three effects and ``constant_market_share_absence`` (``no_market``: the market bought
    nothing at all in the first period). With ``aggregate`` returns a row a group instead: ``change, market_growth`` and
    the sums of the effects.

    Where the exporter sold nothing in the first period, ``g_i`` is not needed (it multiplies zero) and everything is
    residual. Where it sold, but the market table has nothing of the product, the tables contradict each other: raises.

    Source: Leamer and Stern (1970), Quantitative International Economics, ch. 7; one market, products only. Checked
    against: Russia's deliveries to Viet Nam by customs group, 2023 to 2024: market +327,109,556, structure
    -148,258,166, residual +178,974,822.

    Worked example: a product sells 10, then 15; its market buys 100, then 110; all products 200, then 250. g = 0.25,
    g_i = 0.1: 2.5 + (0.1 - 0.25) · 10 + (15 - 11) = 2.5 - 1.5 + 4 = 5.

    In Stata: ``egen`` totals of the market, then three ``gen``. In R: the same three products of vectors.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[value_0, value_1, market_0, market_1], groups=by)
    x0, m0 = frames.present(value_0), frames.present(market_0)
    frames.check_never(
        table,
        (x0 > 0) & (m0 == 0),
        f"have a {value_0} but no {market_0}: the market cannot have bought less than was sold to it",
        next_step="take both from the same classification and publisher",
    )
    columns = {"_x0": x0, "_x1": frames.present(value_1), "_m0": m0, "_m1": frames.present(market_1)}
    rows = _effects(table.with_columns(**columns), by)
    result = _aggregate(rows, by) if aggregate else rows.drop(*columns)
    return frames.leave(result, frame)


def _effects(table: frames.Table, by: tuple[str, ...]) -> frames.Table:
    x0, x1, m0, m1 = (nw.col(name) for name in ("_x0", "_x1", "_m0", "_m1"))
    whole_0, whole_1 = frames.within(m0.sum(), by), frames.within(m1.sum(), by)
    growth = frames.ratio(whole_1 - whole_0, whole_0)
    # Without a market in the first period x0 is zero, and any growth serves.
    own = frames.ratio(m1 - m0, m0).fill_null(0.0)
    return table.with_columns(
        market_effect=growth * x0,
        structure_effect=(own - growth) * x0,
        residual_effect=nw.when(whole_0 > 0).then(x1 - x0 * (1 + own)),
        constant_market_share_absence=frames.absence((whole_0 == 0, "no_market")),
    )


def _aggregate(rows: frames.Table, by: tuple[str, ...]) -> frames.Table:
    sums = frames.each(rows, by, **{name: nw.col(name).sum() for name in ("_x0", "_x1", "_m0", "_m1", *_EFFECTS)})
    known = nw.col("_m0").fill_null(0.0) > 0
    return sums.select(
        *by,
        change=nw.col("_x1") - nw.col("_x0"),
        market_growth=frames.ratio(nw.col("_m1") - nw.col("_m0"), nw.col("_m0")),
        **{name: nw.when(known).then(nw.col(name)) for name in _EFFECTS},
        constant_market_share_absence=frames.absence((~known, "no_market")),
    )
