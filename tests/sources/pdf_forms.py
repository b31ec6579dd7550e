"""Typesets forms in the layout of Viet Nam's customs office, with invented figures, for the tests.

Nothing here comes from a publisher's file but the layout: heading, columns, places of words. The PDF is written
by hand: a composite font that is not embedded, with a width for every character and a table to Unicode, is
enough for a reader of text, and needs neither a font file nor a library.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

SIZE = 9.9
#: Left edge of the partners' names and of the groups', middle of the units, right edges of the four figures and of
#: their headings.
PARTNER, GROUP, UNIT_MIDDLE, RIGHT = 61.2, 64.8, 293.0, (361.0, 433.0, 491.0, 566.0)
HEADING_RIGHT = (353.0, 432.0, 481.0, 563.0)
#: Baselines of the first line of the table on the first page, on later pages, and of the last line of any page.
FIRST, LATER, LAST, PITCH = 612.0, 720.0, 75.0, 13.1


@dataclass(frozen=True)
class Piece:
    """A run of text set at one place, its left end at ``x``."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Line:
    """One line of the table: a name, a unit and the four figures as printed; ``""`` is a blank cell."""

    name: str
    unit: str = ""
    figures: tuple[str, str, str, str] = ("", "", "", "")

    @property
    def left(self) -> float:
        return GROUP if self.unit or not self.name.isupper() else PARTNER


def partner(name: str, month: str, year: str) -> Line:
    return Line(name, "", ("", month, "", year))


def group(name: str, month: str, year: str) -> Line:
    return Line(name, "USD", ("", month, "", year))


def weighed(name: str, *figures: str, unit: str = "Tấn") -> Line:
    tons, month, year_tons, year = figures
    return Line(name, unit, (tons, month, year_tons, year))


@dataclass(frozen=True)
class Form:
    """A form to be set; a list of lines for every page of the table."""

    pages: Sequence[Sequence[Line]]
    number: str = "020.T"
    title: str = "XUẤT KHẨU"
    month: str = "Tháng 1 năm 2025"
    release: str = "Sơ bộ"
    printed: str = "Ngày in: 04/02/2025"
    office: str = "TỔNG CỤC HẢI QUAN"
    #: Printed page numbers, where they are not 1, 2, 3 …
    numbers: Sequence[int] = ()
    empty_backs: bool = False
    heading: bool = True
    #: Set the pieces of every page in another order than that of reading.
    shuffled: bool = False
    more: Sequence[Piece] = field(default=())

    def bytes(self) -> bytes:
        """The form as a PDF."""
        pages: list[list[Piece]] = []
        for index, lines in enumerate(self.pages):
            pages.append(self._page(index, lines))
            if self.empty_backs:
                pages.append([])
        return pdf(pages)

    def but(self, **changes: object) -> Form:
        """The same form with some of its parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def _page(self, index: int, lines: Sequence[Line]) -> list[Piece]:
        top = FIRST if index == 0 else LATER
        number = self.numbers[index] if self.numbers else index + 1
        pieces = [*(self._title() if index == 0 else ()), *(self._heading(top) if self.heading else ())]
        for row, line in enumerate(lines):
            pieces += _set_line(line, top - row * PITCH)
        if index == len(self.pages) - 1 and self.printed:
            pieces.append(Piece(485.8, top - len(lines) * PITCH - 18, self.printed))
        pieces.append(Piece(505.6, 44.8, f"{self.number} - trang {number}"))
        pieces += self.more if index == 0 else ()
        if self.shuffled:
            random.Random(index).shuffle(pieces)
        return pieces

    def _title(self) -> Iterable[Piece]:
        yield Piece(85.7, 786.1, "BỘ TÀI CHÍNH")
        yield Piece(453.0, 786.2, f"Biểu số {self.number}/BCB-TC")
        yield Piece(61.9, 770.2, self.office)
        yield Piece(398.7, 770.2, "Cục CNTT & Thống kê Hải quan")
        yield Piece(522.2, 753.0, self.release)
        yield Piece(115.2, 725.2, f"{self.title} NƯỚC/VÙNG LÃNH THỔ - MẶT HÀNG CHỦ YẾU")
        yield Piece(272.9, 708.7, self.month)

    @staticmethod
    def _heading(top: float) -> Iterable[Piece]:
        yield Piece(109.9, top + 43.4, "Nước/Mặt hàng chủ yếu")
        yield Piece(281.8, top + 43.4, "ĐVT")
        yield Piece(324.6, top + 53.5, "Số liệu tháng báo cáo")
        yield Piece(462.6, top + 59.6, "Cộng dồn đến hết")
        yield Piece(471.3, top + 46.6, "tháng báo cáo")
        for right, text in zip(HEADING_RIGHT, ("Lượng", "Trị giá (USD)", "Lượng", "Trị giá (USD)"), strict=True):
            yield Piece(right - width(text), top + 27.6, text)


def _set_line(line: Line, y: float) -> Iterable[Piece]:
    if line.name:
        yield Piece(line.left, y, line.name)
    if line.unit:
        yield Piece(UNIT_MIDDLE - width(line.unit) / 2, y, line.unit)
    for right, text in zip(RIGHT, line.figures, strict=True):
        if text:
            yield Piece(right - width(text), y, text)


def advance(character: str) -> int:
    """The width of a character in thousandths of the font size."""
    if character in " .,-/:":
        return 278
    return 667 if character.isupper() else 556


def width(text: str) -> float:
    """The width of a text in points."""
    return sum(advance(character) for character in text) * SIZE / 1000


def pdf(pages: Sequence[Sequence[Piece]], trailer: str = "") -> bytes:
    """A PDF with the pieces of every page; ``trailer`` goes into its last dictionary."""
    letters = sorted({letter for page in pages for piece in page for letter in piece.text} | {" "})
    codes = {letter: code for code, letter in enumerate(letters, start=1)}
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 595 841] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Invented /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Invented /DW 556 "
        f"/W [{' '.join(f'{code} [{advance(letter)}]' for letter, code in codes.items())}] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/FontDescriptor << /Type /FontDescriptor /FontName /Invented /Flags 4 /FontBBox [0 -200 1000 900] "
        "/ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >> >>",
        _stream(_to_unicode(codes)),
    ]
    for index, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Contents {7 + 2 * index} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(_stream("\n".join(_shown(piece, codes) for piece in page)))
    return _file(objects, trailer)


def _shown(piece: Piece, codes: dict[str, int]) -> str:
    glyphs = "".join(f"{codes[letter]:04X}" for letter in piece.text)
    return f"BT /F {SIZE} Tf 1 0 0 1 {piece.x:.2f} {piece.y:.2f} Tm <{glyphs}> Tj ET"


def _to_unicode(codes: dict[str, int]) -> str:
    pairs = [f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for letter, code in codes.items()]
    # The format allows a hundred pairs at a time.
    batches = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    tables = "\n".join(f"{len(batch)} beginbfchar\n" + "\n".join(batch) + "\nendbfchar" for batch in batches)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Invented def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{tables}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _stream(text: str) -> str:
    return f"<< /Length {len(text.encode('ascii'))} >>\nstream\n{text}\nendstream"


def _file(objects: Sequence[str], trailer: str) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(content)}\n%%EOF\n"
    )
    return content + end.encode("ascii")
