"""A span of whole months, as a text means it: any length, unlike a publisher's periods."""

from __future__ import annotations

from typing import NamedTuple

from corridor.codes.periods import Period
from corridor.errors import UsageError

#: Months of a year.
YEAR = 12


class When(NamedTuple):
    """Months ``first`` to ``last``, both included, each counted as 12 * year + month - 1."""

    first: int
    last: int

    @classmethod
    def months(cls, year: int, first: int, last: int) -> When:
        """Months ``first`` to ``last`` (1..12) of a year."""
        return cls(12 * year + first - 1, 12 * year + last - 1)

    @classmethod
    def year(cls, year: int) -> When:
        """A calendar year."""
        return cls.months(year, 1, 12)

    @classmethod
    def parse(cls, code: str) -> When:
        """The span of a code that `code` wrote; `UsageError` otherwise."""
        try:
            first, _, last = code.partition(":")
            start = _single(first)
            return cls(start.first, _single(last).last) if last else start
        except ValueError:
            raise UsageError(f'the period "{code}" of a claim cannot be read') from None

    @property
    def length(self) -> int:
        """How many months it has."""
        return self.last - self.first + 1

    @property
    def start_year(self) -> int:
        """The year of its first month."""
        return self.first // 12

    @property
    def end_year(self) -> int:
        """The year of its last month."""
        return self.last // 12

    @property
    def code(self) -> str:
        """``2025-01``, ``2025-Q1``, ``2025``, ``2025-01:2025-09`` or ``2023:2025``."""
        start, end = self.first % 12, self.last % 12
        if self.length == 1:
            return _month(self.first)
        if (start, end) == (0, 11):
            years = (self.start_year, self.end_year)
            return str(years[0]) if years[0] == years[1] else f"{years[0]}:{years[1]}"
        if self.length == 3 and start % 3 == 0:
            return f"{self.start_year}-Q{start // 3 + 1}"
        return f"{_month(self.first)}:{_month(self.last)}"

    def shifted(self, months: int) -> When:
        """The span so many months later."""
        return When(self.first + months, self.last + months)

    def year_before(self) -> When:
        """The same months one year earlier."""
        return self.shifted(-12)

    def before(self) -> When:
        """The span of the same length just before."""
        return self.shifted(-self.length)

    def each_month(self) -> tuple[When, ...]:
        """Its months, in order."""
        return tuple(When(month, month) for month in range(self.first, self.last + 1))

    def period(self) -> Period | None:
        """The publisher's period of exactly these months, or None where there is none."""
        if self.start_year != self.end_year:
            return None
        year, start, end = self.start_year, self.first % 12, self.last % 12
        if self.length == 1:
            return Period.month(year, start + 1)
        if start == 0:
            return Period.year(year) if end == 11 else Period.year_to_date(year, end + 1)
        return Period.quarter(year, start // 3 + 1) if self.length == 3 and start % 3 == 0 else None


def _month(index: int) -> str:
    return f"{index // 12:04}-{index % 12 + 1:02}"


def _single(code: str) -> When:
    year, _, part = code.partition("-")
    if not part:
        return When.year(int(year))
    if part.startswith("Q"):
        quarter = int(part[1:])
        return When.months(int(year), 3 * quarter - 2, 3 * quarter)
    return When.months(int(year), int(part), int(part))
