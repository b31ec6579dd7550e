"""The study's report: what it says, in three languages, on a toy world and on the bundled figures."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corridor
from corridor.codes import caveats, glossary
from corridor.codes.periods import parse, parse_many
from corridor.codes.products import DEGREES
from corridor.codes.schema import COVERAGE_STATUS
from corridor.errors import UsageError
from corridor.evidence import Finding, Measure, Name, Trace
from corridor.harmonise.coverage import PublishedTable
from corridor.recommend.findings.weakness import WEAKNESSES
from corridor.report.catalogue import LANGS, Lang, catalogue
from corridor.report.documents.document import (
    Block,
    Chart,
    Document,
    FigureTiles,
    Heading,
    List,
    Paragraph,
    Row,
    Table,
    Tile,
)
from corridor.report.documents.study import document
from corridor.report.documents.wording import phrase, told, when
from corridor.report.layout import lay_out
from corridor.report.render.html import page
from corridor.report.render.markdown import markdown
from corridor.report.text import Voice, voice
from corridor.study.recommendations import criteria
from corridor.study.series import RELEASES
from corridor.study.structure import UNCLASSIFIED
from corridor.study.study import Study, study
from corridor.workspace import Workspace

from ..world import SNAPSHOT, blocks, figure, months, question, status, tables, years  # noqa: TID252

SOURCES = Path(corridor.__file__).parent
PUBLISHERS = {name: {"en": name, "ru": name, "vi": name} for name in ("vn_customs", "ru_customs", "vn_nso")}
STAGES = ("collection", "product_groups", "export_regions", "regional_specifics", "recommendations")
#: Words that call a year incomplete, or months the same ones.
LABELS = {
    "en": ("incomplete year", "same months"),
    "ru": ("неполн", "же месяц"),
    "vi": ("chưa đầy đủ", "cùng kỳ"),
}


def region(code: str, product: str, value: float, period: str = "2024", **but: object) -> dict[str, object]:
    named = {"flow": "export", "reporter": code, "source": "ru_customs", "table": "regions", **but}
    return figure("VNM", product, value, period, **named)


REGIONS = (
    region("RU-MOW", "machinery", 40),
    region("RU-MOW", "fertilisers", 10),
    region("RU-VLG", "fertilisers", 30),
)
#: The first quarter of 2025, Russia's rows only, beside that of 2024.
QUARTERS = (
    *blocks("RUS", {"coal": 30, "wheat": 10}, "2024-01:2024-03"),
    *blocks("RUS", {"coal": 60, "wheat": 5}, "2025-01:2025-03"),
    *blocks("RUS", {"coffee": 20}, "2024-01:2024-03", flow="export"),
    *blocks("RUS", {"coffee": 10}, "2025-01:2025-03", flow="export"),
)


def made(found: Study, detail: str = "short") -> Document:
    traces = {each: Trace("vn_customs", "toy.pdf", SNAPSHOT, "1", "1", "020.T, 2024-12") for each in found.trace_ids()}
    return document(
        found, traces=traces, publishers=PUBLISHERS, as_of=None, made_on=date(2025, 3, 1), generator="x", detail=detail
    )


def toy(*rows: dict[str, object], detail: str = "short", **asked: object) -> Document:
    return made(study(tables([*years(), *rows]), question(**asked)), detail)


@pytest.fixture(scope="module")
def full() -> Document:
    """The toy world with regions and an incomplete year, everything open."""
    return toy(*REGIONS, *QUARTERS, detail="full")


@pytest.fixture(scope="module")
def cut() -> Document:
    """The same, with chapters folded and tables cut."""
    return toy(*REGIONS, *QUARTERS)


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The report on the bundled figures."""
    return Workspace(tmp_path_factory.mktemp("none")).study("RUS", "VNM").document()


def all_blocks(report: Document) -> Iterator[Block]:
    yield from report.front
    for chapter in report.chapters:
        yield from chapter.blocks


def grids(report: Document) -> Iterator[Table]:
    for block in all_blocks(report):
        if isinstance(block, Table | Chart):
            yield block.figures if isinstance(block, Chart) else block


