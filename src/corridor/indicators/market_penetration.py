"""Market penetration of exports."""

from __future__ import annotations

from typing import Literal

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def market_penetration(
    frame: IntoFrameT,
    exporter: str = "exporter",
    importer: str = "importer",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    world: Literal["all", "others"] = "all",
    at_least: float = 0.0,
) -> IntoFrameT:
    """In how many of the markets that import a product an exporter sells it.

    ``markets_reached / markets``, 0..1: importers to which the exporter sells the product over importers that buy it
    from anybody. With ``world="others"`` the exporter's own imports of the product make no market of it; with
    ``"all"``, as in WITS, they do. ``at_least``: a market counts as reached from this value (USD) up, always above
    zero.

    Takes one period of ``exporter, importer, product, value`` (USD, none missing), where the rows are the whole world;
    several rows of one flow are added up; ``by`` for several periods. Returns a row an exporter and product that has a
    row: ``by, exporter, product, markets_reached, markets, market_penetration, market_penetration_absence``
    (``no_importers``: nobody, or nobody else, imports it).

    Raises: UsageError for another ``world``.

    Source: WITS, "index of export market penetration". Checked by hand: the worked example.

    Worked example: wheat is imported by VNM, CHN and RUS; RUS sells it to VNM: 1/3, and 1/2 of the other markets.

    In Stata: ``egen tag`` and ``egen total`` by exporter and product, and by product. In R: ``rowSums(x > 0) / sum(m >
    0)`` for each product.
    """
    frames.check_choice("world", world, "all", "others")
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[exporter, importer, product], groups=by)
    rows = table.with_columns(_value=frames.number(value))
    flows = frames.each(rows, (*by, exporter, importer, product), _value=nw.col("_value").sum())
    sold = flows.with_columns(_reached=((nw.col("_value") > 0) & (nw.col("_value") >= at_least)).cast(nw.Int64))
    reached = frames.each(sold, (*by, exporter, product), markets_reached=nw.col("_reached").sum())
    bought = frames.each(flows, (*by, importer, product), _value=nw.col("_value").sum())
    buyers = bought.with_columns(_buys=(nw.col("_value") > 0).cast(nw.Int64))
    markets = frames.each(buyers, (*by, product), _markets=nw.col("_buys").sum())
    result = reached.join(markets, on=[*by, product], how="left")
    if world == "others":
        own = buyers.select(*by, nw.col(importer).alias(exporter), product, _own=nw.col("_buys"))
        result = result.join(own, on=[*by, exporter, product], how="left")
        result = result.with_columns(_markets=nw.col("_markets") - nw.col("_own").fill_null(0))
    return frames.leave(_penetration(result, (*by, exporter, product)), frame)


def _penetration(rows: frames.Table, keys: tuple[str, ...]) -> frames.Table:
    reached, markets = nw.col("markets_reached").cast(nw.Int64), nw.col("_markets").cast(nw.Int64)
    return rows.select(
        *keys,
        markets_reached=reached,
        markets=markets,
        market_penetration=frames.ratio(reached, markets),
        market_penetration_absence=frames.absence((markets == 0, "no_importers")),
    ).sort(*keys)
