"""Chapter 2 of the study's report: one direction by commodity group, a chapter for each."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from corridor.codes.products import RESIDUAL
from corridor.evidence import Finding, Name
from corridor.report.documents.chart_titles import chart
from corridor.report.documents.document import Block, Chapter, Chart, Heading, Table
from corridor.report.documents.grid import (
    Record,
    change,
    named,
    number,
    said,
    table,
    traces_of,
    unit_of_quantity,
    words,
)
from corridor.report.documents.study_market import market_share_effects, surroundings
from corridor.report.documents.study_trade import residual
from corridor.report.documents.study_view import Direction, View, against, compared_ends, ends
from corridor.report.documents.wording import base_of, spoken, told
from corridor.study.comparisons import Comparison
from corridor.study.product_groups import NRNE_OF

STAGE = "product_groups"

#: Bars drawn on either side of zero.
_BARS = 6
#: Groups whose unit value is drawn.
_EFFECTS = 8


def direction(view: View, of: Direction) -> Chapter:
    """One direction by commodity group: change and its causes, composition, place in the market."""
    title = "chapter.groups" if of == view.out else "chapter.groups_return"
    blocks: list[Block] = []
    for comparison in view.shown:
        blocks += _compared(view, of, comparison)
    if not blocks:
        blocks += _alone(view, of) or _not_held(view, of)
    return Chapter(
        "groups" if of == view.out else "groups-return",
        Finding(title, ends(of)),
        (*blocks, *_composition(view, of)),
        fold=view.short,
    )


def _compared(view: View, of: Direction, comparison: Comparison) -> list[Block]:
    """Everything about one direction and comparison; nothing where its groups are not held."""
    rows = view.compared("changes", of, comparison)
    if rows.is_empty():
        return []
    return [
        Heading(Finding("heading.groups", against(comparison))),
        *_told(view, of, comparison, "largest_groups", "risers", "fallers", "new", "vanished"),
        _groups(view, of, comparison, rows),
        _contributions(of, comparison, rows),
        *_value_effects(view, of, comparison, rows),
        *surroundings(view, of, comparison),
        *market_share_effects(view, of, comparison),
    ]


def _told(view: View, of: Direction, comparison: Comparison, *keys: str) -> list[Block]:
    found = [view.finding(STAGE, key, of, comparison) for key in keys]
    return said(told(finding) for finding in found if finding is not None)


def _groups(view: View, of: Direction, comparison: Comparison, changes: pl.DataFrame) -> Table:
    shares = view.described("groups", of, comparison.current.code).select("product", "share")
    rows = changes.join(shares, on="product", how="left").sort("value_1", "value_0", descending=True, nulls_last=True)
    return table(
        "groups",
        Finding("table.groups", compared_ends(of, comparison)),
        rows,
        (
            named("group", "product", of="product"),
            number("value", "usd", of="value_1", absence="row_absent"),
            number("share", "share", absence="row_absent"),
            change("growth", "growth"),
            change("contribution", "pp"),
            number("quantity", "quantity", of="quantity_1", absence="no_quantity"),
            unit_of_quantity(),
            number("unit_value", "usd_per_unit", of="unit_value_1", absence="no_quantity"),
            change("unit_value_growth", "growth", absence="no_quantity"),
            *(() if view.short else (named("change_kind", "term", prefix="change_kind."),)),
        ),
        most=view.most(12),
        footers=_total(view, of, comparison),
        caveats=(
            *(("residual_group",) if RESIDUAL in rows["product"].to_list() else ()),
            *view.of_some_goods(of, comparison.current.code),
        ),
    )


def _total(view: View, of: Direction, comparison: Comparison) -> Sequence[Record]:
    flow = f"{view.series.flow(of[0])}s"
    rows = view.table(STAGE, "bilateral").filter(
        (pl.col("view") == view.series.reporter)
        & (pl.col("period") == comparison.current.code)
        & (pl.col("base_period") == comparison.base.code)
    )
    return [
        {
            "product": "TOTAL", "value_1": row[flow], "share": 1.0, "growth": row[f"{flow}_growth"],
            "contribution": row[f"{flow}_growth"], "quantity_1": None, "quantity_unit": None, "unit_value_1": None,
            "unit_value_growth": None, "change_kind": None, "trace_id": " ".join(_of_flow(row, flow)),
        }
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip


def _of_flow(row: Record, flow: str) -> tuple[str, ...]:
    """The rows of one flow: where both are held, each period names its exports first and its imports second."""
    traces = traces_of(row)
    if row["exports"] is None or row["imports"] is None:
        return traces
    return traces[flow == "imports" :: 2]


def _contributions(of: Direction, comparison: Comparison, rows: pl.DataFrame) -> Chart:
    ordered = rows.drop_nulls("contribution").sort("contribution", descending=True)
    rising = ordered.filter(pl.col("contribution") > 0).head(_BARS)
    falling = ordered.filter(pl.col("contribution") < 0).tail(_BARS)
    figures = table(
        "contributions",
        Finding("chart.contributions", compared_ends(of, comparison)),
        pl.concat([rising, falling]),
        (named("group", "product", of="product"), change("contribution", "pp")),
    )
    return chart("contributions", figures)


def _value_effects(view: View, of: Direction, comparison: Comparison, rows: pl.DataFrame) -> list[Block]:
    split = rows.drop_nulls(["unit_value_effect", "quantity_effect"])
    if split.is_empty():
        return []
    largest = split.sort(pl.col("change").abs(), descending=True)
    figures = table(
        "value_effects",
        Finding("chart.value_effects", compared_ends(of, comparison)),
        largest.head(_EFFECTS),
        (
            named("group", "product", of="product"),
            change("unit_value_effect", "usd"),
            change("quantity_effect", "usd"),
            change("change_usd", "usd", of="change"),
        ),
    )
    effects = chart("value_effects", figures)
    blocks = [Heading(Finding("heading.causes")), *_told(view, of, comparison, "unit_value"), effects]
    return blocks if view.short else [*blocks, _unit_values(comparison, largest)]


def _unit_values(comparison: Comparison, rows: pl.DataFrame) -> Table:
    return table(
        "unit_values",
        Finding("table.unit_values", against(comparison)),
        rows,
        (
            named("group", "product", of="product"),
            change("quantity_growth", "growth"),
            number("unit_value_base", "usd_per_unit", of="unit_value_0", label=base_of(comparison.base.code)),
            number("unit_value", "usd_per_unit", of="unit_value_1"),
            unit_of_quantity(),
            change("unit_value_growth", "growth"),
            change("unit_value_effect", "usd"),
            change("quantity_effect", "usd"),
        ),
        caveats=("unit_value_mix",),
    )


def _not_held(view: View, of: Direction) -> list[Block]:
    """Of a pair that is held one way, why the other way's chapter is empty."""
    if view.described("groups", of).height:
        return []
    missing = view.study.stage(STAGE).missing
    return said(told(each) for each in missing if each.key.startswith(f"{STAGE}.one_side."))


