"""Rules of official papers by language: margins, fonts, numbering of pages.

``vi``: Decree 30/2020/ND-CP of the Government of Viet Nam, Appendix I: A4; margins 20-25 mm above and below, 30-35 mm
left, 15-20 mm right; Times New Roman, black, 13 or 14 points; justified, first line indented 10 or 12.7 mm, at least
6 points between paragraphs, line spacing from single to 1.5; page number centred in the upper margin, 13 or 14
points, none on the first page.

``ru``: GOST R 7.0.97-2016, section 3: A4; margins of at least 20 mm left, above and below, 10 mm right (30 mm left for
papers kept more than ten years); free fonts of 12, 13 or 14 points, smaller ones in tables; first line indented
12.5 mm, line spacing from 1 to 1.5, justified; page number in the middle of the upper margin, at least 10 mm from the
edge, from the second page on.

``en``: no office of English papers is meant; A4 with the margins of ISO-minded offices, page number below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corridor.report.catalogue import Lang


@dataclass(frozen=True)
class Paper:
    """One language's rules. Lengths in millimetres, sizes in points; ``locale`` is the language for proofing.

    ``substitute`` is the font that stands in where ``font`` is not installed; ``stop`` parts "Table 1" from its title;
    ``head`` is how a letter begins: with the ``motto`` to the right and the subject under the number (Decree 30/2020,
    Appendix I), with the addressee to the right and the subject at the left margin (GOST R 7.0.97-2016, sections
    5.15 and 5.17), or with the date to the right and the rest below.
    """

    font: str
    substitute: str
    locale: str
    top: float
    right: float
    bottom: float
    left: float
    number: float
    numbered: Literal["above", "below"] = "above"
    body: float = 13
    title: float = 14
    letter: float = 12
    note: float = 10
    cell: float = 9
    spacing: float = 1.15
    after: float = 6
    indent: float = 12.5
    grid: bool = True
    stop: str = ". "
    motto: tuple[str, ...] = ()
    head: Literal["motto", "addressee", "date"] = "date"

    @property
    def width(self) -> float:
        """Width of the text."""
        return A4[0] - self.left - self.right


#: Width and height of the sheet.
A4 = (210.0, 297.0)

PAPERS: Mapping[Lang, Paper] = {
    "vi": Paper(
        "Times New Roman", "Noto Serif", "vi-VN", top=20, right=15, bottom=20, left=30, number=10, indent=12.7,
        letter=13, head="motto",
        motto=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    ),
    "ru": Paper(
        "Liberation Serif", "Times New Roman", "ru-RU", top=20, right=10, bottom=20, left=30, number=10, stop=" – ",
        head="addressee",
    ),
    "en": Paper(
        "Times New Roman", "Liberation Serif", "en-GB", top=25, right=20, bottom=25, left=25, number=12,
        numbered="below", body=11.5, letter=11.5, indent=0, grid=False,
    ),
}  # fmt: skip
