"""The map of tiles: a zero, no figure and a value look different, and every region has its letters."""

from __future__ import annotations

import re

import pytest

from corridor.codes import areas, tiles
from corridor.report.catalogue import LANGS, Lang
from corridor.report.charts.figures import Figures, Mark
from corridor.report.charts.look import Look
from corridor.report.charts.shades import shades
from corridor.report.charts.svg import picture
from corridor.report.names import capital


def drawn(lang: Lang, values: dict[str, float | None], width: int = 760) -> str:
    marks = tuple(
        Mark(areas.name(code, lang), (value,), ("—" if value is None else f"{value:.0f}",))
        for code, value in values.items()
    )
    return picture("tile_map", Figures(("value",), "million USD", marks), Look(lang, width))


@pytest.mark.parametrize("width", [760, 350])
def test_every_region_of_russia_has_its_letters(lang: Lang, width: int) -> None:
    codes = [code for code in tiles.places() if code.startswith("RU-")]
    svg = drawn(lang, {code: float(at) for at, code in enumerate(codes, start=1)}, width)
    assert {code[3:] for code in codes} <= set(re.findall(r">([A-Z0-9]+)</text>", svg))


@pytest.mark.parametrize("lang", LANGS)
def test_a_label_that_begins_as_a_row_does_finds_its_tile(lang: Lang) -> None:
    """Vietnamese names of regions begin small in a sentence and large in a row: both are one region."""
    codes = [code for code in tiles.places() if code.startswith("RU-")]
    marks = tuple(Mark(capital(areas.name(code, lang)), (1.0,), ("1",)) for code in codes)
    words = set(
        re.findall(r">([^<>]+)</text>", picture("tile_map", Figures(("value",), "USD", marks), Look(lang, 760)))
    )
    assert {code[3:] for code in codes} <= words
    assert not words & {capital(areas.name(code, lang)) for code in codes}


def test_provinces_are_named_where_there_is_room() -> None:
    svg = drawn("vi", {code: 1.0 for code in tiles.places() if code.startswith("VN-")})
    assert "Thừa Thiên Huế" in svg


def test_zero_no_figure_and_a_value_are_told_apart() -> None:
    values = {"RU-VLG": 5.0, "RU-MOW": 0.0, "RU-TUL": None}
    whole = drawn("en", values)
    assert "stroke-dasharray" in whole
    assert "stroke-dasharray" not in drawn("en", {"RU-VLG": 5.0, "RU-MOW": 0.0})
    assert "--chart-first" in whole
    # One entry of the key each: the value, the zero, the absence.
    told = [each for each in re.findall(r">([^<>]+)</text>", whole) if each in {"5", "0", "no row"}]
    assert told == ["5", "0", "no row"]


def test_a_shade_joins_what_is_of_one_size_and_equal_ones_alike() -> None:
    values = {"RU-VLG": 1.0, "RU-MOW": 1.0, "RU-TUL": 2.0, "RU-PSK": 90.0, "RU-KGD": 1000.0}
    words = re.findall(r">([^<>]+)</text>", drawn("en", values))
    assert {"1 – 2", "90", "1000"} <= set(words)


def test_what_is_a_millionth_of_the_largest_darkens_no_map() -> None:
    marks = [Mark("a", (value,), (str(value),)) for value in (600.0, 290.0, 0.0018, 1.7e-6, 0.0)]
    assert shades(Figures(("value",), "million USD", tuple(marks))) == [4, 4, 0, 0, None]
    assert shades(Figures(("value",), "million USD", tuple(marks[:1]))) == [4]


def test_classes_below_one_unit_are_told_apart_in_the_key(lang: Lang) -> None:
    values = {"RU-VLG": 0.0123, "RU-MOW": 0.05, "RU-TUL": 0.0999, "RU-PSK": 0.4, "RU-KGD": 600.0}
    marks = tuple(
        Mark(areas.name(code, lang), (each,), ("<1" if each < 1 else "600",)) for code, each in values.items()
    )
    svg = picture("tile_map", Figures(("value",), "million USD", marks), Look(lang, 760))
    comma = "." if lang == "en" else ","
    words = set(re.findall(r">([^<>]+)</text>", svg))
    assert {f"0{comma}012 – 0{comma}1", f"0{comma}4", "600"} <= words
