"""The columns of a table: what each one's numbers are, of which period, and what they are set against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corridor.bulletin.claims import Of
from corridor.bulletin.entries import Entry
from corridor.bulletin.grids import Cell, Grid
from corridor.bulletin.heads import Kind, Told
from corridor.bulletin.phrases import Mark
from corridor.bulletin.quantities import LEVELS
from corridor.bulletin.titles import Title
from corridor.bulletin.when import When

# Ratios in per cent lie around a hundred, changes around nothing.
_LEAST_RATIO, _USUAL_RATIO = 20.0, 60.0
_RATES: frozenset[Kind] = frozenset({"growth", "ratio", "share"})


@dataclass(frozen=True)
class Column:
    """``kind`` and ``of`` say what the numbers are, ``when`` their period, ``base`` what a change is set against."""

    told: Told
    kind: Kind
    of: Of | None
    when: When | None = None
    base: Mark | None = None
    against: When | None = None

    @property
    def meaning(self) -> tuple[object, ...]:
        """What no two columns of a table share."""
        base = (self.base.kind, self.base.value, *self.base.slots.items()) if self.base else ()
        told = self.told
        named = (told.flow, told.product, told.place, *told.roles.items(), told.when and told.when.value)
        return (self.kind, self.of, *(level.of for level in told.levels[:1]), self.when, self.against, base, *named)


def columns(
    grid: Grid, cells: Sequence[Sequence[list[Entry]]], heads: Sequence[Told], title: Title
) -> dict[int, Column]:
    """The columns that hold amounts, by their place, from what their ``heads`` tell; none that is not understood."""
    found: dict[int, Column] = {}
    of: Of | None = None
    for place in range(grid.label + 1, len(heads)):
        told, column = heads[place], [entry for row in cells for entry in row[place]]
        if not column:
            continue
        kind = _kind(told, column, heads, title, headed=any(line[place].text for line in grid.heads))
        of = _measure(told, kind, of)
        when = title.period(told.when) if told.when else None
        found[place] = Column(told, kind, told.of if kind == "" and not told.levels else of, when, told.base)
    return _without_doubles(_with_periods(found))


def rate(kind: Kind, entries: Sequence[Entry]) -> Kind:
    """Whether numbers that are "in % of", or just set against something, are ratios or changes."""
    if kind not in ("ratio", "compared"):
        return kind
    sizes = [entry.number.value for entry in entries if entry.unit != "times"]
    if not sizes or any(entry.signed for entry in entries):
        return "growth"
    return "ratio" if min(sizes) >= _LEAST_RATIO and median(sizes) >= _USUAL_RATIO else "growth"


def _counts_trade(heads: Sequence[Told]) -> bool:
    """Whether some column holds amounts of money or weight."""
    return any(level.of != "unit_value" for told in heads if told.kind == "" for level in told.levels[:1])


def _kind(told: Told, column: Sequence[Entry], heads: Sequence[Told], title: Title, *, headed: bool) -> Kind:
    """What the numbers of a column are; of one without a head as the title tells."""
    kind = rate(told.kind, column)
    if kind == "price":
        return "" if _counts_trade(heads) else "mute"
    if kind:
        return kind
    if all(entry.unit == "percent" for entry in column):
        return "mute" if headed else title.rate
    if not headed:
        return title.rate if title.rate != "mute" and not title.levels else ""
    return "" if _is_open(told) or all(entry.unit in LEVELS for entry in column) else "mute"


def _is_open(told: Told) -> bool:
    """Whether a head says something of amounts."""
    known = told.of or told.levels or told.flow or told.product or told.place or told.roles or told.when or told.whole
    return bool(known)


def _measure(told: Told, kind: Kind, before: Of | None) -> Of | None:
    """What a column measures; a change that of the amounts before it."""
    of = told.of or (told.levels[0].of if told.levels else None)
    return of or before if kind in _RATES or kind == "" else before


def _with_periods(found: Mapping[int, Column]) -> dict[int, Column]:
    """ "Dec 2023 | change | 2023 | change": a change is of the amounts beside it, of several of the latest."""
    dated: dict[int, Column] = {}
    near: list[When] = []
    amount: Column | None = None
    rated = False
    whens = [column.when for column in found.values() if column.when and column.kind == ""]
    latest = max(whens) if len(set(whens)) > 1 else None
    for place, column in found.items():
        if column.kind == "":
            amount = column
            near, rated = [*([] if rated else near), *([column.when] if column.when else [])], False
            column = column if column.when else replace(column, when=latest)
        elif column.kind in _RATES:
            past = [each.when for each in dated.values() if each.when and each.kind == ""]
            column, rated = _beside(_of_amount(column, amount), near, past), column.kind != "share"
        dated[place] = column
    return dated


def _of_amount(column: Column, amount: Column | None) -> Column:
    """ "Exports | growth | Imports | growth": a change of the flow, the goods or the country beside it."""
    told = column.told
    if amount is None or told.flow or told.product or told.place or told.roles:
        return column
    whose = amount.told
    return replace(
        column,
        told=replace(
            told, flow=whose.flow, goods=whose.goods, product=whose.product, place=whose.place, roles=whose.roles
        ),
    )


def _beside(column: Column, near: Sequence[When], before: Sequence[When]) -> Column:
    """A change with the period of the amounts that it was computed from."""
    if not near or column.when is not None:
        return column
    # "May 2026 | April 2026 | m/m | May 2025 | y/y"
    later = [when for when in before if near[-1] in (when.year_before(), when.before()) and len(near) == 1]
    alike = [when for when in (*near, *later) if when.length == near[-1].length]
    when = max(alike)
    others = [each for each in alike if each != when]
    against = others[0] if len(others) == 1 and column.base is None else None
    return replace(column, when=when, against=against)


def _without_doubles(found: Mapping[int, Column]) -> dict[int, Column]:
    """The columns but those that mean the same as another: one of them was not understood."""
    meanings = [column.meaning for column in found.values()]
    return {
        place: column
        for place, column in found.items()
        if column.kind != "mute" and meanings.count(column.meaning) == 1
    }


def is_wordy(cells: Sequence[Cell], entries: Sequence[list[Entry]]) -> bool:
    """Whether a column says in words what its rows are: their units, their flows."""
    worded = sum(bool(cell.text) and not held for cell, held in zip(cells, entries, strict=True))
    return worded > sum(bool(held) for held in entries)