def grid(report: Document, key: str) -> Table:
    return next(each for each in grids(report) if each.key == key)


def sentences(report: Document) -> Iterator[Finding]:
    """Everything the report says in words: titles, sentences, labels, notes."""
    yield report.title
    yield from report.meta.scope
    for chapter in report.chapters:
        yield chapter.title
    for block in all_blocks(report):
        yield from _said_by(block)


def _said_by(block: Block) -> Iterator[Finding]:
    if isinstance(block, Heading | Paragraph):
        yield block.text
    if isinstance(block, List):
        yield from block.items
    if isinstance(block, FigureTiles):
        yield from (part for tile in block.tiles for part in (tile.label, tile.against) if part)
    if isinstance(block, Chart):
        yield block.alt
        yield from _said_by(block.figures)
    if isinstance(block, Table):
        yield block.title
        yield from block.notes
        cells = (cell for row in (*block.rows, *block.footers) for cell in row.cells)
        labels = (column.label for column in block.columns)
        yield from (each for each in (*cells, *labels) if isinstance(each, Finding))


def speaker(report: Document, lang: Lang) -> Voice:
    return voice(lang, publishers=report.publishers())


def figures(report: Document, lang: Lang) -> Counter[tuple[float | None, str]]:
    """Every number that the report prints in a language, unrounded."""
    said = speaker(report, lang)
    found = [run.measure for finding in sentences(report) for run in said.runs(finding) if run.measure]
    found += [
        cell
        for each in grids(report)
        for row in (*each.rows, *each.footers)
        for cell in row.cells
        if isinstance(cell, Measure)
    ]
    return Counter((measure.value, measure.unit) for measure in found)


def plain(text: str) -> str:
    """A text with ordinary blanks."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def tiles(report: Document) -> tuple[Tile, ...]:
    first = report.front[0]
    assert isinstance(first, FigureTiles)
    return first.tiles


def five(report: Document) -> tuple[Finding, ...]:
    second = report.front[1]
    assert isinstance(second, List)
    return second.items


# --- every finding can be said


def constants() -> set[str]:
    """Every text in the code of the study that has the form of a finding's key."""
    form = re.compile(rf"({'|'.join(STAGES)})\.[a-z_]*[a-z]")
    files = [*(SOURCES / "study").rglob("*.py"), *(SOURCES / "recommend").rglob("*.py")]
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and form.fullmatch(node.value)
    }


def families() -> set[str]:
    """The keys that the study puts together from parts."""
    kinds = ("suppliers", "markets")
    return {
        *(f"product_groups.{kind}" for kind in ("new", "vanished")),
        *(f"product_groups.place_among_{kind}{tail}" for kind in kinds for tail in ("", "_unranked")),
        *(f"product_groups.lost_share_{kind}" for kind in kinds),
        *(f"product_groups.{held}_alone" for held in ("exports", "imports")),
        *(f"product_groups.one_side.{flow}" for flow in ("export", "import")),
        *(f"recommendations.{kind}" for kind in ("demand", "supply")),
        *(f"record.{kind}" for kind in ("better", "no_better")),
        *(f"{topic}.{weakness.name}" for topic in ("weakest", "would_change") for weakness in WEAKNESSES),
    }


def test_every_finding_of_the_study_has_a_message(lang: Lang) -> None:
    keys = constants() | families()
    assert {"collection.main_series", "product_groups.turnover", "recommendations.no_market"} <= keys
    assert {key for key in keys if key not in catalogue(lang)} == set()


def test_every_key_put_together_is_among_the_families() -> None:
    """A new f-string of a finding's key must be listed above, or its messages could be forgotten."""
    files = [*(SOURCES / "study").rglob("*.py"), *(SOURCES / "recommend").rglob("*.py")]
    calls = [
        ast.unparse(node.args[0])
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding" and node.args
    ]
    assert {call for call in calls if call.startswith("f")} == {
        "f'product_groups.{held}_alone'",
        "f'product_groups.{kind}'",
        "f'product_groups.one_side.{ledger.sides[0]}'",
        "f'product_groups.lost_share_{kind}'",
        "f\"recommendations.{('demand' if flow == 'import' else 'supply')}\"",
        "f'{topic}.{self.name}'",
        "f\"record.{('no_better' if worse else 'better')}\"",
    }


