"""How an item of a list is numbered: "2.", "1.1.", "3)", "(4)", "a)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corridor.bulletin.tokens import Token

#: A line that a bullet or its number in a list opens.
OPENS_ITEM = re.compile(
    r"[ \t]*(?:[-–—*•+>#|]|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)/]\s|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\s(?=[^\W\d_])"
    r"|\((?:[0-9]{1,2}|[^\W\d_]|[ivx]{2,4})\)\s|[^\W\d_]\)\s)"
)
_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}")
_SHORT = re.compile(r"[0-9]{1,2}|[^\W\d_]|[ivx]{2,4}")
_CLOSING = frozenset(".)/")


def numbering(tokens: Sequence[Token]) -> int:
    """How many tokens at the beginning are an item's number: "1.1. Exports: 189.6" has two, "Exports" none."""
    if len(tokens) <= 2:
        return 0
    first, second, third = tokens[:3]
    if first.text == "(" and third.text == ")" and _is_short(second) and len(tokens) > 3:
        return 3
    if first.end != second.start:
        # "1.1 Exports"
        nested = _NUMBER.fullmatch(first.text) is not None and "." in first.text
        return int(nested and second.kind == "word" and second.capital)
    lettered = first.kind == "word" and len(first.text) == 1 and second.text == ")"
    numbered = _NUMBER.fullmatch(first.text) is not None and second.text in _CLOSING
    return 2 if (lettered or numbered) and third.start > second.end else 0


def _is_short(token: Token) -> bool:
    return _SHORT.fullmatch(token.text) is not None
