"""Every kind of chart: a valid specification, a drawing with its labels whole, in the numbers of its language."""

from __future__ import annotations

import math
from html.parser import HTMLParser
from types import ModuleType
from typing import get_args

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.evidence import Finding, Measure, Name
from corridor.report.catalogue import LANGS, Lang
from corridor.report.charts.figures import Figures, Mark, MixedUnits, figures, figures_of
from corridor.report.charts.look import TOKENS, Look, lines, number_locale
from corridor.report.charts.rows import rows
from corridor.report.charts.squares import Box, squarified
from corridor.report.charts.svg import embedded, picture, specification
from corridor.report.documents.document import Chart, ChartKind, Column, Row, Table
from corridor.report.text import voice

KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
WIDTHS = (760, 350)
LONG = "Máy vi tính, sản phẩm điện tử và linh kiện; máy móc, thiết bị, dụng cụ, phụ tùng khác"


class Reader(HTMLParser):
    """The words and the attributes of a drawing."""

    def __init__(self, svg: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(svg)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def count_of_series(kind: ChartKind) -> int:
    return {
        "annual_trade": 3,
        "value_effects": 3,
        "growth_share": 3,
        "contributions": 1,
        "ranking": 1,
        "market_share_effects": 1,
        "tile_map": 1,
        "region_map": 1,
    }.get(kind, 2)


def made(kind: ChartKind, rows: list[tuple[str, float | None]], *, highlight: bool = False) -> Figures:
    """Figures with the same value in every series."""
    series = tuple(f"series {place}" for place in range(count_of_series(kind)))
    marks = tuple(
        Mark(label, (value,) * len(series), ("—" if value is None else f"{value:.1f}",) * len(series), highlight)
        for label, value in rows
    )
    return Figures(series, "million USD", marks)


def test_every_kind_is_drawn_in_the_invented_report(charts: dict[str, Chart]) -> None:
    assert set(charts) == set(KINDS)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_specification_is_valid_vega_lite(kind: ChartKind, width: int) -> None:
    spec = specification(kind, made(kind, [("a", 2.0), ("b", -1.0)], highlight=True), Look("vi", width))
    alt.Chart.from_dict(spec, validate=True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_asks_for_nothing_and_cannot_clash(kind: ChartKind) -> None:
    svg = embedded(picture(kind, made(kind, [("a", 2.0), ("b", -1.0)], highlight=True), Look("vi")), "T", "D", "c1")
    read = Reader(svg)
    assert {name for name, _ in read.attributes} & {"href", "xlink:href", "src", "style", "class", "onload"} == set()
    assert {value for name, value in read.attributes if name == "id"} == {"c1-t", "c1-d"}
    assert "url(" not in svg
    assert svg.count("http") == svg.count('xmlns="http://www.w3.org/2000/svg"') == 1
    assert '<title id="c1-t">T</title><desc id="c1-d">D</desc>' in svg
    assert ("role", "img") in read.attributes


@pytest.mark.parametrize("kind", KINDS)
def test_colours_are_variables_of_the_page(kind: ChartKind) -> None:
    svg = picture(kind, made(kind, [("a", 2.0), ("b", -1.0)], highlight=True), Look("vi"))
    painted = {value for name, value in Reader(svg).attributes if name in ("fill", "stroke")} - {"none", "transparent"}
    assert painted == {f"var(--chart-{name},{token})" for token, name in TOKENS.items()} & painted


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "kind",
    [
        "two_periods",
        "contributions",
        "value_effects",
        "ranking",
        "market_share_effects",
        "market_shares",
        "processing_degree",
    ],
)
def test_long_labels_are_broken_never_cut(kind: ChartKind, width: int) -> None:
    svg = picture(kind, made(kind, [(LONG, 12.0), ("Chè", 40.0)]), Look("vi", width))
    assert set(LONG.split()) <= set(Reader(svg).words)
    assert "…" not in svg


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("only", 5.0)],
        [("zero", 0.0)],
        [("absent", None)],
        [("below", -3.0), ("above", 2.0)],
        [("same", 1.0), ("same", 2.0)],
        [(f"row {place}", float(place)) for place in range(24)],
    ],
    ids=["nothing", "one row", "zero", "no figure", "both signs", "equal labels", "many rows"],
)
def test_unusual_figures_are_drawn_too(kind: ChartKind, rows: list[tuple[str, float | None]]) -> None:
    svg = picture(kind, made(kind, rows), Look("en", 350))
    assert svg.startswith("<svg")
    assert "NaN" not in svg
    assert "null" not in svg


