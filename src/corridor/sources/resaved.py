"""A publisher's table as another program saved it, written anew in the form that readers know.

Analysts open a table and save it: in the letters and with the signs of their country, as a workbook, packed, with a
line above or a note below. The cells stay the same. Here they are written anew beside the file: text in UTF-8, and a
table with commas between cells, points in numbers and nothing between thousands. What stands above the heading and
below the last row is told as lines set aside.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from corridor.errors import BrokenLayout, Where
from corridor.evidence import Refusal
from corridor.sources import alphabet, packed, plain, signs
from corridor.sources.left_out import LETTERS
from corridor.sources.workbook import Sheet, is_workbook, open_sheets

#: Signs that may stand between cells.
_SEPARATORS = (",", ";", "\t", "|")
#: How a spreadsheet may say which of them it is, in a line of its own.
_SAID = "sep="
#: Rows looked at to tell what divides them and which is the heading, and rows that say whose table it is.
_LOOK, _FEW = 60, 200
#: A row with fewer filled cells than this share of the usual number is none of the table's.
_SHORT = 0.5
#: A note fills fewer cells than these.
_WORDY = 3
#: Texts that are no tables: objects and pages.
_NO_TABLE = ("{", "[", "<")
_DOCUMENT = b"%PDF-"

Row = list[str]


@dataclass(frozen=True)
class Form:
    """One way to write a file anew: where its lines come from, and what is left out of them.

    ``lines`` gives the text as it is, without a table's rows; else ``rows`` gives all rows. ``at`` is the row of the
    heading, ``first`` the first row that is written, ``usual`` how many cells of a row are filled, ``width`` how many
    the heading has, ``index`` whether a column of numbers without a name goes.
    """

    rows: Callable[[], AbstractContextManager[Iterable[Row]]] | None = None
    lines: Callable[[], AbstractContextManager[TextIO]] | None = None
    separator: str = ","
    at: int = 0
    first: int = 0
    usual: int = 0
    width: int = 0
    index: bool = False
    page: str = ""
    refusals: list[Refusal] = field(default_factory=list)

    def probe(self, target: Path) -> None:
        """Write the beginning, by which a reader says whether the table is his."""
        with target.open("w", encoding="utf-8", newline="") as file:
            if self.lines:
                with self.lines() as text:
                    file.write(text.read(1 << 16))
            elif self.rows:
                # What is wrong further below is told when the whole is written.
                with self.rows() as rows, suppress(csv.Error):
                    _write(file, self._told(islice(rows, _FEW)))

    def whole(self, target: Path, name: str) -> None:
        """Write everything, numbers plainly. Raises `BrokenLayout` where nothing tells what their signs mean.

        The same where a cell has no end, as behind a quotation mark that is not closed.
        """
        with target.open("w", encoding="utf-8", newline="") as file:
            if self.lines:
                with self.lines() as text:
                    while part := text.read(1 << 20):
                        file.write(part)
            else:
                try:
                    self._write_plainly(file, name)
                except csv.Error as fault:
                    words = f"is no sound CSV ({fault})"
                    raise BrokenLayout(words, where=Where(file=name), next_step="save it anew") from None

    def _write_plainly(self, file: TextIO, name: str) -> None:
        if self.rows is None:
            return
        columns = self._columns()
        sign = signs.decimal(columns, self.separator, name)
        numbers = {place for place, column in enumerate(columns) if sign and not column.words}
        with self.rows() as rows:
            _write(file, (self._plain(row, numbers, sign) for row in self._told(rows)))

    def _told(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows of the table, stripped; what is none of it goes to ``refusals``."""
        self.refusals.clear()
        waiting: list[tuple[int, Row]] = []
        for number, row in enumerate(rows):
            cells = self._cells(row)
            if number < self.first:
                self._left_out(number, cells, "a line above the table")
            elif number > self.at and self._is_note(cells):
                # Only behind the last row of the table it is known that these are none.
                waiting.append((number, cells))
            else:
                yield from (short for _, short in waiting)
                waiting.clear()
                yield cells
        for number, cells in waiting:
            self._left_out(number, cells, "a line below the table")

    def _cells(self, row: Row) -> Row:
        """The cells of a row, stripped; some programs end every row but the heading with a sign too many."""
        cells = [cell.strip() for cell in row[1:]] if self.index else [cell.strip() for cell in row]
        while len(cells) > self.width and not cells[-1]:
            cells.pop()
        return cells

    def _is_note(self, cells: Row) -> bool:
        """Whether a row says a word or two and no number, as notes do; a row with few figures is one of the table."""
        said = [cell for cell in cells if cell]
        return len(said) < min(self.usual, _WORDY) and not any(
            cell.isdecimal() or signs.is_number(cell) for cell in said
        )

    def _left_out(self, number: int, cells: Row, reason: str) -> None:
        if said := " | ".join(filter(None, cells)):
            self.refusals.append(Refusal(self.page or None, number + 1, said[:LETTERS], reason))

    def _columns(self) -> list[signs.Column]:
        """What the cells below the heading say of the signs in numbers, by column."""
        found: list[signs.Column] = []
        if self.rows is None:
            return found
        with self.rows() as rows:
            body = islice(self._told(rows), self.at - self.first + 1, None)
            for row in _from_figures(body):
                found += [signs.Column() for _ in range(len(row) - len(found))]
                for column, cell in zip(found, row, strict=False):
                    column.see(cell)
        return found

    @staticmethod
    def _plain(row: Row, numbers: set[int], sign: str) -> Row:
        return [signs.plainly(cell, sign) if place in numbers else cell for place, cell in enumerate(row)]


