"""Lists typed by people under a heading of ours: the lines that can be used, and why others cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corridor.evidence import Refusal
from corridor.sources import plain

#: What is kept of a line that is refused.
_LETTERS = 200


def is_headed(head: bytes, heading: Sequence[str]) -> bool:
    """Whether the first line of a CSV is the heading, in letters of any size."""
    return [cell.lower() for cell in plain.first_cells(head)] == [*heading]


def lines(
    path: Path, name: str, heading: Sequence[str], fault: Callable[[Sequence[str]], str]
) -> tuple[list[tuple[int, Sequence[str]]], tuple[Refusal, ...]]:
    """The lines below the heading as stripped cells with their numbers; blank ones are passed over.

    ``fault`` says of a line of the heading's length why it cannot be used, empty where it can. Raises as
    `plain.read_bytes` and `plain.cells`.
    """
    found: list[tuple[int, Sequence[str]]] = []
    refusals = []
    for number, line in enumerate(plain.cells(plain.decoded(plain.read_bytes(path, name)), name)[1:], start=2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        short = f"{len(cells)} cells instead of {len(heading)}" if len(cells) != len(heading) else ""
        if words := short or fault(cells):
            refusals.append(Refusal(None, number, " | ".join(cells)[:_LETTERS], words))
        else:
            found.append((number, cells))
    return found, tuple(refusals)