@pytest.mark.parametrize(("lang", "printed"), [("en", "1,500"), ("ru", "1\N{NO-BREAK SPACE}500"), ("vi", "1.500")])
def test_an_axis_counts_in_the_language_of_the_report(lang: Lang, printed: str) -> None:
    rows = [(f"{2000 + place}", 100.0 * place) for place in range(21)]
    assert f">{printed}</text>" in picture("annual_trade", made("annual_trade", rows), Look(lang, 350))


def test_an_absent_figure_breaks_the_line() -> None:
    whole = picture("mirror_ratio", made("mirror_ratio", [("2021", 1.0), ("2022", 1.1), ("2023", 1.2)]), Look("en"))
    broken = picture("mirror_ratio", made("mirror_ratio", [("2021", 1.0), ("2022", None), ("2023", 1.2)]), Look("en"))
    assert whole.count("2022") == broken.count("2022") == 1
    assert whole.count("1.1<") > broken.count("1.1<")


def test_a_waterfall_begins_each_step_where_the_last_one_ended() -> None:
    # 10, then -4 from 10 to 6, then the total from 0 to 6.
    marks = (Mark("a", (10.0,), ("+10",)), Mark("b", (-4.0,), ("−4",)), Mark("c", (6.0,), ("+6",), highlight=True))
    spec = specification("market_share_effects", Figures(("amount",), "", marks), Look("en"))
    steps = [row for data in spec["datasets"].values() for row in data if "kind" in row and "from" in row]
    assert [(step["from"], step["to"], step["kind"]) for step in steps[:3]] == [
        (0.0, 10.0, "up"),
        (10.0, 6.0, "down"),
        (0.0, 6.0, "total"),
    ]


def test_a_chart_prints_fewer_decimals_than_a_table() -> None:
    columns = (Column("group", kind="name"), Column("value", "usd"))
    rows = (Row((Name("text", "a"), Measure(1_234_560_000, "usd"))), Row((Name("text", "b"), Measure(40_000, "usd"))))
    drawn = figures(Table("t", Finding("column.group"), columns, rows), voice("en"))
    assert drawn.unit == "million\N{NO-BREAK SPACE}USD"
    assert [mark.printed for mark in drawn.marks] == [("1,235",), ("<1",)]
    assert [mark.values for mark in drawn.marks] == [(1234.56,), (0.04,)]


def test_shares_are_drawn_in_per_cent() -> None:
    columns = (Column("group", kind="name"), Column("share", "share"))
    drawn = figures(
        Table("t", Finding("column.group"), columns, (Row((Name("text", "a"), Measure(0.125, "share"))),)), voice("vi")
    )
    assert (drawn.unit, drawn.marks[0].values, drawn.marks[0].printed) == ("%", (12.5,), ("12,5",))


def test_two_units_share_no_axis() -> None:
    columns = (Column("group", kind="name"), Column("value", "usd"), Column("share", "share"))
    with pytest.raises(MixedUnits, match="2 units: share, usd"):
        figures(Table("t", Finding("column.group"), columns, ()), voice("en"))


def test_a_ranking_prints_its_stability_beside_the_score() -> None:
    columns = (Column("group", kind="name"), Column("score", "index"), Column("stability", "share", digits=0))
    rows = (Row((Name("text", "a"), Measure(0.76, "index"), Measure(0.85, "share"))),)
    chart = Chart("ranking", Table("t", Finding("column.group"), columns, rows), Finding("column.group"))
    words = Reader(picture("ranking", figures_of(chart, voice("en")), Look("en"))).words
    assert "0.760 (85%)" in " ".join(words)
    assert "Score (stability)" in " ".join(words)


def test_a_bubble_beyond_the_edge_says_its_growth() -> None:
    marks = (Mark("tea", (812.0, 3.0, 5.0), ("+812", "3", "5")), Mark("coal", (4.0, 15.0, 875.0), ("+4", "15", "875")))
    drawn = Figures(("growth", "share", "value"), "%", marks, ("%", "%", "million USD"))
    spec = specification("growth_share", drawn, Look("en"))
    points = [row for data in spec["datasets"].values() for row in data if "size" in row]
    assert {(row["x"], row["y"], " ".join(row["label"])) for row in points} == {
        (100.0, 3.0, "tea (+812%)"),
        (4.0, 15.0, "coal"),
    }


