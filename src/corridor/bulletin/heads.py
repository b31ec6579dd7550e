"""What the words of a table tell: of a column's head, a row's label, a section, a title - all read in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from corridor.bulletin.amounts import items
from corridor.bulletin.claims import BALANCES, BOTH, Language, Level, Of
from corridor.bulletin.clues import measure_of
from corridor.bulletin.grids import Cell
from corridor.bulletin.marks import find
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Place, with_places
from corridor.bulletin.tokens import Token, tokenise
from corridor.bulletin.words import head_pattern, head_words, homographs, phrases

#: What a number is: an amount, its change, a ratio in per cent, a change or a ratio as the numbers show, a share,
#: the price of a tonne, which beside amounts of trade is their unit value.
Kind = Literal["", "growth", "ratio", "compared", "share", "price", "mute"]


_THOUSANDS = re.compile(r"(?<![\d.,])(?:1[., \u00a0]?|['’])?000(?![\d.,])")
_PER_CENT = r"%\W{0,3}"
_SHORT_YEARS = range(10, 60)
_UNTIL = "until"
# So many heads and labels are kept in mind.
_MOST_HEADS = 4096
# «Месяц», "Tháng": what the labels below are, no time.
_HERE = frozenset({"this_month", "this_period", "year_this"})
_MUTE = frozenset({"contribution", "duty", "mute", "off_topic", "quotation", "rank", "per_day"})
_RATES = frozenset({"base", "then", "direction", "ratio"})


@dataclass(frozen=True)
class Told:
    """What words tell, as far as they do.

    ``of`` is what is measured where a word says it, ``levels`` what it is counted in; ``base`` is what a change is
    set against. ``whole``: all goods are meant; ``place`` is an area without a role, ``roles`` are those of others.
    """

    kind: Kind = ""
    of: Of | None = None
    levels: tuple[Level, ...] = ()
    flow: str = ""
    product: str = ""
    goods: tuple[str, ...] = ()
    whole: bool = False
    when: Mark | None = None
    base: Mark | None = None
    place: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    percent: bool = False
    other: bool = False
    spoken: bool = False

    @property
    def heads_trade(self) -> bool:
        """Whether a flow of all goods is named: what follows may be parts of it."""
        return self.flow in BOTH and not self.product

    def level(self, of: Of | None) -> Level | None:
        """The unit for a measure, or the only one."""
        return level_of(self.levels, of)


def level_of(levels: Sequence[Level], of: Of | None) -> Level | None:
    """The unit for a measure, or the only one."""
    told = next((each for each in levels if each.of == (of or "value")), None)
    return told or (levels[0] if levels and of is None else None)


def _says(what: str, words: str, before: str = "") -> bool:
    return head_pattern(what, before).search(words) is not None


def read(text: str, cells: Sequence[Cell], lang: Language) -> Told:
    """What the words of one cell tell, or of several that stand over each other."""
    cells = [cell for place, cell in enumerate(cells) if cell.end > cell.start and cell not in cells[:place]]
    return _read(tuple(text[cell.start : cell.end] for cell in cells), lang)


@lru_cache(maxsize=_MOST_HEADS)
def _read(parts: tuple[str, ...], lang: Language) -> Told:
    """The same of the words alone: tables repeat their heads and their labels."""
    words = " ".join(parts)
    starts = accumulate((len(part) + 1 for part in parts), initial=0)
    within = ((start, start + len(part)) for start, part in zip(starts, parts, strict=False))
    tokens = [token for start, end in within for token in tokenise(words, start, end, lang)]
    if not tokens:
        return Told()
    marks = list(_marks(tokens, lang))
    when, base = _times(marks, tokens)
    found = Told(
        of=next((measure_of(mark) for mark in marks if mark.kind == "measure"), None),
        levels=_levels(marks, words),
        flow=next((mark.value for mark in marks if mark.kind == "flow"), ""),
        goods=tuple(dict.fromkeys(mark.value for mark in marks if mark.kind == "product")),
        whole=any(mark.kind in ("total", "goods", "whole_country") for mark in marks) or _says("whole", words),
        when=when,
        base=base,
        percent=_in_percent(marks),
        other=_says("other", words),
        spoken=bool(marks),
    )
    found = replace(found, product=found.goods[0] if found.goods else "", kind=_kind(found, marks, words))
    return _with_areas(found, marks, tokens, lang)


def _marks(tokens: Sequence[Token], lang: Language) -> Iterator[Mark]:
    place = 0
    while place < len(tokens):
        mark = _mark(tokens, place, lang) or _numbered_month(tokens, place)
        if mark is not None:
            yield _with_short_year(_as_base(mark), tokens)
        place = mark.j if mark is not None else place + 1


def _mark(tokens: Sequence[Token], place: int, lang: Language) -> Mark | None:
    """The longest phrase; of "May" the month, of "Cars" the goods, of "chỉ tiêu" no pepper, of «в т.ч.» no tonnes."""
    if tokens[place].key == "т" and _is_short(tokens[place + 1 : place + 3]):
        return None
    found = list(phrases(lang).at(tokens, place))
    longest = [mark for mark in found if mark.j == found[0].j]
    known = (mark for kind in ("period", "product") for mark in longest if mark.kind == kind)
    mark = next(known, next(iter(longest), None))
    common = mark is not None and mark.kind == "product" and mark.j == place + 1 and len(tokens) > 1
    return None if common and tokens[place].key in homographs(lang) else mark


def _is_short(after: Sequence[Token]) -> bool:
    return len(after) > 1 and all(token.key in head_words("after_short") for token in after)


def _as_base(mark: Mark) -> Mark:
    """«Прирост к 2023 г.»: in a head no date to be reached, but what is compared with."""
    until = mark.kind == "mute" and mark.value == _UNTIL and mark.slot("Y") is not None
    return Mark("base", "same_year", mark.i, mark.j, mark.slots) if until else mark


def _numbered_month(tokens: Sequence[Token], place: int) -> Mark | None:
    """ "T9": a month by its number."""
    if tokens[place].text != "T" or place + 1 == len(tokens) or tokens[place + 1].start != tokens[place].end:
        return None
    number = tokens[place + 1].text
    month = int(number) if number.isdecimal() and len(number) < 3 else 0
    return Mark("period", "month", place, place + 2, {"m": (month,)}) if 1 <= month <= 12 else None


def _with_short_year(mark: Mark, tokens: Sequence[Token]) -> Mark:
    """ "Sep-25", "Jan-Sep 25", "T9/25"."""
    if mark.kind != "period" or mark.slots.keys() & {"Y", "y", "mY"}:
        return mark
    place = mark.j + (mark.j < len(tokens) and tokens[mark.j].text in "-'’/.")
    year = tokens[place].text if place < len(tokens) else ""
    if len(year) != 2 or not year.isdecimal() or int(year) not in _SHORT_YEARS:
        return mark
    return replace(mark, j=place + 1, slots={**mark.slots, "y": (2000 + int(year),)})


def flow_of_listed(words: str) -> str:
    """The flow that a head over names of countries tells: "Market" is where exports go, "Supplier" sells imports."""
    return "export" if _says("buyer", words) else "import" if _says("seller", words) else ""


def _with_areas(told: Told, marks: Sequence[Mark], tokens: Sequence[Token], lang: Language) -> Told:
    """Whose trade with whom: "Exports to Russia", «Импорт Вьетнама», "Đức"."""
    if not any(mark.kind in ("area", "demonym") for mark in marks):
        return told
    pieces = with_places(items(find(tokens, lang), tokens, lang), tokens, lang)
    places = [piece for piece in pieces if isinstance(piece, Place)]
    bare = next((place.code for place in places if not place.role), "")
    roles = {place.role: place.code for place in reversed(places) if place.role not in ("", "pair")}
    return replace(told, place=bare, roles=roles)


def _times(marks: Sequence[Mark], tokens: Sequence[Token]) -> tuple[Mark | None, Mark | None]:
    """The period spoken of, and what it is set against: "9T/2025 so với 9T/2024"."""
    when: Mark | None = None
    base = next((mark for mark in marks if mark.kind in ("base", "then")), None)
    for place, mark in enumerate(marks):
        if mark.kind != "period" or mark.value in _HERE:
            continue
        before = marks[place - 1] if place else None
        over = before is not None and before.kind == "prep" and before.value.endswith(("/over", "/against"))
        if over or (mark.i and tokens[mark.i - 1].key in head_words("against")) or (when is not None and base is None):
            base = base or mark
        else:
            when = when or mark
    return when, base


def _in_percent(marks: Sequence[Mark]) -> bool:
    return any(mark.kind in ("unit", "header") and mark.value == "percent" for mark in marks)


def _levels(marks: Sequence[Mark], words: str) -> tuple[Level, ...]:
    """Each unit with the magnitude beside it: "thousand tonnes, USD million"."""
    found: list[Level] = []
    thousands = 1e3 if _THOUSANDS.search(words) else 1.0
    for place, mark in enumerate(marks):
        if mark.kind == "header" and mark.value == "usd":
            found.append(Level("value", "USD", float(mark.slot("s") or 1)))
        elif mark.kind == "unit":
            level = _level(mark, _scale(marks, place) or thousands)
            found += [level] if level else []
    return tuple(found)


def _scale(marks: Sequence[Mark], place: int) -> float:
    """The magnitude told just before a unit, else just after it."""
    near = [marks[at] for at in (place - 1, place + 1) if 0 <= at < len(marks)]
    return next((float(mark.value) for mark in near if mark.kind == "scale"), 0.0)


def _level(unit: Mark, magnitude: float) -> Level | None:
    if unit.value == "usd":
        return Level("value", "USD", magnitude)
    if unit.value in ("per_t", "per_piece"):
        return Level("unit_value", "USD", magnitude)
    if unit.value == "per_kg":
        return Level("unit_value", "USD", magnitude * 1e3)
    tonnes = {"t": 1.0, "kt": 1e3, "mt": 1e6, "kg": 1e-3}.get(unit.value)
    if tonnes is not None:
        return Level("volume", "t", magnitude * tonnes)
    return Level("volume", "pieces", magnitude) if unit.value in ("piece", "car") else None


def _kind(told: Told, marks: Sequence[Mark], words: str) -> Kind:
    kinds = {mark.kind for mark in marks}
    if _is_mute(told, marks, words):
        priced = bool(told.levels) and told.levels[0].of == "unit_value" and "quotation" not in kinds
        return "price" if priced else "mute"
    changes = _says("change", words)
    if not told.percent:
        if told.flow in BALANCES or not (changes or "ratio" in kinds or told.base is not None):
            return "share" if not told.levels and _says("share", words) else ""
        return "mute" if told.levels else "compared"
    if "share" in kinds or _says("share", words) or _says("of_total", words, _PER_CENT):
        return "share"
    if _says("pace", words):
        return "ratio"
    if changes:
        return "growth"
    return "compared" if kinds & _RATES or told.base is not None else "mute"


def _is_mute(told: Told, marks: Sequence[Mark], words: str) -> bool:
    """Plans, duties, ranks, points and what is counted in other units."""
    kinds = {mark.kind for mark in marks}
    foreign = "foreign_unit" in kinds and not told.levels and not told.percent
    points = any(mark.kind == "unit" and mark.value == "pp" for mark in marks)
    return foreign or points or bool(kinds & _MUTE) or _says("plan", words)