def forms(path: Path, head: bytes) -> Generator[Form]:
    """The ways to write a file anew, the nearest to what it is first; none for what is neither text nor a workbook.

    Raises `UnreadableFile` for a workbook that does not open and a packed file that is damaged.
    """
    if is_workbook(path, head):
        for sheet in open_sheets(path, path.name):
            yield from _of_sheet(sheet)
    elif _DOCUMENT not in head[:1024]:
        try:
            yield from _of_text(path)
        except packed.DAMAGE as fault:
            raise packed.damaged(path.name, fault) from None


def _of_sheet(sheet: Sheet) -> Iterator[Form]:
    rows = [[_cell(cell) for cell in row] for row in sheet.rows]
    yield from _of_table(Form(lambda: nullcontext(rows), page=sheet.name), rows[:_LOOK])


def _cell(cell: float | str) -> str:
    """A workbook holds fifteen digits of a number; more are its noise."""
    return f"{cell:.15g}" if isinstance(cell, int | float) else cell


def _of_text(path: Path) -> Iterator[Form]:
    encoding = alphabet.of_file(path)
    if not encoding:
        return
    yield Form(lines=lambda: alphabet.opened(path, encoding))
    with alphabet.opened(path, encoding) as text:
        lines = [line for line in islice(text, _LOOK) if len(line) < plain.LONGEST_LINE]
    said = lines[0].strip('\ufeff" \n') if lines else ""
    skipped = int(said.lower().startswith(_SAID))
    if said.startswith(_NO_TABLE):
        return
    separator = _separator(lines[skipped:])
    if separator:
        form = Form(lambda: _Rows(path, encoding, separator, skipped), separator=separator)
        yield from _of_table(form, list(_split(lines[skipped:], separator)))


class _Rows:
    """The rows of a text for as long as it is open."""

    def __init__(self, path: Path, encoding: str, separator: str, skipped: int) -> None:
        self._text, self._separator, self._skipped = alphabet.opened(path, encoding), separator, skipped

    def __enter__(self) -> Iterator[Row]:
        return _split(islice(self._text.__enter__(), self._skipped, None), self._separator)

    def __exit__(self, *fault: object) -> None:
        self._text.__exit__(None, None, None)


def _split(lines: Iterable[str], separator: str) -> Iterator[Row]:
    return csv.reader(lines, delimiter=separator)


def _separator(lines: Sequence[str]) -> str:
    """What divides most lines into the same number of cells, at least two, and of several such signs the busiest."""
    found = []
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(row) for row in _split(lines, separator) if any(row))
        except csv.Error:
            continue
        width, rows = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
        if width > 1:
            found.append((rows / widths.total() > _SHORT, width, separator))
    return max(found, default=(False, 0, ""))[-1]


def _of_table(form: Form, rows: Sequence[Row]) -> Iterator[Form]:
    """The table with everything above its heading, then without; each, where the first column is none, without it."""
    filled = [sum(map(bool, map(str.strip, row))) for row in rows]
    several = Counter(each for each in filled if each > 1)
    if not several:
        return
    usual = max(several, key=lambda each: (several[each], each))
    at = next(number for number, each in enumerate(filled) if each >= usual * _SHORT)
    whole = replace(form, at=at, usual=usual, width=len(rows[at]), refusals=[])
    yield whole
    if _is_index(rows[at], rows[at + 1 :]):
        whole = replace(whole, index=True, width=whole.width - 1, refusals=[])
        yield whole
    if at:
        yield replace(whole, first=at, refusals=[])


def _is_index(heading: Row, below: Iterable[Row]) -> bool:
    """Whether the first column has no name and counts the rows, as programs for statistics write it."""
    cells = [row[0].strip() for row in below if len(row) == len(heading)]
    return not heading[0].strip() and bool(cells) and all(cell.isdecimal() for cell in cells)


def _from_figures(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows from the first on that has a number: a heading may go on over several rows."""
    first = next((row for row in rows if any(map(signs.is_number, row))), None)
    return chain([first] if first else [], rows)


def _write(file: TextIO, rows: Iterable[Row]) -> None:
    csv.writer(file, lineterminator="\n").writerows(rows)
