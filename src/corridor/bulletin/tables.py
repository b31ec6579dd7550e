"""Small tables in a text: a head that says what its columns are, and rows of goods with a number in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corridor.bulletin import said
from corridor.bulletin.claims import BALANCES, TOTAL, UNKNOWN, Claim, Language, MeasureName, Of, StatedUnit
from corridor.bulletin.clues import measure_of
from corridor.bulletin.maker import Setting, Times, make
from corridor.bulletin.numbers import Number, parse
from corridor.bulletin.phrases import Mark
from corridor.bulletin.quantities import Quantity
from corridor.bulletin.roles import Asserted
from corridor.bulletin.scene import Scene
from corridor.bulletin.subject import Subject
from corridor.bulletin.tokens import Token, tokenise
from corridor.bulletin.when import When
from corridor.bulletin.words import phrases

_LINE = re.compile(r"[^\n]+")
# Cells are parted by a tab, by a bar, by a dash between blanks, or stand in columns.
_PARTS = (re.compile(r"\t"), re.compile(r"[ \t]*\|[ \t]*"), re.compile(r" [–—] "), re.compile(r"(?<=\S) {2,}"))
_RULE = re.compile(r"[\s|:–—-]*")
_NUMBER = re.compile(r"(?P<sign>[-−–+]?)[ \u00a0]?(?P<digits>[0-9][0-9.,   ]*)[ \u00a0]?%?")
# "+/- (%)": a head without words; "Изменение, %", "Biến động (%)": one that does not tell which way.
_CHANGES = re.compile(r"[+±Δ↑]|измен|прирост|динамик|thay đổi|biến động|chênh lệch|chang", re.IGNORECASE)
_PERCENT = Mark("unit", "percent", 0, 0)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# An annex has more columns, told in two heads.
_MOST_COLUMNS = 6
_AROUND_CELLS = " \t\r\n|"
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
    """What a head says of the numbers below it; ``when`` is a period of its own, ``base`` what they are set against.

    ``unit`` is None where the row's label or the table's title tells it. ``flow`` is that of the column alone.
    """

    measure: MeasureName
    unit: StatedUnit | None
    magnitude: float = 1.0
    of: Of = "value"
    when: Mark | None = None
    base: Mark | None = None
    flow: str = ""


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
    if not rows or len(rows) > _MOST_ROWS or not _heads(head[0]) or not all(map(_has_numbers, rows)):
        return
    yield Table(head[0][0].start, rows[-1][-1].end, head[0], tuple(rows))


def _heads(cells: Sequence[Cell]) -> bool:
    """Whether a line has no numbers but years."""
    return all(_YEAR.fullmatch(cell.text) for cell in cells if _NUMBER.fullmatch(cell.text))


def _has_numbers(cells: Sequence[Cell]) -> bool:
    return not _NUMBER.fullmatch(cells[0].text) and any(_NUMBER.fullmatch(cell.text) for cell in cells[1:])


def _cells(line: re.Match[str]) -> tuple[re.Pattern[str] | None, tuple[Cell, ...]]:
    text = line.group()
    part = next((each for each in _PARTS if each.search(text)), None) if len(text) <= _LONGEST_LINE else None
    if part is None:
        return None, ()
    text = text.rstrip()
    edges = [(0, 0), *(found.span() for found in part.finditer(text)), (len(text), len(text))]
    found = [_cell(text, line.start(), one[1], other[0]) for one, other in pairwise(edges)]
    if text.lstrip().startswith("|"):
        found = found[1:-1] if not found[-1].text else found[1:]
    return (part, tuple(found)) if 1 < len(found) <= _MOST_COLUMNS else (None, ())


def _cell(line: str, offset: int, start: int, end: int) -> Cell:
    text = line[start:end]
    start += len(text) - len(text.lstrip())
    return Cell(offset + start, offset + start + len(text.strip()), text.strip())


def table_claims(text: str, table: Table, lang: Language, scene: Scene) -> Iterator[Claim]:
    """What the rows of a table assert of the trade that was spoken of before it; nothing where its head is unclear."""
    columns = _columns(text, table, lang)
    if not columns:
        return
    title = _level(_marks(text, table.head[0], lang)) or _level(_title(text, table.start, lang))
    periods = [when for column in columns.values() if (when := _when(column, scene))]
    scene = replace(scene, when=_last_of(periods, scene.when))
    labels = [_label(_marks(text, row[0], lang), scene) for row in table.rows]
    for row, marks, section in zip(table.rows, labels, _sections(labels), strict=True):
        told = _level(marks) or title
        for place, column in columns.items():
            number = _number(row[place], lang)
            column = column if column.unit or not told else _told_beside(column, told)
            if number is not None and column.unit is not None:
                subject = _subject(row[0], marks, column.flow or section, scene)
                setting = Setting(text, (_token(row[place]),), lang, scene, subject, None)
                claim = _claim(setting, _dated(column, marks), number, scene)
                yield from [claim] if claim is not None else []


def _label(marks: Sequence[Mark], scene: Scene) -> Sequence[Mark]:
    """The marks of a row's label; below a title on exports "Tổng kim ngạch" is their total, no turnover."""
    trade = scene.flow in ("export", "import")
    return [replace(mark, kind="total") if trade and mark.slot("sum") else mark for mark in marks]


