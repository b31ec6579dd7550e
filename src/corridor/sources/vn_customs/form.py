"""What the first page says about the whole table: which form, which month, which release, printed when."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from corridor.errors import BrokenLayout, Where

#: Form number -> our table number, the flow, and the word of the title that must agree with it.
FORMS = {"020.T/BCB-TC": ("020.T", "export", "XUẤT KHẨU"), "021.T/BCB-TC": ("021.T", "import", "NHẬP KHẨU")}

#: The office's word for the release -> (release, maturity).
RELEASES = {
    "Sơ bộ": ("first", "preliminary"),
    "Điều chỉnh": ("revised", "revised"),
    "Chính thức": ("official", "official"),
}

_FORM = re.compile(r"\b02[01]\.T/BCB-TC\b")
_MONTH = re.compile(r"^Tháng (\d{1,2}) năm (\d{4})$")

#: Lines of the first page that say nothing the reading needs; the office's own name changed in February 2025.
_KNOWN = re.compile(
    r"BỘ TÀI CHÍNH|(TỔNG )?CỤC HẢI QUAN|(Cục|Ban) CNTT & Thống kê Hải quan|Biểu số|02[01]\.T/BCB-TC"
    r"|(XUẤT|NHẬP) KHẨU NƯỚC/VÙNG LÃNH THỔ - MẶT HÀNG CHỦ YẾU|Tháng \d+ năm \d+|Sơ bộ|Điều chỉnh|Chính thức"
    r"|Nước/Mặt hàng chủ yếu|ĐVT|Số liệu tháng báo cáo|Cộng dồn đến hết|tháng báo cáo|Lượng|Trị giá|\(USD\)"
)


T = TypeVar("T")


@dataclass(frozen=True)
class Form:
    """One form: ``table`` is 020.T or 021.T; the days are the month's first and last."""

    table: str
    flow: Literal["export", "import"]
    month: date
    month_end: date
    release: str
    maturity: str

    def edition(self, printed: date) -> str:
        """The form as a reader would cite it: number, month, day of print."""
        return f"{self.table}, {self.month:%Y-%m}, {printed.isoformat()}"


def names_a_form(text: str) -> bool:
    """Whether a text holds the number of one of the two forms."""
    return _FORM.search(text) is not None


def read_form(lines: Iterable[str], where: Where) -> Form:
    """The form that the lines above the table describe. Raises `BrokenLayout` naming what they lack."""
    lines = list(lines)
    table, flow, title = FORMS[one(_FORM.findall(" ".join(lines)), "form number 020.T or 021.T", where)]
    if not any(line.startswith(title) for line in lines):
        raise BrokenLayout(f"form {table} does not bear the title “{title} …”", where=where)
    month = _month(lines, where)
    words = [word for word in RELEASES if any(word in line for line in lines)]
    release, maturity = RELEASES[one(words, f"word for the release ({', '.join(RELEASES)})", where)]
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return Form(table, "export" if flow == "export" else "import", month, last, release, maturity)


def unknown_words(line: str) -> str:
    """What a line above the table says beyond the form's own words; empty for every line seen so far."""
    return " ".join(_KNOWN.sub(" ", line).split())


def _month(lines: list[str], where: Where) -> date:
    found = [match for line in lines if (match := _MONTH.match(line))]
    month, year = map(int, one(found, "month (“Tháng 1 năm 2025”)", where).groups())
    if not 1 <= month <= 12 or not 1990 <= year <= 2100:
        raise BrokenLayout(f"“Tháng {month} năm {year}” is no month", where=where)
    return date(year, month, 1)


def one(found: list[T], what: str, where: Where) -> T:
    """The only one of ``found``. Raises `BrokenLayout` for none or several."""
    if len(found) != 1:
        raise BrokenLayout(
            f"the first page has {len(found) or 'no'} {what}",
            where=where,
            next_step="the office changed its form, or this is another of its tables",
        )
    return found[0]
