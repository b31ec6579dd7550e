"""How wide the columns of a printed table are, and how small its letters: names get room, numbers what they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Letters beyond which a column of words is broken into lines.
_MOST = 34
#: Letters' worth of room beside a cell.
_GAP = 1.6
#: Mean width of a letter in parts of the font's size, and millimetres in a point.
_LETTER, _POINT = 0.5, 0.3528
#: How much wider the bold letters of a header are, and over how many lines a header may run.
_BOLD, _LINES = 1.2, 3
#: The smallest letters that are read without a glass, and how fast they shrink.
_LEAST, _STEP = 6.5, 0.5


@dataclass(frozen=True)
class Columns:
    """Widths of columns in millimetres, and the size of their letters in points."""

    widths: tuple[float, ...]
    size: float


def columns(rows: Sequence[Sequence[str]], whole: float, size: float) -> Columns:
    """Columns that fill ``whole`` millimetres, their letters no larger than ``size`` points.

    ``rows`` are the cells in print, the headers first. Letters shrink until the longest words fit.
    """
    across = list(zip(*rows, strict=True))
    least = [max(_BOLD * _longest_word(head), *map(_longest_word, body), 0) + _GAP for head, *body in across]
    while size > _LEAST and sum(least) > _letters(whole, size):
        size -= _STEP
    wanted = [
        max(low, min(max(len(head) / _LINES, *map(len, body), 0), _MOST) + _GAP)
        for low, (head, *body) in zip(least, across, strict=True)
    ]
    shares = _shared(least, wanted, _letters(whole, size))
    return Columns(tuple(whole * share / sum(shares) for share in shares), size)


def _shared(least: Sequence[float], wanted: Sequence[float], letters: float) -> list[float]:
    """What every column gets of the letters there are: all it wants, or its longest word and a part of the rest."""
    lacking = sum(wanted) - sum(least)
    if sum(wanted) <= letters or not lacking:
        return list(wanted)
    part = max(letters - sum(least), 0) / lacking
    return [low + part * (want - low) for low, want in zip(least, wanted, strict=True)]


def _letters(whole: float, size: float) -> float:
    return whole / (size * _POINT * _LETTER)


def _longest_word(cell: str) -> int:
    return min(max((len(word) for word in cell.split(" ")), default=0), _MOST)
