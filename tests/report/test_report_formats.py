"""Every format carries the same numbers in every language, and words of a file stay words."""

from __future__ import annotations

import io
import re
import zipfile
from types import ModuleType

import docx as python_docx
import pypdfium2
import pyreadstat
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from corridor.evidence import Finding, Measure, Trace
from corridor.report.catalogue import LANGS, Catalogue, Lang
from corridor.report.documents.document import (
    Chapter,
    Chart,
    Column,
    Document,
    Meta,
    Row,
    Source,
    Sources,
    Table,
)
from corridor.report.layout import lay_out
from corridor.report.render.columns import columns, width
from corridor.report.render.data_files import csv_zip, dta_zip
from corridor.report.render.docx import docx
from corridor.report.render.pdf import pdf
from corridor.report.render.spoken import printable
from corridor.report.render.tex import escaped, tex
from corridor.report.render.xlsx import xlsx
from corridor.report.text import Voice, voice

_PICTURES = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@pytest.fixture(scope="module")
def words(invented: ModuleType, document: Document) -> dict[Lang, python_docx.document.Document]:
    made = {lang: docx(document, lang, invented.words(lang)) for lang in LANGS}
    return {lang: python_docx.Document(io.BytesIO(content)) for lang, content in made.items()}


@pytest.fixture(scope="module")
def prints(invented: ModuleType, document: Document) -> dict[Lang, bytes]:
    return {lang: pdf(document, lang, invented.words(lang)) for lang in LANGS}


@pytest.fixture(scope="module")
def books(invented: ModuleType, document: Document) -> dict[Lang, bytes]:
    return {lang: xlsx(document, lang, invented.words(lang)) for lang in LANGS}


def tables(document: Document) -> list[Table]:
    found = [block for block in document.blocks() if isinstance(block, Table | Chart)]
    printed = [block for block in found if isinstance(block, Table)]
    return [*printed, *(block.figures for block in found if isinstance(block, Chart))]


def figures(document: Document, speaker: Voice) -> list[str]:
    """Every number in print, table by table, row by row."""
    laid = [lay_out(table, speaker) for table in tables(document)]
    lines = [line for each in laid for line in (*each.lines, *each.footers)]
    cells = [cell for line in lines for cell in line.cells]
    return [cell.text for cell in cells if cell.measure is not None and cell.measure.value is not None]


def said(text: str) -> str:
    """Text without what only the layout adds: blanks, and hyphens that do not break."""
    return re.sub(r"\s+", "", text.replace("\N{NON-BREAKING HYPHEN}", "-"))


def test_the_word_document_has_every_number(
    words: dict[Lang, python_docx.document.Document], document: Document, speaker: Voice, lang: Lang
) -> None:
    cells = [cell.text for table in words[lang].tables for row in table.rows for cell in row.cells]
    for figure in figures(document, speaker):
        assert figure in cells, figure


def test_the_pdf_has_every_number(prints: dict[Lang, bytes], document: Document, speaker: Voice, lang: Lang) -> None:
    text = said("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(prints[lang])))
    for figure in figures(document, speaker):
        assert said(figure) in text, figure


def values(document: Document) -> list[float]:
    """Every number of every table, unrounded, in the order of the page."""
    blocks = [block.figures if isinstance(block, Chart) else block for block in document.blocks()]
    return [
        cell.value * (100 if cell.unit == "pp" else 1)
        for table in blocks
        if isinstance(table, Table)
        for row in (*table.rows, *table.footers)
        for cell in row.cells
        if isinstance(cell, Measure) and cell.value is not None
    ]


def test_the_workbook_has_every_number_typed(books: dict[Lang, bytes], document: Document, lang: Lang) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(books[lang]))
    labels = {"en": ("Table", "Figure"), "ru": ("Таблица", "Рисунок"), "vi": ("Bảng", "Hình")}[lang]
    sheets = [name for name in book.sheet_names if name.startswith(labels) and name[-1].isdigit()]
    assert len(sheets) == len(tables(document))
    found = [
        cell
        for name in sheets
        for row in book.get_sheet_by_name(name).to_python()[1:]
        for cell in row
        if isinstance(cell, float)
    ]
    assert found == pytest.approx(values(document))


