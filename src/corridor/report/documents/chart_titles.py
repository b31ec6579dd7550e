"""What each chart says in its title: a finding read from the rows it draws, in no language.

A title claims no more than the drawn figures hold. Where two rows share a place, where there is one figure only or
none, it names fewer things, or the chart keeps the title that says what is drawn. Under a finding, what is drawn
stands in the notes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from corridor.codes.products import RESIDUAL
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.documents.document import Chart, ChartKind, Table
from corridor.report.documents.points import Point, equal, leader, least, points, ranked, traces_of
from corridor.report.documents.wording import phrase

#: The largest ones that a title adds up.
_FIRST = 3
#: The most names that share a place in a title.
_NAMED = 3


def chart(kind: ChartKind, figures: Table, alt: Finding | None = None, *, picture: str = "bars") -> Chart:
    """The chart of ``figures`` under a title that says what they show, where they show something.

    ``alt`` describes the picture; without it the message ``alt.<picture>`` does, with the title.
    """
    found = _SAID[kind](figures) if kind in _SAID else None
    drawn = Finding("chart.drawn", {"what": figures.title})
    titled = replace(figures, title=found, notes=(drawn, *figures.notes)) if found else figures
    return Chart(kind, titled, alt or Finding(f"alt.{picture}", {"what": titled.title}))


def _annual_trade(figures: Table) -> Finding | None:
    """How both flows went from the first year to the last, and the balance of the last."""
    rows = figures.rows
    ends = [(series[0], series[-1]) for place in (0, 1) if (series := points(figures, place))]
    if any(first.row is not rows[0] or last.row is not rows[-1] for first, last in ends) or len(ends) < 2:
        return None
    flows = tuple(
        Finding("movement.level", {**_ends(figures, place), "grew": phrase("grew", _growth(first.value, last.value))})
        for place, (first, last) in enumerate(ends)
    )
    said = {"first": ends[0][0].name, "last": ends[0][1].name, "flows": flows}
    return _with_balance(figures, said, traces_of(*ends[0]))


def _with_balance(figures: Table, said: Mapping[str, Parameter], traces: tuple[str, ...]) -> Finding:
    balance = points(figures, 2)
    if not balance or balance[-1].row is not figures.rows[-1] or balance[-1].value == 0:
        return Finding("title.annual_trade.flows", said, traces)
    last = balance[-1].value
    side = {"reporter": _label(figures, 2)["reporter"], "value": Measure(abs(last), "usd")}
    told = Finding(f"balance.{'surplus' if last > 0 else 'deficit'}.unknown", side)
    return Finding("title.annual_trade.balance", {**said, "balance": told}, traces)


def _growth(first: float, last: float) -> Measure:
    return Measure(last / first - 1, "growth") if first > 0 else Measure(None, "growth", "no_base")


def _monthly_totals(figures: Table) -> Finding | None:
    """How far a revision went; where nothing was revised, the highest months."""
    both = [
        (point, revised, place)
        for place in range(0, len(figures.columns) - 1, 2)
        for point in points(figures, place)
        if point.value > 0 and (revised := point.at(place + 1)) is not None
    ]
    return _largest_revision(figures, both) if both else _peaks(figures)


def _largest_revision(figures: Table, both: list[tuple[Point, float, int]]) -> Finding | None:
    parts = figures.title.parameters
    changes = [(replace(point, value=abs(revised / point.value - 1)), place) for point, revised, place in both]
    if all(equal(1 + change.value, 1) for change, _ in changes):
        return Finding("title.monthly_totals.unrevised", parts, traces_of(*(point for point, _ in changes)))
    first = leader(point for point, _ in changes)
    if first is None:
        return None
    point, revised, place = next(each for each, (change, _) in zip(both, changes, strict=True) if change is first)
    given = {
        "flow": _label(figures, place)["flow"],
        "month": point.name,
        "change": Measure(revised / point.value - 1, "growth"),
    }
    return Finding("title.monthly_totals.revised", {**parts, **given}, traces_of(point))


def _peaks(figures: Table) -> Finding | None:
    """The highest month of every flow in its first release."""
    found = {
        place: first
        for place in range(0, len(figures.columns) - 1, 2)
        if len(series := points(figures, place)) > 1 and (first := leader(series))
    }
    peaks = tuple(
        Finding(
            "title.monthly_totals.peak",
            {"flow": _label(figures, place)["flow"], "month": first.name, "value": Measure(first.value, "usd")},
        )
        for place, first in found.items()
    )
    said = {**figures.title.parameters, "peaks": peaks}
    return Finding("title.monthly_totals.peaks", said, traces_of(*found.values())) if peaks else None


def _mirror_ratio(figures: Table) -> Finding | None:
    """How far the two sides' figures are apart, and when they are furthest."""
    found = [(place, series) for place in range(len(figures.columns) - 1) if (series := points(figures, place))]
    sides = tuple(_apart(figures, place, series) for place, series in found)
    traces = traces_of(*(point for _, series in found for point in series))
    return Finding("title.mirror_ratio", {"sides": sides}, traces) if sides else None


