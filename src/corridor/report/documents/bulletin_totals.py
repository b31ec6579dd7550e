"""The sentences of a bulletin on totals: turnover, both flows, balance, standing, the holiday, later releases."""

from __future__ import annotations

from collections.abc import Iterator

from corridor.bulletin.later_release import LaterRelease
from corridor.bulletin.lunar import Lunar
from corridor.bulletin.standing import Standing
from corridor.bulletin.totals import SIDES, Side, Totals
from corridor.bulletin.write import Bulletin
from corridor.codes.periods import Period
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.documents.bulletin_phrases import (
    grew,
    moved,
    paragraph,
    part,
    rounding_contradicts,
    usd,
    why_unknown,
)
from corridor.report.documents.document import Block, List, Paragraph

#: Turnover and balance join exports FOB and imports CIF.
_MIXED = ("price_basis_mixed",)


def opening(bulletin: Bulletin) -> list[Block]:
    """The period sentence, both flows, the balance; on request the previous period, and growth per working day."""
    totals = bulletin.totals
    own = _both(bulletin, totals, f"bulletin.turnover{_of_members(bulletin)}", by=True)
    return [*paragraph(*own), *paragraph(_summed(totals), _previous(bulletin), _per_day(bulletin))]


def standings(bulletin: Bulletin) -> list[Paragraph]:
    """The partner's rank and share among the partners that the table lists."""
    return paragraph(*(_standing(bulletin, each) for each in bulletin.standings))


def holiday(bulletin: Bulletin) -> list[Block]:
    """The lunar New Year: one sentence, both months together, and the groups whose direction changes then."""
    found = bulletin.lunar
    if found is None:
        return []
    if found.together is None:
        return [*paragraph(_tet(bulletin, found), _waiting(bulletin))]
    together = _both(bulletin, found.together, "bulletin.turnover_to_date", by=False)
    turned = tuple(each for side in SIDES for each in _turned(bulletin, side, found))
    told: list[Block] = [Paragraph(_spans(bulletin)), List(turned)] if turned else []
    return [*paragraph(_tet(bulletin, found), *together), *told]


def to_date(bulletin: Bulletin) -> list[Paragraph]:
    """The cumulative picture; of a February disturbed by the holiday it has been given already."""
    totals, holiday_span = bulletin.to_date, bulletin.lunar.together if bulletin.lunar else None
    if totals is None or (holiday_span and holiday_span.comparison == totals.comparison):
        return []
    return _span(bulletin, totals, "bulletin.turnover_to_date")


def last_year(bulletin: Bulletin) -> list[Paragraph]:
    """The last complete year before the period."""
    return _span(bulletin, bulletin.last_year, "bulletin.turnover_of_year") if bulletin.last_year else []


def later(bulletin: Bulletin) -> list[Block]:
    """Where a later release changes a rate: what it gives, beside what is printed above."""
    found = tuple(_later(bulletin, each) for each in bulletin.later)
    return [List(found)] if found else []


def _span(bulletin: Bulletin, totals: Totals, key: str) -> list[Paragraph]:
    return paragraph(*_both(bulletin, totals, key, by=False))


def _both(bulletin: Bulletin, totals: Totals, key: str, *, by: bool) -> list[Finding | None]:
    """Turnover, flows and balance; where only one direction has a figure, that one."""
    if any(totals.side(side).now is None for side in SIDES):
        return [*_one_side(bulletin, totals, by=by)]
    return [
        _turnover(bulletin, totals, key, by=by),
        _flows(bulletin, totals),
        _rounded(totals),
        _balance(bulletin, totals),
    ]


def _of_members(bulletin: Bulletin) -> str:
    return "_of_members" if bulletin.membership else ""


def who_says(source: str, release: str, maturity: str) -> Finding:
    """The beginning of a sentence: whose statistics, and how final they are."""
    word = (maturity or "plain") if release == "first" else release
    return Finding(f"bulletin.by.{word}", {"source": Name("source", source)})


def _by(bulletin: Bulletin) -> Finding:
    series = bulletin.pair.ledger.series
    return who_says(series.source, series.release, bulletin.maturity)


def _partner(bulletin: Bulletin) -> Name:
    return Name("area", bulletin.pair.partner)


def _reporter(bulletin: Bulletin) -> Name:
    return Name("area", bulletin.pair.reporter)


def period_name(period: Period) -> Name:
    """A period as a message names it."""
    return Name("period", period.code)


