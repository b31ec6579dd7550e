"""Chapter 2 of the study's report: both directions together, their totals, structure and two-way trade."""

from __future__ import annotations

import polars as pl

from corridor.evidence import Finding, Name
from corridor.report.documents.chart_titles import chart
from corridor.report.documents.document import Block, Chapter, Heading, Table
from corridor.report.documents.grid import (
    Field,
    Record,
    change,
    named,
    number,
    said,
    table,
    traces_in,
    words,
)
from corridor.report.documents.study_view import View, ends
from corridor.report.documents.wording import spoken, told

STAGE = "product_groups"


def both_directions(view: View) -> Chapter:
    """Totals by period, structure of both flows, two-way trade within groups."""
    missing = [finding for finding in view.study.stage(STAGE).missing if not finding.key.endswith("nrne_not_held")]
    return Chapter(
        "both",
        Finding("chapter.both"),
        (
            *said(told(finding) for finding in missing),
            *_annual_trade(view),
            *([] if view.table(STAGE, "bilateral").is_empty() else [_bilateral(view)]),
            *_totals_told(view),
            *_structure(view),
            *_denominators(view),
            *_two_way(view),
        ),
        fold=view.short,
    )


def _annual_trade(view: View) -> list[Block]:
    years = view.table(STAGE, "bilateral").filter(
        (pl.col("view") == view.series.reporter) & pl.col("period").str.contains(r"^\d{4}$")
    )
    if years.height < 2 or _one_way(years):
        return []
    reporter = {"reporter": Name("area", view.series.reporter)}
    figures = table(
        "annual_trade",
        Finding("chart.annual_trade", reporter),
        years,
        (
            named("year", "period", of="period"),
            *(number(f"{flow}s", "usd", label=_flow_label(view, flow)) for flow in _flows(view, years)),
            *(() if _one_way(years) else (number("balance", "usd", label=Finding("series.balance", reporter)),)),
        ),
        caveats=("price_basis_mixed",),
    )
    return [chart("annual_trade", figures)]


def _flow_label(view: View, flow: str) -> Finding:
    return Finding(
        "series.exports", ends(next(each for each in (view.out, view.back) if view.series.flow(each[0]) == flow))
    )


def _bilateral(view: View) -> Table:
    rows = view.table(STAGE, "bilateral").filter(pl.col("view") == view.series.reporter)
    shown = [period.code for period in view.agenda.periods]
    columns = [part for flow in _flows(view, rows) for part in _flow_fields(view, flow)]
    both = not _one_way(rows)
    names = {"reporter": Name("area", view.series.reporter)}
    return table(
        "bilateral",
        Finding(
            "table.bilateral", {"exporter": Name("area", view.out[0]), "partner": Name("area", view.out[1]), **names}
        ),
        rows.filter(pl.col("period").is_in(shown)).sort("period"),
        (
            words("period", lambda record: view.label(record["period"])),
            *((number("turnover", "usd"), change("turnover_growth", "growth")) if both else ()),
            *columns,
            *((change("balance", "usd", label=Finding("series.balance", names)),) if both else ()),
        ),
        caveats=("price_basis_mixed",),
    )


def _flows(view: View, totals: pl.DataFrame) -> tuple[str, ...]:
    """The reporter's words for the studied direction and for the return direction, of those that are held."""
    words = (view.series.flow(view.out[0]), view.series.flow(view.back[0]))
    return tuple(flow for flow in words if totals[f"{flow}s"].count())


def _one_way(totals: pl.DataFrame) -> bool:
    return not totals["turnover"].count()


def _flow_fields(view: View, flow: str) -> tuple[Field, Field]:
    return (
        number(f"{flow}s", "usd", label=_flow_label(view, flow)),
        change("growth", "growth", of=f"{flow}s_growth"),
    )