def _sections(labels: Sequence[Sequence[Mark]]) -> list[str]:
    """The flow of each row: its total ("Total exports | …") tells it above, or below where the first row has none."""
    told = [next((mark.value for mark in marks if mark.kind == "flow"), "") for marks in labels]
    above = bool(told) and bool(told[0])
    found: list[str] = []
    flow = ""
    for each in told if above else told[::-1]:
        flow = each or flow
        found.append(flow)
    return found if above else found[::-1]


def _told_beside(column: Column, told: Column) -> Column:
    """A column with the unit that the row's label or the title tells."""
    return replace(column, measure=told.measure, unit=told.unit, magnitude=told.magnitude, of=told.of)


def _dated(column: Column, row: Sequence[Mark]) -> Column:
    """ "January | 179.0 | 196.5": the period that the row's label tells."""
    when = next((mark for mark in row if mark.kind == "period"), None)
    return replace(column, when=column.when or when)


def _title(text: str, start: int, lang: Language) -> list[Mark]:
    """The marks of the line above a table."""
    above = text[:start].rstrip(_AROUND_CELLS)
    begin = above.rfind("\n") + 1
    return _marks(text, Cell(max(begin, len(above) - _LONGEST_LINE), len(above), ""), lang)


def _last_of(periods: Sequence[When], otherwise: When | None) -> When | None:
    """The period of a column that tells none: the latest of the others."""
    return max(periods, default=otherwise) if len(periods) > 1 else otherwise


def _columns(text: str, table: Table, lang: Language) -> dict[int, Column]:
    found: dict[int, Column] = {}
    of: Of = "value"
    for place, cell in enumerate(table.head[1:], start=1):
        marks = _marks(text, cell, lang)
        if _in_percent(table, place):
            # "Change | +5.2%": the cells tell the unit.
            marks.append(_PERCENT)
        column = _column(marks, of, changes=_CHANGES.search(cell.text) is not None)
        if column is not None:
            found[place] = column
            of = "volume" if column.measure == "volume" else "value" if column.measure == "value" else of
    told = [(column.measure, column.of, column.flow, column.when and column.when.slots) for column in found.values()]
    return found if all(told.count(each) == 1 for each in told) else {}


def _in_percent(table: Table, place: int) -> bool:
    """Whether all numbers of a column are percentages."""
    cells = [row[place].text for row in table.rows if _NUMBER.fullmatch(row[place].text)]
    return bool(cells) and all(cell.endswith("%") for cell in cells)


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


def _column(marks: Sequence[Mark], of: Of, *, changes: bool) -> Column | None:
    kinds = {mark.kind for mark in marks}
    units = {mark.value for mark in marks if mark.kind in ("unit", "header")}
    when = next((mark for mark in marks if mark.kind == "period"), None)
    if "contribution" in kinds or "pp" in units:
        return None
    if "percent" in units and "share" in kinds:
        return Column("share", "percent", when=when)
    of = next((measure_of(mark) for mark in marks if mark.kind == "measure"), of)
    over = any(mark.kind == "prep" and mark.value.endswith(("/over", "/against")) for mark in marks)
    counted = "percent" in units or (not units and any(mark.kind == "ratio" for mark in marks))
    if counted and (over or changes or kinds & {"base", "then", "direction", "ratio"}):
        base = next((mark for mark in marks if mark.kind in ("base", "then")), None)
        return Column("growth_volume" if of == "volume" else "growth_value", "percent", of=of, base=base or when)
    if kinds & {"direction", "base", "then", "share"} or "percent" in units:
        return None
    flow = next((mark.value for mark in marks if mark.kind == "flow"), "")
    level = _level(marks)
    if level is None and (when is not None or flow):
        level = Column("value", None)
    return replace(level, when=when, flow=flow) if level is not None else None


