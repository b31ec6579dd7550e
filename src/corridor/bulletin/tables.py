"""What the tables of a text assert: each number by its column's head, its row's label, its section and the title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corridor.bulletin.claims import (
    BALANCES,
    GROWTH_OF,
    TOTAL,
    UNKNOWN,
    Among,
    Claim,
    Language,
    Level,
    MeasureName,
    Of,
    StatedUnit,
)
from corridor.bulletin.columns import Column, columns, is_wordy, rate
from corridor.bulletin.entries import Entry, entries
from corridor.bulletin.grids import Cell, Grid
from corridor.bulletin.heads import Kind, Told, level_of, read
from corridor.bulletin.maker import Setting, Times, make
from corridor.bulletin.quantities import Quantity
from corridor.bulletin.roles import Asserted
from corridor.bulletin.scene import WORLD, Scene
from corridor.bulletin.subject import Subject
from corridor.bulletin.titles import Title, title
from corridor.bulletin.tokens import Token
from corridor.bulletin.when import YEAR, When

_LEVELS: dict[Of, MeasureName] = {"value": "value", "volume": "volume", "unit_value": "unit_value"}
_OWN_UNITS: dict[str, tuple[Of, StatedUnit]] = {
    "usd": ("value", "USD"), "t": ("volume", "t"), "piece": ("volume", "pieces"), "per_t": ("unit_value", "USD"),
}  # fmt: skip
_RATES: frozenset[Kind] = frozenset({"growth", "ratio", "compared", "share"})


@dataclass(frozen=True)
class Row:
    """A row's label and its other words, with what heads the section it stands in."""

    label: Cell
    told: Told
    section: Told
    kind: Kind


@dataclass(frozen=True)
class _Reader:
    """``markets``: the rows are countries, ``goods``: some are goods, ``months``: all those that rows are of."""

    text: str
    lang: Language
    scene: Scene
    title: Title
    markets: bool
    goods: bool
    months: When | None


def table_claims(text: str, grid: Grid, lang: Language, scene: Scene) -> Iterator[Claim]:
    """What the rows of a table assert; nothing of a column whose head is unclear."""
    heads = [read(text, [line[place] for line in grid.heads], lang) for place in range(len(grid.rows[0]))]
    over = title(text, grid, heads, lang, scene)
    cells = [
        [list(entries(text, cell, lang)) if at > grid.label else [] for at, cell in enumerate(row)] for row in grid.rows
    ]
    known = columns(grid, cells, heads, over)
    if not known or over.mute or not (grid.heads or over.levels or over.rate != "mute"):
        return
    wordy = [at for at in range(len(grid.rows[0])) if at > grid.label and _is_wordy(grid, cells, at)]
    labels = _with_units([read(text, [row[grid.label], *(row[at] for at in wordy)], lang) for row in grid.rows])
    goods = any(told.product for told in labels)
    reader = _Reader(text, lang, scene, over, _lists_markets(labels, cells), goods, _months(labels, over))
    sections = _sections(grid, labels, cells, over)
    for row, told, section, held in zip(grid.rows, labels, sections, cells, strict=True):
        if not any(held):
            continue
        kind = rate(told.kind, [entry for each in held for entry in each])
        named = Row(row[grid.label], told, section, kind)
        for place, column in known.items():
            for entry in held[place]:
                claim = _claim(reader, named, column, entry, row[place])
                yield from [claim] if claim is not None else []


def _with_units(labels: Sequence[Told]) -> list[Told]:
    """ "Turnover, USD million", and below it "of which exports": the unit holds till another is told.

    "Growth, %" below it is its growth.
    """
    found: list[Told] = []
    levels: tuple[Level, ...] = ()
    rated = Told()
    for told in labels:
        levels = told.levels or levels
        if told.kind in _RATES and not (told.flow or told.product or told.place or told.whole):
            told = replace(rated, kind=told.kind, base=told.base, percent=told.percent)
        elif not told.kind:
            rated = told = told if told.levels or told.of else replace(told, levels=levels)
        found.append(told)
    return found


def _is_wordy(grid: Grid, cells: Sequence[Sequence[list[Entry]]], place: int) -> bool:
    return is_wordy([row[place] for row in grid.rows], [row[place] for row in cells])