def test_every_word_of_the_data_has_a_message(lang: Lang) -> None:
    words = {
        *(f"{family}.{word}" for family in ("status", "mark") for word in COVERAGE_STATUS),
        *(f"release.{word}" for word in RELEASES),
        *(f"flow.{word}" for word in ("export", "import", "re_export", "re_import", "turnover")),
        *(f"degree.{word}" for word in (*DEGREES, UNCLASSIFIED)),
        *(f"criterion.{each.name}" for flow in ("export", "import") for each in criteria(flow)),
        *(
            f"why_not.{word}"
            for word in ("one_side_only", "estimated", "residual", "no_deliveries", "market_not_measured")
        ),
        *(f"maturity.{word}" for word in ("preliminary", "revised", "official", "estimated")),
        *(f"change_kind.{word}" for word in ("absent", "new", "vanished", "unchanged", "changed")),
        *(f"basis.{word}" for word in ("reported", "mirror")),
        *(f"denominator.{word}" for word in ("WLD", "_LISTED", "_V03")),
    }
    assert {word for word in words if f"term.{word}" not in catalogue(lang)} == set()


def test_the_toy_world_is_told_whole_in_every_language(cut: Document, full: Document, lang: Lang) -> None:
    for report in (cut, full):
        said = speaker(report, lang)
        assert all(said.text(finding) for finding in sentences(report))
        assert all(lay_out(each, said).heads for each in grids(report))
        assert all(said.words.say(f"meta.{fact.key}") for fact in report.meta.facts)


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        # one year only: nothing to compare
        ([row for row in years() if row["period_end"].year == 2024], {}),
        # totals only: no groups
        ([row for row in years() if row["product"] == "TOTAL"], {}),
        # months only
        ([*months("RUS", {"2024-01": 5, "2024-02": 7}), *months("RUS", {"2024-01": 1, "2024-02": 2}, "export")], {}),
        # the other reporter's view: Viet Nam asks, and reports itself
        (years(), {"exporter": "VNM", "partner": "RUS"}),
        # a period that is not a year, and one that is not there
        ([*years(), *QUARTERS], {"periods": (parse("2025-01:2025-03"), *parse_many("2019"))}),
    ],
)
def test_poor_and_odd_questions_are_told_too(rows: list[dict[str, object]], asked: dict[str, object]) -> None:
    report = made(study(tables(rows), question(**asked)))
    for lang in LANGS:
        said = speaker(report, lang)
        assert all(said.text(finding) for finding in sentences(report))
    assert tiles(report)
    assert five(report)


def test_holes_are_told_with_their_reason_and_the_implied_value(lang: Lang) -> None:
    held = {"2024-01": 5, "2024-02": 7, "2024-04": 9}
    spans = {"2024-01:2024-02": 12, "2024-01:2024-04": 27}
    rows = [row for flow in ("import", "export") for row in months("RUS", held | spans, flow)]
    told_of = [status("RUS", "not_reported", "2024-05")]
    printed = [PublishedTable("vn_customs", "021.T", "import", "VNM", date(2024, 1, 1))]
    report = made(study(tables(rows, coverage=told_of, calendar=printed), question()))
    found = grid(report, "holes")
    assert [row.cells[0] for row in found.rows] == [Name("period", "2024-03"), Name("period", "2024-05")]
    assert found.rows[0].cells[-1] == Measure(6.0, "usd")
    assert "6" in " ".join(speaker(report, lang).text(each) for each in sentences(report) if "not_held" in each.key)


# --- the first screen


def test_the_bundled_report_opens_with_ten_figures_and_five_sentences(bundled: Document) -> None:
    assert len(tiles(bundled)) == 10
    assert len(five(bundled)) == 5
    assert all(tile.figure.value is not None for tile in tiles(bundled))


