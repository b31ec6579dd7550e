"""Lists typed by people under a heading of ours: the lines that can be used, and why others cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corridor.evidence import Refusal
from corridor.sources import plain
from corridor.sources.left_out import LETTERS


def is_headed(head: bytes, heading: Sequence[str]) -> bool:
    """Whether the first line of a CSV has the heading, in letters of any size, in any order, among other columns."""
    return len(_places(plain.first_cells(head), heading)) == len(heading)


def lines(
    path: Path, name: str, heading: Sequence[str], fault: Callable[[Sequence[str]], str]
) -> tuple[list[tuple[int, Sequence[str]]], tuple[Refusal, ...]]:
    """The lines below the heading with their numbers, as stripped cells in its order; blank ones are passed over.

    ``fault`` says of a line of the heading's length why it cannot be used, empty where it can. Raises as
    `plain.read_bytes` and `plain.cells`.
    """
    found: list[tuple[int, Sequence[str]]] = []
    refusals = []
    first, *rest = plain.cells(plain.decoded(plain.read_bytes(path, name)), name)
    places = _places([cell.strip() for cell in first], heading)
    for number, line in enumerate(rest, start=2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        short = f"{len(cells)} cells instead of {len(first)}" if len(cells) != len(first) else ""
        ours = [] if short else [cells[place] for place in places]
        if words := short or fault(ours):
            refusals.append(Refusal(None, number, " | ".join(cells)[:LETTERS], words))
        else:
            found.append((number, ours))
    return found, tuple(refusals)


def _places(first: Sequence[str], heading: Sequence[str]) -> list[int]:
    """Where the cells of the heading stand in the first line, those that do."""
    said = [cell.lower() for cell in first]
    return [said.index(cell) for cell in heading if cell in said]
