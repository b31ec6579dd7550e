"""Reads the office's forms by commodity alone: 015 (exports) and 016 (imports), of a month (T) or half a month (K).

They name no partner: the figures are Viet Nam's trade with all countries. Changes in per cent follow from the figures
and are left out, as are the rows of enterprises with foreign capital and the parts of a group ("-"), which lie inside
other rows. Each row stands by itself: a group that nobody knows is set aside without the others. No real file has been
seen; the layout is the one that others describe.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from corridor.errors import BrokenLayout, Where
from corridor.evidence import RAW_COLUMNS, Reading, Refusal
from corridor.sources.vn_customs.columns import Cells
from corridor.sources.vn_customs.figures import NotANumber, figure
from corridor.sources.vn_customs.footer import Footers
from corridor.sources.vn_customs.form import RELEASES, one
from corridor.sources.vn_customs.goods_columns import goods_heading
from corridor.sources.vn_customs.lines import Line

if TYPE_CHECKING:
    import polars as pl

#: Our words for all countries together: the form has no partner.
ALL_PARTNERS = "(tất cả các nước)"
TOTAL_ROW = "TỔNG TRỊ GIÁ"
_FORM = re.compile(r"\b(01[56])\.([TK])/BCB-TC\b")
_MONTH = re.compile(r"^(?:Kỳ ([12]) tháng|Tháng) (\d{1,2}) năm (\d{4})$")
#: A group's number, or the mark of a part; “Trong đó” opens a subtotal.
_OPENS = re.compile(r"^(\d{1,3} |- ?|Trong đó)")
_MIDDLE = 15


@dataclass(frozen=True)
class GoodsForm:
    """One form: ``table`` is 015.T and the like; the days are the first and last of the month or its half."""

    table: str
    flow: Literal["export", "import"]
    freq: Literal["M", "H"]
    start: date
    end: date
    release: str
    maturity: str


@dataclass
class Row:
    """A row as printed, on a page or a sheet; ``parts`` are the lines of its name."""

    page: int | str
    row: int
    parts: list[str]
    cells: Cells | None = None

    @property
    def text(self) -> str:
        """The row as one line."""
        cells = self.cells
        return " ".join([*self.parts, *([cells.unit, *filter(None, cells.figures)] if cells else ())])

    @property
    def label(self) -> str:
        """The name without its number."""
        return re.sub(r"^\d{1,3} ", "", " ".join(self.parts))


@dataclass
class _Rows:
    """The rows read so far; a name may go on in the lines above and below its figures."""

    rows: list[Row] = field(default_factory=list)

    def take(self, cells: Cells, page: int, row: int) -> None:
        """Take the next line of the table."""
        has_figures = bool(cells.unit or any(cells.figures))
        opens = bool(_OPENS.match(cells.label)) or cells.label.startswith(TOTAL_ROW)
        last = self.rows[-1] if self.rows else None
        if last is None or opens or (has_figures and cells.label and last.cells is not None):
            self.rows.append(Row(page, row, [cells.label] if cells.label else []))
            last = self.rows[-1]
        elif cells.label:
            last.parts.append(cells.label)
        if has_figures and last.cells is None:
            last.cells = cells
        elif has_figures:
            self.rows.append(Row(page, row, [cells.label] if cells.label else [], cells))


def names_goods(text: str) -> bool:
    """Whether a text holds the number of a form by commodity."""
    return _FORM.search(text) is not None


def read_goods(pages: Sequence[tuple[int, list[Line]]], source: str, name: str) -> Reading:
    """The whole form; ``pages`` are the numbers and lines of those with text.

    Raises `BrokenLayout` for a form whose structure is not the known one; a row that cannot be read is a refusal.
    """
    first, lines = pages[0]
    form = goods_form([line.text for line in lines], Where(file=name, page=first))
    rows, footers = _Rows(), Footers()
    for number, printed in pages:
        where = Where(file=name, page=number)
        end, columns = goods_heading(printed, where)
        for row, line in enumerate(printed[end:], start=1):
            if not footers.take(line.text, where):
                rows.take(columns.cells(line), number, row)
    said = bool(footers.numbers or footers.printed)
    day = footers.day_of_print(len(pages), Where(file=name)) if said else None
    return goods_reading(form, rows.rows, day, source)


def goods_reading(form: GoodsForm, rows: Iterable[Row], day: date | None, source: str) -> Reading:
    """The reading of a form's rows, printed on ``day``."""
    table, refusals, inside = _frame(rows, form)
    return Reading(
        source=source,
        table=form.table,
        release=form.release,
        maturity=form.maturity,
        reporter="VNM",
        currency="USD",
        edition=", ".join(map(str, filter(None, (form.table, f"{form.start}:{form.end}", day)))),
        published=day,
        rows=table,
        refusals=tuple(refusals),
        ignored=("changes in per cent", *inside),
    )


