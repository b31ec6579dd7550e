"""Where a text has tables: lines of cells, the head over them, and the lines between that part them into sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

Kind = Literal["tab", "bar", "semicolon", "gap", "dash", "plain"]

_LINE = re.compile(r"[^\n]+")
# What parts the cells of a line, the surest sign first.
_PARTS: dict[Kind, re.Pattern[str]] = {
    "tab": re.compile(r"\t"),
    "bar": re.compile(r"\|"),
    "semicolon": re.compile(r";"),
    "gap": re.compile(r"(?<=\S)(?: ?\.{4,} *| {2,})(?=\S)"),
    "dash": re.compile(r" [–—] "),
}
_FEWEST_PARTS = {"tab": 1, "bar": 1, "semicolon": 2, "gap": 1, "dash": 1}
#: A number alone in its cell, with its sign, its footnote and its per cent.
NUMBER = re.compile(
    r"[$€~≈]?(?P<sign>[-−–+▲▼↑↓]?)[ \u00a0]?(?P<digits>[0-9](?:[0-9.,   \u202f]*[0-9])?)[ \u00a0]?%?[*¹²³⁴†‡]{0,3}"
)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# "USD 210.4 million", "up 12 %", "2.1 times": an amount with its words; "55.4 (+18.9 %)": two.
_AMOUNT = re.compile(r"(?<![0-9./])[0-9]+(?:[.,](?!20[0-9]{2})[0-9]+)+(?![0-9./])|[0-9] ?%")
_NUMBERS = re.compile(r"[0-9](?:[0-9.,]|[ \u00a0](?=[0-9]{3}))*")
_MOST_WORDS = 5
_RULE = re.compile(r"[\s|:–—=+_-]*")
_LETTERS = re.compile(r"[^\W\d_]{2}")
# A row's number, or the code of its goods.
_SERIAL = re.compile(r"\(?(?:[0-9]{1,10}|[IVX]{1,5}|[A-Za-zА-Яа-яĐđ])[.)]?")
_MOST_COLUMNS = 16
_MOST_ROWS = 1000
_MOST_HEADS = 5
_LONGEST_LINE = 500
_LONGEST_AMOUNT = 40
_LONGEST_SECTION = 80
# A line that begins so far right continues a head.
_INDENTED = 8
# Where a sign may part clauses as well, a table has more than one row, of numbers alone or beside short words.
_FEWEST_ROWS = {"tab": 1, "bar": 1, "semicolon": 2, "gap": 2, "dash": 2}
_ENDS_SENTENCE = (".", "!", "?", ";")


class Cell(NamedTuple):
    """A stretch of a row without the blanks around it; one that is empty has no text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Grid:
    """A table from ``start`` to ``end`` of the text: lines of its head, then rows, each with a cell for every column.

    A row of which only one cell has text heads the rows below it. ``label`` is the column that names the rows.
    """

    start: int
    end: int
    heads: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    label: int


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    kind: Kind
    cells: tuple[Cell, ...]
    closed: bool = False

    @cached_property
    def is_data(self) -> bool:
        """Whether a cell beside the first one holds an amount, and the first one is no amount with its words."""
        amounts = [_is_amount(cell.text) for cell in self.cells[1:]]
        if self.kind == "dash":
            return all(
                not cell.text or _RULE.fullmatch(cell.text) or NUMBER.fullmatch(cell.text) for cell in self.cells[1:]
            )
        return any(amounts) and not _AMOUNT.search(self.cells[0].text)

    @property
    def is_section(self) -> bool:
        """Whether only one cell, however often, has text."""
        return len({cell.text for cell in self.cells if cell.text}) == 1


@dataclass
class _Held:
    """The lines of a table so far; ``aside`` is one of words alone, which may head the rows to come."""

    lines: list[_Line] = field(default_factory=list)
    aside: list[_Line] = field(default_factory=list)
    begun: bool = False

    def parts(self, line: _Line) -> bool:
        """Whether a line belongs to no table with the lines before it."""
        if not self.lines:
            return False
        if line.kind == "plain":
            return bool(self.aside) or not _may_head(line.cells[0].text)
        other = line.kind != self.lines[-1].kind or (self.begun and _is_head(line))
        return other or (self.begun and bool(self.aside) and not line.is_data)

    def take(self, line: _Line) -> None:
        """Takes in the next line."""
        if line.kind == "plain":
            self.aside = [line] if self.lines else []
            return
        between = self.aside if line.is_data else []
        self.lines += [*(replace(each, kind=line.kind) for each in between), line]
        self.aside = []
        self.begun = self.begun or line.is_data
        if not self.begun:
            # No head is so long.
            del self.lines[: -_MOST_HEADS - 1]