def _turnover(bulletin: Bulletin, totals: Totals, key: str, *, by: bool) -> Finding:
    comparison, amount = totals.comparison, totals.turnover
    given: dict[str, Parameter] = {
        "period": period_name(comparison.current),
        "turnover": usd(amount.now),
        "against": _turnover_against(totals),
    }
    if by:
        given |= {"by": _by(bulletin), "reporter": _reporter(bulletin), "partner": _partner(bulletin)}
    return Finding(key, given, amount.traces, _MIXED)


def _turnover_against(totals: Totals) -> Finding:
    """The change of turnover; where only one flow has no base, the sentence on the flows says why."""
    base = totals.comparison.base
    if totals.turnover.growth is None and not _bases_alike(totals):
        return Finding("bulletin.against.open")
    return moved("bulletin.against", totals.turnover, base)


def _bases_alike(totals: Totals) -> bool:
    """Whether neither flow can be compared, for one and the same reason."""
    amounts = (totals.exports, totals.imports)
    return all(each.growth is None for each in amounts) and len({why_unknown(each) for each in amounts}) == 1


def _flows(bulletin: Bulletin, totals: Totals) -> Finding:
    base = totals.comparison.base
    values: dict[str, Parameter] = {
        "partner": _partner(bulletin),
        "exports": usd(totals.exports.now),
        "imports": usd(totals.imports.now),
    }
    if _bases_alike(totals):
        return Finding("bulletin.flows_alone", values, totals.turnover.traces)
    moves = {f"{side}_moved": moved("bulletin.moved", totals.side(side), base) for side in SIDES}
    return Finding("bulletin.flows", {**values, **moves}, totals.turnover.traces)


def _one_side(bulletin: Bulletin, totals: Totals, *, by: bool) -> list[Finding]:
    """The direction that has a figure, and why the other has none."""
    side: Side = "exports" if totals.exports.now is not None else "imports"
    comparison = totals.comparison
    other: Side = "imports" if side == "exports" else "exports"
    amount = totals.side(side)
    given: dict[str, Parameter] = {
        "period": period_name(comparison.current),
        "reporter": _reporter(bulletin),
        "partner": _partner(bulletin),
        "value": usd(amount.now),
        "against": moved("bulletin.against", amount, comparison.base),
    }
    key = f"bulletin.only.{side}" if by else f"bulletin.only_later.{side}"
    own = Finding(key, given | ({"by": _by(bulletin)} if by else {}), amount.traces)
    why = Finding(f"bulletin.reason.now.{totals.side(other).absence}")
    return [own, Finding(f"bulletin.lacks.{other}", {"reason": why})]


def _rounded(totals: Totals) -> Finding | None:
    exports, imports = totals.exports.now or 0.0, totals.imports.now or 0.0
    contradicts = rounding_contradicts(exports + imports, (exports, imports))
    return Finding("bulletin.rounding") if contradicts else None


def _balance(bulletin: Bulletin, totals: Totals) -> Finding | None:
    """The balance and its difference in dollars: a growth rate of a balance means nothing."""
    amount, base = totals.balance, totals.comparison.base
    if amount.now is None or amount.now == 0:
        return None
    sign = "surplus" if amount.now > 0 else "deficit"
    given: dict[str, Parameter] = {
        "reporter": _reporter(bulletin),
        "partner": _partner(bulletin),
        "value": usd(abs(amount.now)),
    }
    if not amount.before:
        return Finding(f"bulletin.balance.{sign}.unknown", given, amount.traces, _MIXED)
    change = abs(amount.now - amount.before)
    given |= {"base": period_name(base), "change": usd(change)}
    if (amount.before > 0) != (amount.now > 0):
        before = {"before": usd(abs(amount.before))}
        return Finding(f"bulletin.balance.{sign}.turned", given | before, amount.traces, _MIXED)
    larger = abs(amount.now) >= abs(amount.before)
    return Finding(f"bulletin.balance.{sign}.{'more' if larger else 'less'}", given, amount.traces, _MIXED)


def _summed(totals: Totals) -> Finding | None:
    made = {totals.side(side).made for side in SIDES}
    if "sum_of_months" not in made:
        return None
    return Finding("bulletin.summed", {"period": period_name(totals.comparison.current)})


