"""The first sentences of the study's report: candidates, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.documents.document import direction
from corridor.report.documents.grid import Record, chosen, traces_in, traces_of
from corridor.report.documents.study_market import kind_of
from corridor.report.documents.study_recommendations import arguments
from corridor.report.documents.study_tiles import held, marks_of, totals_of
from corridor.report.documents.study_view import Direction, View, ends
from corridor.report.documents.wording import base_of, phrase, place, told, when
from corridor.study.comparisons import Comparison

STAGE = "product_groups"

#: Groups named in the last sentence, for each direction.
_NEXT = 3


def sentences(view: View) -> Iterator[Finding]:
    """Candidates for the five sentences, in the order of the page."""
    yield from _trade(view)
    if view.main:
        yield from _contributions(view, view.main)
        yield from _apart(view, view.main)
        yield from _market(view, view.main)
        yield from _next(view)
    yield from _spare(view)


def _trade(view: View) -> Iterator[Finding]:
    totals = totals_of(view, view.latest)
    if totals is None:
        return
    if totals["turnover"] is None:
        yield from (_flow_alone(view, of, totals) for of in held(view, totals))
        return
    base = totals["base_period"]
    growth = Measure(totals["turnover_growth"], "growth", "no_base")
    grown: dict[str, Parameter] = {"growth": phrase("growth", growth, base=base_of(base))} if base else {}
    yield Finding(
        "front.trade" if base else "front.trade_alone",
        {
            "when": when(totals["period"]),
            "exporter": Name("area", view.out[0]),
            "partner": Name("area", view.out[1]),
            "value": Measure(totals["turnover"], "usd"),
            **grown,
            "balance": _balance_told(view, totals),
        },
        traces_of(totals),
        marks_of(totals, "price_basis_mixed"),
    )


def _flow_alone(view: View, of: Direction, totals: Record) -> Finding:
    """One direction, where nothing is held of the other."""
    flow, base = f"{view.series.flow(of[0])}s", totals["base_period"]
    growth = Measure(totals[f"{flow}_growth"], "growth", "no_base")
    grown: dict[str, Parameter] = {"growth": phrase("growth", growth, base=base_of(base))} if base else {}
    return Finding(
        "front.flow" if base else "front.flow_alone",
        {
            "when": when(totals["period"]),
            "exporter": Name("area", of[0]),
            "partner": Name("area", of[1]),
            "value": Measure(totals[flow], "usd"),
            **grown,
        },
        traces_of(totals),
        marks_of(totals),
    )


def _balance_told(view: View, totals: Record) -> Finding:
    now, before = totals["balance"], totals["balance_0"]
    past = "unknown" if before is None else "surplus" if before >= 0 else "deficit"
    given: dict[str, Parameter] = {"reporter": Name("area", view.series.reporter), "value": Measure(abs(now), "usd")}
    if before is not None:
        given |= {"before": Measure(abs(before), "usd"), "base": base_of(totals["base_period"])}
    return Finding(f"balance.{'surplus' if now >= 0 else 'deficit'}.{past}", given)


def _contributions(view: View, comparison: Comparison) -> Iterator[Finding]:
    moved = [found for of in (view.out, view.back) if (found := _movement(view, of, comparison))]
    if not moved:
        return
    parts: dict[str, Parameter] = dict(zip(("out", "back"), moved, strict=False))
    yield Finding(
        "front.contributions" if len(moved) > 1 else "front.contributions_one",
        {"when": when(comparison.current.code), **parts},
        tuple(trace for each in moved for trace in each.traces),
        ("partial_period",) if comparison.partial else (),
    )


def _movement(view: View, of: Direction, comparison: Comparison) -> Finding | None:
    """How a flow moved, the named group that moved it most that way, and the one that did most against it."""
    totals = totals_of(view, comparison.current.code)
    rows = view.compared("changes", of, comparison)
    if totals is None or rows.is_empty():
        return None
    growth = Measure(totals[f"{view.series.flow(of[0])}s_growth"], "growth", "no_base")
    given: dict[str, Parameter] = {**ends(of), "grew": phrase("grew", growth)}
    way = direction(growth)
    if way not in ("up", "down"):
        return Finding("movement.level", given, traces_of(totals))
    along, against = _movers(rows, falls=way == "down")
    if along is None:
        return Finding("movement.unnamed", given, traces_of(totals), ("residual_group",))
    given |= {"main": Name("product", along["product"]), "part": Measure(along["contribution"], "pp")}
    traces = (*traces_of(totals), *traces_of(along))
    if against is None:
        return Finding("movement.alone", given, traces)
    given |= {"other": Name("product", against["product"]), "counter": Measure(against["contribution"], "pp")}
    return Finding(f"movement.{way}", given, (*traces, *traces_of(against)))


def _movers(rows: pl.DataFrame, *, falls: bool) -> tuple[Record | None, Record | None]:
    """The named groups that moved the total most along its way and most against it, where there are such."""
    named = rows.filter(~pl.col("residual")).drop_nulls("contribution").sort("contribution", "product")
    falling, rising = named.filter(pl.col("contribution") < 0), named.filter(pl.col("contribution") > 0)
    least = falling.row(0, named=True) if falling.height else None
    most = rising.row(-1, named=True) if rising.height else None
    return (least, most) if falls else (most, least)


def _apart(view: View, comparison: Comparison) -> Iterator[Finding]:
    """The group whose value and quantity parted, in the studied direction first."""
    for of in (view.out, view.back):
        found = view.finding(STAGE, "unit_value", of, comparison)
        if found is not None:
            yield told(found)
            return


def _market(view: View, comparison: Comparison) -> Iterator[Finding]:
    """The place in the market, and who gained what was lost."""
    kind = kind_of(view, view.out)
    ranked = view.finding(STAGE, f"place_among_{kind}", view.out, comparison)
    lost = view.finding(STAGE, f"lost_share_{kind}", view.out, comparison)
    if ranked and lost:
        groups = ranked.parameters["groups"]
        places = tuple(place(group) for group in groups) if isinstance(groups, tuple) else ()
        given = {name: lost.parameters[name] for name in ("product", "share_change", "competitor", "competitor_change")}
        yield Finding(
            f"front.place_among_{kind}",
            {**ends(view.out), "when": when(comparison.current.code), "places": places, **given},
            (*ranked.traces, *lost.traces),
            ranked.caveats,
        )
        return
    found = ranked or view.finding(STAGE, f"place_among_{kind}_unranked", view.out, comparison)
    if found:
        yield told(found)


def _next(view: View) -> Iterator[Finding]:
    named = [tuple(each.parameters["product"] for each in arguments(view, of)[:_NEXT]) for of in (view.out, view.back)]
    out, back = named
    if not out:
        return
    given: dict[str, Parameter] = {**ends(view.out), "out": out} | ({"back": back} if back else {})
    traces = tuple(
        trace for of in (view.out, view.back) for each in arguments(view, of)[:_NEXT] for trace in each.traces
    )
    yield Finding("front.next" if back else "front.next_one", given, traces, ("approximate_group",))


def _spare(view: View) -> Iterator[Finding]:
    """Sentences that fill the five where one of the first is not there."""
    for of in (view.out, view.back):
        yield from _largest_told(view, of)
    for key in ("concentration", "processing", "constant_market_share"):
        found = [view.finding(STAGE, key, of, view.main) for of in (view.out, view.back)] if view.main else []
        yield from (told(each) for each in found if each is not None)
    flows = view.findings(STAGE, "flows") if view.main else ()
    yield from (told(each) for each in flows if each.parameters["period"] == Name("period", view.latest))
    yield from (told(each) for each in view.findings("collection", "main_series", "mirror_path", "largest_revision"))


def _largest_told(view: View, of: Direction) -> Iterator[Finding]:
    """The largest groups of a flow, also where there is nothing to compare them with."""
    rows = view.described("groups", of, view.latest)
    largest = chosen(rows, residual=False).sort("value_usd", descending=True).head(_NEXT) if rows.height else rows
    if largest.height:
        groups = tuple(
            (Name("product", row["product"]), Measure(row["share"], "share")) for row in largest.iter_rows(named=True)
        )
        given: dict[str, Parameter] = {**ends(of), "when": when(view.latest), "groups": groups}
        yield Finding("product_groups.largest_groups", given, traces_in(largest))