def test_a_workbook_says_its_units_and_sources(books: dict[Lang, bytes], lang: Lang) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(books[lang]))
    first = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert any("invented" in str(cell) for cell in book.get_sheet_by_name(book.sheet_names[-2]).to_python()[1])
    assert first[0][0]
    dictionary = book.get_sheet_by_name(book.sheet_names[-1]).to_python()
    assert {row[3] for row in dictionary[1:]} == {
        "en": {"number", "text"}, "ru": {"число", "текст"}, "vi": {"số", "văn bản"}
    }[lang]  # fmt: skip


def test_headers_are_frozen_and_numbers_formatted(books: dict[Lang, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(books["en"])) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        frozen = [name for name in sheets if b'state="frozen"' in parts.read(name)]
        styles = parts.read("xl/styles.xml").decode()
    assert len(frozen) == len(sheets) - 1, "all but the first, which is the table of contents"
    assert 'formatCode="+0.0%;-0.0%;0.0%"' in styles


def test_the_languages_have_the_same_numbers_in_csv(invented: ModuleType, document: Document) -> None:
    numbers = {}
    for lang in LANGS:
        with zipfile.ZipFile(io.BytesIO(csv_zip(document, lang, invented.words(lang)))) as parts:
            text = "".join(
                parts.read(name).decode() for name in parts.namelist() if name.startswith(("table", "figure"))
            )
        numbers[lang] = re.findall(r"(?<=,)-?\d+\.\d+(?:e-?\d+)?(?=[,\r])", text)
    assert numbers["en"] == numbers["ru"] == numbers["vi"]
    assert len(numbers["en"]) > 50


def test_stata_files_open_with_their_labels(
    invented: ModuleType, document: Document, lang: Lang, tmp_path: object
) -> None:
    with zipfile.ZipFile(io.BytesIO(dta_zip(document, lang, invented.words(lang)))) as parts:
        parts.extractall(str(tmp_path))
        names = [name for name in parts.namelist() if name.endswith(".dta")]
    assert len(names) == len(tables(document))
    for name in names:
        frame, about = pyreadstat.read_dta(f"{tmp_path}/{name}", output_format="polars")
        assert all(about.column_labels)
        assert all(re.fullmatch(r"[A-Za-z]\w{0,31}", column, re.ASCII) for column in frame.columns)
        assert about.file_label.startswith(
            ({"en": "Table", "ru": "Таблица", "vi": "Bảng"}[lang], "Figure", "Рис", "Hình")
        )


def test_a_word_document_is_made_of_styles_fields_and_descriptions(
    words: dict[Lang, python_docx.document.Document], document: Document, lang: Lang
) -> None:
    word = words[lang]
    styles = {line.style.name for line in word.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Body Text", "List Bullet", "Caption", "Source"} <= styles
    codes = [each.text for each in word.element.body.iter(qn("w:instrText"))]
    goals = {each.get(qn("w:name")) for each in word.element.body.iter(qn("w:bookmarkStart"))}
    pages = [code.split()[1] for code in codes if "PAGEREF " in code]
    # Every chapter, the summary, the data of the figures and the terms, each with the page it is on.
    assert len(pages) == len(document.chapters) + 3
    assert set(pages) <= goals
    dirty = [each for each in word.element.body.iter(qn("w:fldChar")) if each.get(qn("w:dirty"))]
    assert len(dirty) == len(pages)
    label = {"en": "Table", "ru": "Таблица", "vi": "Bảng"}[lang]
    assert sum(f"SEQ {label} " in code for code in codes) == len(tables(document))
    pictures = [each.get("descr") for each in word.element.body.iter(f"{{{_PICTURES}}}docPr")]
    assert len(pictures) == len(document.charts())
    assert all(pictures)


def test_header_rows_are_repeated(words: dict[Lang, python_docx.document.Document]) -> None:
    heads = [table for table in words["en"].tables if table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None]
    assert len(heads) == len(words["en"].tables) - 1, "all but the identity card"


@pytest.mark.parametrize(
    ("lang", "margins", "font"),
    [("vi", (20, 15, 20, 30), "Times New Roman"), ("ru", (20, 10, 20, 30), "Liberation Serif")],
)
def test_official_papers_keep_their_countrys_rules(
    words: dict[Lang, python_docx.document.Document], lang: Lang, margins: tuple[int, ...], font: str
) -> None:
    """Decree 30/2020/ND-CP, Appendix I: 20-25, 15-20, 20-25, 30-35 mm; GOST R 7.0.97-2016: at least 20, 10, 20, 20."""
    section = words[lang].sections[0]
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert tuple(round(side.mm) for side in sides if side) == margins
    assert words[lang].styles["Normal"].font.name == font
    assert words[lang].styles["Body Text"].font.size.pt in (12, 13, 14)
    assert section.different_first_page_header_footer
    assert "PAGE" in "".join(each.text or "" for each in section.header._element.iter(qn("w:instrText")))


def test_a_users_template_wins(document: Document, invented: ModuleType) -> None:
    template = python_docx.Document()
    template.add_paragraph("letterhead in the body is not kept")
    template.sections[0].header.paragraphs[0].text = "The office"
    template.styles["Heading 1"].font.name = "Courier New"
    held = io.BytesIO()
    template.save(held)
    made = python_docx.Document(io.BytesIO(docx(document, "en", invented.words("en"), template=held.getvalue())))
    assert made.sections[0].header.paragraphs[0].text == "The office"
    assert made.styles["Heading 1"].font.name == "Courier New"
    assert "Source" in {style.name for style in made.styles}
    assert not any("letterhead" in line.text for line in made.paragraphs)


def test_what_is_no_template_is_refused_in_one_line(document: Document) -> None:
    from corridor.errors import UnreadableFile

    with pytest.raises(UnreadableFile, match=r"my\.docx is no Word document; save it as \.docx"):
        docx(document, "en", template=b"PK", template_name="my.docx")


def test_the_pdf_has_bookmarks_and_its_own_fonts(prints: dict[Lang, bytes], document: Document, lang: Lang) -> None:
    book = pypdfium2.PdfDocument(prints[lang])
    top = [mark.get_title() for mark in book.get_toc(max_depth=1)]
    assert len(top) == 1 + len(document.chapters) + 2, "summary, chapters, data of the figures, terms"
    assert prints[lang].count(b"/FontFile3") + prints[lang].count(b"/FontFile2") > 0 or b"ObjStm" in prints[lang]


@pytest.mark.parametrize("lang", LANGS)
def test_no_glyph_is_missing(lang: Lang) -> None:
    """A letter without a picture is drawn as a box, and read back as no letter."""
    letters = {
        "en": "—–−×≈●○…“”№≥", "ru": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя «»№",
        "vi": "ăâđêôơư áàảãạ ắằẳẵặ ấầẩẫậ éèẻẽẹ ếềểễệ íìỉĩị óòỏõọ ốồổỗộ ớờởỡợ úùủũụ ứừửữự ýỳỷỹỵ ĂÂĐÊÔƠƯ ẮẰẲẴẶ",
    }[lang]  # fmt: skip
    table = Table("t", Finding("column.group"), (Column("group", kind="name"),), (Row((letters,)),))
    made = pdf(Document(Finding("column.group"), Meta(), (table,), ()), lang)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    assert said(letters) in said(text)


HOSTILE = ("=1+1", '=HYPERLINK("http://x","y")', "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", '<b>&"\'</b>',
           "#import \"x\"; $x$ *b* _i_ `c` @ref <label> [c] //", r"\input{/etc/passwd} $x^2$ % #1 & ~ {}",
           "right \N{RIGHT-TO-LEFT OVERRIDE}left", "null\x00byte\x1b", "long " + "x" * 10_000)  # fmt: skip


@pytest.fixture(scope="module")
def hostile() -> Document:
    trace = Trace("p", HOSTILE[5], "c" * 64, HOSTILE[1], HOSTILE[2], HOSTILE[0], "javascript:alert(1)")
    source = Source("c" * 64, dict.fromkeys(LANGS, HOSTILE[6]), HOSTILE[0], HOSTILE[7], "javascript:alert(1)", id="p")
    rows = tuple(Row((name, Measure(float(place), "count")), ("t",)) for place, name in enumerate(HOSTILE))
    table = Table("t", Finding("column.group"), (Column("group", kind="name"), Column("value", "count")), rows)
    chapter = Chapter("a", Finding("column.area"), (table, Sources()))
    return Document(Finding("column.group"), Meta(), (), (chapter,), (source,), {"t": trace})


def test_hostile_names_are_words_in_a_workbook(hostile: Document) -> None:
    made = xlsx(hostile, "vi")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
        assert not any(b'Target="http' in parts.read(name) for name in parts.namelist() if name.endswith(".rels")
                       and "worksheets" in name)  # fmt: skip
    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("Bảng 1").to_python()[1:]
    assert [row[0] for row in rows] == [printable(name) for name in HOSTILE]


def test_hostile_names_are_words_in_word(hostile: Document) -> None:
    made = python_docx.Document(io.BytesIO(docx(hostile, "ru")))
    cells = [row.cells[0].text for table in made.tables for row in table.rows]
    assert [name for name in map(printable, HOSTILE) if name not in cells] == []
    codes = {(each.text or "").split()[0] for each in made.element.body.iter(qn("w:instrText"))}
    assert codes <= {"PAGEREF", "SEQ", "PAGE"}


def test_hostile_names_are_words_in_print(hostile: Document) -> None:
    book = pypdfium2.PdfDocument(pdf(hostile, "en"))
    text = said("".join(page.get_textpage().get_text_range() for page in book))
    assert [name for name in map(printable, HOSTILE[:-1]) if said(name) not in text] == []
    assert text.count("x") >= 10_000


def test_hostile_names_are_no_formulas_in_csv(hostile: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(csv_zip(hostile, "en"))) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist())
    assert not re.search(r"(?:^|,|\n)\"?[=+@]", text)


def test_hostile_names_are_words_in_latex(hostile: Document) -> None:
    text = tex(hostile, "vi")
    assert r"\input{" not in text
    assert text.count(r"\begin{longtable}") == text.count(r"\end{longtable}") == 1
    assert r"\textbackslash{}input\{/etc/passwd\} \$x\textasciicircum{}2\$ \% \#1 \& \textasciitilde{} \{\}" in text


def test_hostile_names_open_in_stata(hostile: Document, tmp_path: object) -> None:
    with zipfile.ZipFile(io.BytesIO(dta_zip(hostile, "en"))) as parts:
        parts.extractall(str(tmp_path))
    frame, _ = pyreadstat.read_dta(f"{tmp_path}/table_01_t.dta", output_format="polars")
    assert frame["group"].to_list() == [printable(name).strip() for name in HOSTILE]


def test_latex_has_every_table_with_booktabs(document: Document, invented: ModuleType, lang: Lang) -> None:
    text = tex(document, lang, invented.words(lang))
    count = len(tables(document))
    assert [text.count(each) for each in (r"\begin{longtable}", r"\toprule", r"\bottomrule\endfoot")] == [count] * 3
    opened, closed = re.findall(r"\\begin\{(\w+)\}", text), re.findall(r"\\end\{(\w+)\}", text)
    assert sorted(opened) == sorted(closed)
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")


def test_escaped_text_has_no_sign_of_its_own() -> None:
    assert escaped("50 % & {x}_1") == r"50 \% \& \{x\}\_1"


def test_the_same_document_gives_the_same_bytes(document: Document, invented: ModuleType) -> None:
    for write in (docx, pdf, xlsx, csv_zip):
        assert write(document, "vi", invented.words("vi")) == write(document, "vi", invented.words("vi")), write


@pytest.mark.parametrize("text", ["a\x00b", "a\N{RIGHT-TO-LEFT OVERRIDE}b", "a\ud800b", "a\ufffeb"])
def test_what_has_no_picture_is_not_printed(text: str) -> None:
    assert printable(text) == "ab"


def test_columns_fill_the_page_and_keep_words_whole() -> None:
    rows = [["Commodity group", "Value"], ["Internationalisation of everything", "1"], ["b", "123,456"]]
    found = columns(rows, 165, 9)
    assert sum(found.widths) == pytest.approx(165)
    assert found.widths[0] > found.widths[1]
    assert found.size == 9
    crowded = columns([["incomprehensibilities"] * 12, ["1"] * 12], 165, 9)
    assert crowded.size < 9


def test_a_table_of_an_empty_document_is_none() -> None:
    empty = Document(Finding("column.group"), Meta(), (), ())
    for lang in LANGS:
        assert docx(empty, lang)
        assert pdf(empty, lang)
        assert xlsx(empty, lang)
        assert r"\end{document}" in tex(empty, lang)
    assert voice("en").lang == "en"


def test_a_short_table_is_kept_on_one_page_and_a_long_one_keeps_its_ends() -> None:
    short, long = (columns([["Group", "Value"], *[["coal", "1"]] * rows], 165, 9) for rows in (20, 60))
    assert (short.one_page, long.one_page) == (True, False)
    wide = columns(
        [["Group", *["Value"] * 11], *[["a name of many words that are broken", *["1,234.56"] * 11]] * 12], 165, 9
    )
    assert wide.lines > 24, "a row of several lines counts as several"


def test_letters_are_as_wide_as_they_are_set() -> None:
    """Liberation Serif, measured: 16.3, 3.5 and 9.4 ems in regular letters; never taken for narrower, hardly wider."""
    measured = {"Completely built motor vehicles [59, 71]": 16.33, "1,719.25": 3.5, "Phương tiện vận tải khác": 9.38}
    for words, ems in measured.items():
        assert ems <= width(words) <= 1.2 * ems


def test_rows_of_a_word_table_stay_together(words: dict[Lang, python_docx.document.Document]) -> None:
    for grid in words["en"].tables[1:]:
        kept = [all(each.paragraph_format.keep_with_next for each in row.cells[0].paragraphs) for row in grid.rows]
        assert len(kept) < 3 or (kept[0] and kept[-2])


def test_names_get_room_before_headers_do() -> None:
    head = ["Period", *["Growth of the unit value over the mean of both periods"] * 6]
    rows = [head, *[["January 2025 and what follows it", *["1.0"] * 6]] * 3]
    names, *numbers = columns(rows, 165, 9).widths
    assert names > 1.8 * max(numbers)


def test_an_address_in_latex_may_be_broken() -> None:
    from corridor.report.render.tex import _breakable

    said = _breakable(escaped("https://example.org/news/a-long_name"))
    assert said.count(r"\allowbreak{}") == 5, "after three slashes, one hyphen, one low line"
    assert said.replace(r"\allowbreak{}", "") == escaped("https://example.org/news/a-long_name")


def test_a_sheet_prints_as_wide_as_a_page_and_shows_every_line(books: dict[Lang, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(books["en"])) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert all('orientation="landscape"' in sheet and 'fitToHeight="0"' in sheet for sheet in sheets)
    heights = [float(each) for sheet in sheets for each in re.findall(r' ht="([0-9.]+)"', sheet)]
    assert heights
    assert all(each % 15 == 0 and each <= 409 for each in heights)


def test_no_line_of_a_caption_ends_between_a_minus_and_its_number() -> None:
    title = Finding("title.groups.fall", {"fall": Measure(-0.1105, "pp")})
    said = Catalogue("vi", {"title.groups.fall": "kéo giảm ({fall})"}, "0")
    table = Table(
        "t", title, (Column("group", kind="name"), Column("value", "usd")), (Row(("a", Measure(1.0, "usd"))),)
    )
    report = Document(title, Meta(), (table,), ())
    made = python_docx.Document(io.BytesIO(docx(report, "vi", said)))
    (caption,) = [line for line in made.paragraphs if "kéo giảm (" in line.text and line.style.name == "Caption"]
    assert caption._p.findall(".//" + qn("w:noBreakHyphen"))
