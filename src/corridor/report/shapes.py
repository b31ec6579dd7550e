"""Shapes of regions from a user's own GeoJSON: checked, and each told by the property that names a region."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corridor.codes import areas
from corridor.errors import UnknownName, UnreadableFile, Where

#: Longitude and latitude in degrees.
Point = tuple[float, float]
#: A closed line, and the rings of all parts of one region, lakes and enclaves among them.
Ring = tuple[Point, ...]
Outline = tuple[Ring, ...]

_CLOSED = 4
_NEXT = "give a FeatureCollection of Polygons in longitude and latitude (WGS 84)"
_WGS84 = ("CRS84", "4326")
#: Shapes and points of a file beyond which no page would hold it.
_MOST_SHAPES, _MOST_POINTS = 5_000, 2_000_000


@dataclass(frozen=True)
class Shapes:
    """The shapes of one file: by region, how many of its shapes name no region, and the file's name."""

    file: str
    outlines: Mapping[str, Outline]
    strangers: int


def parse(text: str, file: str, country: str) -> Shapes:
    """The regions of ``country`` among the shapes of a GeoJSON text.

    The property that names most of the country's regions, by code or whole name in any language, tells which is which;
    shapes that it leaves out are told by the next ones.
    Raises `UnreadableFile` in one line: no GeoJSON, another projection, a ring that is not closed, no region named.
    """
    features = _features(text, file)
    outlines = [_outline(feature, number, file) for number, feature in enumerate(features, 1)]
    if sum(len(ring) for outline in outlines for ring in outline) > _MOST_POINTS:
        raise _refused(f"has more than {_MOST_POINTS:,} points", file, "simplify the shapes first")
    named = _named(features, country)
    if not named:
        raise _refused(f"no property of its shapes names regions of {country}", file,
                       "give each shape a property with the region's code, e.g. RU-VLG")  # fmt: skip
    found: dict[str, Outline] = {}
    for place, region in named.items():
        found[region] = found.get(region, ()) + outlines[place]
    return Shapes(file, found, len(features) - len(named))


def _features(text: str, file: str) -> list[Mapping[str, Any]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise _refused("is no JSON", file) from None
    if not isinstance(whole, dict) or whole.get("type") != "FeatureCollection":
        raise _refused("is no FeatureCollection of GeoJSON", file)
    if whole.get("crs") and not any(word in json.dumps(whole["crs"]) for word in _WGS84):
        raise _refused("is in another projection than longitude and latitude", file)
    features = whole.get("features")
    if not isinstance(features, list) or not features or not all(isinstance(each, dict) for each in features):
        raise _refused("holds no shapes", file)
    if len(features) > _MOST_SHAPES:
        raise _refused(f"holds more than {_MOST_SHAPES:,} shapes", file)
    return features


def _outline(feature: Mapping[str, Any], number: int, file: str) -> Outline:
    shape = feature.get("geometry")
    shape = shape if isinstance(shape, dict) else {}
    kind, points = shape.get("type"), shape.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _refused(f"shape {number} is {kind or 'nothing'}, no Polygon", file)
    try:
        parts: list[Any] = [points] if kind == "Polygon" else list(points or ())
        rings = tuple(tuple(map(_point, ring)) for part in parts for ring in part)
    except (TypeError, ValueError):
        raise _refused(f"shape {number} has a point that is no longitude and latitude", file) from None
    if not rings or any(len(ring) < _CLOSED or ring[0] != ring[-1] for ring in rings):
        raise _refused(f"shape {number} has a ring that is not closed", file)
    return rings


def _point(said: Any) -> Point:
    x, y, *_ = said
    # Numbers are compared before they are turned into others: one of JSON may be of any length.
    if not all(isinstance(each, int | float) for each in (x, y)) or not (abs(x) <= 180 and abs(y) <= 90):
        raise ValueError
    return float(x), float(y)


def _named(features: list[Mapping[str, Any]], country: str) -> dict[int, str]:
    """The region of each shape that has one: by the property that names most, the rest by the next ones."""
    properties = dict.fromkeys(name for feature in features for name in _said(feature))
    ranked = sorted((dict(_regions(features, name, country)) for name in properties),
                    key=lambda found: len(set(found.values())), reverse=True)  # fmt: skip
    named: dict[int, str] = {}
    for found in ranked:
        taken = set(named.values())
        named |= {place: code for place, code in found.items() if place not in named and code not in taken}
    return named


def _regions(features: list[Mapping[str, Any]], name: str, country: str) -> Iterator[tuple[int, str]]:
    for place, feature in enumerate(features):
        try:
            region = areas.find(_said(feature).get(name, ""))
        except UnknownName:
            continue
        if region.kind == "region" and areas.country_of(region.code) == country:
            yield place, region.code


def _said(feature: Mapping[str, Any]) -> Mapping[str, str]:
    found = feature.get("properties")
    return {name: word for name, word in found.items() if isinstance(word, str)} if isinstance(found, dict) else {}


def _refused(words: str, file: str, next_step: str = _NEXT) -> UnreadableFile:
    return UnreadableFile(words, where=Where(file=file), next_step=next_step)