def _lists_markets(labels: Sequence[Told], cells: Sequence[Sequence[list[Entry]]]) -> bool:
    """Whether the rows are countries."""
    rows = [told for told, held in zip(labels, cells, strict=True) if any(held)]
    return 2 * sum(bool(told.place) and not told.product for told in rows) > len(rows)


def _months(labels: Sequence[Told], over: Title) -> When | None:
    """All the months that rows are of: a total below them is of these."""
    found = [when for told in labels if told.when and not told.whole and (when := over.period(told.when))]
    months = [when for when in found if when.length == 1]
    return When(min(months).first, max(months).last) if len(months) > 1 and len(months) == len(found) else None


def _sections(grid: Grid, labels: Sequence[Told], cells: Sequence[Sequence[list[Entry]]], over: Title) -> list[Told]:
    """What heads each row: a row of its own, or the total of a flow, above, or below where the first row has none."""
    found: list[Told] = []
    now = Told()
    for told, held in zip(labels, cells, strict=True):
        if not any(held):
            now = told if told.spoken else now
        elif told.heads_trade and not told.kind:
            now = Told(flow=told.flow, roles=told.roles)
        found.append(now)
    first = next((told for told in labels if told.heads_trade), None)
    headless = bool(labels) and bool(labels[0].product) and not (found[0].flow or labels[0].flow)
    below = first is not None and headless and not over.told.flow and found[-1].flow
    return _from_below(labels) if below and all(any(held) for held in cells) else found


def _from_below(labels: Sequence[Told]) -> list[Told]:
    found: list[Told] = []
    now = Told()
    for told in reversed(labels):
        now = Told(flow=told.flow, roles=told.roles) if told.heads_trade else now
        found.append(now)
    return found[::-1]


def _claim(reader: _Reader, row: Row, column: Column, entry: Entry, cell: Cell) -> Claim | None:
    kind = _kind(row, column, entry)
    level = None if kind or entry.unit else _level(reader, row, column)
    if kind == "mute" or (kind == "" and level is None and entry.unit not in _OWN_UNITS):
        return None
    subject = _subject(reader, row, column)
    if subject is None:
        return None
    share = kind == "share"
    if share and _is_whole(reader, row, subject):
        return None
    what = _asserted(entry, kind, level, _of(reader, row, column), subject)
    if what is None:
        return None
    quantity = Quantity("percent", entry.number, 0, 1, magnitude=level.magnitude if level else entry.magnitude)
    token = Token("number", cell.start, cell.end, cell.text, cell.text, False)
    setting = Setting(reader.text, (token,), reader.lang, reader.scene, subject, None)
    among: Among = "" if not share else "partners" if reader.markets else "products"
    return make(setting, quantity, what, _times(reader, row, column), among)


def _kind(row: Row, column: Column, entry: Entry) -> Kind:
    """What a number is: its column tells, else its row, else its own signs."""
    if "mute" in (column.kind, row.kind):
        return "mute"
    kind = column.kind or row.kind
    if entry.beside:
        return "growth" if kind == "" else "mute"
    if entry.unit == "times":
        return "growth" if kind in ("growth", "ratio") else "mute"
    rates = kind in ("growth", "ratio", "share")
    return kind if rates == (entry.unit == "percent") or not entry.unit else "mute"


def _level(reader: _Reader, row: Row, column: Column) -> Level | None:
    """The unit of an amount: told by its column, its row, its section or the title."""
    of = column.told.of or row.told.of
    own = column.told.level(of)
    if own is not None or column.told.levels:
        return own
    levels = row.told.levels or row.section.levels or reader.title.levels
    return level_of(levels, of)


def _of(reader: _Reader, row: Row, column: Column) -> Of:
    """What changes: as the column says, else as the amounts of the row are counted."""
    if column.of:
        return column.of
    told = row.told.of or next((level.of for level in row.told.levels), None)
    return told or reader.title.told.of or next((level.of for level in reader.title.levels), None) or "value"


