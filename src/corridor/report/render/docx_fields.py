"""What python-docx has no words for: fields, bookmarks, inner links, repeated header rows, alternative texts."""

from __future__ import annotations

from collections.abc import Mapping

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

#: Rows that stay with the heads of a long table: the heads' own two rows and the first of figures.
_HEAD_ROWS = 2


def element(name: str, attributes: Mapping[str, str] | None = None, text: str | None = None) -> BaseOxmlElement:
    """An element of WordprocessingML: ``element("w:shd", {"w:fill": "EEEEEE"})``."""
    made = OxmlElement(name)
    for attribute, value in (attributes or {}).items():
        made.set(qn(attribute), value)
    if text is not None:
        made.text = text
        made.set(qn("xml:space"), "preserve")
    return made


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field with the result it shows until it is brought up to date."""
    begin_field(paragraph, code)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, code: str, *, stale: bool = False) -> None:
    """Everything up to `end_field` is the field's result; it may span several paragraphs.

    A ``stale`` result is one that only the program that lays out the pages can know: it is to be made when opened.
    """
    _sign(paragraph.add_run(), "begin")
    if stale:
        paragraph.runs[-1]._r[-1].set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(element("w:instrText", text=f" {code} "))
    _sign(paragraph.add_run(), "separate")


def end_field(paragraph: Paragraph) -> None:
    """The end of a field."""
    _sign(paragraph.add_run(), "end")


def _sign(run: Run, kind: str) -> None:
    run._r.append(element("w:fldChar", {"w:fldCharType": kind}))


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Marks a paragraph as the goal of links; ``number`` is the bookmark's own in the document."""
    start = element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("w:bookmarkEnd", {"w:id": str(number)}))


def link(paragraph: Paragraph, anchor: str, text: str) -> None:
    """Words that lead to a bookmark, a leader, and the page it is on, which is known once the pages are laid out."""
    before = len(paragraph.runs)
    paragraph.add_run(text)
    paragraph.add_run("\t")
    begin_field(paragraph, f"PAGEREF {anchor} \\h", stale=True)
    end_field(paragraph)
    jump = element("w:hyperlink", {"w:anchor": anchor, "w:history": "1"})
    runs = paragraph.runs[before:]
    paragraph._p.append(jump)
    for run in runs:
        jump.append(run._r)


def heads_every_page(row: _Row) -> None:
    """Repeats a row of headers at the top of every page its table runs over."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keeps_together(row: _Row) -> None:
    """A row that no page break cuts."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def stay_together(grid: Table, *, whole: bool, with_next: bool = False) -> None:
    """Keeps a table's rows on one page; of a long one its head with two rows, and its last two rows.

    ``with_next`` keeps the last row with what stands under the table.
    """
    rows = grid.rows
    last = len(rows) - 1
    for place, row in enumerate(rows):
        inside = place < last and (whole or place <= _HEAD_ROWS or place == last - 1)
        if inside or (place == last and with_next):
            for paragraph in row._tr.iter(qn("w:p")):
                Paragraph(paragraph, grid).paragraph_format.keep_with_next = True


def ruled_above(paragraph: Paragraph) -> None:
    """A thin rule between a paragraph and what stands over it."""
    borders = element("w:pBdr")
    borders.append(element("w:top", {"w:val": "single", "w:sz": "4", "w:space": "4", "w:color": "808080"}))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def describe(picture: InlineShape, title: str, words: str) -> None:
    """Gives a picture the text that stands in for it."""
    properties = picture._inline.docPr
    properties.set("title", title)
    properties.set("descr", words)
