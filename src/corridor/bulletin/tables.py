"""Small tables in a text: a head that says what its columns are, and rows of goods with a number in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corridor.bulletin import said
from corridor.bulletin.claims import TOTAL, UNKNOWN, Claim, Language, MeasureName, Of, StatedUnit
from corridor.bulletin.maker import Setting, Times, make
from corridor.bulletin.numbers import Number, parse
from corridor.bulletin.phrases import Mark
from corridor.bulletin.quantities import Quantity
from corridor.bulletin.roles import Asserted
from corridor.bulletin.scene import Scene, Subject
from corridor.bulletin.tokens import Token, tokenise
from corridor.bulletin.when import When
from corridor.bulletin.words import phrases

_LINE = re.compile(r"[^\n]+")
# Cells are parted by a tab, by a bar, or by a dash between blanks.
_PARTS = (re.compile(r"\t"), re.compile(r"[ \t]*\|[ \t]*"), re.compile(r" [–—] "))
_RULE = re.compile(r"[\s|:–—-]*")
_NUMBER = re.compile(r"(?P<sign>[-−–+]?)[ \u00a0]?(?P<digits>[0-9][0-9.,   ]*)[ \u00a0]?%?")
# An annex has more columns, told in two heads.
_MOST_COLUMNS = 6
_MOST_ROWS = 200
_LONGEST_LINE = 300


@dataclass(frozen=True)
class Cell:
    """A stretch of a row without the blanks around it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Column:
    """What a head says of the numbers below it; ``when`` is a period of its own, ``base`` what they are set against."""

    measure: MeasureName
    unit: StatedUnit
    magnitude: float = 1.0
    of: Of = "value"
    when: Mark | None = None
    base: Mark | None = None


@dataclass(frozen=True)
class Table:
    """A head and the rows under it, from ``start`` to ``end`` of the text."""

    start: int
    end: int
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(text: str) -> Iterator[Table]:
    """The tables of a text whose rows all have a number beside their first cell."""
    held: list[tuple[Cell, ...]] = []
    parted: re.Pattern[str] | None = None
    for line in _LINE.finditer(text):
        if held and _RULE.fullmatch(line.group()[:_LONGEST_LINE]):
            continue
        part, cells = _cells(line)
        if part is not parted or (held and len(cells) != len(held[0])):
            yield from _table(held)
            held = []
        parted = part
        if part is not None:
            held.append(cells)
    yield from _table(held)


def _table(lines: Sequence[tuple[Cell, ...]]) -> Iterator[Table]:
    head, rows = lines[:1], lines[1:]
    if not rows or len(rows) > _MOST_ROWS or _has_numbers(head[0]) or not all(map(_has_numbers, rows)):
        return
    yield Table(head[0][0].start, rows[-1][-1].end, head[0], tuple(rows))


def _has_numbers(cells: Sequence[Cell]) -> bool:
    return not _NUMBER.fullmatch(cells[0].text) and any(_NUMBER.fullmatch(cell.text) for cell in cells[1:])


def _cells(line: re.Match[str]) -> tuple[re.Pattern[str] | None, tuple[Cell, ...]]:
    text = line.group()
    part = next((each for each in _PARTS if each.search(text)), None) if len(text) <= _LONGEST_LINE else None
    if part is None:
        return None, ()
    edges = [(0, 0), *(found.span() for found in part.finditer(text)), (len(text), len(text))]
    found = [_cell(text, line.start(), one[1], other[0]) for one, other in zip(edges, edges[1:], strict=False)]
    if text.lstrip().startswith("|"):
        found = found[1:-1] if not found[-1].text else found[1:]
    return (part, tuple(found)) if 1 < len(found) <= _MOST_COLUMNS else (None, ())


def _cell(line: str, offset: int, start: int, end: int) -> Cell:
    text = line[start:end]
    start += len(text) - len(text.lstrip())
    return Cell(offset + start, offset + start + len(text.strip()), text.strip())


def table_claims(text: str, table: Table, lang: Language, scene: Scene) -> Iterator[Claim]:
    """What the rows of a table assert of the trade that was spoken of before it; nothing where its head is unclear."""
    columns = _columns(text, table.head, lang)
    if not columns:
        return
    for row in table.rows:
        subject = _subject(text, row[0], lang, scene)
        for place, column in columns.items():
            cell = row[place]
            number = _number(cell, lang)
            if number is not None:
                setting = Setting(text, (_token(cell),), lang, scene, subject, None)
                claim = _claim(setting, column, number, scene)
                if claim is not None:
                    yield claim


