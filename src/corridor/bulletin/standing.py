"""The partner's standing in the reporter's trade: its rank and share among the partners that the table lists."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from corridor.bulletin.totals import SIDES, Pair, Side
from corridor.codes.periods import Period
from corridor.codes.products import TOTAL
from corridor.study.ledger import LISTED


@dataclass(frozen=True)
class Standing:
    """Rank (1 the largest) among ``of`` partners and share of their sum; None where the partners are not held."""

    side: Side
    period: Period
    share: float
    rank: int | None
    of: int | None
    traces: tuple[str, ...]


def standings(pair: Pair, period: Period) -> tuple[Standing, ...]:
    """The standing in exports and imports; a side whose listed partners are not held has none.

    A mirrored pair has no standing, because the tables list the other side's partners, and nobody is first alone.
    """
    if pair.mirrored:
        return ()
    return tuple(found for side in SIDES if (found := _standing(pair, side, period)))


def _standing(pair: Pair, side: Side, period: Period) -> Standing | None:
    flow = pair.flow(side)
    own = pair.ledger.total(flow, period)
    partners = pair.ledger.partners(flow, period).filter(pl.col("product") == TOTAL)
    whole = _whole(pair, flow, period, partners)
    if own is None or not whole or partners.height == 1:
        return None
    value = float(str(own["value_usd"]))
    listed = pair.partner in set(partners["partner"])
    rank = 1 + partners.filter(pl.col("value_usd") > value).height if listed else None
    of = partners.height if listed else None
    return Standing(side, period, value / whole, rank, of, tuple(str(own["trace_id"]).split()))


def _whole(pair: Pair, flow: str, period: Period, partners: pl.DataFrame) -> float | None:
    printed = pair.ledger.total(flow, period, LISTED)
    if printed is not None:
        return float(str(printed["value_usd"]))
    return float(partners["value_usd"].sum()) if partners.height else None