def goods_form(lines: list[str], where: Where) -> GoodsForm:
    """The form that the lines above a table describe. Raises `BrokenLayout` naming what they lack."""
    number, kind = one(_FORM.findall(" ".join(lines)), "form number 015 or 016", where)
    flow, title = ("export", "XUẤT KHẨU") if number == "015" else ("import", "NHẬP KHẨU")
    if not any(line.startswith(f"{title} HÀNG HÓA") for line in lines):
        raise BrokenLayout(f"form {number}.{kind} does not bear the title “{title} HÀNG HÓA …”", where=where)
    found = one([match for line in lines if (match := _MONTH.match(line))], "period (“Tháng 1 năm 2025”)", where)
    if bool(found[1]) != (kind == "K"):
        raise BrokenLayout(f"form {number}.{kind} is not of “{found[0]}”", where=where)
    start, end = _days(found, where)
    words = [word for word in RELEASES if any(word in line for line in lines)]
    release, maturity = RELEASES[one(words, f"word for the release ({', '.join(RELEASES)})", where)]
    return GoodsForm(
        f"{number}.{kind}",
        "export" if flow == "export" else "import",
        "H" if found[1] else "M",
        start,
        end,
        release,
        maturity,
    )


def _days(found: re.Match[str], where: Where) -> tuple[date, date]:
    month, year = int(found[2]), int(found[3])
    if not 1 <= month <= 12 or not 1990 <= year <= 2100:
        raise BrokenLayout(f"“{found[0]}” is no month", where=where)
    last = monthrange(year, month)[1]
    first, end = {None: (1, last), "1": (1, _MIDDLE), "2": (_MIDDLE + 1, last)}[found[1]]
    return date(year, month, first), date(year, month, end)


def _frame(rows: Iterable[Row], form: GoodsForm) -> tuple[pl.DataFrame, list[Refusal], list[str]]:
    """`Reading.rows`, a block a row; the rows refused; and the names of those that lie inside others."""
    import polars as pl

    kept: list[tuple[object, ...]] = []
    refusals, inside = [], []
    for block, row in enumerate(rows):
        if row.label.startswith(("-", "Trong đó")):
            inside.append(row.label)
            continue
        try:
            kept += _figures(row, block, form)
        except NotANumber as fault:
            refusals.append(Refusal(row.page, row.row, row.text, str(fault)))
    kinds: dict[str, type[pl.DataType]] = dict.fromkeys(("block", "row"), pl.Int64)
    kinds |= dict.fromkeys(("value", "quantity"), pl.Float64)
    kinds |= {"period_start": pl.Date, "period_end": pl.Date, "cumulative": pl.Boolean}
    schema = {name: kinds.get(name, pl.String) for name in RAW_COLUMNS}
    return pl.DataFrame(kept, schema=schema, orient="row"), refusals, inside


def _figures(row: Row, block: int, form: GoodsForm) -> list[tuple[object, ...]]:
    """The period's figure and the year to date's. Raises `NotANumber`, also for a row without figures."""
    if row.cells is None or not row.label:
        raise NotANumber("a name without figures, or figures without a name")
    quantity, value, year_quantity, year_value = (figure(cell) for cell in row.cells.figures)
    product = None if row.label.startswith(TOTAL_ROW) else row.label
    same = (block, str(row.page), row.row, ALL_PARTNERS, product, row.cells.unit or None, form.flow, form.freq)
    return [
        (*same, form.start, form.end, False, value, quantity),
        (*same, date(form.start.year, 1, 1), form.end, True, year_value, year_quantity),
    ]