def test_the_first_screen_says_what_the_figures_are(bundled: Document) -> None:
    scope = " ".join(speaker(bundled, "en").text(each) for each in bundled.meta.scope)
    assert "goods only" in scope
    assert "FOB" in scope
    assert "CIF" in scope
    assert "mirror statistics" in scope, "Russia's exports are what Viet Nam records as imports"
    assert {"release", "printed", "made_on", "source", "valuation"} <= {fact.key for fact in bundled.meta.facts}


def test_the_sentences_say_the_published_figures(bundled: Document) -> None:
    # domain.md 6.1: turnover 4,770,897,096 in 2025, +4.1 %; balance -247,942,662 after +90,273,606.
    first = plain(speaker(bundled, "en").text(five(bundled)[0]))
    assert "4.77 billion US dollars, up 4.1% on 2024" in first
    assert "trade deficit of 247.94 million USD, after a surplus of 90.27 million USD in 2024" in first
    # Value and quantity of coal part ways; the quotient is never called a price.
    third = plain(speaker(bundled, "en").text(five(bundled)[2]))
    assert "coal" in third
    assert "the value fell by 4.2%, the quantity rose by 29.3%, so the unit value fell by 25.9%" in third


def test_the_incomplete_year_is_set_against_the_same_months(bundled: Document) -> None:
    labels = {speaker(bundled, "en").text(tile.label): tile for tile in tiles(bundled)}
    tile = labels["Exports of Russia to Viet Nam, January–July 2026 (an incomplete year)"]
    # 1,908,596,246 against 1,502,049,... of the same months: +27.1 %, not the -23.9 % against the whole year.
    assert tile.comparison is not None
    assert tile.comparison.value == pytest.approx(0.2706595823)
    assert tile.caveats == ("partial_period",)


def test_a_first_screen_without_a_base_has_no_growth() -> None:
    report = made(study(tables([row for row in years() if row["period_end"].year == 2024]), question()))
    assert [tile.comparison for tile in tiles(report)] == [None] * len(tiles(report))
    assert five(report)[0].key == "front.trade_alone"


@pytest.mark.parametrize(("lang", "fell"), [("en", "fell by"), ("ru", "снизился на"), ("vi", "giảm")])
def test_a_fall_is_told_as_a_fall(bundled: Document, lang: Lang, fell: str) -> None:
    # Viet Nam's exports to Russia: -3.2 % in 2025.
    second = speaker(bundled, lang).text(five(bundled)[1])
    assert fell in second
    assert "3,2" in second or "3.2" in second


def test_the_mover_named_moved_the_way_the_total_did() -> None:
    # Imports of 2025 rise by 20 while the only named group falls by 10: the unnamed goods did it.
    rows = [
        *(row for row in years() if row["flow"] == "export"),
        *blocks("RUS", {"coal": 50, "other_goods": 50}, "2023-01:2023-12"),
        *blocks("RUS", {"coal": 40, "other_goods": 80}, "2024-01:2024-12"),
    ]
    report = made(study(tables(rows), question()))
    second = five(report)[1]
    out, back = second.parameters["out"], second.parameters["back"]
    assert isinstance(out, Finding)
    assert isinstance(back, Finding)
    assert out.key == "movement.unnamed"
    # Viet Nam's exports 100 -> 140: coffee +30, nothing named fell.
    assert (back.key, back.parameters["main"]) == ("movement.alone", Name("product", "coffee"))


# --- the same in three languages


def test_the_three_languages_carry_the_same_numbers(bundled: Document) -> None:
    found = {lang: figures(bundled, lang) for lang in LANGS}
    assert found["en"] == found["ru"] == found["vi"]
    assert sum(found["en"].values()) > 1000


def without_drawings(report: Document) -> Document:
    """The report with the figures of its charts instead of the charts, which take long to draw."""
    chapters = tuple(
        replace(each, blocks=tuple(b.figures if isinstance(b, Chart) else b for b in each.blocks))
        for each in report.chapters
    )
    return replace(report, chapters=chapters)


