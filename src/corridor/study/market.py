"""The market around the pair: who else supplies each group, and who else buys it."""

from __future__ import annotations

import polars as pl

from corridor.codes.periods import Period
from corridor.codes.products import TOTAL
from corridor.indicators import constant_market_share, location_quotient, market_share
from corridor.study.compare import side_by_side
from corridor.study.comparisons import Comparison
from corridor.study.ledger import Ledger

#: What a share of the market is a share of, until a publisher's own total by group is held.
DENOMINATOR = "listed_partners"


def competitors(ledger: Ledger, flow: str, comparison: Comparison) -> pl.DataFrame:
    """Every listed partner's place in every group of the reporter's market, and how it changed.

    For imports the partners are suppliers, for exports they are markets. Columns: ``product, competitor, value_0,
    value_1, share_0, share, share_change, rank, growth, unit_value, market_unit_value, unit_value_ratio,
    quantity_unit, trace_id``; shares are of the sum over the listed partners. A competitor without a row in
    one of the periods has a null value there and a share of nothing (0): its table lists no such trade.
    """
    base = _by_group(ledger, flow, comparison.base)
    current = _by_group(ledger, flow, comparison.current)
    if current.is_empty():
        return pl.DataFrame()
    joined = current.join(base, on=["product", "competitor"], how="full", coalesce=True, suffix="_0")
    held_base = not base.is_empty()
    return (
        joined.rename({"value_usd": "value_1", "value_usd_0": "value_0"})
        .with_columns(
            share_0=pl.col("share_0").fill_null(0.0) if held_base else None,
            share=pl.col("share").fill_null(0.0),
            trace_id=pl.concat_str("trace_id", "trace_id_0", separator=" ", ignore_nulls=True),
        )
        .with_columns(
            share_change=pl.col("share") - pl.col("share_0"),
            growth=pl.when(pl.col("value_0") > 0).then(pl.col("value_1").fill_null(0.0) / pl.col("value_0") - 1),
            unit_value_ratio=pl.when(pl.col("market_unit_value") > 0).then(
                pl.col("unit_value") / pl.col("market_unit_value")
            ),
            period=pl.lit(comparison.current.code),
            base_period=pl.lit(comparison.base.code),
            flow=pl.lit(flow),
            denominator=pl.lit(DENOMINATOR),
        )
        .select(
            "flow", "product", "competitor", "base_period", "period", "rank", "value_0", "value_1", "share_0", "share",
            "share_change", "growth", "quantity", "quantity_unit", "unit_value", "market_unit_value",
            "unit_value_ratio", "denominator", "trace_id",
        )
        .sort("product", "rank", "competitor", nulls_last=True)
    )  # fmt: skip


def _by_group(ledger: Ledger, flow: str, period: Period) -> pl.DataFrame:
    rows = ledger.partners(flow, period).filter(pl.col("product") != TOTAL)
    named = rows.rename({"partner": "competitor"}).with_columns(
        unit_value=pl.when(pl.col("quantity") > 0).then(pl.col("value_usd") / pl.col("quantity"))
    )
    market = named.group_by("product").agg(
        market_unit_value=pl.when(_measured()).then(pl.col("value_usd").sum() / pl.col("quantity").sum())
    )
    ranked = market_share(named, exporter="competitor").rename({"market_share": "share"})
    return ranked.join(market, on="product", how="left").select(
        "product", "competitor", "value_usd", "share", "rank", "quantity", "quantity_unit", "unit_value",
        "market_unit_value", "trace_id",
    )  # fmt: skip


def places(ledger: Ledger, flow: str, comparison: Comparison, table: pl.DataFrame) -> pl.DataFrame:
    """The studied partner's place in each group: one row a group it is present in, in either period.

    From `competitors` where the partners are held, else from the publisher's sum over the listed partners (the
    share without a rank). ``gained_by`` names the competitor whose share rose most where the studied one's fell.
    """
    partner = ledger.series.partner
    own = side_by_side(ledger.pair(flow, comparison.base), ledger.pair(flow, comparison.current), "product")
    market = side_by_side_market(ledger, flow, comparison)
    joined = own.join(market, on="product", how="left").with_columns(
        share_0=_share("value_0", "market_0", held=ledger.pair(flow, comparison.base).height > 0),
        share=_share("value_1", "market_1", held=ledger.pair(flow, comparison.current).height > 0),
        market_growth=_ratio("market_1", "market_0") - 1,
        unit_value=_ratio("value_1", "quantity_1"),
    )
    ranked = _ranked(joined, table, partner)
    return ranked.with_columns(
        share_change=pl.col("share") - pl.col("share_0"),
        flow=pl.lit(flow),
        base_period=pl.lit(comparison.base.code),
        period=pl.lit(comparison.current.code),
        denominator=pl.lit(DENOMINATOR),
    ).sort("value_1", "product", descending=[True, False], nulls_last=True)