def _apart(figures: Table, place: int, series: list[Point]) -> Finding:
    whose, low, high = _ends(figures, place), *(end(point.value for point in series) for end in (min, max))
    if len(series) == 1:
        given = {"year": series[0].name, "ratio": Measure(series[0].value, "ratio")}
        return Finding("title.mirror_ratio.one", {**whose, **given})
    if equal(low, high):
        return Finding("title.mirror_ratio.same", {**whose, "ratio": Measure(low, "ratio")})
    span = {**whose, "least": Measure(low, "ratio"), "most": Measure(high, "ratio")}
    # Half and double are as far from agreement as each other.
    furthest = leader(replace(point, value=abs(math.log(point.value))) for point in series if point.value > 0)
    if furthest is None or low <= 0:
        return Finding("title.mirror_ratio.range", span)
    return Finding("title.mirror_ratio.furthest", {**span, "year": furthest.name})


def _structure(figures: Table) -> Finding | None:
    """The largest named group of each side, and what the three largest make up."""
    largest = {
        place: first for place in (0, 1) if (first := leader(each for each in points(figures, place) if _named(each)))
    }
    sides = tuple(_largest_of(figures, place, first) for place, first in largest.items())
    said = {**figures.title.parameters, "sides": sides}
    return Finding("title.structure", said, traces_of(*largest.values())) if sides else None


def _named(point: Point) -> bool:
    return point.value > 0 and not (isinstance(point.name, Name) and point.name.code == RESIDUAL)


def _largest_of(figures: Table, place: int, first: Point) -> Finding:
    drawn = [point for point in points(figures, place) if point.value > 0]
    whole = sum(point.value for point in drawn)
    named = ranked(filter(_named, drawn))
    said: dict[str, Parameter] = {
        **_ends(figures, place), "product": first.name, "share": Measure(first.value / whole, "share")
    }  # fmt: skip
    if len(named) <= _FIRST:
        return Finding("title.structure.one", said)
    three = sum(point.value for point in named[:_FIRST]) / whole
    return Finding("title.structure.three", {**said, "three": Measure(three, "share")})


def _contributions(figures: Table) -> Finding | None:
    """The group that added most to the total and the one that took off most."""
    drawn = points(figures)
    up = leader(point for point in drawn if point.value > 0)
    down = least(point for point in drawn if point.value < 0)
    said: dict[str, Parameter] = dict(figures.title.parameters)
    if up:
        said |= {"rising": up.name, "rise": Measure(up.value, "pp")}
    if down:
        said |= {"falling": down.name, "fall": Measure(down.value, "pp")}
    key = "both" if up and down else "up" if up else "down"
    return Finding(f"title.contributions.{key}", said, traces_of(*filter(None, (up, down)))) if up or down else None


