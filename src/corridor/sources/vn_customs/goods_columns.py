"""Where the columns of a commodity form stand on a page, read off the page's own heading.

After number, label and unit come quantity and value of the period, their changes in per cent, and the same since the
year began: eight columns of figures, or four in a form without changes. A number belongs to the column where it ends.
"""

from __future__ import annotations

from itertools import pairwise

from corridor.errors import Where
from corridor.sources.vn_customs.columns import UNIT_OVERHANG, Columns, broken, middles
from corridor.sources.vn_customs.lines import Line
from corridor.sources.vn_customs.words import Word

#: Columns of figures -> where the quantity and the value of the period and of the year to date stand among them.
LAYOUTS = {8: (0, 1, 4, 5), 4: (0, 1, 2, 3)}


def goods_heading(lines: list[Line], where: Where) -> tuple[int, Columns]:
    """How many lines reach down to the heading's end, and the columns beneath it.

    Raises `BrokenLayout` unless the page has a heading with a unit, and as many words for quantity as for value, two or
    four, in turns from left to right.
    """
    last = max((at for at, line in enumerate(lines) if line.places("Lượng")), default=None)
    if last is None:
        raise broken("no heading with “Lượng”", where)
    if last + 1 < len(lines) and lines[last + 1].places("(USD)"):
        last += 1
    above = lines[: last + 1]
    units = [word for line in above for word in line.places("ĐVT")]
    quantities = [word for line in above for word in line.places("Lượng")]
    values = [word for line in above for word in _values(line)]
    figures = sorted([*quantities, *values], key=lambda word: word.end)
    in_turns = figures[::2] == sorted(quantities, key=lambda word: word.end)
    if len(units) != 1 or len(figures) not in LAYOUTS or len(quantities) != len(values) or not in_turns:
        raise broken("the columns do not stand in the known order", where)
    ends = [units[0].end, *(word.end for word in figures)]
    return last + 1, Columns(units[0].start - UNIT_OVERHANG, middles(ends), LAYOUTS[len(figures)])


def _values(line: Line) -> list[Word]:
    """The words “giá” of the value columns, “(USD)” behind them where it stands on the same line."""
    found = []
    for word, following in pairwise([*line.words, None]):
        if word is not None and word.text == "giá":
            found.append(following if following is not None and following.text == "(USD)" else word)
    return found
