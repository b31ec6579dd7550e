"""The headline figures of the study's report: candidates, the most important first."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.documents.document import Tile
from corridor.report.documents.grid import Record, chosen, traces_of
from corridor.report.documents.study_market import kind_of
from corridor.report.documents.study_recommendations import arguments
from corridor.report.documents.study_view import Direction, View, ends
from corridor.report.documents.wording import base_of, incomplete, spoken
from corridor.study.ledger import LISTED

STAGE = "product_groups"


def tiles(view: View) -> Iterator[Tile]:
    """Candidates for the first screen, the most important first."""
    totals = totals_of(view, view.latest)
    yield from _figures(view, totals)
    if view.partial:
        part = totals_of(view, view.partial.current.code)
        yield from (_flow(view, of, part) for of in held(view, part) if part)
    for more in (_largest_group, _market_share, _hhi, _recommendation):
        yield from more(view, view.out)
    yield from _mirror(view)
    yield from _processing(view, view.out)
    for more in (_largest_group, _hhi, _recommendation):
        yield from more(view, view.back)
    yield from _share_in_all(view)
    yield from _coverage_ratio(view, totals)
    yield from _groups(view, view.out)


def _figures(view: View, totals: Record | None) -> Iterator[Tile]:
    """Turnover, both flows, balance; where one flow is not held, the other alone."""
    if totals is None:
        return
    if totals["turnover"] is None:
        yield from (_flow(view, of, totals) for of in held(view, totals))
        return
    yield Tile(
        Finding("tile.turnover", {"period": spoken(totals["period"])}),
        Measure(totals["turnover"], "usd"),
        *_growth(totals, "turnover"),
        traces_of(totals),
        marks_of(totals, "price_basis_mixed"),
    )
    yield from (_flow(view, of, totals) for of in (view.out, view.back))
    yield _balance(view, totals)


def totals_of(view: View, period: str) -> Record | None:
    """The pair's totals in a period as the reporter sees them, with their base where they have one."""
    rows = chosen(view.table(STAGE, "bilateral"), view=view.series.reporter, period=period)
    return rows.row(0, named=True) if rows.height else None


def held(view: View, totals: Record | None) -> tuple[Direction, ...]:
    """The directions whose total is held: both, as a rule."""
    known = totals or {}
    return tuple(of for of in (view.out, view.back) if known.get(f"{view.series.flow(of[0])}s") is not None)


def _growth(totals: Record, name: str) -> tuple[Measure | None, Finding | None]:
    """A growth rate and the base it stands on; nothing where there is no base."""
    if totals["base_period"] is None:
        return None, None
    return Measure(totals[f"{name}_growth"], "growth", "no_base"), _against(totals["base_period"])


def marks_of(totals: Record, *others: str) -> tuple[str, ...]:
    """The caveats of a total: an incomplete year, a growth that revisions may turn, and others named."""
    partial = ("partial_period",) if incomplete(totals["period"]) else ()
    fragile = ("fragile_growth",) if totals["fragile"] and others else ()
    made = f"{totals['caveats'] or ''} {totals['base_caveats'] or ''}".split()
    return (*partial, *others, *fragile, *dict.fromkeys(made))


def _against(base: str) -> Finding:
    return Finding("against.on", {"base": base_of(base)})


def _flow(view: View, of: Direction, totals: Record) -> Tile:
    flow = f"{view.series.flow(of[0])}s"
    return Tile(
        Finding("tile.exports", {**ends(of), "period": spoken(totals["period"])}),
        Measure(totals[flow], "usd"),
        *_growth(totals, flow),
        traces_of(totals),
        marks_of(totals),
    )


def _balance(view: View, totals: Record) -> Tile:
    key = "tile.surplus" if totals["balance"] >= 0 else "tile.deficit"
    base = totals["base_period"]
    return Tile(
        Finding(key, {"reporter": Name("area", view.series.reporter), "period": spoken(totals["period"])}),
        Measure(totals["balance"], "usd"),
        Measure(totals["balance_0"], "usd", "no_base") if base else None,
        Finding("against.was", {"base": base_of(base)}) if base else None,
        traces_of(totals),
        marks_of(totals, "price_basis_mixed"),
    )


def _share_in_all(view: View) -> Iterator[Tile]:
    """The pair's share in the reporter's trade with the partners its publisher lists."""
    rows = view.table(STAGE, "denominators")
    period: dict[str, Parameter] = {"reporter": Name("area", view.series.reporter), "period": spoken(view.latest)}
    for of in (view.out, view.back):
        other = "exporter" if view.series.flow(of[0]) == "import" else "importer"
        label = Finding(f"tile.share_among_{kind_of(view, of)}", {**period, other: ends(of)[other]})
        found = chosen(rows, exporter=of[0], importer=of[1], period=view.latest, denominator=LISTED)
        for row in found.head(1).iter_rows(named=True):
            figure = Measure(row["share"], "share")
            yield Tile(label, figure, None, None, traces_of(row), ("listed_partners_sum",))


def _coverage_ratio(view: View, totals: Record | None) -> Iterator[Tile]:
    if totals is None or totals["coverage_ratio"] is None:
        return
    label = {"reporter": Name("area", view.series.reporter), "period": spoken(totals["period"])}
    figure = Measure(totals["coverage_ratio"], "ratio")
    yield Tile(Finding("tile.coverage_ratio", label), figure, None, None, traces_of(totals), marks_of(totals))


