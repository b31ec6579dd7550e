"""The little Markdown that generated pages need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a cell may hold any Markdown that fits on one line."""
    return "\n".join([_row(heads), _row(["---"] * len(heads)), *map(_row, rows)])


def bullets(lines: Iterable[str]) -> str:
    """A list, one line an item."""
    return "\n".join(f"- {line}" for line in lines)


def page(*parts: str) -> str:
    """Blocks with an empty line between them; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(" ".join(str(cell).split()).replace("|", "\\|") for cell in cells) + " |"