def _alone(view: View, of: Direction) -> list[Block]:
    """The groups of the latest period where there is none to compare it with."""
    period = view.agenda.latest.code
    rows = view.described("groups", of, period)
    if rows.is_empty():
        return []
    fields = (
        named("group", "product", of="product"),
        number("value", "usd", of="value_usd"),
        number("share", "share"),
        number("quantity", "quantity", absence="no_quantity"),
        unit_of_quantity(),
        number("unit_value", "usd_per_unit", absence="no_quantity"),
    )
    title = Finding("table.groups_alone", {**ends(of), "period": spoken(period)})
    heading = Heading(Finding("heading.groups_alone", {"period": spoken(period)}))
    return [heading, table("groups", title, rows, fields, most=view.most(12))]


def _composition(view: View, of: Direction) -> list[Block]:
    rows = view.described("concentration", of)
    if rows.is_empty():
        return []
    found = view.findings(STAGE, "concentration", "processing")
    sentences = [told(each) for each in found if each.parameters["exporter"] == Name("area", of[0])]
    return [
        Heading(Finding("heading.composition")),
        *said(sentences),
        _concentration(view, of, rows),
        *_similarity(view, of),
        *_processing(view, of),
        *_specialisation(view, of),
    ]


def _concentration(view: View, of: Direction, rows: pl.DataFrame) -> Table:
    return table(
        "concentration",
        Finding("table.concentration", ends(of)),
        rows,
        (
            words("period", lambda record: view.label(record["period"])),
            words("residual_included", residual),
            number("groups_count", "count", of="n"),
            number("hhi", "index"),
            number("hhi_normalised", "index"),
            number("concentration_ratio", "share", of="concentration_ratio_3"),
            number("entropy", "index"),
            number("structural_change", "index", absence="no_base"),
        ),
        traced=lambda record: view.basket(of, record["period"]),
    )


def _similarity(view: View, of: Direction) -> list[Block]:
    rows = view.described("similarity", of)
    if rows.is_empty() or view.short:
        return []
    fields = (
        words("period", lambda record: view.label(record["period"])),
        named("compared_with", "term", prefix="compared_with."),
        number("export_similarity", "index"),
    )
    title = Finding("table.similarity", {**ends(of), "reporter": Name("area", view.series.reporter)})
    return [
        table("similarity", title, rows, fields, traced=lambda record: view.basket(of, record["period"]),
              caveats=("listed_partners_sum",)),
    ]  # fmt: skip


def _processing(view: View, of: Direction) -> list[Block]:
    period = view.agenda.latest.code
    rows = view.described("processing_degree", of, period)
    if rows.is_empty():
        return []
    basket = view.basket(of, period)
    figures = table(
        "processing_degree",
        Finding("chart.processing", {**ends(of), "period": spoken(period)}),
        rows,
        (
            named("degree", "term", prefix="degree."),
            number("least", "share", of="share_least"),
            number("most", "share", of="share_most"),
        ),
        caveats=("approximate_group",),
        traced=lambda record: basket,
    )
    # The class is Russia's own, of its exports.
    missing = view.study.stage(STAGE).missing if of[0] == NRNE_OF else ()
    nrne = [finding for finding in missing if finding.key.endswith("nrne_not_held")]
    return [
        chart("processing_degree", figures, picture="intervals"),
        *said(told(finding) for finding in nrne),
    ]


def _specialisation(view: View, of: Direction) -> list[Block]:
    period = view.agenda.latest.code
    rows = view.described("specialisation", of, period)
    if rows.is_empty() or view.short:
        return []
    fields = (
        named("group", "product", of="product"),
        number("value", "usd", of="value_usd"),
        number("market_size", "usd", of="whole"),
        number("location_quotient", "ratio"),
    )
    title = Finding("table.specialisation", {**ends(of), "period": spoken(period)})
    ordered = rows.sort("location_quotient", descending=True, nulls_last=True)
    return [table("specialisation", title, ordered, fields, caveats=("listed_partners_sum",))]
