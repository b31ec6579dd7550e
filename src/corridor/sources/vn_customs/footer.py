"""What stands beneath the table: the page's printed number, and on the last page the day of print."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from corridor.errors import BrokenLayout, Where

_PAGE = re.compile(r"0(?:2[01]\.T|1[56]\.[TK]) - trang (\d{1,6})")
_PRINTED = re.compile(r"Ngày in: (\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass
class Footers:
    """The footers met so far: the printed page numbers in order, and the days of print."""

    numbers: list[int] = field(default_factory=list)
    printed: list[date] = field(default_factory=list)

    def take(self, text: str, where: Where) -> bool:
        """Keep a line if it is a footer. Raises `BrokenLayout` for a day of print that is no day."""
        if page := _PAGE.fullmatch(text):
            self.numbers.append(int(page[1]))
        elif day := _PRINTED.fullmatch(text):
            self.printed.append(_day(text, day[1], day[2], day[3], where))
        return bool(page or day)

    def day_of_print(self, pages: int, where: Where) -> date:
        """The day of print, once the footers tell that none of the form's ``pages`` pages with text is missing.

        The day stands at the table's very end, so that a form without one has lost its end.
        """
        if self.numbers != list(range(1, pages + 1)):
            missing = sorted(set(range(1, max([pages, *self.numbers]) + 1)) - set(self.numbers))
            raise BrokenLayout(
                f"{pages} pages with text do not bear the numbers 1 to {pages}"
                + (f": {', '.join(map(str, missing))} missing" if missing else ""),
                where=where,
                next_step="fetch the file again from the publisher",
            )
        if len(self.printed) != 1:
            raise BrokenLayout(
                f"the day of print (“Ngày in”) stands {len(self.printed)} times instead of once, after the last row",
                where=where,
                next_step="the end of the table is missing; fetch the file again from the publisher",
            )
        return self.printed[0]


def _day(text: str, day: str, month: str, year: str, where: Where) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise BrokenLayout(f"“{text}” is no day", where=where) from None
