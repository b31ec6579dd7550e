"""A rectangle cut into rectangles of given areas, as square as can be.

Bruls, Huizing and van Wijk (2000), "Squarified treemaps", Data Visualization 2000, 33-42.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float


def squarified(amounts: Sequence[float], frame: Box) -> tuple[Box, ...]:
    """A box for each positive amount, in order, with areas in proportion; the largest should come first."""
    total = sum(amounts)
    areas = [amount / total * frame.width * frame.height for amount in amounts] if total else []
    boxes: list[Box] = []
    while areas:
        side = min(frame.width, frame.height)
        count = _best_count(areas, side)
        placed, frame = _strip(areas[:count], frame)
        boxes += placed
        areas = areas[count:]
    return tuple(boxes)


def _best_count(areas: Sequence[float], side: float) -> int:
    count = 1
    while count < len(areas) and _worst(areas[: count + 1], side) <= _worst(areas[:count], side):
        count += 1
    return count


def _worst(strip: Sequence[float], side: float) -> float:
    total = sum(strip)
    return max(max(side**2 * area / total**2, total**2 / (side**2 * area)) for area in strip)


def _strip(areas: Sequence[float], frame: Box) -> tuple[list[Box], Box]:
    """A strip along the shorter side of the frame, and what is left of the frame."""
    wide = frame.width >= frame.height
    depth = sum(areas) / (frame.height if wide else frame.width)
    boxes, reached = [], 0.0
    for area in areas:
        length = area / depth
        boxes.append(
            Box(frame.x, frame.y + reached, depth, length) if wide else Box(frame.x + reached, frame.y, length, depth)
        )
        reached += length
    rest = (
        Box(frame.x + depth, frame.y, frame.width - depth, frame.height)
        if wide
        else Box(frame.x, frame.y + depth, frame.width, frame.height - depth)
    )
    return boxes, rest
