"""A sheet's title: which of the publisher's tables it is, and how final the office calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corridor.errors import BrokenLayout, Where
from corridor.sources.workbook import Sheet, words

#: Table -> how its title begins, without regard to case.
TITLES: Mapping[str, str] = {
    "V03": "kim ngạch xuất nhập khẩu phân theo nước",
    "V01X": "trị giá và mặt hàng xuất khẩu",
    "V01N": "trị giá và mặt hàng nhập khẩu",
}

#: Flow of the tables by commodity group; V03, by partner, says it in every column.
FLOWS: Mapping[str, str] = {"V01X": "export", "V01N": "import"}

#: The publisher's word in the title -> maturity.
MATURITIES: Mapping[str, str] = {"sơ bộ": "preliminary", "chính thức": "official"}

#: Rows from the top in which a title may stand.
TITLE_ROWS = 5


@dataclass(frozen=True)
class Title:
    """A known table's title: which table, its words, and the row it stands in (from 1)."""

    table: str
    text: str
    row: int

    @property
    def flow(self) -> str | None:
        """Flow of the whole table; None where the columns say it."""
        return FLOWS.get(self.table)

    def maturity(self, where: Where) -> str:
        """How final the title calls the figures. Raises `BrokenLayout` where it does not say."""
        for word, maturity in MATURITIES.items():
            if word in self.text.casefold():
                return maturity
        raise BrokenLayout(f"the title says neither {' nor '.join(MATURITIES)}: {self.text}", where=where)


def find_title(sheet: Sheet) -> Title | None:
    """The title of a known table in a sheet's first rows, or None."""
    for number, row in enumerate(sheet.rows[:TITLE_ROWS], 1):
        for text in map(words, row):
            for table, beginning in TITLES.items():
                if text.casefold().startswith(beginning):
                    return Title(table, text, number)
    return None
