"""Numbers as the office prints them: 1.234.567,8."""

from __future__ import annotations

import re

# Three decimals are refused: they could be thousands written the English way, a thousandfold difference.
_NUMBER = re.compile(r"(0|[1-9]\d{0,2}(\.\d{3})*)(,\d{1,2})?", re.ASCII)


class NotANumber(ValueError):
    """A cell that is neither blank nor a number of the office's making."""


def figure(text: str) -> float | None:
    """The number in a cell, or None for a blank cell, which is not zero. Raises `NotANumber`."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise NotANumber(f"“{text}” is not a number like 1.234.567")
    return float(text.replace(".", "").replace(",", "."))
