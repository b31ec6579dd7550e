"""What the agreement in force offers for the goods that a bulletin speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from corridor.bulletin.advice import Advice
from corridor.bulletin.movers import Movement
from corridor.bulletin.totals import SIDES, Pair, Side
from corridor.codes.products import RESIDUAL, Flow
from corridor.evidence import Name
from corridor.scenarios import averages, tariffs
from corridor.scenarios.offer import Offer, offer

_TOLD = ("falls", "rises", "fast_falls", "fast_rises", "new")


@dataclass(frozen=True)
class Access:
    """The offer of one side's importer to the goods of that side; ``approximate`` where groups were led to lines.

    ``flow`` is the publisher's list that the goods stand in.
    """

    side: Side
    offer: Offer
    flow: Flow
    approximate: bool


def access(
    held: pl.DataFrame,
    pair: Pair,
    partners: Sequence[str],
    movements: Sequence[Movement],
    advice: Advice | None,
    on: date,
) -> Access | None:
    """The duties on goods that enter the reporter, else, where ``held`` has only the partner's schedule, the partner.

    ``held`` are rows of ``tariffs``, ``partners`` the partner's members, or the partner alone. None without a schedule,
    without an agreement in force on the day, or where no product named has tariff lines.
    """
    classification = pair.ledger.series.classification
    side = _side(held, pair)
    if side is None or not averages.leads_to_lines(classification):
        return None
    exporter, importer = pair.ends(side)
    schedule = tariffs.schedule(held, importer)
    flow: Flow = "import" if pair.flow(side) == "import" else "export"
    named = set(_named(side, movements, advice)) - {RESIDUAL}
    holds = averages.lines_of(named, tariffs.duty_lines(schedule), classification, flow)
    found = offer(schedule, tuple(partners) if exporter == pair.partner else (exporter,), holds, on)
    return Access(side, found, flow, classification == averages.GROUPS) if found else None


def _side(held: pl.DataFrame, pair: Pair) -> Side | None:
    """The reporter's imports where its schedule is held, else its exports where the partner's is."""
    importers = set(held["reporter"].unique())
    return next((side for side in reversed(SIDES) if pair.ends(side)[1] in importers), None)


def _named(side: Side, movements: Sequence[Movement], advice: Advice | None) -> Iterator[str]:
    """The codes of the products that the bulletin names on a side."""
    for each in movements:
        if each.side == side:
            lists = [getattr(each, name) for name in _TOLD] if each.changes.height else [each.largest]
            yield from (code for table in lists if table.height for code in table["product"])
    for finding in advice.first[side] if advice else ():
        product = finding.parameters["product"]
        if isinstance(product, Name):
            yield product.code
