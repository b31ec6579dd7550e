"""What a later release of the same figures says of a printed growth rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corridor.bulletin.totals import SIDES, Amount, Pair, Side, Totals, amount
from corridor.study.comparisons import Comparison
from corridor.study.ledger import Ledger
from corridor.study.question import Question
from corridor.study.series import RELEASES, Series, candidates
from corridor.study.tables import Tables


@dataclass(frozen=True)
class LaterRelease:
    """One side of one comparison in a later release, beside what the bulletin prints."""

    side: Side
    comparison: Comparison
    source: str
    release: str
    printed: Amount
    later: Amount


def later_releases(
    tables: Tables, pair: Pair, compared: tuple[Totals, ...], tolerance: float
) -> tuple[LaterRelease, ...]:
    """Where a later release of the same reporter changes a printed rate by more than ``tolerance``.

    Also where it alone has the figure or its base. A later figure of nothing beside a printed one is left out: some
    tables print a zero in every month for a partner they do not show.
    """
    found = [
        told
        for series in _later_series(tables, pair)
        for each in compared
        for told in _told(Pair(pair.reporter, pair.partner, Ledger(tables.flows, series)), each, tolerance)
    ]
    return tuple(found)


def _later_series(tables: Tables, pair: Pair) -> list[Series]:
    own = pair.ledger.series
    every = candidates(tables, Question(exporter=pair.reporter, partner=pair.partner))
    return [
        series
        for series in every
        if series.reporter == own.reporter and _edition(series.release) > _edition(own.release)
    ]


def _edition(release: str) -> int:
    return RELEASES.index(release) if release in RELEASES else len(RELEASES)


def _told(pair: Pair, totals: Totals, tolerance: float) -> Iterator[LaterRelease]:
    series = pair.ledger.series
    for side in SIDES:
        printed, later = totals.side(side), amount(pair, side, totals.comparison)
        if _matters(printed, later, tolerance):
            yield LaterRelease(side, totals.comparison, series.source, series.release, printed, later)


def _matters(printed: Amount, later: Amount, tolerance: float) -> bool:
    if not later.now or later.before == 0:
        return False
    if printed.growth is None or later.growth is None:
        return later.growth is not None or printed.now is None
    return abs(later.growth - printed.growth) > tolerance
