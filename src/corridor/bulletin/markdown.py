"""Markdown's own signs, put out of the reader's way without moving a character."""

from __future__ import annotations

import re

# Emphasis and code within a line: the sign, something that touches it on both sides, the sign again.
_EMPHASIS = re.compile(r"(?<![*\w])(\*{1,3}|`)(?=\S)([^*`\n]{1,300})(?<=\S)\1(?![*\w])")
_UNDERLINED = re.compile(r"(?<![_\w])(_{1,3})(?=\S)([^_\n]{1,300})(?<=\S)\1(?![_\w])")
# A link's address; its words stay.
_ADDRESS = re.compile(r"\]\([^()\s]{1,500}\)")


def unmarked(text: str) -> str:
    """The text with blanks for the signs of emphasis, code and links; as long as before."""
    for pattern in (_EMPHASIS, _UNDERLINED):
        text = pattern.sub(_blanked, text)
    return _ADDRESS.sub(lambda found: " " * len(found.group()), text)


def _blanked(found: re.Match[str]) -> str:
    blanks = " " * len(found[1])
    return f"{blanks}{found[2]}{blanks}"
