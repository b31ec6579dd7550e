"""A bulletin as plain data: unrounded numbers, shares 0..1, one object with its schema's name."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from corridor.bulletin.access import Access
from corridor.bulletin.advice import Advice
from corridor.bulletin.annex import Annex
from corridor.bulletin.groups_of_partners import Membership
from corridor.bulletin.later_release import LaterRelease
from corridor.bulletin.lunar import Lunar
from corridor.bulletin.movers import Movement
from corridor.bulletin.per_day import PerDay
from corridor.bulletin.standing import Standing
from corridor.bulletin.totals import SIDES, Amount, Totals
from corridor.bulletin.write import Bulletin
from corridor.evidence import Trace
from corridor.scenarios.offer import Act
from corridor.study.serialise import plain_finding, records

SCHEMA = "corridor.bulletin/1"

Plain = object

#: The lists of a movement; each is told as the codes of its groups, the rows stand in ``changes``.
_LISTS = (
    "falls", "rises", "fast_falls", "fast_rises", "measured", "residual", "vanished", "new", "relabelled",
)  # fmt: skip


def plain(bulletin: Bulletin, traces: Mapping[str, Trace]) -> dict[str, Plain]:
    """The whole bulletin as JSON-ready data; ``traces`` resolves every trace id to its publisher's row."""
    asked, series = bulletin.assignment, bulletin.pair.ledger.series
    return {
        "schema": SCHEMA,
        "question": {
            "reporter": asked.reporter,
            "partner": asked.partner,
            "period": asked.period.code,
            "previous": asked.previous,
            "working_days": asked.working_days,
            "thresholds": vars(asked.thresholds),
        },
        "series": {
            "reporter": series.reporter,
            "source": series.source,
            "release": series.release,
            "classification": series.classification,
            "maturity": bulletin.maturity,
            "printed": bulletin.printed.isoformat() if bulletin.printed else None,
            "mirrored": bulletin.pair.mirrored,
            "goods_only": True,
            "exports_valuation": "fob",
            "imports_valuation": "cif",
            "currency": "USD",
        },
        "totals": _totals(bulletin.totals),
        "previous": _totals(bulletin.previous),
        "per_working_day": _per_day(bulletin.per_day),
        "standing": [_standing(each) for each in bulletin.standings],
        "lunar_new_year": _lunar(bulletin.lunar),
        "later_releases": [_later(each) for each in bulletin.later],
        "movements": {each.side: _movement(each) for each in bulletin.movements},
        "to_date": _totals(bulletin.to_date),
        "movements_to_date": {each.side: _movement(each) for each in bulletin.movements_to_date},
        "last_year": _totals(bulletin.last_year),
        "membership": _membership(bulletin.membership),
        "agreement": _access(bulletin.access),
        "recommendations": _advice(bulletin.advice),
        "annex": [_annex(each) for each in bulletin.annexes],
        "traces": {key: {name: value for name, value in vars(trace).items() if value} for key, trace in traces.items()},
    }


def _totals(found: Totals | None) -> dict[str, Plain] | None:
    if found is None:
        return None
    return {
        "period": found.comparison.current.code,
        "base": found.comparison.base.code,
        "exports": _amount(found.exports),
        "imports": _amount(found.imports),
        "turnover": _amount(found.turnover),
        # A balance has a change and no growth: its sign may flip.
        "balance": {name: value for name, value in _amount(found.balance).items() if name != "growth"},
    }


def _amount(found: Amount) -> dict[str, Plain]:
    return {
        "value_usd": found.now,
        "base_usd": found.before,
        "growth": found.growth,
        "change_usd": found.change,
        "absence": found.absence,
        "base_absence": found.base_absence,
        "made": found.made,
        "traces": list(found.traces),
    }


def _per_day(found: PerDay | None) -> dict[str, Plain] | None:
    if found is None:
        return None
    return {"working_days": found.days, "base_working_days": found.base_days, "growth": dict(found.growth)}


def _standing(found: Standing) -> dict[str, Plain]:
    return {
        "side": found.side,
        "period": found.period.code,
        "rank": found.rank,
        "of": found.of,
        "share": found.share,
        "traces": list(found.traces),
    }


def _lunar(found: Lunar | None) -> dict[str, Plain] | None:
    if found is None:
        return None
    return {
        "day": found.day.isoformat(),
        "base_day": found.base_day.isoformat(),
        "together": _totals(found.together),
        "turned": {side: records(table) for side, table in found.turned.items()},
    }


def _later(found: LaterRelease) -> dict[str, Plain]:
    return {
        "side": found.side,
        "period": found.comparison.current.code,
        "base": found.comparison.base.code,
        "source": found.source,
        "release": found.release,
        "printed_growth": found.printed.growth,
        **_amount(found.later),
    }


def _movement(found: Movement) -> dict[str, Plain]:
    return {
        "period": found.comparison.current.code,
        "base": found.comparison.base.code,
        **{name: _codes(getattr(found, name)) for name in _LISTS},
        "changes": records(found.changes),
    }


def _codes(table: pl.DataFrame) -> list[str]:
    return table["product"].to_list() if table.height else []


def _membership(found: Membership | None) -> dict[str, Plain] | None:
    if found is None:
        return None
    return {
        "group": found.group,
        "members": {each.area: _totals(each.totals) for each in found.members},
        "without_row": {side: list(found.without_row[side]) for side in SIDES},
    }


def _advice(found: Advice | None) -> dict[str, Plain] | None:
    if found is None:
        return None
    return {
        "period": found.period.code,
        "base": found.base.code,
        **{side: [plain_finding(each) for each in found.first[side]] for side in SIDES},
    }


def _access(found: Access | None) -> dict[str, Plain] | None:
    """Rates are shares (0.1 = 10 %)."""
    if found is None:
        return None
    offer = found.offer
    return {
        "side": found.side,
        "on": offer.on.isoformat(),
        "schedule": {"source": offer.schedule.source, "editions": list(offer.schedule.editions)},
        "approximate": found.approximate,
        "agreements": [_act(each) for each in offer.agreements],
        "mfn": _act(offer.mfn),
        "products": records(offer.products),
        "together": records(offer.together),
    }


def _act(found: Act) -> dict[str, Plain]:
    return {
        "regime": found.regime,
        "legal_references": list(found.legal_references),
        "since": [each.isoformat() for each in found.since],
    }


def _annex(found: Annex) -> dict[str, Plain]:
    return {
        "side": found.side,
        "period": found.comparison.current.code,
        "base": found.comparison.base.code,
        "base_absence": found.base_absence,
        "rows": records(found.rows),
        "total": _amount(found.total),
    }