@pytest.mark.parametrize("lang", LANGS)
def test_the_axis_has_the_minus_of_the_numbers(lang: Lang) -> None:
    assert number_locale(lang)["minus"] == voice(lang).number(Measure(-1.0, "ratio"))[0]


@given(st.text(alphabet="abcд ếư ", min_size=1), st.integers(1, 30))
def test_broken_lines_hold_every_word(label: str, letters: int) -> None:
    assert " ".join(lines(label, letters)).split() == label.split()


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=25), st.floats(50, 900), st.floats(50, 900))
def test_squares_have_their_areas_and_stay_in_the_frame(amounts: list[float], width: float, height: float) -> None:
    amounts = sorted(amounts, reverse=True)
    boxes = squarified(amounts, Box(0, 0, width, height))
    whole = width * height / sum(amounts)
    for amount, box in zip(amounts, boxes, strict=True):
        assert math.isclose(box.width * box.height, amount * whole, rel_tol=1e-6)
        assert box.x + box.width <= width * (1 + 1e-6)
        assert box.y + box.height <= height * (1 + 1e-6)


def test_squares_of_the_published_example() -> None:
    # Bruls, Huizing, van Wijk (2000), section 3.1: 6, 6, 4, 3, 2, 2, 1 in a 6 by 4 rectangle; the first strip
    # holds the two sixes, each 3 wide and 2 high.
    boxes = squarified([6, 6, 4, 3, 2, 2, 1], Box(0, 0, 6, 4))
    assert boxes[0] == Box(0, 0, 3, 2)
    assert boxes[1] == Box(0, 2, 3, 2)
    assert boxes[2].width == pytest.approx(12 / 7)
    assert boxes[2].height == pytest.approx(7 / 3)


@pytest.mark.parametrize("kind", ["ranking", "structure", "monthly_totals"])
def test_words_of_a_file_are_words_in_a_drawing(kind: ChartKind) -> None:
    hostile = '<script>alert("&")</script>'
    svg = embedded(picture(kind, made(kind, [(hostile, 5.0)]), Look("en")), hostile, hostile, "c1")
    assert "<script" not in svg
    assert hostile in "".join(Reader(svg).words)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_names_the_row_that_it_draws(kind: ChartKind, charts: dict[str, Chart], invented: ModuleType) -> None:
    drawn = figures_of(charts[kind], voice("en", invented.words("en")))
    named = {int(value) for name, value in Reader(picture(kind, drawn, Look("en"))).attributes if name == "data-row"}
    known = {at for at, mark in enumerate(drawn.marks) if any(value is not None for value in mark.values)}
    assert named
    assert named <= set(range(len(drawn.marks)))
    # A map draws also what has no figure; a bubble has no place without all of its figures, nor a box without trade.
    if kind not in ("tile_map", "region_map", "growth_share", "structure", "processing_degree"):
        assert named == known


@pytest.mark.parametrize(("lang", "said"), [("en", "12%"), ("ru", "12\N{NO-BREAK SPACE}%"), ("vi", "12%")])
def test_a_per_cent_sign_stands_as_the_language_has_it(lang: Lang, said: str) -> None:
    from corridor.report.numbers import with_unit

    assert with_unit("12", "%", lang) == said
    assert with_unit("12", "", lang) == "12"
    assert with_unit("12", "USD", lang) == "12\N{NO-BREAK SPACE}USD"


def test_a_growth_beyond_the_axis_is_told_beside_its_circle() -> None:
    # At the right edge there is no room to the right of the circle, at the foot none under it.
    series, units = ("growth", "share", "value"), ("%", "%", "million USD")
    marks = (
        Mark("Coffee", (10.0, 5.0, 900.0), ("10.0", "5.0", "900.0")),
        Mark("Toys, sports requisites and parts", (250.0, 0.0, 20.0), ("250.0", "0.0", "20.0")),
    )
    svg = picture("growth_share", Figures(series, "%", marks, units), Look("en", 640))
    assert {"Toys,", "(250.0%)", "Coffee"} <= set(Reader(svg).words)


def test_a_longer_label_beside_bars_stays_on_one_line() -> None:
    long = "Máy móc, thiết bị, dụng cụ, phụ tùng khác"
    short, mixed = (
        rows(made("contributions", [(long, 1.0), (other, 2.0)]), Look("vi"), 15).labels for other in ("Chè", LONG)
    )
    assert [len(label) for label in short] == [1, 1]
    assert len(mixed[0]) == 2