def test_the_pages_carry_the_same_numbers(full: Document) -> None:
    undrawn = without_drawings(full)
    form = re.compile(r'data-value="([^"]+)" data-unit="([^"]*)"')
    printed = {lang: Counter(form.findall(page(undrawn, lang))) for lang in LANGS}
    assert printed["en"] == printed["ru"] == printed["vi"]
    assert sum(printed["en"].values()) > 200


def test_no_language_prints_a_forbidden_word(bundled: Document, lang: Lang) -> None:
    said = speaker(bundled, lang)
    found = {said.text(finding): glossary.offences(said.text(finding), lang) for finding in sentences(bundled)}
    assert {text: offences for text, offences in found.items() if offences} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_an_incomplete_year_is_called_so_wherever_it_is_named(bundled: Document, full: Document, lang: Lang) -> None:
    names = {
        "en": ("January–July 202[56]", "January–March 202[45]"),
        "ru": ("январь–июль 202[56]", "январь–март 202[45]"),
        "vi": ("7 tháng đầu năm 202[56]", "3 tháng đầu năm 202[45]"),
    }[lang]
    for report, name in zip((bundled, full), names, strict=True):
        said = speaker(report, lang)
        named = [text for each in sentences(report) if re.search(name, text := said.text(each), re.IGNORECASE)]
        assert named
        assert [text for text in named if not any(label in text for label in LABELS[lang])] == []


def test_an_incomplete_year_never_meets_a_whole_one(full: Document) -> None:
    for finding in sentences(full):
        codes = {name.code for name in names_in(finding) if name.kind == "period"}
        assert not {"2024", "2025-01:2025-03"} <= codes, finding
        assert not {"2025-01:2025-03", "2023"} <= codes, finding


def names_in(finding: Finding) -> Iterator[Name]:
    for value in finding.parameters.values():
        if isinstance(value, Name):
            yield value
        elif isinstance(value, Finding):
            yield from names_in(value)


# --- what the tables hold


def test_groups_contributions_and_unit_values_by_hand(full: Document) -> None:
    # Coal 100 -> 150 of a flow 320 -> 340: +50 %, 50/320 of growth; 10 $/t -> 5 $/t.
    row = next(row for row in grid(full, "groups").rows if row.cells[0] == Name("product", "coal"))
    values = [cell.value for cell in row.cells if isinstance(cell, Measure)]
    assert values == pytest.approx([150, 150 / 340, 0.5, 50 / 320, 30, 5, -0.5])


def test_contributions_in_the_table_add_up_to_the_growth_of_the_total(full: Document) -> None:
    table = grid(full, "groups")
    place = [column.key for column in table.columns].index("contribution")
    parts = [row.cells[place].value or 0 for row in table.rows if isinstance(row.cells[place], Measure)]
    assert sum(parts) == pytest.approx(20 / 320)
    assert table.footers[0].cells[place] == Measure(20 / 320, "pp")


def test_the_suppliers_of_a_group_stand_with_the_studied_one_marked(full: Document) -> None:
    # Coal of 2024: Australia 300, Russia 150, China 50 of 500.
    table = next(
        each
        for each in grids(full)
        if each.key == "suppliers" and each.title.parameters["product"] == Name("product", "coal")
    )
    assert [row.cells[0] for row in table.rows] == [Name("area", code) for code in ("AUS", "RUS", "CHN")]
    assert [row.highlight for row in table.rows] == [False, True, False]
    assert table.rows[1].cells[3] == Measure(0.3, "share")
    assert table.caveats == ("listed_partners_sum",), "the denominator is named"


def test_the_steps_of_the_market_share_split_lead_from_base_to_current(full: Document) -> None:
    table = grid(full, "market_share_effects")
    base, *effects, current = [row.cells[1].value for row in table.rows if isinstance(row.cells[1], Measure)]
    assert sum(effects, base) == pytest.approx(current)
    assert [row.highlight for row in table.rows] == [True, False, False, False, True]
    last = table.rows[3].cells[0]
    assert isinstance(last, Finding)
    assert speaker(full, "en").text(last) == "Residual (competitiveness)"


