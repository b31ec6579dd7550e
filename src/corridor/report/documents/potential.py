"""Export potential of one economy in another as a document: the gap drawn, and every factor in a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from corridor.evidence import Finding, Measure, Name, Trace
from corridor.report.documents.chart_titles import chart
from corridor.report.documents.document import (
    Block,
    Chapter,
    Document,
    Fact,
    Meta,
    Paragraph,
    Sources,
    Texts,
    gather_sources,
)
from corridor.report.documents.grid import named, number, said, table
from corridor.report.documents.study_method import traces_of
from corridor.report.documents.study_view import Direction, ends

#: Bars drawn.
_DRAWN = 12


@dataclass(frozen=True)
class Told:
    """What the document is made of: a row a product (`corridor.potential.export_potential`) with ``trace_id``.

    ``title`` and ``notes`` are the lines that stand above the table, ``traces`` the publisher's row of every trace id.
    """

    direction: Direction
    year: str
    rows: pl.DataFrame
    title: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    traces: Mapping[str, Trace]
    publishers: Mapping[str, Texts]
    goods: Mapping[str, Texts]


def document(told: Told, *, made_on: date, generator: str) -> Document:
    """The potential of a pair: what it is, the gap where one was computed, and all products with their factors."""
    parts = {**ends(told.direction), "period": Name("period", told.year)}
    blocks: list[Block] = [*said((*told.title, *told.notes)), *drawn(told), _factors(told)]
    used = tuple(dict.fromkeys(trace for block in blocks for trace in traces_of(block)))
    known = {each: told.traces[each] for each in used}
    facts = (Fact("made_on", Name("period", made_on.isoformat())),)
    return Document(
        title=Finding("table.potential", parts),
        meta=Meta((Finding("potential.benchmark"),), facts, generator),
        front=tuple(blocks),
        chapters=(Chapter("sources", Finding("heading.sources"), (Sources(),)),),
        sources=gather_sources(known.values(), told.publishers),
        traces=known,
        goods=told.goods,
    )


def drawn(told: Told) -> list[Block]:
    """The chart of the products with the largest unrealised potential; nothing where nothing was computed."""
    computed = told.rows.filter(pl.col("potential_usd").is_not_null() & (pl.col("potential_usd") > 0))
    if computed.is_empty():
        return []
    largest = computed.sort("unrealised_usd", "product", descending=[True, False]).head(_DRAWN)
    figures = table(
        "potential",
        Finding("chart.potential_drawn", {**ends(told.direction), "period": Name("period", told.year)}),
        largest,
        (
            named("good", "product", of="product"),
            number("potential", "usd", of="potential_usd"),
            number("realised", "usd", of="realised_usd"),
        ),
    )
    rest = computed.height - largest.height
    more = [Paragraph(Finding("potential.not_drawn", {"n": Measure(rest, "count")}))] if rest else []
    return [chart("potential", figures), *more]


def _factors(told: Told) -> Block:
    return table(
        "potential_factors",
        Finding("table.potential", {**ends(told.direction), "period": Name("period", told.year)}),
        told.rows,
        (
            named("good", "product", of="product"),
            number("potential", "usd", of="potential_usd", absence="unknown"),
            number("realised", "usd", of="realised_usd"),
            number("unrealised", "usd", of="unrealised_usd"),
            number("export_share", "share"),
            number("bought", "usd", of="imports_usd"),
            number("ease", "ratio", of="bilateral_ease"),
        ),
    )