def _largest_group(view: View, of: Direction) -> Iterator[Tile]:
    period = view.latest
    rows = view.described("groups", of, period)
    named = rows.filter(~pl.col("residual")) if rows.height else rows
    if named.is_empty():
        return
    row = named.sort("value_usd", descending=True).row(0, named=True)
    label = {**ends(of), "product": Name("product", row["product"]), "period": spoken(period)}
    before, against = _before(view, view.described("groups", of), "share", product=row["product"])
    change = None if before is None else Measure(row["share"] - before, "pp")
    some = view.of_some_goods(of, period)
    share = Measure(row["share"], "share")
    yield Tile(Finding("tile.largest_group", label), share, change, against, traces_of(row), some)


def _before(view: View, rows: pl.DataFrame, column: str, **row: object) -> tuple[float | None, Finding | None]:
    """A figure in the base period, and the words that name that period; nothing where it is not held."""
    if view.main is None:
        return None, None
    base = view.main.base.code
    found = chosen(rows, period=base, **row)
    return (None, None) if found.is_empty() else (float(found[column][0]), _against(base))


def _market_share(view: View, of: Direction) -> Iterator[Tile]:
    """The share in the market of the group with the largest deliveries."""
    if view.main is None:
        return
    rows = view.compared("places", of, view.main)
    measured = (
        rows.filter((pl.col("product") != "other_goods") & pl.col("share").is_not_null()) if rows.height else rows
    )
    if measured.is_empty():
        return
    row = measured.sort("value_1", descending=True, nulls_last=True).row(0, named=True)
    key = "tile.market_share" if kind_of(view, of) == "suppliers" else "tile.share_of_sales"
    label = {**ends(of), "product": Name("product", row["product"]), "period": spoken(view.main.current.code)}
    base: dict[str, Parameter] = {"base": base_of(view.main.base.code)}
    ranked = row["rank"] is not None
    yield Tile(
        Finding(key, label),
        Measure(row["share"], "share"),
        Measure(row["share_change"], "pp", "no_base"),
        Finding("against.place", {**base, "rank": Measure(row["rank"], "count")})
        if ranked
        else Finding("against.on", base),
        traces_of(row),
        ("listed_partners_sum",),
    )


def _hhi(view: View, of: Direction) -> Iterator[Tile]:
    period = view.latest
    rows = chosen(view.described("concentration", of), residual_included=True)
    found = chosen(rows, period=period)
    if found.is_empty():
        return
    value = float(found["hhi"][0])
    before, against = _before(view, rows, "hhi")
    yield Tile(
        Finding("tile.hhi", {**ends(of), "period": spoken(period)}),
        Measure(value, "index"),
        None if before is None else Measure(value - before, "index"),
        against,
        view.basket(of, period),
        ("residual_group", *view.of_some_goods(of, period)),
    )


def _recommendation(view: View, of: Direction) -> Iterator[Tile]:
    found = arguments(view, of)
    if not found:
        return
    first = found[0].parameters
    demand = found[0].key.endswith("demand")
    whose = {"importer": first["importer"]} if demand else {"exporter": first["exporter"]}
    size, growth = ("market_size", "market_growth") if demand else ("supply_size", "supply_growth")
    figures = [value for name in (size, growth) if isinstance(value := first[name], Measure)]
    period, base = (str(getattr(first[name], "code", "")) for name in ("period", "base"))
    yield Tile(
        Finding(
            "tile.recommendation" if demand else "tile.recommendation_supply",
            {**whose, "product": first["product"], "period": spoken(period)},
        ),
        figures[0],
        figures[1],
        _against(base),
        found[0].traces,
        found[0].caveats,
    )


def _mirror(view: View) -> Iterator[Tile]:
    rows = view.table("collection", "mirror")
    measured = rows.drop_nulls("asymmetry_ratio") if rows.height else rows
    for of in (view.out, view.back):
        found = chosen(measured, exporter=of[0], importer=of[1]).sort("year") if measured.height else measured
        if found.height:
            row = found.row(-1, named=True)
            label = Finding("tile.mirror", {**ends(of), "period": Name("period", str(row["year"]))})
            yield Tile(
                label, Measure(row["asymmetry_ratio"], "ratio"), None, None, traces_of(row), ("mirror_not_corrected",)
            )


def _processing(view: View, of: Direction) -> Iterator[Tile]:
    period = view.latest
    rows = chosen(view.described("processing_degree", of, period), degree="raw")
    if rows.is_empty():
        return
    row = rows.row(0, named=True)
    yield Tile(
        Finding("tile.processing", {**ends(of), "period": spoken(period)}),
        Measure(row["share_least"], "share"),
        None,
        None,
        view.basket(of, period),
        ("approximate_group",),
    )


def _groups(view: View, of: Direction) -> Iterator[Tile]:
    period = view.latest
    rows = view.described("groups", of, period)
    if rows.height:
        label = Finding("tile.groups", {**ends(of), "period": spoken(period)})
        yield Tile(label, Measure(rows.height, "count"), None, None, view.basket(of, period))