def _columns(text: str, head: Sequence[Cell], lang: Language) -> dict[int, Column]:
    found: dict[int, Column] = {}
    of: Of = "value"
    for place, cell in enumerate(head[1:], start=1):
        column = _column(_marks(text, cell, lang), of)
        if column is not None:
            found[place] = column
            of = "volume" if column.measure == "volume" else "value" if column.measure == "value" else of
    told = [(column.measure, column.of, column.when and column.when.slots) for column in found.values()]
    return found if all(told.count(each) == 1 for each in told) else {}


def _marks(text: str, cell: Cell, lang: Language) -> list[Mark]:
    tokens = tokenise(text, cell.start, cell.end, lang)
    found: list[Mark] = []
    place = 0
    while place < len(tokens):
        mark = next(phrases(lang).at(tokens, place), None)
        if mark is not None:
            found.append(mark)
        place = mark.j if mark is not None else place + 1
    return found


def _column(marks: Sequence[Mark], of: Of) -> Column | None:
    kinds = {mark.kind for mark in marks}
    units = {mark.value for mark in marks if mark.kind in ("unit", "header")}
    when = next((mark for mark in marks if mark.kind == "period"), None)
    if "contribution" in kinds or "pp" in units:
        return None
    if "percent" in units and "share" in kinds:
        return Column("share", "percent", when=when)
    if "percent" in units and kinds & {"base", "then", "direction", "ratio"}:
        base = next((mark for mark in marks if mark.kind in ("base", "then")), None)
        return Column("growth_volume" if of == "volume" else "growth_value", "percent", of=of, base=base or when)
    if kinds & {"direction", "base", "then", "share"} or "percent" in units:
        return None
    return _level(marks, units, when)


def _level(marks: Sequence[Mark], units: set[str], when: Mark | None) -> Column | None:
    magnitude = next((float(mark.value) for mark in marks if mark.kind == "scale"), 1.0)
    magnitude = next((float(mark.slot("s") or 1) for mark in marks if mark.kind == "header"), magnitude)
    if "usd" in units:
        return Column("value", "USD", magnitude, when=when)
    return Column("volume", "t", magnitude, of="volume", when=when) if "t" in units else None


def _subject(text: str, cell: Cell, lang: Language, scene: Scene) -> Subject:
    marks = _marks(text, cell, lang)
    subject = Subject.of(scene)
    flow = next((mark.value for mark in marks if mark.kind == "flow"), "")
    if flow:
        subject.take_flow(flow)
    product = next((mark.value for mark in marks if mark.kind == "product"), "")
    whole = bool(flow) or any(mark.kind == "total" for mark in marks)
    told = (product, cell.text) if product else (TOTAL, "") if whole else (UNKNOWN, cell.text)
    return replace(subject, product=told[0], word=told[1], fresh_flow=True)


def _number(cell: Cell, lang: Language) -> Number | None:
    found = _NUMBER.fullmatch(cell.text)
    if found is None:
        return None
    number = parse(found["digits"].strip(), lang)
    return number.scaled(-1.0) if number is not None and found["sign"] in ("-", "−", "–") else number


def _token(cell: Cell) -> Token:
    return Token("number", cell.start, cell.end, cell.text, cell.text, False)


def _claim(setting: Setting, column: Column, number: Number, scene: Scene) -> Claim | None:
    scaled = number.scaled(column.magnitude)
    quantity = Quantity("percent", scaled, 0, 1, magnitude=column.magnitude)
    changes = column.measure in ("growth_value", "growth_volume")
    stated = scaled.interval(column.unit)
    what = Asserted(column.measure, stated, scaled.value, scaled.step, column.of, compares=changes)
    return make(setting, quantity, what, _times(column, scene), "products" if column.measure == "share" else "")


def _times(column: Column, scene: Scene) -> Times:
    when = said.period(column.when, scene.year, scene.when) if column.when else scene.when
    if column.base is None:
        return Times(when)
    if column.base.kind == "period":
        return Times(when, named_base=_base(column.base, scene))
    return Times(when, base_mark=column.base)


def _base(mark: Mark, scene: Scene) -> When | None:
    return said.period(mark, scene.year, scene.when)
