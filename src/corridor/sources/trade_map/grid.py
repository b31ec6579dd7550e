"""A downloaded table as rows of cells, whether it came as a page, as text or as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Colours of a page's cells that say where a value comes from, and the caveat of each.
COLOURS = {"mediumseagreen": "estimated", "orange": "partner_statistics"}
#: More columns than any table has.
_WIDEST, _DIGITS = 500, 9


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and the caveat that its colour means."""

    text: str = ""
    caveat: str = ""


Row = tuple[Cell, ...]


def of_texts(rows: Iterable[Iterable[str]]) -> list[Row]:
    """Rows without colours."""
    return [tuple(Cell(" ".join(text.split())) for text in row) for row in rows]


def of_page(text: str) -> list[Row] | None:
    """All rows of all tables of a page, in its order; a cell that spans others leaves them empty.

    None where a table has no end: whatever stood behind is lost.
    """
    page = _Page()
    page.feed(text)
    page.close()
    page.end_row()
    return None if page.within else page.rows


@dataclass
class _Page(HTMLParser):
    rows: list[Row] = field(default_factory=list)
    #: Tables begun and not ended.
    within: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self._cells: dict[int, Cell] = {}
        #: Column -> rows below that a cell reaches into.
        self._reaching: dict[int, int] = {}
        self._column = 0
        self._words: list[str] = []
        self._caveat = ""
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within += tag == "table"
        if tag == "tr":
            self.end_row()
        if tag in ("td", "th"):
            self._end_cell()
            self._begin_cell({name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self.within -= tag == "table"
        if tag in ("td", "th"):
            self._end_cell()
        if tag in ("tr", "table"):
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self._open:
            self._words.append(data)

    def end_row(self) -> None:
        """Close the row that is open, if there is one."""
        self._end_cell()
        if self._cells:
            last = max(self._cells)
            self.rows.append(tuple(self._cells.get(column, Cell()) for column in range(last + 1)))
            self._reaching = {column: left - 1 for column, left in self._reaching.items() if left > 1}
        self._cells = {}
        self._column = 0

    def _begin_cell(self, said: dict[str, str]) -> None:
        # A cell reaches below from the next row on, so those of this row count one more.
        while self._column in self._reaching and self._column not in self._cells:
            self._cells[self._column] = Cell()
            self._column += 1
        colour = said.get("style", "").lower().partition("color:")[2].partition(";")[0].strip()
        self._caveat = COLOURS.get(colour.removeprefix("dark"), "")
        self._wide, self._tall = _span(said.get("colspan")), _span(said.get("rowspan"))
        self._words = []
        self._open = True

    def _end_cell(self) -> None:
        if not self._open:
            return
        self._open = False
        end = min(self._column + self._wide, _WIDEST)
        for column in range(self._column, end):
            self._cells[column] = Cell()
            if self._tall > 1:
                self._reaching[column] = self._tall
        if self._column < end:
            self._cells[self._column] = Cell(" ".join("".join(self._words).split()), self._caveat)
        self._column = end


def _span(said: str | None) -> int:
    # Python refuses to read a number of thousands of digits.
    wide = int(said[:_DIGITS]) if said and said.isdecimal() and said.isascii() else 1
    return min(wide, _WIDEST) or 1