def _totals_told(view: View) -> list[Block]:
    shown = {Name("period", each.current.code) for each in view.shown}
    told_of = ("lunar_new_year", "january_february", "turnover", "flows", "surplus", "deficit")
    found = view.findings(STAGE, *told_of, "exports_alone", "imports_alone")
    return said(told(finding) for finding in found if finding.parameters["period"] in shown)


def _denominators(view: View) -> list[Block]:
    """The pair's share in the reporter's trade, each denominator by its own name."""
    rows = view.table(STAGE, "denominators")
    if rows.is_empty():
        return []
    shown = rows if not view.short else rows.filter(pl.col("period") == view.agenda.latest.code)
    fields = (
        words("period", lambda record: view.label(record["period"])),
        words("direction", lambda record: Finding("series.exports", ends((record["exporter"], record["importer"])))),
        named("denominator", "term", prefix="denominator."),
        named("source", "source"),
        named("release", "term", prefix="release."),
        number("value", "usd", of="value_usd"),
        number("whole", "usd", of="whole_usd"),
        number("share", "share", digits=2),
    )
    title = Finding("table.denominators", {"reporter": Name("area", view.series.reporter)})
    return [Heading(Finding("heading.denominators")), table("denominators", title, shown, fields)]


def _structure(view: View) -> list[Block]:
    """Both flows as areas; the groups of both lists by their common code."""
    period = view.agenda.latest.code
    sides = [view.described("groups", of, period) for of in (view.out, view.back)]
    if any(side.is_empty() for side in sides):
        return []
    columns = [
        side.select("product", pl.col("value_usd").alias(f"value_{place}"), pl.col("trace_id").alias(f"trace_{place}"))
        for place, side in enumerate(sides)
    ]
    joined = columns[0].join(columns[1], on="product", how="full", coalesce=True)
    rows = joined.with_columns(
        trace_id=pl.concat_str("trace_0", "trace_1", separator=" ", ignore_nulls=True),
        larger=pl.max_horizontal("value_0", "value_1"),
    ).sort("larger", descending=True)
    figures = table(
        "structure",
        Finding("chart.structure", {"period": spoken(period)}),
        rows,
        (
            named("group", "product", of="product"),
            number("value_0", "usd", absence="row_absent", label=Finding("series.exports", ends(view.out))),
            number("value_1", "usd", absence="row_absent", label=Finding("series.exports", ends(view.back))),
        ),
    )
    return [Heading(Finding("heading.structure")), chart("structure", figures, picture="areas")]


def _two_way(view: View) -> list[Block]:
    totals = view.table(STAGE, "intra_industry_total")
    if totals.is_empty():
        return []
    traces = {
        period: traces_in(view.table(STAGE, "intra_industry").filter(pl.col("period") == period))
        for period in totals["period"].unique()
    }
    blocks: list[Block] = [
        Heading(Finding("heading.two_way")),
        table(
            "intra_industry_total",
            Finding("table.intra_industry_total"),
            totals,
            (
                words("period", lambda record: view.label(record["period"])),
                words("residual_included", residual),
                number("grubel_lloyd", "index"),
            ),
            traced=lambda record: traces[record["period"]],
        ),
    ]
    return blocks if view.short else [*blocks, _two_way_by_group(view)]


def _two_way_by_group(view: View) -> Table:
    period = view.agenda.latest.code
    rows = view.table(STAGE, "intra_industry").filter((pl.col("period") == period) & (pl.col("grubel_lloyd") > 0))
    first, second = (f"{view.series.flow(of[0])}s" for of in (view.out, view.back))
    return table(
        "intra_industry",
        Finding("table.intra_industry", {"period": spoken(period)}),
        rows.sort("grubel_lloyd", descending=True),
        (
            named("group", "product", of="product"),
            number(first, "usd", label=Finding("series.exports", ends(view.out))),
            number(second, "usd", label=Finding("series.exports", ends(view.back))),
            number("grubel_lloyd", "index"),
        ),
    )


def residual(record: Record) -> Name:
    """Whether the residual group is in the figure, in words."""
    return Name("term", f"residual.{'included' if record['residual_included'] else 'excluded'}")
