"""Typesets the customs office's forms by commodity as others describe them, with invented figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .pdf_forms import Piece, pdf, width

NUMBER, NAME, UNIT_MIDDLE = 20.0, 34.0, 200.0
#: Right edges of quantity, value and their two changes, of the period and of the year to date.
RIGHT = (262.0, 318.0, 362.0, 400.0, 446.0, 500.0, 540.0, 575.0)
TOP, PITCH = 640.0, 14.0


@dataclass(frozen=True)
class Row:
    """A row of the table; ``name`` may have several lines, the figures stand beside the last."""

    number: str
    name: Sequence[str]
    unit: str
    figures: Sequence[str]


def row(number: int | str, name: str, unit: str, *figures: str) -> Row:
    return Row(str(number), name.split("|"), unit, figures)


@dataclass(frozen=True)
class GoodsForm:
    """A form to be set; a list of rows for every page."""

    pages: Sequence[Sequence[Row]]
    number: str = "015.T"
    title: str = "XUẤT KHẨU HÀNG HÓA THEO THÁNG"
    period: str = "Tháng 2 năm 2026"
    release: str = "Sơ bộ"
    printed: str = "Ngày in: 04/03/2026"
    changes: bool = True
    footers: bool = True

    def but(self, **changes: object) -> GoodsForm:
        return replace(self, **changes)  # type: ignore[arg-type]

    def bytes(self) -> bytes:
        return pdf([list(self._page(index, rows)) for index, rows in enumerate(self.pages)])

    def _page(self, index: int, rows: Sequence[Row]) -> Iterable[Piece]:
        if index == 0:
            yield Piece(60, 780, "BỘ TÀI CHÍNH")
            yield Piece(430, 780, f"Biểu số {self.number}/BCB-TC")
            yield Piece(60, 765, "CỤC HẢI QUAN")
            yield Piece(380, 765, "Ban CNTT & Thống kê Hải quan")
            yield Piece(500, 750, self.release)
            yield Piece(150, 735, self.title)
            yield Piece(250, 720, self.period)
        yield from self._heading()
        y = TOP
        for each in rows:
            for place, part in enumerate(each.name):
                if place == 0 and each.number:
                    yield Piece(NUMBER, y, each.number)
                yield Piece(NAME, y, part)
                y -= PITCH
            yield from self._figures(each, y + PITCH)
        if self.footers:
            yield Piece(480, 40, f"{self.number} - trang {index + 1}")
        if self.printed and index == len(self.pages) - 1:
            yield Piece(450, y - 20, self.printed)

    def _heading(self) -> Iterable[Piece]:
        yield Piece(NUMBER, TOP + 40, "STT")
        yield Piece(80, TOP + 40, "Nhóm/Mặt hàng chủ yếu")
        yield Piece(UNIT_MIDDLE - 10, TOP + 40, "ĐVT")
        words = ("Lượng", "giá", "Lượng", "giá") * 2 if self.changes else ("Lượng", "giá") * 2
        for right, text in zip(self._rights(), words, strict=True):
            yield Piece(right - width(text), TOP + 20, text)

    def _rights(self) -> tuple[float, ...]:
        return RIGHT if self.changes else (*RIGHT[:2], *RIGHT[4:6])

    def _figures(self, each: Row, y: float) -> Iterable[Piece]:
        yield Piece(UNIT_MIDDLE - width(each.unit) / 2, y, each.unit)
        for right, text in zip(self._rights(), each.figures, strict=True):
            if text:
                yield Piece(right - width(text), y, text)