def test_shares_drawn_fill_the_market(full: Document) -> None:
    for table in grids(full):
        if table.key == "market_shares":
            for row in table.rows:
                assert sum(cell.value or 0 for cell in row.cells if isinstance(cell, Measure)) == pytest.approx(1)


def test_regions_are_ranked_and_the_key_ones_marked(full: Document) -> None:
    table = grid(full, "regions")
    assert [(row.cells[0], row.highlight) for row in table.rows] == [
        (Name("area", "RU-MOW"), True),
        (Name("area", "RU-VLG"), True),
    ]
    assert grid(full, "location_quotients").rows


def test_regions_are_shown_for_the_year_that_the_text_tells_of_not_for_its_last_month() -> None:
    december = (region("RU-VLG", "fertilisers", 3, "2024-12"), region("RU-MOW", "machinery", 1, "2024-12"))
    table = grid(toy(*REGIONS, *december), "regions")
    assert table.title.parameters["period"] == Name("period", "2024")
    assert [row.cells[0] for row in table.rows] == [Name("area", "RU-MOW"), Name("area", "RU-VLG")]


@pytest.mark.parametrize(("lang", "name"), [("en", "Goods kept confidential"), ("vi", "Hàng hóa không công bố mã số")])
def test_goods_that_the_publisher_keeps_secret_have_a_name(lang: str, name: str) -> None:
    secret = toy(*REGIONS, region("RU-VLG", "XXXXXXXXXX", 50))
    assert name in speaker(secret, lang).label(Name("product", "XXXXXXXXXX"))
    assert any(Name("product", "XXXXXXXXXX") in row.cells for row in grid(secret, "location_quotients").rows)


def test_a_code_that_nobody_named_stands_as_it_was_printed(bundled: Document) -> None:
    told = [speaker(bundled, "ru").label(Name("product", code)) for code in ("99", "S2.1")]
    assert told == ["HS 99", "S2.1"]


def test_the_residual_group_is_never_recommended(bundled: Document) -> None:
    for table in grids(bundled):
        if table.key in ("recommendations", "ranking"):
            assert Name("product", "other_goods") not in {row.cells[0] for row in table.rows}


def test_headings_are_named_as_to_be_examined(bundled: Document) -> None:
    said = [speaker(bundled, "en").text(each) for each in sentences(bundled) if each.key == "argument.headings"]
    assert "HS inside the group, to be examined: 3101–3105." in said


def test_a_recommendation_tells_its_whole_argument(bundled: Document) -> None:
    chapter = next(chapter for chapter in bundled.chapters if chapter.key == "recommendations")
    lists = [block for block in chapter.blocks if isinstance(block, List)]
    assert len(lists) == 5
    for each in lists:
        keys = [item.key for item in each.items]
        assert keys[:3] == ["recommendations.demand", "argument.weakest", "argument.would_change"]
        assert keys[3] in ("argument.regions", "argument.no_regions")
        assert keys[-1] == "argument.stability"


# --- traces, sources, detail


def _bare(report: Document) -> Iterator[tuple[str, Row]]:
    for each in grids(report):
        for row in each.rows:
            if not row.traces and any(isinstance(cell, Measure) and cell.value is not None for cell in row.cells):
                yield each.key, row


def test_every_figure_leads_to_a_publishers_row(bundled: Document, full: Document) -> None:
    # The count of rows is ours; what could not be judged, and a file not held, is arithmetic told in words.
    ours = {"sources_used", "not_judged", "holes"}
    for report in (bundled, full):
        assert {key for key, _ in _bare(report)} - ours == set()
        assert all(tile.traces for tile in tiles(report))


