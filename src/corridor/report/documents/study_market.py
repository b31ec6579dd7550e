"""The market around the pair in the study's report: suppliers or markets, places, constant market share."""

from __future__ import annotations

import polars as pl

from corridor.codes.products import RESIDUAL
from corridor.evidence import Finding, Measure, Name
from corridor.report.documents.chart_titles import chart
from corridor.report.documents.document import Block, Heading, Paragraph, Table
from corridor.report.documents.grid import (
    Record,
    change,
    named,
    number,
    said,
    table,
    traces_in,
    unit_of_quantity,
    words,
)
from corridor.report.documents.study_view import Direction, View, compared_ends, ends
from corridor.report.documents.wording import spoken, told
from corridor.study.comparisons import Comparison

STAGE = "product_groups"

#: Groups with a table of suppliers of their own in a short report, and groups drawn.
_GROUPS, _DRAWN = 3, 8
#: Circles drawn, and the fewest worth a picture.
_CIRCLES, _FEWEST = 14, 3
#: Suppliers shown besides the studied one and the one that gained most.
_FIRST = 5
#: Competitors drawn by name; the others are drawn together.
_COMPETITORS = 4


def surroundings(view: View, of: Direction, comparison: Comparison) -> list[Block]:
    """The studied country's place in every group, and who else is there."""
    rows = view.compared("places", of, comparison)
    if rows.is_empty():
        return []
    named_groups = rows.filter(pl.col("product") != RESIDUAL)
    if named_groups["share"].null_count() == named_groups.height:
        return []
    kind = kind_of(view, of)
    competitors = view.compared(kind, of, comparison)
    return [
        _heading(kind, of),
        *_sentences(view, of, comparison, kind),
        *_shares(kind, of, comparison, named_groups, competitors),
        *_growth_share(kind, of, comparison, named_groups),
        _places(view, kind, of, comparison, named_groups),
        *_competitors(view, kind, of, comparison, named_groups, competitors),
    ]


def kind_of(view: View, of: Direction) -> str:
    """What the partners of the reporter are in this direction: its suppliers or its markets."""
    return "suppliers" if view.series.flow(of[0]) == "import" else "markets"


def _heading(kind: str, of: Direction) -> Heading:
    whose = {"importer": Name("area", of[1])} if kind == "suppliers" else {"exporter": Name("area", of[0])}
    return Heading(Finding(f"heading.{kind}", whose))


def _sentences(view: View, of: Direction, comparison: Comparison, kind: str) -> list[Block]:
    keys = (f"place_among_{kind}", f"place_among_{kind}_unranked", f"lost_share_{kind}")
    found = [view.finding(STAGE, key, of, comparison) for key in keys]
    return said(told(finding) for finding in found if finding is not None)


def _growth_share(kind: str, of: Direction, comparison: Comparison, places: pl.DataFrame) -> list[Block]:
    """The largest groups as circles: growth of the market, share in it, deliveries."""
    measured = places.drop_nulls(["market_growth", "share", "value_1"])
    if measured.height < _FEWEST:
        return []
    figures = table(
        "growth_share",
        Finding(f"chart.growth_share_{kind}", {**ends(of), "period": spoken(comparison.current.code)}),
        measured.sort("value_1", descending=True).head(_CIRCLES),
        (
            named("group", "product", of="product"),
            change("market_growth", "growth"),
            number("market_share", "share", of="share"),
            number("deliveries", "usd", of="value_1"),
        ),
        caveats=("listed_partners_sum",),
    )
    return [chart("growth_share", figures, picture="circles")]


def _shares(
    kind: str, of: Direction, comparison: Comparison, places: pl.DataFrame, competitors: pl.DataFrame
) -> list[Block]:
    """The largest groups, each bar the whole market: the pair's own share, the largest competitors, the others."""
    if competitors.is_empty():
        return []
    largest = places.drop_nulls("share").sort("value_1", descending=True, nulls_last=True).head(_DRAWN)
    rivals = _rivals(competitors, largest, _own(kind, of))
    records = [_shares_of(row, competitors, rivals) for row in largest.iter_rows(named=True)]
    own = Name("area", _own(kind, of))
    whose = {"importer": Name("area", of[1])} if kind == "suppliers" else {"exporter": Name("area", of[0])}
    figures = table(
        "market_shares",
        Finding(f"chart.{kind}", {**whose, "period": spoken(comparison.current.code)}),
        records,
        (
            named("group", "product", of="product"),
            number("own", "share", label=own),
            *(number(rival, "share", absence="row_absent", label=Name("area", rival)) for rival in rivals),
            number("rest", "share", label=Finding("series.rest")),
        ),
        caveats=("listed_partners_sum",),
    )
    return [chart("market_shares", figures)]


def _own(kind: str, of: Direction) -> str:
    return of[0] if kind == "suppliers" else of[1]


def _rivals(competitors: pl.DataFrame, largest: pl.DataFrame, own: str) -> list[str]:
    """The competitors with the most trade in the groups drawn."""
    inside = competitors.join(largest.select("product"), on="product", how="semi").filter(pl.col("competitor") != own)
    ranked = (
        inside.group_by("competitor")
        .agg(pl.col("value_1").sum())
        .sort("value_1", "competitor", descending=[True, False])
    )
    return ranked["competitor"].head(_COMPETITORS).to_list()


def _shares_of(row: Record, competitors: pl.DataFrame, rivals: list[str]) -> Record:
    rows = competitors.filter((pl.col("product") == row["product"]) & pl.col("competitor").is_in(rivals))
    shares = dict(rows.select("competitor", "share").iter_rows())
    rest = max(1.0 - row["share"] - sum(share for share in shares.values() if share), 0.0)
    traces = (*str(row["trace_id"] or "").split(), *traces_in(rows))
    named_shares = {rival: shares.get(rival) for rival in rivals}
    return {"product": row["product"], "own": row["share"], **named_shares, "rest": rest, "trace_id": " ".join(traces)}


