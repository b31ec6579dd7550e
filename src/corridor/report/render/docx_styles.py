"""The styles of a Word document: ours by the rules of official papers, or those of a user's own template.

A template's page, headers and footers stay, and every style it has wins; what it lacks is added. Its text is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from corridor.errors import UnreadableFile
from corridor.report.render.docx_fields import element, field
from corridor.report.render.paper import A4, Paper

#: Styles that a template may define: its own win over ours.
TITLE, HEADING, SUBHEADING, BODY, BULLET, NUMBERED = (
    "Title", "Heading 1", "Heading 2", "Body Text", "List Bullet", "List Number",
)  # fmt: skip
CAPTION, CELL, HEAD, NOTE, SOURCE, CONTENTS, LINE, TABLE = (
    "Caption", "Table Cell", "Table Head", "Note", "Source", "Contents", "Line", "Corridor Table",
)  # fmt: skip
NAMED = (TITLE, HEADING, SUBHEADING, BODY, BULLET, NUMBERED, CAPTION, CELL, HEAD, NOTE, SOURCE, CONTENTS, LINE, TABLE)

_CENTRE, _LEFT, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
_BLACK = RGBColor(0, 0, 0)
_GREY = "BFBFBF"


def blank(paper: Paper) -> Word:
    """An empty document with our styles."""
    word = docx.Document()
    _set_page(word, paper)
    _set_normal(word, paper)
    for style in NAMED[:-1]:
        _shape(_paragraph_style(word, style), paper)
    _add_table_style(word, paper)
    _number_pages(word, paper)
    return word


def from_template(content: bytes, paper: Paper, name: str = "") -> Word:
    """An empty document with the template's styles; what it lacks is added. Raises `UnreadableFile`."""
    try:
        word = docx.Document(BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as fault:
        raise UnreadableFile(
            f"{name or 'the template'} is no Word document", next_step="save it as .docx in Word and name that file"
        ) from fault
    for part in list(word.element.body):
        if part.tag != qn("w:sectPr"):
            word.element.body.remove(part)
    known = {style.name for style in word.styles}
    for style in NAMED[:-1]:
        if style not in known:
            _shape(_paragraph_style(word, style), paper)
    if TABLE not in known:
        _add_table_style(word, paper)
    return word


def _paragraph_style(word: Word, name: str) -> ParagraphStyle:
    if name in {style.name for style in word.styles}:
        known: ParagraphStyle = word.styles[name]
        return known
    style: ParagraphStyle = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    style.quick_style = True
    return style


def _set_page(word: Word, paper: Paper) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in A4)
    section.top_margin, section.bottom_margin = Mm(paper.top), Mm(paper.bottom)
    section.left_margin, section.right_margin = Mm(paper.left), Mm(paper.right)
    section.header_distance = section.footer_distance = Mm(paper.number)


def _set_normal(word: Word, paper: Paper) -> None:
    normal = word.styles["Normal"]
    _set_font(normal, paper, paper.body)
    properties = normal.element.get_or_add_rPr()
    properties.append(element("w:lang", {"w:val": paper.locale, "w:eastAsia": paper.locale, "w:bidi": "ar-SA"}))
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    _name_substitute(word, paper)


def _set_font(style: ParagraphStyle, paper: Paper, size: float) -> None:
    style.font.size, style.font.name, style.font.color.rgb = Pt(size), paper.font, _BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), paper.font)


def _name_substitute(word: Word, paper: Paper) -> None:
    """Tells which font stands in where the paper's own is not installed."""
    for part in word.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            entry = (
                f'<w:font w:name="{paper.font}"><w:altName w:val="{paper.substitute}"/>'
                '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
            )
            known = part.blob.replace(f'w:name="{paper.font}"'.encode(), b'w:name="Times"')
            part._blob = known.replace(b"</w:fonts>", entry.encode() + b"</w:fonts>")


