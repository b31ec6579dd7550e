"""A table for a terminal: columns aligned and parted by blanks, long words folded where the line ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

_GAP = "  "
_RULE = "─"
#: No column is folded to less than this.
_NARROWEST = 8


@dataclass(frozen=True)
class Head:
    """A column's name; figures stand at its right edge."""

    name: str
    numeric: bool


def aligned(heads: Sequence[Head], rows: Sequence[Sequence[str]], width: int) -> str:
    """The table as lines of at most ``width`` columns, where its columns can be made that narrow."""
    names = [head.name for head in heads]
    natural = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    widths = _fitted(natural, heads, width - len(_GAP) * (len(heads) - 1))
    lines = [*_lines(names, heads, widths), _RULE * (sum(widths) + len(_GAP) * (len(heads) - 1))]
    for row in rows:
        lines += _lines(row, heads, widths)
    return "\n".join(lines)


def _fitted(natural: Sequence[int], heads: Sequence[Head], room: int) -> list[int]:
    """The widest column of words gives way first, figures only when no column of words is left to narrow."""
    widths = list(natural)
    while sum(widths) > room:
        words = [place for place, head in enumerate(heads) if not head.numeric and widths[place] > _NARROWEST]
        places = words or [place for place, each in enumerate(widths) if each > _NARROWEST]
        if not places:
            break
        widths[max(places, key=lambda place: widths[place])] -= 1
    return widths


def _lines(cells: Sequence[str], heads: Sequence[Head], widths: Sequence[int]) -> Iterator[str]:
    folded = [_folded(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*folded, fillvalue=""):
        placed = zip(parts, heads, widths, strict=True)
        yield _GAP.join(
            part.rjust(width) if head.numeric else part.ljust(width) for part, head, width in placed
        ).rstrip()


def _folded(cell: str, width: int) -> list[str]:
    return [cell[start : start + width] for start in range(0, len(cell), width)] or [""]
