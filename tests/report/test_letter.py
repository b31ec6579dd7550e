"""The letter: one page, three products, and nothing recommended on old figures."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx as python_docx
import pypdfium2
import pytest

from corridor.errors import NothingFound
from corridor.evidence import Finding
from corridor.made_study import MadeStudy
from corridor.report.catalogue import LANGS, Lang
from corridor.report.documents.document import Document, Heading, Paragraph
from corridor.report.documents.letter import letter
from corridor.report.render.letter import letter_docx, letter_pdf
from corridor.report.text import voice
from corridor.workspace import Workspace

RECOMMENDED = {"en": "recommend", "ru": "рекоменд", "vi": "khuyến nghị"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeStudy:
    return Workspace(tmp_path_factory.mktemp("data")).study("RUS", "VNM")


def written(made: MadeStudy, year: int) -> Document:
    return letter(
        made.study,
        traces=made.traces,
        publishers=made.publishers,
        made_on=date(year, 6, 1),
        generator="corridor 0",
    )


def sentences(document: Document, lang: Lang) -> list[str]:
    speaker = voice(lang, None, document.publishers())
    return [speaker.text(block.text) for block in document.front if isinstance(block, Heading | Paragraph)]


def test_three_products_with_figure_reason_and_weakest_evidence(made: MadeStudy) -> None:
    document = written(made, 2026)
    assert [type(block) for block in document.front[1:-2]] == [Heading, Paragraph, Paragraph, Paragraph] * 3
    keys = [block.text.key for block in document.front if isinstance(block, Paragraph)]
    assert keys == [
        "letter.recommended",
        *(["letter.figure", "letter.demand", "argument.weakest"] * 3),
        "letter.closing",
    ]
    traced = [block.text for block in document.front if isinstance(block, Paragraph)][1:-1]
    assert all(finding.traces for finding in traced)


@pytest.mark.parametrize("lang", LANGS)
def test_figures_of_three_years_ago_are_recommended_on_and_of_four_are_not(made: MadeStudy, lang: Lang) -> None:
    """The sample's last whole year is 2025: 2028 is three years on, 2029 four."""
    young, old = (sentences(written(made, year), lang) for year in (2028, 2029))
    assert RECOMMENDED[lang] in young[0].lower()
    assert not any(RECOMMENDED[lang] in sentence.lower() for sentence in old)
    assert "2025" in old[0]


