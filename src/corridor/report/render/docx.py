"""A Word document: real styles, numbered captions, a table of contents, tables that can be edited, charts as pictures.

It is laid out by `corridor.report.render.paper`, or by a user's own template; see `docx_styles`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from io import BytesIO

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm, Pt
from docx.table import Table as Grid
from docx.table import _Row
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from corridor.evidence import Name
from corridor.report.catalogue import Catalogue, Lang
from corridor.report.charts.png import pngs
from corridor.report.documents.document import (
    Block,
    Chart,
    Document,
    FigureTiles,
    Heading,
    List,
    Note,
    Paragraph,
    Sources,
    Table,
)
from corridor.report.layout import Head, Laid
from corridor.report.numbers import Style
from corridor.report.render.columns import columns
from corridor.report.render.docx_fields import (
    bookmark,
    describe,
    element,
    heads_every_page,
    keeps_together,
    link,
    stay_together,
)
from corridor.report.render.docx_fields import (
    field as numbering,
)
from corridor.report.render.docx_styles import (
    ALIGNMENT,
    BODY,
    BULLET,
    CAPTION,
    CELL,
    CONTENTS,
    HEAD,
    HEADING,
    NOTE,
    NUMBERED,
    SOURCE,
    SUBHEADING,
    TABLE,
    TITLE,
    blank,
    from_template,
)
from corridor.report.render.paper import PAPERS, Paper
from corridor.report.render.spoken import Spoken, heading, printable
from corridor.report.text import voice

#: A chart is as wide as the text, but no wider.
_WIDEST = 165.0
#: A document of the same words has the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
# A hyphen that begins a number.
_MINUS = re.compile(r"(?<![\w\N{NO-BREAK SPACE}])-(?=\d)")
_PLAIN = Style()
_RIGHT, _CENTRE = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER


@dataclass
class _Writer:
    spoken: Spoken
    word: Word
    paper: Paper
    pictures: Sequence[bytes] = ()
    charts: list[Chart] = field(default_factory=list)
    tables: int = 0
    bookmarks: int = 0
    contents: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Looking up a style by its name costs more than writing the paragraph.
        self.ids = {style.name: style.style_id for style in self.word.styles}

    def line(self, text: str, style: str) -> Line:
        """A paragraph at the end of the document."""
        made = self.word.add_paragraph()
        made._p.style = self.ids[style]
        write(made, text)
        return made

    def blocks(self, blocks: Iterable[Block]) -> None:
        put: Mapping[type[Block], Callable[..., object]] = {
            Heading: lambda block: self.line(self.spoken.sentence(block.text), SUBHEADING),
            Paragraph: lambda block: self.line(self.spoken.sentence(block.text), BODY),
            List: self._list,
            FigureTiles: self._tiles,
            Table: self.table,
            Chart: self._chart,
            Note: self._note,
            Sources: self._sources,
        }
        for block in blocks:
            put[type(block)](block)

    def heading(self, text: str) -> None:
        """A chapter's heading, entered into the table of contents."""
        self.bookmarks += 1
        name = f"_Toc{self.bookmarks:06}"
        bookmark(self.line(text, HEADING), name, self.bookmarks)
        self.contents.append((name, printable(text)))

    def head(self) -> None:
        """Title, scope and identity card."""
        document = self.spoken.document
        self.line(self.spoken.sentence(document.title), TITLE)
        for scope in document.meta.scope:
            self.line(self.spoken.sentence(scope), NOTE)
        facts = [self.spoken.fact(fact) for fact in document.meta.facts]
        if facts:
            self._grid([], facts, (self.paper.width * 0.34, self.paper.width * 0.66), self.paper.note)

    def table(self, table: Table, of: int | None = None) -> None:
        """A table with its caption and its notes; ``of`` is the number of the figure whose data it holds."""
        laid = self.spoken.laid(table)
        title = self.spoken.caption(table, laid)
        shown = title if of is None else self.spoken.say("paper.of_figure", title=title, n=str(of))
        self.tables += 1
        self._caption("table", self.tables, shown)
        rows = [self.spoken.cells(line, laid) for line in (*laid.lines, *laid.footers)]
        fitted = columns([[heading(head) for head in laid.heads], *rows], self.paper.width, self.paper.cell)
        grid = self._grid(laid.heads, rows, fitted.widths, fitted.size, strong=frozenset(laid.strong()))
        self._group(grid, laid, fitted.size)
        stay_together(grid, whole=fitted.one_page, with_next=any(self.spoken.notes(table, laid)))
        self._notes(table, laid)

    def annex(self) -> None:
        """The data of all figures, a table each."""
        if not self.charts:
            return
        self.heading(self.spoken.say("paper.figures"))
        for number, chart in enumerate(self.charts, start=1):
            self.table(chart.figures, number)

    def glossary(self) -> None:
        """The terms that the text uses."""
        terms = self.spoken.glossary()
        if not terms:
            return
        self.heading(self.spoken.say("ui.terms"))
        for term, meaning in terms:
            line = self.line("", NOTE)
            line.add_run(term).bold = True
            line.add_run(f" – {meaning}")

    def fill_contents(self, place: Line) -> None:
        """The table of contents: the chapters as links, each with its page as the program that opens it counts them.

        No page is written by us: another font or printer would make it a wrong one. A field for each chapter and none
        around them: what stands inside a field of contents is plain text to LibreOffice, and its pages would be lost.
        """
        last = place
        for anchor, text in self.contents:
            last = _after(last, self.word, CONTENTS)
            last.paragraph_format.tab_stops.add_tab_stop(
                Mm(self.paper.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
            link(last, anchor, text)

    def _list(self, block: List) -> None:
        for item in block.items:
            line = self.line(self.spoken.sentence(item), NUMBERED if block.ordered else BULLET)
            if not block.ordered:
                continue
            line.paragraph_format.keep_together = True

    def _tiles(self, block: FigureTiles) -> None:
        told = [self.spoken.headline(tile) for tile in block.tiles]
        rows = [(each.label, each.figure, each.comparison) for each in told]
        heads = [
            Head(self.spoken.say(f"paper.{key}"), "", "", key == "value", _PLAIN)
            for key in ("indicator", "value", "compared")
        ]
        widths = [self.paper.width * part for part in (0.5, 0.2, 0.3)]
        stay_together(self._grid(heads, rows, widths, self.paper.note), whole=True)
        self.line("", NOTE)

    def _chart(self, chart: Chart) -> None:
        self.charts.append(chart)
        laid = self.spoken.laid(chart.figures)
        line = self.line("", CELL)
        line.alignment, line.paragraph_format.keep_with_next = _CENTRE, True
        drawn = BytesIO(self.pictures[len(self.charts) - 1])
        picture = line.add_run().add_picture(drawn, width=Mm(min(self.paper.width, _WIDEST)))
        title = self.spoken.text(chart.figures.title)
        describe(picture, printable(title), printable(self.spoken.text(chart.alt)))
        caption = self._caption("figure", len(self.charts), self.spoken.caption(chart.figures, laid))
        caption.paragraph_format.keep_with_next = any(self.spoken.notes(chart.figures, laid))
        self._notes(chart.figures, laid)

    def _notes(self, table: Table, laid: Laid) -> None:
        notes = [self.line(note, NOTE) for note in self.spoken.notes(table, laid)]
        for place, note in enumerate(notes):
            note.paragraph_format.keep_with_next = place < len(notes) - 1
            note.paragraph_format.space_before = Pt(3 if place == 0 else 0)
        self.line("", NOTE)

    def _caption(self, kind: str, number: int, title: str) -> Line:
        line = self.line("", CAPTION)
        label = self.spoken.say(f"paper.{kind}_label")
        line.add_run(f"{label} ")
        numbering(line, f"SEQ {label} \\* ARABIC", str(number))
        line.add_run(self.paper.stop)
        for run in write(line, title):
            run.bold = False
        if kind == "figure":
            line.paragraph_format.space_before = Pt(2)
        return line

    def _note(self, block: Note) -> None:
        for key in block.caveats:
            self.line(self.spoken.caveat(key), NOTE)

    def _sources(self, block: Sources) -> None:
        for number, source in enumerate(self.spoken.document.sources, start=1):
            self.bookmarks += 1
            line = self.line(f"{number}.\t{self.spoken.source(source)}", SOURCE)
            bookmark(line, f"source_{number}", self.bookmarks)
        if self.spoken.program():
            self.line(self.spoken.program(), SOURCE)

    def _grid(
        self,
        heads: Sequence[Head],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        size: float,
        strong: frozenset[int] = frozenset(),
    ) -> Grid:
        """A table that can be edited: its first row is repeated on every page."""
        grid: Grid = self.word.add_table(rows=len(rows) + bool(heads), cols=len(widths), style=TABLE)
        grid.alignment, grid.autofit = ALIGNMENT, False
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = Mm(width)
        numeric = [head.numeric for head in heads] or [False] * len(widths)
        lines = [([heading(head) for head in heads], HEAD)] if heads else []
        lines += [(list(row), CELL) for row in rows]
        for place, (row, (cells, style)) in enumerate(zip(grid.rows, lines, strict=True)):
            keeps_together(row)
            bold = style == HEAD or place - 1 in strong
            for inner, text, width, right in zip(row._tr.tc_lst, cells, widths, numeric, strict=True):
                inner.width = Mm(width)
                line = self._cell(inner.p_lst[0], text, style, size, bold=bold)
                if right:
                    line.alignment = _RIGHT
        if heads:
            heads_every_page(grid.rows[0])
        return grid

    def _cell(self, paragraph: CT_P, text: str, style: str, size: float, *, bold: bool) -> Line:
        """Words of a cell in letters of a size."""
        line = Line(paragraph, self.word._body)
        paragraph.style = self.ids[style]
        for run in write(line, text):
            run.font.size = Pt(size)
            run.bold = bold or None
        return line

    def _group(self, grid: Grid, laid: Laid, size: float) -> None:
        """Headings over several columns, as a row of their own over the headers."""
        if not laid.grouped:
            return
        row: _Row = grid.add_row()  # type: ignore[no-untyped-call]
        grid._tbl.remove(row._tr)
        grid.rows[0]._tr.addprevious(row._tr)
        heads_every_page(row)
        keeps_together(row)
        place = 0
        for words, span in laid.groups():
            cell = row.cells[place].merge(row.cells[place + span - 1])
            self._cell(cell.paragraphs[0]._p, words, HEAD, size, bold=True).alignment = _CENTRE
            place += span


def docx(
    document: Document,
    lang: Lang,
    extra: Catalogue | None = None,
    *,
    template: bytes | None = None,
    template_name: str = "",
) -> bytes:
    """The document as a .docx file in that language; ``extra`` adds messages to the package's catalogue.

    ``template`` is a user's own .docx, whose page and styles win. Raises `UnreadableFile` where it is none.
    """
    spoken, word, paper = begun(document, lang, extra, template, template_name)
    writer = _Writer(spoken, word, _fitted(word, paper), pngs([spoken.drawn(chart) for chart in document.charts()]))
    writer.head()
    writer.line(writer.spoken.say("ui.contents"), SUBHEADING)
    contents = word.paragraphs[-1]
    writer.heading(writer.spoken.say("ui.summary"))
    writer.blocks(document.front)
    for number, chapter in enumerate(document.chapters, start=1):
        writer.heading(f"{number}. {writer.spoken.sentence(chapter.title)}")
        writer.blocks(chapter.blocks)
    writer.annex()
    writer.glossary()
    writer.line(writer.spoken.say("ui.rounding"), NOTE)
    writer.line(writer.spoken.say("ui.generated", program=document.meta.generator), NOTE)
    writer.fill_contents(contents)
    describe_file(word, writer.spoken, paper)
    return settled(word)


def begun(
    document: Document, lang: Lang, extra: Catalogue | None, template: bytes | None, template_name: str
) -> tuple[Spoken, Word, Paper]:
    """What a document says in a language, an empty file to say it in (ours or a user's), and the rules of its page."""
    paper = PAPERS[lang]
    word = blank(paper) if template is None else from_template(template, paper, template_name)
    return Spoken(document, voice(lang, extra, document.publishers())), word, paper


def _fitted(word: Word, paper: Paper) -> Paper:
    """The rules with the margins that the document has, which may be a template's."""
    section = word.sections[0]
    sides = [getattr(section, f"{side}_margin") for side in ("left", "right")]
    across = section.page_width
    if across is None or None in sides:
        return paper
    left, right = (side.mm for side in sides)
    return replace(paper, left=left, right=right + 210 - across.mm)


def write(line: Line, text: str) -> list[Run]:
    """Puts words into a paragraph; a hyphen before a number, which is a minus in Vietnamese, ends no line."""
    words = _MINUS.split(printable(text))
    runs = [line.add_run(words[0])] if words[0] else []
    for rest in words[1:]:
        run = line.add_run()
        run._r.append(element("w:noBreakHyphen"))
        runs += [run, line.add_run(rest)]
    return runs


def _after(line: Line, word: Word, style: str) -> Line:
    """A new paragraph behind a paragraph."""
    made = Line(element("w:p"), line._parent)
    line._p.addnext(made._p)
    made.style = word.styles[style]
    return made


def describe_file(word: Word, spoken: Spoken, paper: Paper) -> None:
    """Title, language and program in the file's properties."""
    properties = word.core_properties
    properties.title = printable(spoken.text(spoken.document.title))[:255]
    properties.author = properties.last_modified_by = spoken.document.meta.generator
    properties.language, properties.comments = paper.locale, ""
    made_on = _made_on(spoken.document)
    properties.created = properties.modified = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)


def _made_on(document: Document) -> date:
    """The day the report was compiled, as its identity card says it."""
    days = [fact.value.code for fact in document.meta.facts if fact.key == "made_on" and isinstance(fact.value, Name)]
    return date.fromisoformat(days[0]) if days else date(*_EPOCH[:3])


def settled(word: Word) -> bytes:
    """The file, its parts without the time of day they were packed at."""
    packed, settled = BytesIO(), BytesIO()
    word.save(packed)
    with zipfile.ZipFile(packed) as parts, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as out:
        for part in parts.infolist():
            out.writestr(zipfile.ZipInfo(part.filename, _EPOCH), parts.read(part), zipfile.ZIP_DEFLATED)
    return settled.getvalue()