def _value_effects(figures: Table) -> Finding | None:
    """The group whose value changed most, and which of the two effects did it."""
    first = leader(replace(point, value=abs(point.value)) for point in points(figures, 2))
    if first is None:
        return None
    given = {
        "product": first.name,
        **{name: Measure(first.at(place), "usd") for place, name in enumerate(("unit_value", "quantity", "change"))},
    }
    return Finding("title.value_effects", {**figures.title.parameters, **given}, traces_of(first))


def _market_shares(figures: Table) -> Finding | None:
    """In which of the groups drawn the studied share is largest, and in which smallest."""
    own = figures.columns[1].label
    kind = figures.title.key.removeprefix("chart.")
    drawn = points(figures)
    first, last = leader(drawn), least(drawn)
    if first is None or not isinstance(own, Name):
        return None
    said: dict[str, Parameter] = {
        **figures.title.parameters, "own": own, "product": first.name, "share": Measure(first.value, "share"),
    }  # fmt: skip
    if len(drawn) == 1:
        return Finding(f"title.{kind}.single", said, traces_of(first))
    if last is None:
        return Finding(f"title.{kind}.most", said, traces_of(first))
    said |= {"smallest": last.name, "least": Measure(last.value, "share")}
    return Finding(f"title.{kind}.both", said, traces_of(first, last))


def _growth_share(figures: Table) -> Finding | None:
    """In how many groups the market grew, and what is held of the fastest."""
    drawn = [point for point in points(figures) if None not in (point.at(1), point.at(2))]
    growing = sum(point.value > 0 for point in drawn)
    key = figures.title.key.removeprefix("chart.")
    parts, whole = figures.title.parameters, Measure(len(drawn), "count")
    if not growing:
        return Finding(f"title.{key}.none", {**parts, "all": whole}, traces_of(*drawn)) if drawn else None
    of = {} if growing == len(drawn) else {"growing": Measure(growing, "count")}
    said = {**parts, "groups": Finding(f"title.groups.{'some' if of else 'all'}", {**of, "all": whole})}
    fastest = leader(drawn)
    if fastest is None:
        return Finding(f"title.{key}.some", said, traces_of(*drawn))
    given = {
        "product": fastest.name,
        "growth": Measure(fastest.value, "growth"),
        "share": Measure(fastest.at(1), "share"),
    }
    return Finding(f"title.{key}.fastest", {**said, **given}, traces_of(fastest))


def _market_share_effects(figures: Table) -> Finding | None:
    """From the first total to the last, and the effect that weighs most."""
    totals = [point for point in points(figures) if point.row.highlight]
    effects = [replace(point, value=abs(point.value)) for point in points(figures) if not point.row.highlight]
    first = leader(effects)
    if first is None or len(totals) != 2 or equal(totals[0].value, totals[1].value):
        return None
    before, after = (Measure(point.value, "usd") for point in totals)
    name = first.name
    given: dict[str, Parameter] = {
        "before": before,
        "after": after,
        "effect": Name("term", name.key.removeprefix("series.")) if isinstance(name, Finding) else name,
        "amount": Measure(first.at(0), "usd"),
    }
    key = "up" if totals[1].value > totals[0].value else "down"
    return Finding(f"title.market_share_effects.{key}", {**figures.title.parameters, **given}, traces_of(first))


def _processing_degree(figures: Table) -> Finding | None:
    """The degree that is the largest whatever the truth between its ends; else that none is certain to be."""
    by_least, by_most = ranked(points(figures, 0)), ranked(points(figures, 1))
    first = leader(by_least)
    if first is None:
        return None
    rivals = [point for point in by_most if point.row is not first.row]
    said: dict[str, Parameter] = {**figures.title.parameters, "degree": first.name, **_interval(first, "")}
    if not rivals or first.value > rivals[0].value:
        exact = equal(first.value, first.at(1) or 0.0)
        return Finding(f"title.processing.{'exact' if exact else 'largest'}", _exactly(said, exact), traces_of(first))
    said |= {"other": rivals[0].name, **_interval(rivals[0], "other_")}
    return Finding("title.processing.uncertain", said, traces_of(first, rivals[0]))