def test_every_trace_of_the_report_has_a_source(bundled: Document) -> None:
    assert {bundled.source_number(trace) for trace in bundled.traces.values()} == set(
        range(1, len(bundled.sources) + 1)
    )
    assert bundled.sources[0].id == "vn_customs", "the main series comes first"
    assert bundled.sources[-1].id == "published_facts", "the press comes last"


def test_caveats_met_are_listed_at_the_end(bundled: Document) -> None:
    method = bundled.chapters[-1]
    listed = next(block.caveats for block in method.blocks if hasattr(block, "caveats"))
    assert {"price_basis_mixed", "listed_partners_sum", "unit_value_mix", "press_figure"} <= set(listed)
    assert [key for key in caveats.vocabulary() if key in listed] == list(listed)


def test_short_cuts_and_says_how_many_rows_are_left(bundled: Document) -> None:
    table = grid(bundled, "recommendations")
    assert len(table.rows) == 10
    assert any(note.key == "table.more" for note in table.notes)
    assert all(chapter.fold for chapter in bundled.chapters)


def test_full_cuts_nothing(full: Document) -> None:
    notes = {note.key for table in grids(full) for note in table.notes}
    assert notes <= {"table.tied", "table.specialised", "chart.drawn"}
    assert not any(chapter.fold for chapter in full.chapters)


def test_another_detail_is_refused() -> None:
    with pytest.raises(UsageError, match="choose one of short, full"):
        toy(detail="long")


def test_markdown_says_the_same_first_sentence(bundled: Document, lang: Lang) -> None:
    first = speaker(bundled, lang).text(five(bundled)[0])
    assert first[:60] in re.sub(r"\[\^[^\]]*\]", "", markdown(bundled, lang))


# --- verbs by sign


# The first example reads three catalogues from disk.
@settings(deadline=None)
@given(st.floats(-1, 50, allow_nan=False))
def test_the_verb_follows_the_sign(value: float) -> None:
    found = phrase("grew", Measure(value, "growth"))
    expected = {"up", "fold"} if value >= 0.0005 else {"down"} if value <= -0.0005 else {"same"}
    assert found.key.removeprefix("grew.") in expected
    for lang in LANGS:
        assert "-" not in voice(lang).text(found).replace("–", ""), "the verb carries the sign"


@pytest.mark.parametrize(
    ("value", "en", "ru", "vi"),
    [
        (0.041, "up 4.1% on 2024", "на 4,1 % больше, чем за 2024 г.", "tăng 4,1% so với năm 2024"),
        (-0.2, "down 20.0% on 2024", "на 20,0 % меньше, чем за 2024 г.", "giảm 20,0% so với năm 2024"),
        (0.0, "unchanged from 2024", "столько же, сколько за 2024 г.", "không đổi so với năm 2024"),
        (4.5, "5.50 times the figure of 2024", "в 5,50 раза больше, чем за 2024 г.", "gấp 5,50 lần năm 2024"),
        (
            None,
            "with no figure for 2024 to compare with",
            "показателя за 2024 г. для сравнения нет",
            "không có số liệu năm 2024 để so sánh",
        ),
    ],
)
def test_growth_in_words(value: float | None, en: str, ru: str, vi: str) -> None:
    found = phrase("growth", Measure(value, "growth"), base=Name("period", "2024"))
    said = [plain(voice(lang).text(found)) for lang in LANGS]
    assert said == [en, ru, vi]


@pytest.mark.parametrize(
    ("period", "label"),
    [
        ("2025", "In 2025"),
        ("2025Q3", "In Q3 2025"),
        ("2025-01:2025-09", "In January–September 2025 (an incomplete year)"),
    ],
)
def test_the_beginning_of_a_sentence(period: str, label: str) -> None:
    assert voice("en").text(when(period)) == label


def test_what_is_told_keeps_traces_and_caveats() -> None:
    finding = Finding(
        "weakest.falling",
        {"growth": Measure(-0.1, "growth"), "product": Name("product", "coal"), "partner": Name("area", "VNM")},
        ("a", "b"),
        ("low_base",),
    )
    assert (told(finding).traces, told(finding).caveats) == (("a", "b"), ("low_base",))
