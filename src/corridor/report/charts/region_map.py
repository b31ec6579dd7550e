"""A map of regions in shapes of the user's own. Rows are named by region, each with its outline. Series: the value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians, sin
from typing import Any

import altair as alt

from corridor.report.charts.figures import Figures
from corridor.report.charts.look import ROW, RULE, Look, Spec, finished, layered, table
from corridor.report.charts.shades import KEY, LOOKS, boxes, captions, key, paint, shades
from corridor.report.shapes import Outline, Point, Ring

#: A map is at most so many times as high as it is wide.
_TALLEST = 1.3
#: Points nearer to each other are one, in pixels.
_NEAR = 0.3


def draw(figures: Figures, look: Look) -> Spec:
    """Regions in five shades with about as many in each; a zero is an empty frame, no figure a broken one."""
    flat = [_flat(mark.outline) for mark in figures.marks]
    placed, height = _placed(_projected(flat), look.width - 8)
    classes = shades(figures)
    entries = list(key(figures, classes, height, look))
    areas = [
        {ROW: at, **paint(mark.values[0], shade), **_feature(outline)}
        for at, (mark, shade, outline) in enumerate(zip(figures.marks, classes, placed, strict=True))
        if outline
    ]
    whole = height + (len({item["y"] for item in entries}) + 1) * KEY
    return finished(
        layered([*_areas(areas), *boxes(entries), captions(entries)], width=look.width - 8, height=whole), figures.unit
    )


def _flat(outline: Outline) -> Outline:
    """Without the jump of the date line: what lies west of it beyond 180 degrees goes on to the east."""
    return tuple(tuple((x + 360 if x < -168 else x, y) for x, y in ring) for ring in outline)


def _projected(shapes: Sequence[Outline]) -> list[Outline]:
    """Equidistant conic, true on two parallels a sixth of the height from the edges; plain degrees at the equator.

    Snyder (1987), Map projections: a working manual, p. 113.
    """
    points = [point for outline in shapes for ring in outline for point in ring]
    if not points:
        return list(shapes)
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = radians(min(y for _, y in points)), radians(max(y for _, y in points))
    one, two = south + (north - south) / 6, north - (north - south) / 6
    n = (cos(one) - cos(two)) / (two - one) if two > one else sin(one)
    middle = (west + east) / 2

    def conic(point: Point) -> Point:
        if abs(n) < 0.05:
            return radians(point[0] - middle) * cos((south + north) / 2), -radians(point[1])
        radius, turn = cos(one) / n + one - radians(point[1]), n * radians(point[0] - middle)
        return radius * sin(turn), radius * cos(turn)

    return [tuple(tuple(map(conic, ring)) for ring in outline) for outline in shapes]


def _placed(shapes: Sequence[Outline], width: float) -> tuple[list[Outline], float]:
    """The shapes in pixels from the upper left, and the height they take."""
    points = [point for outline in shapes for ring in outline for point in ring]
    if not points:
        return list(shapes), 0.0
    left, top = min(x for x, _ in points), min(y for _, y in points)
    across, down = max(x for x, _ in points) - left, max(y for _, y in points) - top
    scale = min(width / (across or 1), width * _TALLEST / (down or 1))
    margin = (width - across * scale) / 2

    def pixels(point: Point) -> Point:
        return round((point[0] - left) * scale + margin, 1), round((point[1] - top) * scale, 1)

    return [tuple(_thinned(tuple(map(pixels, ring))) for ring in outline) for outline in shapes], down * scale


def _thinned(ring: Ring) -> Ring:
    """Without points that no eye could tell from the one before."""
    kept = [ring[0]]
    for x, y in ring[1:-1]:
        if abs(x - kept[-1][0]) > _NEAR or abs(y - kept[-1][1]) > _NEAR:
            kept.append((x, y))
    return (*kept, ring[-1])


def _feature(outline: Outline) -> dict[str, Any]:
    # A hole runs the other way round than what it lies in (RFC 7946), which keeps it a hole among the parts.
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [list(map(list, ring)) for ring in outline]},
    }


def _areas(found: list[dict[str, Any]]) -> Iterator[alt.Chart]:
    for kind, mark in LOOKS.items():
        for opacity in sorted({each["opacity"] for each in found if each["kind"] == kind}):
            shown = [each for each in found if each["kind"] == kind and each["opacity"] == opacity]
            line = {"stroke": RULE, "strokeWidth": 0.5, **mark}
            yield (
                alt.Chart(table(shown))
                .mark_geoshape(**line, fillOpacity=opacity)
                .project(type="identity", scale=1, translate=[0, 0])
            )