def _level(marks: Sequence[Mark]) -> Column | None:
    """What unit the marks tell: of value or of volume."""
    units = {mark.value for mark in marks if mark.kind in ("unit", "header")}
    magnitude = next((float(mark.value) for mark in marks if mark.kind == "scale"), 1.0)
    magnitude = next((float(mark.slot("s") or 1) for mark in marks if mark.kind == "header"), magnitude)
    if "per_t" in units:
        return Column("unit_value", "USD", magnitude, of="unit_value")
    if "usd" in units:
        return Column("value", "USD", magnitude)
    return Column("volume", "t", magnitude, of="volume") if "t" in units else None


def _subject(cell: Cell, marks: Sequence[Mark], flow: str, scene: Scene) -> Subject:
    subject = Subject.of(scene)
    told = next((mark.value for mark in marks if mark.kind == "flow"), "")
    if flow or told:
        subject.take_flow(told or flow)
    product = next((mark.value for mark in marks if mark.kind == "product"), "")
    if not product and not told and any(mark.kind in ("measure", "unit") for mark in marks):
        # "Volume, thousand tonnes": the goods of the title.
        return replace(subject, fresh_flow=True)
    whole = bool(told) or any(mark.kind in ("total", "goods", "period") for mark in marks)
    named = (product, cell.text) if product else (TOTAL, "") if whole else (UNKNOWN, cell.text)
    return replace(subject, product=named[0], word=named[1], fresh_flow=True)


def _number(cell: Cell, lang: Language) -> Number | None:
    found = _NUMBER.fullmatch(cell.text)
    if found is None:
        return None
    number = parse(found["digits"].strip(), lang)
    return number.scaled(-1.0) if number is not None and found["sign"] in ("-", "−", "–") else number


def _token(cell: Cell) -> Token:
    return Token("number", cell.start, cell.end, cell.text, cell.text, False)


def _claim(setting: Setting, column: Column, number: Number, scene: Scene) -> Claim | None:
    unit = column.unit
    if unit is None or (column.measure == "share" and setting.subject.product == TOTAL):
        return None
    scaled = number.scaled(column.magnitude)
    if setting.subject.flow in BALANCES and column.measure == "value":
        column = replace(column, measure="balance")
    quantity = Quantity("percent", scaled, 0, 1, magnitude=column.magnitude)
    changes = column.measure in ("growth_value", "growth_volume")
    stated = scaled.interval(unit)
    what = Asserted(column.measure, stated, scaled.value, scaled.step, column.of, compares=changes)
    return make(setting, quantity, what, _times(column, scene), "products" if column.measure == "share" else "")


def _times(column: Column, scene: Scene) -> Times:
    when = _when(column, scene) or scene.when
    if column.base is None:
        return Times(when)
    if column.base.kind == "period":
        return Times(when, named_base=_base(column.base, scene))
    return Times(when, base_mark=column.base)


def _when(column: Column, scene: Scene) -> When | None:
    """The period of a column; a year beside a shorter period means that year's same months."""
    when = said.period(_dated_mark(column.when, scene), scene.year, scene.when) if column.when else None
    months = scene.when
    if (
        when is None
        or months is None
        or when.length != 12
        or months.length >= 12
        or months.start_year != months.end_year
    ):
        return when
    return months.shifted(when.first - 12 * months.start_year)


def _base(mark: Mark, scene: Scene) -> When | None:
    return said.period(_dated_mark(mark, scene), scene.year, scene.when)


def _dated_mark(mark: Mark, scene: Scene) -> Mark:
    """ "2024/25" at the head of a column."""
    return scene.fiscal.dated_mark(mark)