def _places(view: View, kind: str, of: Direction, comparison: Comparison, rows: pl.DataFrame) -> Table:
    ranked = rows["rank"].null_count() < rows.height
    extra = (
        number("unit_value_ratio", "ratio", absence="no_quantity"),
        words("gained_by", lambda record: Name("area", record["gained_by"]) if record["gained_by"] else None),
    )
    return table(
        "places",
        Finding(f"table.places_{kind}", compared_ends(of, comparison)),
        rows.sort("value_1", descending=True, nulls_last=True),
        (
            named("group", "product", of="product"),
            number("deliveries", "usd", of="value_1", absence="row_absent"),
            number("market_size", "usd", of="market_1", absence="unknown"),
            change("market_growth", "growth"),
            number("market_share", "share", of="share", absence="row_absent"),
            change("share_change", "pp"),
            *((number("place", "count", of="rank", absence="row_absent"), *extra) if ranked else ()),
        ),
        most=view.most(10),
        caveats=("listed_partners_sum",),
    )


def _competitors(
    view: View, kind: str, of: Direction, comparison: Comparison, places: pl.DataFrame, competitors: pl.DataFrame
) -> list[Block]:
    """A table for each large group: the first suppliers, the studied one, and who gained its share."""
    if competitors.is_empty():
        return []
    groups = places.drop_nulls("value_1").sort("value_1", descending=True)
    shown = groups.head(_GROUPS) if view.short else groups
    tables: list[Block] = [
        _competitors_of(view, kind, of, comparison, row, competitors) for row in shown.iter_rows(named=True)
    ]
    left = groups.height - shown.height
    more = [Paragraph(Finding("table.more_groups", {"n": Measure(left, "count")}))] if left else []
    return [*tables, *more]


def _competitors_of(
    view: View, kind: str, of: Direction, comparison: Comparison, group: Record, competitors: pl.DataFrame
) -> Table:
    own = _own(kind, of)
    kept = [own, *([group["gained_by"]] if group["gained_by"] else [])]
    rows = competitors.filter(pl.col("product") == group["product"])
    shown = rows.filter((pl.col("rank") <= _FIRST) | pl.col("competitor").is_in(kept)) if view.short else rows
    whose = {"importer": Name("area", of[1])} if kind == "suppliers" else {"exporter": Name("area", of[0])}
    period = {key: value for key, value in compared_ends(of, comparison).items() if key in ("period", "base")}
    return table(
        kind,
        Finding(f"table.{kind}", {**whose, **period, "product": Name("product", group["product"])}),
        shown.sort("rank", nulls_last=True),
        (
            named("supplier" if kind == "suppliers" else "market", "area", of="competitor"),
            number("rank", "count", absence="row_absent"),
            number("value", "usd", of="value_1", absence="row_absent"),
            number("market_share", "share", of="share"),
            change("share_change", "pp"),
            change("growth", "growth"),
            number("unit_value", "usd_per_unit", absence="no_quantity"),
            unit_of_quantity(),
            number("unit_value_ratio", "ratio", absence="no_quantity"),
        ),
        highlight=lambda record: record["competitor"] == own,
        caveats=("listed_partners_sum",),
    )


def market_share_effects(view: View, of: Direction, comparison: Comparison) -> list[Block]:
    """The constant-market-share split: from the base to the current total in three steps."""
    rows = view.compared("constant_market_share", of, comparison)
    if rows.is_empty():
        return []
    finding = view.finding(STAGE, "constant_market_share", of, comparison)
    traces = " ".join(traces_in(view.compared("places", of, comparison)))
    figures = table(
        "market_share_effects",
        Finding("chart.constant_market_share", compared_ends(of, comparison)),
        _steps(rows, comparison, traces),
        (words("effect", lambda record: record["step"]), number("amount", "usd")),
        highlight=lambda record: bool(record["total"]),
        caveats=("listed_partners_sum",),
    )
    blocks: list[Block] = [
        Heading(Finding("heading.constant_market_share")),
        *([Paragraph(told(finding))] if finding else []),
        chart("market_share_effects", figures, picture="steps"),
    ]
    return blocks if view.short else [*blocks, _effects_by_group(view, of, comparison, rows)]


def _steps(rows: pl.DataFrame, comparison: Comparison, traces: str) -> list[Record]:
    """The base, the three effects and the current total, one row each."""
    effects = ("market_effect", "structure_effect", "residual_effect")
    sums = rows.select(pl.col("value_0", "value_1", *effects).sum()).row(0, named=True)
    ends = {"value_0": comparison.base.code, "value_1": comparison.current.code}
    totals = {name: Finding("series.base", {"period": spoken(code)}) for name, code in ends.items()}
    return [
        {
            "step": totals.get(step, Finding(f"series.{step}")),
            "amount": sums[step],
            "total": step in totals,
            "trace_id": traces,
        }
        for step in ("value_0", *effects, "value_1")
    ]


def _effects_by_group(view: View, of: Direction, comparison: Comparison, rows: pl.DataFrame) -> Table:
    places = view.compared("places", of, comparison).select("product", "trace_id")
    traded = rows.filter(pl.any_horizontal(pl.col("value_0", "value_1") > 0)).join(places, on="product", how="left")
    return table(
        "constant_market_share",
        Finding("table.constant_market_share", compared_ends(of, comparison)),
        traded.sort(pl.col("residual_effect").abs(), descending=True, nulls_last=True),
        (
            named("group", "product", of="product"),
            change("market_effect", "usd"),
            change("structure_effect", "usd"),
            change("residual_effect", "usd"),
        ),
    )
