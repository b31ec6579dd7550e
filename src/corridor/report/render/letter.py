"""The letter on paper, as Word and as PDF: sender, addressee, text, room for two signatures, its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from corridor.report.catalogue import Catalogue, Lang
from corridor.report.charts.png import FONT
from corridor.report.documents.document import Document, Heading, Paragraph
from corridor.report.render.docx import begun, describe_file, settled, write
from corridor.report.render.docx_fields import ruled_above
from corridor.report.render.docx_styles import BODY, LINE, NOTE, SUBHEADING
from corridor.report.render.paper import PAPERS, Paper
from corridor.report.render.pdf import packed, typeset
from corridor.report.render.spoken import Spoken
from corridor.report.text import voice

_CENTRE, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
#: Letters of the head, and of the list of sources.
_HEAD, _SOURCES = 12.0, 8.0
#: Room that a signature needs, in points.
_ROOM = 18


def letter_docx(
    document: Document,
    lang: Lang,
    extra: Catalogue | None = None,
    *,
    template: bytes | None = None,
    template_name: str = "",
) -> bytes:
    """The letter as a .docx file; ``template`` is a user's own, whose page, header and styles win."""
    spoken, word, paper = begun(document, lang, extra, template, template_name)
    _put_head(word, spoken, paper)
    for style, text in _text(spoken):
        _add(word, style, text, paper.letter)
    _signatures(word, spoken)
    _put_sources(word, spoken)
    describe_file(word, spoken, paper)
    return settled(word)


def letter_pdf(document: Document, lang: Lang, extra: Catalogue | None = None) -> bytes:
    """The letter as a PDF."""
    spoken = Spoken(document, voice(lang, extra, document.publishers()))
    head = _head(spoken, PAPERS[lang])
    told = {
        "lang": lang,
        "author": document.meta.generator,
        "title": spoken.text(document.title),
        "head": {place: [vars(line) for line in lines] for place, lines in vars(head).items()},
        "blocks": [{"heading": style == SUBHEADING, "text": text} for style, text in _text(spoken)],
        "sources": _sources(spoken),
        "paper": vars(PAPERS[lang]) | {"font": FONT},
        **{name: spoken.say(f"letter.{name}") for name in ("position", "name")},
    }
    return typeset(packed("letter.typ", told))


@dataclass(frozen=True)
class _Told:
    """A line of the head; ``ruled`` has a rule beneath it as long as its words."""

    text: str
    bold: bool = False
    italic: bool = False
    ruled: bool = False


@dataclass(frozen=True)
class _Head:
    """What stands over the text: two columns side by side, then lines over the whole page."""

    left: list[_Told]
    right: list[_Told]
    below: list[_Told]


def _head(spoken: Spoken, paper: Paper) -> _Head:
    """Sender, number, date, addressee and subject where the language's rules of papers have them."""
    said = {name: spoken.say(f"letter.{name}") for name in ("office", "number", "date", "to", "addressee")}
    office, number, subject = (
        _Told(said["office"], bold=True),
        _Told(said["number"]),
        spoken.text(spoken.document.title),
    )
    addressed = _Told(f"{said['to']} {said['addressee']}")
    if paper.head == "motto":
        title, motto = paper.motto
        right = [_Told(title, bold=True), _Told(motto, bold=True, ruled=True), _Told(said["date"], italic=True)]
        return _Head([office, number, _Told(subject)], right, [addressed])
    if paper.head == "addressee":
        return _Head([office, _Told(said["date"]), number], [_Told(said["addressee"])], [_Told(subject, bold=True)])
    return _Head([office, number], [_Told(said["date"])], [_Told(subject, bold=True), addressed])


def _text(spoken: Spoken) -> list[tuple[str, str]]:
    """Style and words of every paragraph between addressee and signatures."""
    return [
        (SUBHEADING if isinstance(block, Heading) else BODY, spoken.sentence(block.text))
        for block in spoken.document.front
        if isinstance(block, Heading | Paragraph)
    ]


def _sources(spoken: Spoken) -> list[str]:
    # Whoever checks a file has the study; a signatory needs no checksum.
    plain = [replace(source, checksum="") for source in spoken.document.sources]
    listed = [f"{number}. {spoken.source(source)}" for number, source in enumerate(plain, start=1)]
    return [f"{spoken.say('ui.sources')}:", *listed]


def _put_head(word: Word, spoken: Spoken, paper: Paper) -> None:
    head = _head(spoken, paper)
    _side_by_side(word, head.left, head.right, paper, (0.38, 0.62) if paper.head == "motto" else (0.5, 0.5))
    for place, told in enumerate(head.below):
        line = _add(word, LINE, "", paper.letter)
        _fill(line, told, paper.letter)
        line.alignment = _LEFT if paper.head == "addressee" else _CENTRE
        line.paragraph_format.space_before = Pt(10 if place == 0 else 2)
        line.paragraph_format.space_after = Pt(8 if told is head.below[-1] else 0)


def _signatures(word: Word, spoken: Spoken) -> None:
    """Room for two signatures."""
    _add(word, LINE, "", _SOURCES)
    column = [_Told(spoken.say("letter.position"), bold=True), _Told(""), _Told(spoken.say("letter.name"), bold=True)]
    for cell in _side_by_side(word, column, column, PAPERS[spoken.voice.lang], (0.5, 0.5)):
        cell.paragraphs[1].paragraph_format.space_after = Pt(_ROOM)


def _side_by_side(
    word: Word, left: Sequence[_Told], right: Sequence[_Told], paper: Paper, parts: tuple[float, float]
) -> list[_Cell]:
    """Two columns of centred lines, each as wide as its part of the page."""
    grid = word.add_table(rows=1, cols=2)
    grid.autofit = False
    cells = list(grid.rows[0].cells)
    for place, (cell, lines, part) in enumerate(zip(cells, (left, right), parts, strict=True)):
        # LibreOffice reads the width of the column, Word that of the cell.
        grid.columns[place].width = cell.width = Mm(paper.width * part)
        for number, told in enumerate(lines):
            line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            line.style = word.styles[LINE]
            line.alignment = _CENTRE
            _fill(line, told, _HEAD)
    return cells


def _fill(line: Line, told: _Told, size: float) -> None:
    for run in write(line, told.text):
        run.bold, run.italic, run.underline, run.font.size = told.bold, told.italic, told.ruled or None, Pt(size)


def _put_sources(word: Word, spoken: Spoken) -> None:
    """The list of sources, in small letters under a rule."""
    for place, text in enumerate(_sources(spoken)):
        line = _add(word, NOTE, text, _SOURCES)
        if place == 0:
            line.paragraph_format.space_before = Pt(10)
            ruled_above(line)


def _add(word: Word, style: str, text: str, size: float) -> Line:
    line = word.add_paragraph(style=word.styles[style])
    shape = line.paragraph_format
    shape.line_spacing, shape.space_after = 1.0, Pt(2 if style == BODY else 1)
    shape.space_before = Pt(4 if style == SUBHEADING else 0)
    for run in write(line, text):
        run.font.size = Pt(size)
    return line