def grids(text: str) -> Iterator[Grid]:
    """The tables of a text, in order."""
    held = _Held()
    for found in _LINE.finditer(text):
        line = _line(found)
        if line is None:
            continue
        if held.parts(line):
            yield from _grid(held.lines)
            held = _Held()
        held.take(line)
    yield from _grid(held.lines)


def _line(found: re.Match[str]) -> _Line | None:
    """A line in its cells; None for a rule and for a blank line."""
    text = found.group()[: _LONGEST_LINE + 1]
    if _RULE.fullmatch(text):
        return None
    if len(text) <= _LONGEST_LINE:
        for kind, part in _PARTS.items():
            edges = [match.span() for match in part.finditer(text.rstrip() if kind != "tab" else text)]
            if _FEWEST_PARTS[kind] <= len(edges) < _MOST_COLUMNS + 2 and _are_cells(kind, text, edges):
                return _cells(found, kind, text.rstrip(), edges)
    indented = len(text) - len(text.lstrip()) >= _INDENTED
    return _Line(
        found.start(), found.end(), "gap" if indented else "plain", (_cell(text, found.start(), 0, len(text)),)
    )


def _are_cells(kind: Kind, text: str, edges: Sequence[tuple[int, int]]) -> bool:
    """A semicolon parts clauses, too: the cells of a table's line are short."""
    if kind != "semicolon":
        return True
    parts = [text[one[1] : other[0]] for one, other in pairwise([(0, 0), *edges, (len(text), len(text))])]
    return all(len(part) <= _LONGEST_SECTION and len(part.split()) <= 8 for part in parts)


def _cells(found: re.Match[str], kind: Kind, text: str, edges: Sequence[tuple[int, int]]) -> _Line:
    edges = [edge for edge in edges if edge[1] <= len(text)]
    ends = [(0, 0), *edges, (len(text), len(text))]
    cells = [_cell(text, found.start(), one[1], other[0]) for one, other in pairwise(ends)]
    closed = kind == "bar" and text.startswith("|", len(text) - len(text.lstrip()))
    if closed and text.endswith("|"):
        cells, closed = cells[1:-1], False
    return _Line(found.start(), found.end(), kind, tuple(cells), closed)


def _cell(line: str, offset: int, start: int, end: int) -> Cell:
    text = line[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    bare = text.strip("*_`") if len(text) > 1 and text[0] in "*_`" else text
    start += text.find(bare) if bare else 0
    return Cell(offset + start, offset + start + len(bare), bare)


def _is_amount(text: str) -> bool:
    if not text or len(text) > _LONGEST_AMOUNT:
        return False
    if NUMBER.fullmatch(text):
        return not YEAR.fullmatch(text)
    bare = text.split("(", 1)[0] if text.endswith(")") else text
    alone = len(_NUMBERS.findall(bare)) == 1 and len(bare.split()) <= _MOST_WORDS
    return alone and _AMOUNT.search(text) is not None and not text.endswith(":")


def _may_head(line: str) -> bool:
    """Whether a line of words alone may head the rows that follow."""
    line = line.strip()
    return len(line) <= _LONGEST_SECTION and not line.endswith(_ENDS_SENTENCE) and _LETTERS.search(line) is not None


def _is_head(line: _Line) -> bool:
    """Whether a line, below rows of amounts, is the head of another table."""
    return not line.is_data and not line.is_section and sum(bool(cell.text) for cell in line.cells) > 1


def _grid(lines: Sequence[_Line]) -> Iterator[Grid]:
    """A table of lines of one kind, if some hold amounts and the others name the columns."""
    places = [place for place, line in enumerate(lines) if line.is_data]
    if not places:
        return
    first, lines = places[0], lines[: places[-1] + 1]
    data = [lines[place] for place in places]
    if not _FEWEST_ROWS[data[0].kind] <= len(data) <= _MOST_ROWS:
        return
    width = Counter(len(line.cells) for line in data).most_common(1)[0][0]
    if data[0].kind == "gap":
        width = max(len(line.cells) for line in data)
        rows = _aligned(lines, width)
    else:
        rows = [_padded(line, width) for line in lines]
    if width < 2 or any(row is None for row in rows):
        return
    known = [row for row in rows if row is not None]
    kept = [row for row in known if not _counts_columns(row)]
    skipped = sum(_counts_columns(row) for row in known[:first])
    begins = _first_section(kept, first - skipped)
    heads, body = kept[:begins][-_MOST_HEADS:], kept[begins:]
    if not heads and not _goes_unheaded(data):
        return
    label = _label_column(body)
    yield Grid(lines[0].start, lines[-1].end, _spread(heads, label), tuple(body), label)


def _goes_unheaded(data: Sequence[_Line]) -> bool:
    """Whether rows need no head to be a table: several, in blanks of numbers alone."""
    plain = all(not cell.text or NUMBER.fullmatch(cell.text) for line in data for cell in line.cells[1:])
    return len(data) > 1 and (data[0].kind in ("tab", "bar") or (data[0].kind == "gap" and plain))


def _first_section(rows: Sequence[Sequence[Cell]], first: int) -> int:
    """Where the rows begin: with what heads the first of them, if more than that stands over them."""
    while first > 1 and rows[first - 1][0].text and not any(cell.text for cell in rows[first - 1][1:]):
        first -= 1
    return first


def holds_amount(text: str) -> bool:
    """Whether words hold an amount: of decimals, or in per cent."""
    return _AMOUNT.search(text) is not None


def _counts_columns(row: Sequence[Cell]) -> bool:
    """ "A | B | 1 | 2 | 3": the columns' numbers."""
    numbers = [int(cell.text) for cell in row if cell.text.isdecimal()]
    lettered = [cell.text for cell in row if cell.text and not cell.text.isdecimal()]
    counted = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] < 3
    return counted and all(len(text) == 1 for text in lettered)