def _interval(point: Point, prefix: str) -> dict[str, Parameter]:
    return {f"{prefix}{name}": Measure(point.at(place), "share") for place, name in enumerate(("least", "most"))}


def _exactly(said: dict[str, Parameter], exact: bool) -> dict[str, Parameter]:
    return {name: value for name, value in said.items() if not (exact and name == "most")}


def _ranking(figures: Table) -> Finding | None:
    """Which group stands first, how steadily, and which follows; or which share the first place."""
    drawn = ranked(points(figures))
    if len(drawn) < 2:
        return None
    tied = [point for point in drawn if equal(point.value, drawn[0].value)]
    parts = {**figures.title.parameters, "score": Measure(drawn[0].value, "index")}
    if len(tied) > 1:
        names = tuple(point.name for point in tied)
        said = {**parts, "products": names}
        return Finding("title.ranking.tied", said, traces_of(*tied)) if len(tied) <= _NAMED else None
    said = {**parts, "product": drawn[0].name, "second": drawn[1].name, "next": Measure(drawn[1].value, "index")}
    stability = drawn[0].at(1)
    if stability is None:
        return Finding("title.ranking.plain", said, traces_of(*drawn[:2]))
    return Finding("title.ranking.first", {**said, "stability": Measure(stability, "share")}, traces_of(*drawn[:2]))


def _regions(figures: Table) -> Finding | None:
    """What the largest regions make up of what all regions drawn export."""
    drawn = ranked(point for point in points(figures) if point.value > 0)
    whole = sum(point.value for point in drawn)
    clear = len(drawn) > _FIRST and not equal(drawn[_FIRST - 1].value, drawn[_FIRST].value)
    first = leader(drawn)
    parts = figures.title.parameters
    if clear:
        three = drawn[:_FIRST]
        share = Measure(sum(point.value for point in three) / whole, "share")
        said = {**parts, "regions": tuple(point.name for point in three), "share": share}
        return Finding("title.regions.three", said, traces_of(*three))
    if first is None or len(drawn) < 2:
        return None
    said = {**parts, "region": first.name, "share": Measure(first.value / whole, "share")}
    return Finding("title.regions.one", said, traces_of(first))


def _potential(figures: Table) -> Finding | None:
    """The good whose gap to its potential is largest; that there is none, where every good reaches it."""
    gaps = [replace(point, value=point.value - sold) for point in points(figures) if (sold := point.at(1)) is not None]
    parts = figures.title.parameters
    if gaps and all(gap.value <= 0 for gap in gaps):
        return Finding("chart.potential_met", parts, traces_of(*gaps))
    first = leader(gaps)
    if first is None:
        return None
    said = {**parts, "product": first.name, "gap": Measure(first.value, "usd")}
    return Finding("chart.potential", said, traces_of(first))


def _label(figures: Table, place: int) -> Mapping[str, Parameter]:
    """What fills the label of a series."""
    label = figures.columns[place + 1].label
    return label.parameters if isinstance(label, Finding) else {}


def _ends(figures: Table, place: int) -> dict[str, Parameter]:
    """Exporter and importer of a series."""
    said = _label(figures, place)
    return {name: said[name] for name in ("exporter", "importer")}


_SAID: Mapping[ChartKind, Callable[[Table], Finding | None]] = {
    "annual_trade": _annual_trade,
    "monthly_totals": _monthly_totals,
    "mirror_ratio": _mirror_ratio,
    "structure": _structure,
    "contributions": _contributions,
    "value_effects": _value_effects,
    "market_shares": _market_shares,
    "growth_share": _growth_share,
    "market_share_effects": _market_share_effects,
    "processing_degree": _processing_degree,
    "ranking": _ranking,
    "tile_map": _regions,
    "region_map": _regions,
    "potential": _potential,
}