def _ranked(joined: pl.DataFrame, table: pl.DataFrame, partner: str) -> pl.DataFrame:
    if table.is_empty():
        return joined.with_columns(
            rank=pl.lit(None, dtype=pl.Int64),
            market_unit_value=pl.lit(None, dtype=pl.Float64),
            unit_value_ratio=pl.lit(None, dtype=pl.Float64),
            gained_by=pl.lit(None, dtype=pl.String),
            gained_by_share_change=pl.lit(None, dtype=pl.Float64),
        )
    mine = table.filter(pl.col("competitor") == partner).select(
        "product", pl.col("rank").cast(pl.Int64), "market_unit_value", "unit_value_ratio"
    )
    gains = (
        table.filter((pl.col("competitor") != partner) & (pl.col("share_change") > 0))
        .sort("share_change", "competitor", descending=[True, False])
        .unique("product", keep="first", maintain_order=True)
        .select("product", gained_by="competitor", gained_by_share_change="share_change")
    )
    lost = pl.col("share") < pl.col("share_0")
    return (
        joined.join(mine, on="product", how="left")
        .join(gains, on="product", how="left")
        .with_columns(pl.when(lost).then(name).alias(name) for name in ("gained_by", "gained_by_share_change"))
    )


def side_by_side_market(ledger: Ledger, flow: str, comparison: Comparison) -> pl.DataFrame:
    """The market of each group in both periods: ``product, market_0, market_1``."""
    base, current = ledger.market(flow, comparison.base), ledger.market(flow, comparison.current)
    return base.select("product", market_0="value_usd").join(
        current.select("product", market_1="value_usd"), on="product", how="full", coalesce=True
    )


def share_of_growth(ledger: Ledger, flow: str, comparison: Comparison) -> pl.DataFrame:
    """The constant-market-share split of the change, by group; see `indicators.constant_market_share`."""
    own = side_by_side(ledger.pair(flow, comparison.base), ledger.pair(flow, comparison.current), "product")
    market = side_by_side_market(ledger, flow, comparison)
    everything = market.join(own.select("product", "value_0", "value_1"), on="product", how="left").with_columns(
        pl.col("market_0", "market_1").fill_null(0.0)
    )
    return constant_market_share(everything).with_columns(
        base_period=pl.lit(comparison.base.code), period=pl.lit(comparison.current.code), kind=pl.lit(comparison.kind)
    )


def specialisation(ledger: Ledger, flow: str, period: Period) -> pl.DataFrame:
    """Location quotient of each group: its share in the pair's flow over its share in the reporter's whole flow."""
    own = ledger.pair(flow, period).select("product", "value_usd", "trace_id")
    market = ledger.market(flow, period).select("product", whole="value_usd")
    joined = market.join(own, on="product", how="left").with_columns(pl.col("value_usd").fill_null(0.0))
    return location_quotient(joined).filter(pl.col("value_usd") > 0)


def _measured() -> pl.Expr:
    """Whether every supplier's quantity is known, in one unit, and not nothing."""
    known = (pl.col("quantity").null_count() == 0) & (pl.col("quantity_unit").n_unique() == 1)
    return known & (pl.col("quantity").sum() > 0)


def _share(part: str, whole: str, *, held: bool) -> pl.Expr:
    """Share of the market; a group without a row in a table that is held has a share of nothing."""
    value = pl.col(part).fill_null(0.0) if held else pl.col(part)
    return pl.when(pl.col(whole) > 0).then(value / pl.col(whole))


def _ratio(over: str, under: str) -> pl.Expr:
    return pl.when(pl.col(under) > 0).then(pl.col(over) / pl.col(under))
