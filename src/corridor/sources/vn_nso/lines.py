"""What each row under the header is: figures of somebody or something, a heading, a note, or not understood.

A group's parts ("Xăng" under "Xăng dầu các loại") are told from groups by their indent only, which is formatting
and not content; so they are listed here by name, as are the subtotals of enterprises with foreign capital. Both
are left out by name: adding them to the groups would count the same goods twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from corridor.errors import BrokenLayout, Where
from corridor.evidence import Refusal
from corridor.sources.vn_nso.heading import Heading
from corridor.sources.workbook import Cell, Sheet, column_name, words

#: Label of the row with the total of each table.
TOTALS: Mapping[str, str] = {"V03": "Tổng", "V01X": "Tổng số", "V01N": "Tổng số"}

#: Words over the rows that follow.
HEADINGS = frozenset({"Trong đó:", "Một số nước khác", "Nhóm/Mặt hàng chủ yếu"})

#: Subtotals that cross the groups: enterprises with foreign capital, with and without crude oil.
SUBTOTALS = frozenset({"T/đó: Khu vực có vốn ĐTTTNN", "Kể cả dầu thô", "Không kể dầu thô"})

#: Parts of the group above them: of petroleum products, of fertilisers, of motor vehicles.
PARTS = frozenset(
    {
        *("Xăng", "Dầu DO", "Dầu FO", "Nhiên liệu bay"),
        *("Phân U rê", "Phân NPK", "Phân DAP", "Phân SA", "Phân Kali"),
        *("Ô tô 9 chỗ ngồi trở xuống", "Ô tô trên 9 chỗ ngồi", "Ô tô tải"),
    }
)

#: How a part of the row above may begin where it is marked in words.
PART_MARKS = ("- ", "+ ", "Trong đó", "T/đó")

#: A note under the table that gives the unit of the rows with its mark, such as "(*) Chiếc".
_NOTE = re.compile(r"(\(\*+\)) (.+)")
_MARK = re.compile(r"\(\*+\)$")


@dataclass(frozen=True)
class Line:
    """One row of figures: its number on the sheet (from 1), its label, all its cells, and the unit a note gives it."""

    row: int
    label: str
    cells: tuple[Cell, ...]
    unit: str | None = None


@dataclass
class Body:
    """The rows under a header, told apart."""

    lines: list[Line] = field(default_factory=list)
    subtotals: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def ignored(self) -> tuple[str, ...]:
        """What was left out, counted and by name."""
        named = [("subtotals across the groups", self.subtotals), ("parts of the group above", self.parts)]
        counted = [f"{len(labels)} {what}: {'; '.join(labels)}" for what, labels in named if labels]
        return (*counted, *self.others)


def read_body(sheet: Sheet, heading: Heading, name: str) -> Body:
    """Tell the rows under a header apart. Raises `BrokenLayout` unless the total's row stands there once."""
    body = Body()
    notes = dict(_notes(sheet, heading))
    for index in range(heading.body, len(sheet.rows)):
        row = sheet.rows[index]
        if any(words(cell) for cell in row):
            _sort(_Row(sheet.name, index + 1, row, heading), body, notes)
    body.refusals.extend(_under_no_heading(sheet, heading))
    total = TOTALS[heading.title.table]
    found = sum(line.label == total for line in body.lines)
    if found != 1:
        raise BrokenLayout(f"{found} rows “{total}” instead of one", where=Where(file=name, page=sheet.name))
    _refuse_repeated(body, sheet.name)
    return body


@dataclass(frozen=True)
class _Row:
    page: str
    number: int
    cells: tuple[Cell, ...]
    heading: Heading

    @property
    def labels(self) -> list[str]:
        return [text for text in (words(self.cells[i]) for i in self.heading.labels) if text]

    @property
    def label(self) -> str:
        return " | ".join(self.labels)

    @property
    def printed(self) -> dict[str, str]:
        """Column -> what stands there, right of the labels; zeros too."""
        columns = range(len(self.heading.labels), len(self.cells))
        return {column_name(i): words(self.cells[i]) for i in columns if words(self.cells[i])}

    @property
    def figures(self) -> dict[str, str]:
        """The same without zeros."""
        return {column: text for column, text in self.printed.items() if text != "0"}

    def refusal(self, reason: str) -> Refusal:
        shown = [self.label, *(f"{column} {text}" for column, text in self.figures.items())]
        return Refusal(self.page, self.number, ", ".join(text for text in shown if text), reason)


def _sort(row: _Row, body: Body, notes: Mapping[str, str]) -> None:
    """Put one row where it belongs; the first rule that knows it decides."""
    for rule in (_unlabelled, _heading, _left_out, _note, _wordy):
        if rule(row, body):
            return
    mark = _MARK.search(row.label)
    if mark and mark[0] not in notes:
        body.refusals.append(row.refusal(f"the label bears {mark[0]}, and no note under the table gives its unit"))
        return
    body.lines.append(Line(row.number, row.label, row.cells, notes[mark[0]] if mark else None))


def _unlabelled(row: _Row, body: Body) -> bool:
    if row.labels:
        return False
    if row.figures:
        body.refusals.append(row.refusal("figures without a label"))
    else:
        body.others.append(f"row {row.number}: no label, {len(row.printed)} zeros")
    return True


def _heading(row: _Row, body: Body) -> bool:
    if row.label not in HEADINGS:
        return False
    if row.figures:
        body.refusals.append(row.refusal("a heading that carries figures; nothing says whose they are"))
    return True


def _left_out(row: _Row, body: Body) -> bool:
    if row.label in SUBTOTALS:
        body.subtotals.append(row.label)
    elif row.label in PARTS or row.label.startswith(PART_MARKS):
        body.parts.append(row.label)
    else:
        return False
    return True


def _note(row: _Row, body: Body) -> bool:
    if row.printed or not _NOTE.fullmatch(row.label):
        return False
    body.others.append(f"row {row.number}: note {row.label}")
    return True


def _wordy(row: _Row, body: Body) -> bool:
    if len(row.labels) > 1:
        body.refusals.append(row.refusal("two labels in one row"))
    elif not row.printed:
        body.refusals.append(row.refusal("words without a figure: neither a known heading nor a known note"))
    else:
        return False
    return True


def _notes(sheet: Sheet, heading: Heading) -> Iterator[tuple[str, str]]:
    """Mark -> unit, from the notes under the table."""
    for cells in sheet.rows[heading.body :]:
        found = _NOTE.fullmatch(" | ".join(text for text in (words(cells[i]) for i in heading.labels) if text))
        if found:
            yield found[1], found[2]


def _under_no_heading(sheet: Sheet, heading: Heading) -> Iterator[Refusal]:
    """Columns right of the labels that hold something and have no heading at all."""
    known = {column for slot in heading.slots for column in (slot.value, slot.quantity)}
    for index in range(len(heading.labels), len(sheet.rows[0])):
        measure = words(sheet.rows[heading.body - 1][index])
        printed = [words(row[index]) for row in sheet.rows[heading.body :] if words(row[index])]
        if index not in known and not measure and printed:
            reason = f"{len(printed)} cells of column {column_name(index)} stand under no heading"
            yield Refusal(sheet.name, None, printed[0], reason)


def _refuse_repeated(body: Body, page: str) -> None:
    """A label that stands a second time would give two figures for one thing: the second is not read."""
    kept: dict[str, Line] = {}
    for line in body.lines:
        first = kept.setdefault(line.label, line)
        if first is not line:
            reason = f"the label stands in row {first.row} already"
            body.refusals.append(Refusal(page, line.row, line.label, reason))
    body.lines = list(kept.values())