def _padded(line: _Line, width: int) -> tuple[Cell, ...] | None:
    cells = line.cells
    if line.closed and len(cells) == width + 1:
        cells = cells[1:]
    while len(cells) > width and not cells[-1].text:
        cells = cells[:-1]
    if len(cells) > width:
        return None if line.is_data else cells[:width]
    return (*cells, *(Cell(line.end, line.end, "") for _ in range(width - len(cells))))


def _label_column(rows: Sequence[Sequence[Cell]]) -> int:
    """The first column, or the second one where the first only counts the rows."""
    firsts = [row[0].text for row in rows if row[0].text and sum(bool(cell.text) for cell in row) > 1]
    serial = all(_SERIAL.fullmatch(text) for text in firsts) and not all(YEAR.fullmatch(text) for text in firsts)
    worded = sum(_LETTERS.search(row[1].text) is not None for row in rows)
    return 1 if len(rows[0]) > 2 and serial and 2 * worded > len(firsts) else 0


def _spread(heads: Sequence[tuple[Cell, ...]], label: int) -> tuple[tuple[Cell, ...], ...]:
    """The lines of a head; a cell that stands over several columns stands in each of them."""
    found: list[tuple[Cell, ...]] = []
    for place, line in enumerate(heads):
        below = heads[place + 1 :]
        cells = list(line)
        for at in range(label + 2, len(cells)):
            if not cells[at].text and any(each[at].text for each in below):
                cells[at] = cells[at - 1]
        found.append(tuple(cells))
    return tuple(found)


def _aligned(lines: Sequence[_Line], width: int) -> list[tuple[Cell, ...] | None]:
    """The lines of a table in columns of blanks: each cell in the column under or over which it stands."""
    whole = [line for line in lines if line.is_data and len(line.cells) == width]
    spans = [(min(_at(line, at)[0] for line in whole), max(_at(line, at)[1] for line in whole)) for at in range(width)]
    first = next(place for place, line in enumerate(lines) if line.is_data)
    found: list[tuple[Cell, ...] | None] = []
    for place, line in enumerate(lines):
        if len(line.cells) == width:
            found.append(line.cells)
        else:
            groups = place + 1 < first and len(line.cells) < len(lines[place + 1].cells)
            found.append(_over_groups(line, spans) if groups else _set_in(line, spans, heads=place < first))
    return found


def _over_groups(line: _Line, spans: Sequence[tuple[int, int]]) -> tuple[Cell, ...]:
    """A line of a head with few cells over many columns: each column has the cell nearest to its middle."""
    found = [Cell(line.end, line.end, "") for _ in spans]
    middles = [sum(_at(line, place)) for place in range(len(line.cells))]
    for at, span in enumerate(spans[1:], start=1):
        found[at] = line.cells[min(range(len(middles)), key=lambda place: abs(middles[place] - sum(span)))]
    return tuple(found)


def _at(line: _Line, place: int) -> tuple[int, int]:
    cell = line.cells[place]
    return cell.start - line.start, cell.end - line.start


def _set_in(line: _Line, spans: Sequence[tuple[int, int]], *, heads: bool) -> tuple[Cell, ...]:
    """The cells of a line each in the column nearest to it; in a head, in every column that it spans."""
    found = [Cell(line.end, line.end, "") for _ in spans]
    for place, cell in enumerate(line.cells):
        start, end = _at(line, place)
        nearest = min(range(len(spans)), key=lambda at: _apart((start, end), spans[at]))
        under = [at for at, span in enumerate(spans) if heads and at and start <= span[0] and span[1] <= end]
        for at in {nearest, *under}:
            if not found[at].text:
                found[at] = cell
    return tuple(found)


def _apart(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """How far two stretches of a line are apart: minus what they share, then how far their ends are."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return (-shared, min(abs(one[1] - other[1]), abs(one[0] - other[0])))