def _previous(bulletin: Bulletin) -> Finding | None:
    """The same figures against the period just before."""
    totals = bulletin.previous
    if totals is None:
        return None
    base = totals.comparison.base
    given: dict[str, Parameter] = {"period": period_name(totals.comparison.current), "partner": _partner(bulletin)}
    held = [side for side in SIDES if totals.side(side).now is not None]
    if len(held) == 1:
        amount = totals.side(held[0])
        given |= {"value": usd(amount.now), "moved": moved("bulletin.against", amount, base)}
        return Finding(f"bulletin.previous.{held[0]}", given, amount.traces)
    for name, amount in (("exports", totals.exports), ("imports", totals.imports), ("turnover", totals.turnover)):
        given |= {f"{name}_value": usd(amount.now), name: moved("bulletin.against", amount, base)}
    return Finding("bulletin.previous.both", given, totals.turnover.traces, _MIXED)


def _per_day(bulletin: Bulletin) -> Finding | None:
    """How many days were worked in either period, and what that leaves of the growth."""
    found, comparison = bulletin.per_day, bulletin.comparison
    rates = {name: rate for name, rate in (found.growth if found else {}).items() if rate is not None}
    if found is None or not rates:
        return None
    told = "both" if "turnover" in rates else next(iter(rates))
    named = rates if told == "both" else {told: rates[told]}
    return Finding(
        f"bulletin.per_day.{told}",
        {
            "period": period_name(comparison.current),
            "base": period_name(comparison.base),
            "publisher": Name("area", bulletin.pair.ledger.series.reporter),
            "partner": _partner(bulletin),
            "days": Measure(found.days, "count"),
            "base_days": Measure(found.base_days, "count"),
            **{name: grew(rate) for name, rate in named.items()},
        },
        bulletin.totals.turnover.traces or bulletin.totals.exports.traces or bulletin.totals.imports.traces,
    )


def _standing(bulletin: Bulletin, own: Standing) -> Finding:
    given: dict[str, Parameter] = {
        "partner": _partner(bulletin),
        "period": period_name(own.period),
        "share": part(own.share),
    }
    given |= {"reporter": _reporter(bulletin)}
    if own.rank is None:
        return Finding(f"bulletin.share.{own.side}", given, own.traces, ("listed_partners_sum",))
    given |= {"rank": Measure(own.rank, "count"), "n": Measure(own.of, "count")}
    return Finding(f"bulletin.standing.{own.side}", given, own.traces, ("listed_partners_sum",))


def _tet(bulletin: Bulletin, found: Lunar) -> Finding:
    return Finding(
        "bulletin.lunar",
        {
            "day": Name("period", found.day.isoformat()),
            "base_day": Name("period", found.base_day.isoformat()),
            "period": period_name(bulletin.comparison.current),
            "base": period_name(bulletin.comparison.base),
        },
    )


def _waiting(bulletin: Bulletin) -> Finding:
    year = bulletin.comparison.current.end.year
    return Finding("bulletin.lunar_waiting", {"period": period_name(Period.month(year, 2))})


def _spans(bulletin: Bulletin) -> Finding:
    return Finding("bulletin.turned", _both_spans(bulletin))


def _both_spans(bulletin: Bulletin) -> dict[str, Parameter]:
    current = bulletin.comparison.current
    both = Period.year_to_date(current.end.year, 2)
    return {"period": period_name(both), "alone": period_name(current)}


def _turned(bulletin: Bulletin, side: Side, found: Lunar) -> Iterator[Finding]:
    for row in found.turned[side].iter_rows(named=True):
        yield Finding(
            f"bulletin.turned.{side}",
            {
                **_both_spans(bulletin),
                "partner": _partner(bulletin),
                "product": Name("product", row["product"]),
                "value": usd(row["value_together"]),
                "together": grew(row["growth_together"]),
                "month": grew(row["growth"]),
            },
            tuple(str(row["trace_id"]).split()),
        )


def _later(bulletin: Bulletin, found: LaterRelease) -> Finding:
    given: dict[str, Parameter] = {
        "by": who_says(found.source, found.release, ""),
        "partner": _partner(bulletin),
        "period": period_name(found.comparison.current),
        "value": usd(found.later.now),
    }
    if found.later.growth is None:
        return Finding(f"bulletin.later.{found.side}.value", given, found.later.traces)
    given |= {"against": moved("bulletin.against", found.later, found.comparison.base)}
    if found.printed.growth is None:
        return Finding(f"bulletin.later.{found.side}.alone", given, found.later.traces)
    release = Name("term", f"release.{bulletin.pair.ledger.series.release}")
    given |= {"release": release, "printed": grew(found.printed.growth)}
    return Finding(f"bulletin.later.{found.side}.known", given, found.later.traces)
