"""Chapter 5 of the study's report: what to look at next in one direction, each line with its argument."""

from __future__ import annotations

import polars as pl

from corridor.evidence import Finding, Measure, Name
from corridor.report.documents.chart_titles import chart
from corridor.report.documents.document import Block, Chapter, Chart, Heading, List, Paragraph, Table
from corridor.report.documents.grid import Field, change, chosen, named, number, said, table
from corridor.report.documents.study_view import Direction, View, ends
from corridor.report.documents.wording import base_of, spoken, told
from corridor.study.recommendations import criteria

STAGE = "recommendations"

#: Bars drawn.
_DRAWN = 10


def recommendations(view: View, of: Direction) -> Chapter:
    """The ranking of groups for one direction, the arguments of the first, and what could not be judged."""
    key = "recommendations" if of == view.out else "recommendations-return"
    title = "chapter.recommendations" if of == view.out else "chapter.recommendations_return"
    blocks: list[Block] = [Paragraph(told(finding)) for finding in view.study.stage(STAGE).missing]
    return Chapter(key, Finding(title, ends(of)), (*blocks, *_ranking(view, of)), fold=view.short)


def arguments(view: View, of: Direction) -> tuple[Finding, ...]:
    """The recommendations of a direction that are told as an argument, best first."""
    found = view.findings(STAGE, "demand", "supply")
    mine = [finding for finding in found if finding.parameters["exporter"] == Name("area", of[0])]
    return tuple(sorted(mine, key=_rank))


def _rank(finding: Finding) -> float:
    rank = finding.parameters["rank"]
    return rank.value or 0.0 if isinstance(rank, Measure) else 0.0


def _ranking(view: View, of: Direction) -> list[Block]:
    rows = chosen(view.table(STAGE, "recommendations"), exporter=of[0], importer=of[1])
    if rows.is_empty():
        return []
    ranked = rows.sort("rank", nulls_last=True)
    return [
        Heading(Finding("heading.screening")),
        _chart(of, ranked),
        *said(told(finding) for finding in _records(view, of)),
        *(block for finding in arguments(view, of) for block in argument_blocks(finding)),
        _table(view, of, ranked),
        *_record(view, of),
        *_not_judged(view, of),
    ]


def _records(view: View, of: Direction) -> tuple[Finding, ...]:
    found = view.study.stage(STAGE).findings
    return tuple(each for each in found if each.key.startswith("record.") and _is_of(each, of))


def _is_of(finding: Finding, of: Direction) -> bool:
    return (finding.parameters["exporter"], finding.parameters["importer"]) == tuple(Name("area", code) for code in of)


def _record(view: View, of: Direction) -> list[Block]:
    """Every method's measures, ours first; the short report has the sentence above only."""
    rows = chosen(view.table(STAGE, "record"), exporter=of[0], importer=of[1])
    if rows.is_empty() or view.short:
        return []
    fields = (
        named("method", "term", of="method", prefix="method."),
        named("measure", "term", of="measure", prefix="measure."),
        number("measured", "index", of="value", digits=3),
        number("interval_low", "index", of="low", digits=3),
        number("interval_high", "index", of="high", digits=3),
    )
    return [table("record", Finding("table.record", {"period": Name("period", rows["period"][0])}), rows, fields)]


def _chart(of: Direction, rows: pl.DataFrame) -> Chart:
    figures = table(
        "ranking",
        Finding("chart.ranking", {**ends(of), "period": spoken(rows["period"][0])}),
        rows.drop_nulls("score").head(_DRAWN),
        (
            named("group", "product", of="product"),
            number("score", "index", digits=2),
            number("stability", "share", digits=0),
        ),
        caveats=("approximate_group", "listed_partners_sum"),
    )
    return chart("ranking", figures)


def _table(view: View, of: Direction, rows: pl.DataFrame) -> Table:
    title = {**ends(of), "period": spoken(rows["period"][0]), "base": base_of(rows["base_period"][0])}
    return table(
        "recommendations",
        Finding("table.recommendations", title),
        rows,
        (
            named("group", "product", of="product"),
            number("rank", "count"),
            number("score", "index", digits=2),
            number("stability", "share", digits=0),
            *_criteria(view, of),
        ),
        most=view.most(10),
    )


def _criteria(view: View, of: Direction) -> tuple[Field, ...]:
    return tuple(
        (change if each.unit in ("growth", "pp") else number)(each.name, each.unit, of=each.column, absence="unknown")
        for each in criteria(view.series.flow(of[0]))
    )


def _not_judged(view: View, of: Direction) -> list[Block]:
    rows = chosen(view.table(STAGE, "not_judged"), exporter=of[0], importer=of[1])
    if rows.is_empty():
        return []
    fields = (
        named("group", "product", of="product"),
        number("market_size", "usd", of="market_1", absence="row_absent"),
        change("market_growth", "growth"),
        named("why_not_judged", "term", of="why_not", prefix="why_not."),
    )
    apart = table("not_judged", Finding("table.not_judged"), rows, fields, most=view.most(10))
    return [Heading(Finding("heading.not_judged")), apart]


def argument_blocks(finding: Finding) -> list[Block]:
    """One recommendation as an argument: reasons, weakest evidence, what would change it, regions, headings."""
    given = finding.parameters
    heading = Finding("heading.argument", {"rank": given["rank"], "product": given["product"]})
    stability = Finding("argument.stability", {"score": given["score"], "stability": given["stability"]})
    items = (
        told(finding),
        _nested("argument.weakest", finding, "weakest"),
        _nested("argument.would_change", finding, "would_change"),
        _listed("argument.regions", "argument.no_regions", finding, "regions"),
        *_headings(finding),
        stability,
    )
    return [Heading(heading), List(items)]


def _nested(key: str, finding: Finding, name: str) -> Finding:
    inner = finding.parameters[name]
    if not isinstance(inner, Finding):
        raise TypeError(f"{finding.key} tells no {name}")
    return Finding(key, {"what": told(inner)}, inner.traces, inner.caveats)


def _listed(key: str, empty: str, finding: Finding, name: str) -> Finding:
    found = finding.parameters[name]
    return Finding(key, {name: found}) if found else Finding(empty)


def _headings(finding: Finding) -> list[Finding]:
    """The HS headings inside the group, their ranges printed as ranges."""
    found = finding.parameters["headings"]
    names = found if isinstance(found, tuple) else ()
    ranges = tuple(Name("text", each.code.replace("-", "–")) for each in names if isinstance(each, Name))
    return [Finding("argument.headings", {"headings": ranges})] if ranges else []