def test_estimates_are_no_ground_for_a_recommendation(made: MadeStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    from corridor.report.documents import letter as module

    monkeypatch.setattr(module, "_ESTIMATES", frozenset({"listed_partners_sum"}))
    opening = written(made, 2026).front[0]
    assert isinstance(opening, Paragraph)
    assert opening.text.key == "letter.estimated"


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_one_page_with_room_for_two_signatures(made: MadeStudy, lang: Lang) -> None:
    document = written(made, 2026)
    book = pypdfium2.PdfDocument(letter_pdf(document, lang))
    assert len(book) == 1
    text = book[0].get_textpage().get_text_range()
    word = python_docx.Document(io.BytesIO(letter_docx(document, lang)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    position = {"en": "‹Position›", "ru": "‹Должность›", "vi": "‹CHỨC VỤ›"}[lang]
    assert text.count(position) == 2
    assert sum(position in cell for cell in cells) == 2


def test_a_vietnamese_letter_bears_the_national_title(made: MadeStudy) -> None:
    word = python_docx.Document(io.BytesIO(letter_docx(written(made, 2026), "vi")))
    right = word.tables[0].rows[0].cells[1].text
    assert right.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")


def test_a_reason_of_another_kind_is_told_as_the_study_tells_it() -> None:
    from corridor.report.documents.letter import _reason

    other = Finding("method.series")
    assert _reason(other).key == "method.series"


def test_a_study_that_ranks_nothing_gives_no_letter(tmp_path: Path) -> None:
    made = Workspace(tmp_path).study("RUS", "VNM", period="2023")
    with pytest.raises(NothingFound, match="makes no recommendation"):
        made.letter()


def test_every_format_is_written_whole(made: MadeStudy, tmp_path: Path) -> None:
    paths = made.write(tmp_path, formats=("md", "json", "letter", "letter-pdf", "csv"), lang="vi", cite="bibtex")
    assert {path.name for path in paths} == {
        "study-RUS-VNM.md", "study-RUS-VNM.json", "letter-RUS-VNM.docx", "letter-RUS-VNM.pdf", "study-RUS-VNM.csv.zip",
        "study-RUS-VNM.bib",
    }  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)


def test_a_failure_leaves_nothing_half_written(made: MadeStudy, tmp_path: Path) -> None:
    from corridor.errors import CorridorError

    (tmp_path / "study-RUS-VNM.md").mkdir()
    (tmp_path / "study-RUS-VNM.md" / "kept").write_text("x", encoding="utf-8")
    with pytest.raises(CorridorError, match="the report cannot be written"):
        made.write(tmp_path, formats=("md",))
    assert [path.name for path in tmp_path.iterdir()] == ["study-RUS-VNM.md"]


def test_sources_are_cited_with_day_of_access_and_attribution(made: MadeStudy) -> None:
    gost = [source.citation["ru"] for source in made.document(cite="gost").sources]
    apa = [source.citation["en"] for source in made.document(cite="apa").sources]
    assert any("Текст : электронный. – URL: https://" in each and "(дата обращения: " in each for each in gost)
    assert any("Official statistics of Viet Nam; figures are facts" in each for each in gost)
    assert any("Retrieved " in each and ", from https://" in each for each in apa)
    assert made.document(cite="gost").meta.citation["ru"].startswith("corridor: trade intelligence")


def test_bibtex_has_an_entry_a_source_and_one_for_the_program(made: MadeStudy) -> None:
    text = made.files((), cite="bibtex")["study-RUS-VNM.bib"].decode()
    assert text.count("@misc{") == len(made.document().sources)
    assert "@software{corridor," in text
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")


@pytest.mark.parametrize(
    ("lang", "left", "right", "below"),
    [
        ("en", 2, 1, 2),
        # GOST R 7.0.97-2016: the addressee to the right, the subject under the details of the sender.
        ("ru", 3, 1, 1),
        # Decree 30/2020: title and motto to the right with place and date, the subject under the number.
        ("vi", 3, 3, 1),
    ],
)
def test_the_head_follows_the_rules_of_the_language(
    made: MadeStudy, lang: Lang, left: int, right: int, below: int
) -> None:
    word = python_docx.Document(io.BytesIO(letter_docx(written(made, 2026), lang)))
    cells = word.tables[0].rows[0].cells
    assert [len(cell.text.splitlines()) for cell in cells] == [left, right]
    first = next(place for place, line in enumerate(word.paragraphs) if line.style.name == "Body Text")
    assert first == below
    subject = voice(lang).text(written(made, 2026).title)
    assert (subject in cells[0].text) == (lang == "vi")
    if lang == "ru":
        assert "‹должность" in cells[1].text


def test_the_national_title_keeps_its_line(made: MadeStudy) -> None:
    """Its column is wider than 86 mm, which the title measures in bold letters of 12 points."""
    word = python_docx.Document(io.BytesIO(letter_docx(written(made, 2026), "vi")))
    widths = [column.width.mm for column in word.tables[0].columns]
    assert widths[1] > 95
    assert sum(widths) == pytest.approx(165, abs=0.5)


@pytest.mark.parametrize("lang", LANGS)
def test_a_change_manyfold_is_told_with_its_base(made: MadeStudy, lang: Lang) -> None:
    from corridor.evidence import Measure
    from corridor.report.documents.letter import _figure
    from corridor.report.documents.study_recommendations import arguments
    from corridor.report.documents.study_view import View

    view = View(made.study, short=True)
    finding = arguments(view, view.out)[0]
    grown = Finding(finding.key, {**finding.parameters, "growth": Measure(4.4, "growth")}, finding.traces)
    base = {
        "en": "5.40 times the figure of 2024",
        "ru": "в 5,40 раза больше, чем за 2024",
        "vi": "gấp 5,40 lần năm 2024",
    }
    assert base[lang] in voice(lang).text(_figure(grown)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("lang", LANGS)
def test_a_signatory_is_shown_no_checksum(made: MadeStudy, lang: Lang) -> None:
    document = written(made, 2026)
    text = pypdfium2.PdfDocument(letter_pdf(document, lang))[0].get_textpage().get_text_range()
    assert "SHA-256" not in text
    assert document.sources


def test_an_attribution_stands_once_a_publisher(made: MadeStudy) -> None:
    cited = [source.citation["ru"] for source in made.document(cite="gost").sources]
    assert sum("figures are facts" in each for each in cited) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_no_source_is_called_by_a_number_of_ours_or_a_bare_code_of_a_period(made: MadeStudy, lang: Lang) -> None:
    import re

    from corridor.report.render.spoken import Spoken

    document = made.document()
    spoken = Spoken(document, voice(lang, None, document.publishers()))
    listed = [spoken.source(source) for source in document.sources]
    listed += [source.citation[lang] for source in made.document(cite="gost").sources]
    assert not [each for each in listed if re.search(r"\b[PR]F\d{3}\b", each)]
    named = [each for each in listed if re.search(r"(?<![\w./:-])20\d\d-\d\d(?![\w/])", each)]
    assert not named
