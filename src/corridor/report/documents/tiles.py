"""The tile map of a country's regions: each area of the publisher's list one square, roughly where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl

from corridor.codes import areas
from corridor.codes.tiles import layout
from corridor.evidence import Finding, Measure, Name
from corridor.report.documents.chart_titles import chart
from corridor.report.documents.document import Chart, Column, Paragraph, Row, Table
from corridor.report.documents.grid import traces_of
from corridor.report.documents.study_view import Direction, ends
from corridor.report.shapes import Shapes


def tile_map(of: Direction, rows: pl.DataFrame, year: Name) -> Iterator[Chart | Paragraph]:
    """The map of ``rows`` (``region, value_usd, trace_id``) of a year, then its caption; nothing without a layout."""
    on = date(int(year.code), 12, 31)
    places = layout(of[0], on)
    if not places:
        return
    values = {row["region"]: row for row in rows.iter_rows(named=True)}
    said = {**ends(of), "period": year}
    tiles = [*places, *(code for code in values if code not in places)]
    figures = Table(
        "tile_map",
        Finding("chart.tile_map", said),
        (Column("region", kind="name"), Column("value", "usd")),
        tuple(_tile(code, values.get(code)) for code in tiles),
        caveats=("declarant_region",),
    )
    yield chart("tile_map", figures, Finding("alt.tile_map", {**said, "regions": _largest(rows)}))
    yield Paragraph(Finding("chart.tile_map_caption", {"period": year, "n": Measure(len(places), "count")}))
    if set(places) - set(areas.regions(of[0])):
        yield Paragraph(Finding("chart.tile_map_letters"))


def region_map(of: Direction, rows: pl.DataFrame, year: Name, shapes: Shapes) -> Iterator[Chart | Paragraph]:
    """The same in the shapes of a user's file, whose responsibility its caption says."""
    values = {row["region"]: row for row in rows.iter_rows(named=True)}
    said = {**ends(of), "period": year}
    drawn = sorted(shapes.outlines)
    unseen = tuple(Name("area", code) for code in values if code not in shapes.outlines)
    figures = Table(
        "region_map",
        Finding("chart.tile_map", said),
        (Column("region", kind="name"), Column("value", "usd")),
        tuple(_tile(code, values.get(code)) for code in [*drawn, *(name.code for name in unseen)]),
        caveats=("declarant_region",),
    )
    alt = Finding("alt.region_map", {**said, "regions": _largest(rows)})
    yield replace(chart("region_map", figures, alt), outlines=tuple((code, shapes.outlines[code]) for code in drawn))
    yield Paragraph(Finding("chart.region_map_caption", {"file": Name("text", shapes.file)}))
    if unseen:
        yield Paragraph(Finding("chart.region_map_unseen", {"regions": unseen}))
    if shapes.strangers:
        yield Paragraph(
            Finding(
                "chart.region_map_strangers",
                {"n": Measure(shapes.strangers, "count"), "exporter": ends(of)["exporter"]},
            )
        )


def _tile(code: str, row: dict[str, object] | None) -> Row:
    if row is None:
        return Row((Name("area", code), Measure(None, "usd", "row_absent")))
    return Row((Name("area", code), Measure(float(str(row["value_usd"])), "usd")), traces_of(row))


def _largest(rows: pl.DataFrame) -> tuple[Name, ...]:
    ranked = rows.sort("value_usd", "region", descending=[True, False])
    return tuple(Name("area", code) for code in ranked["region"].head(3))
