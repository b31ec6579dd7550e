"""A map in a user's shapes: whose they are is said, what is wrong with them too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corridor.errors import UnreadableFile
from corridor.report.catalogue import Lang
from corridor.report.charts.figures import Figures, Mark
from corridor.report.charts.look import Look
from corridor.report.charts.svg import picture
from corridor.report.shapes import parse
from held_regions import Held, rows


def square(x: float, y: float, **properties: object) -> dict[str, object]:
    ring = [[x, y], [x + 2, y], [x + 2, y + 2], [x, y + 2], [x, y]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features: object, **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def test_a_shape_is_told_by_the_property_that_names_most_regions() -> None:
    text = collection(
        square(37, 55, iso="RU-MOW", owner="Moscow"),
        square(40, 59, iso="RU-VLG", owner="Moscow"),
        square(30, 59, iso="", title="Ленинградская область"),
        square(105, 21, iso="VN-HN"),
        square(0, 0, iso="nowhere"),
    )
    found = parse(text, "mine.geojson", "RUS")
    assert set(found.outlines) == {"RU-MOW", "RU-VLG", "RU-LEN"}
    assert (found.strangers, found.file) == (2, "mine.geojson")
    assert found.outlines["RU-VLG"][0][0] == (40.0, 59.0)


def test_parts_of_one_region_are_one() -> None:
    found = parse(collection(square(37, 55, iso="RU-SAK"), square(50, 55, iso="RU-SAK")), "a", "RUS")
    assert len(found.outlines["RU-SAK"]) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "no FeatureCollection"),
        (collection(), "no shapes"),
        (collection("x"), "no shapes"),
        (collection(square(1, 1, iso="RU-VLG"), crs={"properties": {"name": "EPSG:3857"}}), "another projection"),
        (collection({"type": "Feature", "geometry": None, "properties": {}}), "shape 1 is nothing"),
        (collection({"geometry": {"type": "Point", "coordinates": [1, 2]}}), "is Point, no Polygon"),
        (collection({"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1]]]}}), "not closed"),
        (collection({"geometry": {"type": "Polygon", "coordinates": 5}}), "no longitude and latitude"),
        (collection({"geometry": {"type": "Polygon", "coordinates": [["00", "11"]]}}), "no longitude and latitude"),
        (collection(square(4e6, 5e6, iso="RU-VLG")), "no longitude and latitude"),
        (collection(square(float("nan"), 5, iso="RU-VLG")), "no longitude and latitude"),
        (collection(square(1, 1, iso="VN-HN")), "names regions of RUS"),
        (collection(square(1, 1)), "names regions of RUS"),
    ],
)
def test_what_is_no_map_is_refused_in_one_line(text: str, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as fault:
        parse(text, "mine.geojson", "RUS")
    assert fault.value.line().startswith("mine.geojson")
    assert "\n" not in fault.value.line()


@given(
    some.recursive(
        some.none() | some.floats() | some.text(), lambda x: some.lists(x) | some.dictionaries(some.text(), x)
    )
)
def test_anything_at_all_costs_one_line(found: object) -> None:
    for text in (json.dumps(found), collection(found), collection({"geometry": found}),
                 collection({"geometry": {"type": "Polygon", "coordinates": found}})):  # fmt: skip
        with pytest.raises(UnreadableFile):
            parse(text, "mine.geojson", "RUS")


def drawn(*places: tuple[float, float], lang: Lang = "en") -> str:
    """A square of two degrees at each place, with the values 1, 2, ..."""
    marks = tuple(
        Mark(f"R{at}", (float(at),), (str(at),), outline=(tuple((x + dx, y + dy) for dx, dy in
             ((0, 0), (2, 0), (2, 2), (0, 2), (0, 0))),))
        for at, (x, y) in enumerate(places, 1)
    )  # fmt: skip
    return picture("region_map", Figures(("value",), "million USD", marks), Look(lang))


def points(svg: str) -> list[list[tuple[float, float]]]:
    """The points of every area, in pixels."""
    paths = [path for path in re.findall(r' d="(M[^"]*)"', svg) if "L" in path and "h" not in path]
    return [[(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)] for path in paths]


def test_north_is_up_and_east_is_right() -> None:
    south_west, north_east = sorted(points(drawn((30, 50), (60, 60))), key=lambda area: area[0][0])
    assert max(x for x, _ in south_west) < min(x for x, _ in north_east)
    assert min(y for _, y in south_west) > max(y for _, y in north_east)


def test_the_date_line_cuts_nothing() -> None:
    west, middle, east = sorted(points(drawn((20, 54), (100, 54), (-179.5, 66))), key=lambda area: area[0][0])
    assert west[0][0] < middle[0][0] < east[0][0]


def test_whose_the_shapes_are_is_said_in_each_language(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.held = rows()
    file = tmp_path / "mine.geojson"
    file.write_text(collection(square(37, 55, iso="RU-MOW"), square(40, 59, iso="RU-VLG"), square(1, 1)), "utf-8")
    made = held.regions("RUS", "VNM", geojson=file)
    words = {"en": "who answers for every border", "ru": "за все границы в нём отвечает он",
             "vi": "người dùng chịu trách nhiệm"}  # fmt: skip
    for lang, said in words.items():
        page = made.html(lang)
        assert said in page
        assert "mine.geojson" in page
        assert "{" not in made.text(lang)
    assert "Not on the map" in made.text("en")
    assert "1 shape of the file names no region of Russia" in made.text("en")


def test_real_provinces_are_found(test_data: Path) -> None:
    file = test_data / "geo" / "vn_provinces63_wgs84.geojson"
    if not file.is_file():
        pytest.skip(f"the file of provinces is not here: {file}")
    found = parse(file.read_text("utf-8"), file.name, "VNM")
    # One of the 63 bears a name that we do not know, and an incomplete code.
    assert (len(found.outlines), found.strangers) == (62, 1)
