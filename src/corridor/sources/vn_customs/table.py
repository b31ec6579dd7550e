"""The lines of the table: partners in capitals, their groups beneath them, and what is neither.

Every line ends up in one of three ways: it is a row, it is the continuation or repetition of a row's name, or
it is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from corridor.evidence import Refusal
from corridor.sources.vn_customs.columns import Cells
from corridor.sources.vn_customs.figures import NotANumber, figure


@dataclass
class Row:
    """One row of the table; ``text`` is the line as printed.

    ``figures`` are month quantity, month value, cumulative quantity and cumulative value; None in place of the
    four where one of them could not be read. A row without a label is a gap: a line that may have been a
    partner's, so that nobody knows whose groups follow it.
    """

    page: int
    row: int
    text: str
    label: str
    unit: str = ""
    figures: tuple[float | None, ...] | None = (None, None, None, None)

    @property
    def is_gap(self) -> bool:
        """Whether this stands for a line that may have been a partner's."""
        return not self.label

    @property
    def is_partner(self) -> bool:
        """Whether this is a partner's total."""
        return not self.unit and not self.is_gap

    def repeats(self, other: Row) -> bool:
        """Whether this is ``other``'s name printed once more, at the top of a later page."""
        same = self.figures == other.figures or self.figures == (None, None, None, None)
        return self.page != other.page and self.label == other.label and same


class Placed(NamedTuple):
    """A row with the number of its block and the partner it belongs to."""

    block: int
    partner: str
    row: Row


@dataclass
class Table:
    """The rows read so far, and the lines refused."""

    rows: list[Row] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def take(self, cells: Cells, page: int, row: int, text: str) -> None:
        """Take the next line of the table; ``text`` is the line as printed, for a refusal."""
        capitals, has_unit = cells.label.isupper(), bool(cells.unit)
        if cells.label and not has_unit and not any(cells.figures):
            self._take_name(cells.label, page, row, text)
        elif cells.label and capitals != has_unit:
            self._take_row(Row(page, row, text, cells.label, cells.unit, None), cells)
        else:
            self._refuse(page, row, text, "neither a partner (in capitals, without a unit) nor a group (with a unit)")
            if capitals or not has_unit:
                self.rows.append(Row(page, row, text, label=""))

    def blocks(self) -> Iterator[Placed]:
        """All rows with their blocks; a partner's name repeated on a later page opens no block.

        Rows beneath a gap are refused, not given to the partner before it.
        """
        block, partner = -1, None
        for row in self.rows:
            if row.is_gap:
                partner = None
            elif not row.is_partner:
                yield from self._in_block(block, partner, row)
            elif partner is None or not row.repeats(partner):
                block, partner = block + 1, row
                yield from self._in_block(block, partner, row)

    def _in_block(self, block: int, partner: Row | None, row: Row) -> Iterator[Placed]:
        if partner is None:
            self._refuse(row.page, row.row, row.text, "the partner this group belongs to is unknown")
        elif row.figures is not None:
            yield Placed(block, partner.label, row)

    def _take_row(self, row: Row, cells: Cells) -> None:
        try:
            row.figures = tuple(figure(cell) for cell in cells.figures)
        except NotANumber as fault:
            self._refuse(row.page, row.row, row.text, str(fault))
        self.rows.append(row)

    def _take_name(self, label: str, page: int, row: int, text: str) -> None:
        """Take a line that is a name alone: the rest of a long name, or a partner's name on a new page."""
        last = self.rows[-1] if self.rows else None
        if label.isupper() and (last is None or not last.is_partner or _opens_page(label, page, last)):
            self.rows.append(Row(page, row, text, label))
        elif last is None or last.is_gap or last.is_partner != label.isupper():
            self._refuse(page, row, text, "a name without figures that continues no row")
        else:
            last.label = f"{last.label} {label}"

    def _refuse(self, page: int, row: int, text: str, reason: str) -> None:
        self.refusals.append(Refusal(page, row, text, reason))


def _opens_page(label: str, page: int, last: Row) -> bool:
    return page != last.page and last.label.startswith(label)