def _asserted(entry: Entry, kind: Kind, level: Level | None, of: Of, subject: Subject) -> Asserted | None:
    number = entry.number
    if kind == "share":
        return Asserted("share", number.interval("percent"), number.value, number.step)
    if kind == "ratio" or entry.unit == "times":
        number = number if entry.unit == "times" else number.scaled(0.01)
        return Asserted("multiple", number.interval("ratio"), number.value, number.step, of, compares=True)
    if kind == "growth":
        measure = GROWTH_OF.get(of, "unit_value")
        return Asserted(measure, number.interval("percent"), number.value, number.step, of, compares=True)
    own = _OWN_UNITS.get(entry.unit)
    counted = Level(*own, 1.0) if own else level
    if counted is None:
        return None
    number = number.scaled(counted.magnitude)
    measure = _LEVELS[counted.of]
    if subject.flow in BALANCES and measure == "value":
        measure = "balance"
        number = number.scaled(-1.0) if subject.flow == "deficit" and number.value > 0 else number
    elif number.value < 0:
        # Nobody trades less than nothing: it is a change.
        return None
    return Asserted(measure, number.interval(counted.unit), number.value, number.step, counted.of)


def _subject(reader: _Reader, row: Row, column: Column) -> Subject | None:
    """Whose trade in what; None of a row that names neither goods nor anything else known."""
    subject = Subject.of(reader.scene)
    told = (column.told, row.told, row.section, reader.title.told)
    flow = next((each.flow for each in told if each.flow), "")
    if flow:
        subject.take_flow(flow)
    named = _product(reader, row, column)
    if named is None:
        return None
    subject.product, subject.word = named
    _take_sides(subject, reader, row, column)
    subject.fresh_flow = True
    return subject


def _product(reader: _Reader, row: Row, column: Column) -> tuple[str, str] | None:
    """The goods of a row: named by itself, its section, its column, or by the title of what is no list of goods."""
    told = row.told
    if told.product:
        return told.product, row.label.text
    if told.other:
        return None
    above = row.section.product or column.told.product
    titled = reader.title.told.product
    if above or (titled and (reader.markets or _is_no_goods(told) or (told.whole and not reader.goods))):
        return above or titled, row.label.text
    if told.whole or told.flow or told.when or told.place or _is_no_goods(told):
        return TOTAL, ""
    return None if reader.markets else (UNKNOWN, row.label.text)


def _is_no_goods(told: Told) -> bool:
    """ "Volume, thousand tonnes", "January": a label that says nothing of goods."""
    return bool(told.when or told.of or told.levels or told.place or told.flow) and not told.product


def _take_sides(subject: Subject, reader: _Reader, row: Row, column: Column) -> None:
    roles: dict[str, str] = {}
    for told in (row.section, row.told, column.told):
        roles |= told.roles
        if told.place:
            roles["with"] = told.place
    owner = reader.title.told.roles.get("of", "") or (reader.title.told.place if reader.markets else "")
    if owner and "of" not in roles and owner not in roles.values() and (roles or reader.markets):
        roles["of"] = owner
    if WORLD in roles.values() or (reader.markets and not row.told.place and row.told.whole):
        roles = {role: code for role, code in roles.items() if code != WORLD}
        subject.world = True
    if roles or subject.world:
        subject.roles = roles
    if not subject.flow:
        subject.roles = {**reader.title.told.roles, **roles}


def _is_whole(reader: _Reader, row: Row, subject: Subject) -> bool:
    """Whether a share would be that of all in all."""
    return subject.world or (row.told.whole if reader.markets else subject.product == TOTAL)


def _times(reader: _Reader, row: Row, column: Column) -> Times:
    when = _when(reader, row, column)
    base = column.base or row.told.base
    if base is None:
        return Times(when, named_base=column.against)
    if base.kind == "period":
        return Times(when, named_base=reader.title.period(base))
    return Times(when, base_mark=base)


def _when(reader: _Reader, row: Row, column: Column) -> When | None:
    """The period of a number; "January" under "2025" is that of the year."""
    mark = row.told.when or row.section.when
    if reader.months is not None and row.told.whole and (mark is None or mark.slot("Y") is None):
        return reader.months
    if mark is None:
        return column.when or reader.title.when
    year = column.when.end_year if column.when is not None and column.when.length == YEAR else None
    when = reader.title.period(mark, year)
    if when is not None and when.length == YEAR and column.told.when is not None:
        return reader.title.period(column.told.when, when.end_year)
    return when or column.when
