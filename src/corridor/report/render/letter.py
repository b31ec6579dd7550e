"""The letter on paper, as Word and as PDF: sender, addressee, text, room for two signatures, its sources."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from corridor.report.catalogue import Catalogue, Lang
from corridor.report.charts.png import FONT
from corridor.report.documents.document import Document, Heading, Paragraph
from corridor.report.render.docx import begun, describe_file, settled, write
from corridor.report.render.docx_styles import BODY, LINE, NOTE, SUBHEADING, TITLE
from corridor.report.render.paper import PAPERS, Paper
from corridor.report.render.pdf import packed, typeset
from corridor.report.render.spoken import Spoken
from corridor.report.text import voice

_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
#: Letters of the head, and of the list of sources.
_HEAD, _SOURCES = 12.0, 8.0
#: Room that a signature needs, in points.
_ROOM = 28


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
    _head(word, spoken, paper)
    for style, text in _text(spoken):
        _add(word, style, text, paper.letter)
    _signatures(word, spoken)
    for text in _sources(spoken):
        _add(word, NOTE, text, _SOURCES)
    describe_file(word, spoken, paper)
    return settled(word)


def letter_pdf(document: Document, lang: Lang, extra: Catalogue | None = None) -> bytes:
    """The letter as a PDF."""
    spoken = Spoken(document, voice(lang, extra, document.publishers()))
    words = ("office", "number", "date", "to", "addressee", "position", "name")
    told = {
        "lang": lang,
        "author": document.meta.generator,
        "subject": spoken.text(document.title),
        "blocks": [{"heading": style == SUBHEADING, "text": text} for style, text in _text(spoken)],
        "sources": _sources(spoken),
        "paper": vars(PAPERS[lang]) | {"font": FONT},
        **{name: spoken.say(f"letter.{name}") for name in words},
    }
    return typeset(packed("letter.typ", told))


def _text(spoken: Spoken) -> list[tuple[str, str]]:
    """Style and words of every paragraph between addressee and signatures."""
    return [
        (SUBHEADING if isinstance(block, Heading) else BODY, spoken.sentence(block.text))
        for block in spoken.document.front
        if isinstance(block, Heading | Paragraph)
    ]


def _sources(spoken: Spoken) -> list[str]:
    listed = [f"{number}. {spoken.source(source)}" for number, source in enumerate(spoken.document.sources, start=1)]
    return [f"{spoken.say('ui.sources')}:", *listed]


def _head(word: Word, spoken: Spoken, paper: Paper) -> None:
    """Sender and national title side by side, number and date, addressee, subject."""
    left = [(spoken.say("letter.office"), True), (spoken.say("letter.number"), False)]
    right = [*((line, True) for line in paper.motto), (spoken.say("letter.date"), False)]
    _side_by_side(word, left, right, paper, top=True)
    subject = _add(word, TITLE, spoken.text(spoken.document.title), paper.letter)
    subject.paragraph_format.space_before = subject.paragraph_format.space_after = Pt(8)
    _add(word, LINE, f"{spoken.say('letter.to')} {spoken.say('letter.addressee')}", paper.letter).alignment = _CENTRE


def _signatures(word: Word, spoken: Spoken) -> None:
    """Room for two signatures."""
    _add(word, LINE, "", _SOURCES)
    column = [(spoken.say("letter.position"), True), ("", False), (spoken.say("letter.name"), True)]
    cells = _side_by_side(word, column, column, PAPERS[spoken.voice.lang], top=False)
    for cell in cells:
        cell.paragraphs[1].paragraph_format.space_after = Pt(_ROOM)


def _side_by_side(
    word: Word, left: Sequence[tuple[str, bool]], right: Sequence[tuple[str, bool]], paper: Paper, *, top: bool
) -> list[_Cell]:
    """Two columns of centred lines: words, and whether they are bold."""
    grid = word.add_table(rows=1, cols=2)
    grid.autofit = False
    parts = (0.33, 0.67) if top else (0.5, 0.5)
    cells = list(grid.rows[0].cells)
    for cell, lines, part in zip(cells, (left, right), parts, strict=True):
        cell.width = Mm(paper.width * part)
        for number, (text, bold) in enumerate(lines):
            line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            line.style = word.styles[LINE]
            line.alignment = _CENTRE
            for run in write(line, text):
                run.bold, run.font.size = bold, Pt(_HEAD)
    return cells


def _add(word: Word, style: str, text: str, size: float) -> Line:
    line = word.add_paragraph(style=word.styles[style])
    shape = line.paragraph_format
    shape.line_spacing, shape.space_after = 1.0, Pt(2 if style == BODY else 1)
    shape.space_before = Pt(4 if style == SUBHEADING else 0)
    for run in write(line, text):
        run.font.size = Pt(size)
    return line
