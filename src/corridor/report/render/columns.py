"""How wide the columns of a printed table are, and how small its letters: names get room, numbers what they need."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Where a line may break: a number stays with its unit.
_BREAK = re.compile(r"[ –-]")
#: Widths of letters in parts of the font's size, in the widest of the fonts of a book face that stand in for another.
_NARROW, _USUAL, _WIDE, _CAPITAL, _WIDEST = 0.32, 0.51, 0.78, 0.72, 0.95
_LETTERS: Mapping[str, float] = {
    **dict.fromkeys(" .,;:'’!|()[]/ijlftrIí", _NARROW),
    **dict.fromkeys("mwжмшщюыфЖМШЩЮЫФ%—−+±<>", _WIDE),
    **dict.fromkeys("MW…", _WIDEST),
}
#: Width beyond which a column of words is broken into lines.
_MOST = 17.0
#: Room beside a cell.
_GAP = 0.9
#: Lines of a table that is not parted: two thirds of a page.
_KEPT = 36
#: Millimetres in a point.
_POINT = 0.3528
#: How much wider the bold letters of a header are, and over how many lines a header may run.
_BOLD, _LINES = 1.08, 3
#: Over how many lines a header may run where names take the room.
_TALLEST = 6
#: The smallest letters that are read without a glass, and how fast they shrink.
_LEAST, _STEP = 6.5, 0.5


@dataclass(frozen=True)
class Columns:
    """Widths of columns in millimetres, the size of their letters in points, and about how many lines all rows take."""

    widths: tuple[float, ...]
    size: float
    lines: int

    @property
    def one_page(self) -> bool:
        """Whether the table is short enough to be kept on one page."""
        return self.lines <= _KEPT


def columns(rows: Sequence[Sequence[str]], whole: float, size: float) -> Columns:
    """Columns that fill ``whole`` millimetres, their letters no larger than ``size`` points.

    ``rows`` are the cells in print, the headers first. Letters shrink until the longest words fit.
    """
    across = list(zip(*rows, strict=True))
    least = [max(_BOLD * _longest_word(head), *map(_longest_word, body), 0) + _GAP for head, *body in across]
    while size > _LEAST and sum(least) > _room(whole, size):
        size -= _STEP
    # Cells come before headers: a header of several lines stands once a page, a name of several lines in every row.
    cells = [
        max(low, min(max(map(width, body), default=0), _MOST) + _GAP)
        for low, (_, *body) in zip(least, across, strict=True)
    ]
    heads = [
        max(low, min(_BOLD * width(head) / _LINES, _MOST) + _GAP) for low, (head, *_) in zip(cells, across, strict=True)
    ]
    room = _room(whole, size)
    short = [max(low, _BOLD * width(head) / _TALLEST + _GAP) for low, (head, *_) in zip(least, across, strict=True)]
    narrow = short if sum(short) <= room else least
    wanted = [max(low, want) for low, want in zip(narrow, cells, strict=True)]
    shares = _shared(cells, heads, room) if sum(cells) <= room else _shared(narrow, wanted, room)
    filled = [room * share / sum(shares) for share in shares]
    lines = sum(max((_lines(cell, each) for cell, each in zip(row, filled, strict=True)), default=1) for row in rows)
    return Columns(tuple(whole * share / sum(shares) for share in shares), size, lines)


def width(text: str) -> float:
    """How wide words are set, in parts of the font's size."""
    return sum(_LETTERS.get(letter) or (_CAPITAL if letter.isupper() else _USUAL) for letter in text)


def _lines(cell: str, column: float) -> int:
    return max(math.ceil(width(cell) / max(column - _GAP, 1.0)), 1)


def _shared(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """What every column gets of the room there is: all it wants, or its longest word and a part of the rest."""
    lacking = sum(wanted) - sum(least)
    if sum(wanted) <= room or not lacking:
        return list(wanted)
    part = max(room - sum(least), 0) / lacking
    return [low + part * (want - low) for low, want in zip(least, wanted, strict=True)]


def _room(whole: float, size: float) -> float:
    return whole / (size * _POINT)


def _longest_word(cell: str) -> float:
    return min(max((width(word) for word in _BREAK.split(cell)), default=0), _MOST)
