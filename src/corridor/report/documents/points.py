"""The points of a chart as its table holds them: whose they are, how large, which one leads."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from corridor.evidence import Finding, Measure, Name
from corridor.report.documents.document import Row, Table

#: Values nearer than this to each other, in relation to their size, are equal: arithmetic leaves such differences.
_NOISE = 1e-9


@dataclass(frozen=True)
class Point:
    """One figure of a row: what the row is called, the value, the row."""

    name: Name | Finding
    value: float
    row: Row

    def at(self, place: int) -> float | None:
        """The value of another series of the same row."""
        return value_at(self.row, place)


def value_at(row: Row, place: int) -> float | None:
    """The figure of a row in the series ``place``, from 0."""
    cell = row.cells[place + 1]
    return cell.value if isinstance(cell, Measure) else None


def points(figures: Table, place: int = 0) -> list[Point]:
    """The figures of a series that exist, in the order of the rows."""
    return [
        Point(name, value, row)
        for row in figures.rows
        if (value := value_at(row, place)) is not None and isinstance(name := row.cells[0], Name | Finding)
    ]


def equal(one: float, other: float) -> bool:
    """Whether two values differ by no more than arithmetic leaves."""
    return math.isclose(one, other, rel_tol=_NOISE)


def ranked(found: Iterable[Point]) -> list[Point]:
    """The points, largest first; equal ones keep their order."""
    return sorted(found, key=lambda point: -point.value)


def leader(found: Iterable[Point]) -> Point | None:
    """The point that is larger than every other; None where two share the first place, or there is none."""
    first, second = [*ranked(found), None, None][:2]
    if first is None or second is None:
        return first
    return None if equal(first.value, second.value) else first


def least(found: Iterable[Point]) -> Point | None:
    """The point that is smaller than every other; None where two share the last place, or there is none."""
    last, other = [*reversed(ranked(found)), None, None][:2]
    if last is None or other is None:
        return last
    return None if equal(last.value, other.value) else last


def traces_of(*found: Point) -> tuple[str, ...]:
    """The publisher's rows behind points."""
    return tuple(dict.fromkeys(trace for point in found for trace in point.row.traces))