def _shape(style: ParagraphStyle, paper: Paper) -> None:
    """The look of one of our styles."""
    size, bold, alignment = _LOOKS[style.name or BODY](paper)
    _set_font(style, paper, size)
    style.font.bold, style.font.italic = bold, False
    shape = style.paragraph_format
    shape.alignment, shape.line_spacing = alignment, 1.0
    shape.space_before, shape.space_after = Pt(0), Pt(paper.after)
    for name, value in _extras(style.name or "", paper):
        setattr(shape, name, value)
    _drop_border(style)


_LOOKS: Mapping[str, Callable[[Paper], tuple[float, bool, WD_ALIGN_PARAGRAPH]]] = {
    TITLE: lambda paper: (paper.title + 1, True, _CENTRE),
    HEADING: lambda paper: (paper.title, True, _LEFT),
    SUBHEADING: lambda paper: (paper.body, True, _LEFT),
    BODY: lambda paper: (paper.body, False, _BOTH),
    BULLET: lambda paper: (paper.body, False, _BOTH),
    NUMBERED: lambda paper: (paper.body, False, _BOTH),
    CAPTION: lambda paper: (paper.body - 1, True, _LEFT),
    CELL: lambda paper: (paper.cell, False, _LEFT),
    HEAD: lambda paper: (paper.cell, True, _LEFT),
    NOTE: lambda paper: (paper.note, False, _LEFT),
    SOURCE: lambda paper: (paper.note, False, _LEFT),
    CONTENTS: lambda paper: (paper.body, False, _LEFT),
    LINE: lambda paper: (paper.body, False, _LEFT),
}


def _extras(style: str, paper: Paper) -> Iterator[tuple[str, object]]:
    if style in (TITLE, HEADING, SUBHEADING, CAPTION, HEAD):
        yield "keep_with_next", True
    if style in (BODY, BULLET, NUMBERED):
        yield "line_spacing", paper.spacing
        yield "widow_control", True
    if style == BODY:
        yield "first_line_indent", Mm(paper.indent)
    if style in (BULLET, NUMBERED, SOURCE):
        yield "left_indent", Mm(7)
        yield "first_line_indent", Mm(-7)
    if style in (HEADING, SUBHEADING):
        yield "space_before", Pt(18 if style == HEADING else 12)
    if style == CAPTION:
        yield "space_before", Pt(10)
    if style in (CELL, HEAD):
        yield "space_before", Pt(1)
        yield "space_after", Pt(1)
    if style in (NOTE, SOURCE, LINE):
        yield "space_after", Pt(2)


def _drop_border(style: ParagraphStyle) -> None:
    # Word's own title has a coloured rule under it.
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _add_table_style(word: Word, paper: Paper) -> None:
    style = word.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    style.base_style = word.styles["Normal Table"]
    properties = element("w:tblPr")
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        outer, upright = side in ("top", "bottom"), side in ("left", "right", "insideV")
        shown = paper.grid or not upright
        colour = "000000" if paper.grid or outer else _GREY
        border = {"w:val": "single" if shown else "nil", "w:sz": "4", "w:space": "0", "w:color": colour}
        borders.append(element(f"w:{side}", border))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", {"w:w": "60", "w:type": "dxa"}))
    properties.append(borders)
    properties.append(margins)
    style.element.append(properties)


def _number_pages(word: Word, paper: Paper) -> None:
    """A page number in the middle, none on the first page."""
    section = word.sections[0]
    section.different_first_page_header_footer = True
    edge = section.header if paper.numbered == "above" else section.footer
    paragraph = edge.paragraphs[0]
    paragraph.alignment = _CENTRE
    number_of_page(paragraph)


def number_of_page(paragraph: Paragraph) -> None:
    """The number of the page it stands on."""
    field(paragraph, "PAGE", "2")


#: Where a table stands between the margins.
ALIGNMENT = WD_TABLE_ALIGNMENT.CENTER
