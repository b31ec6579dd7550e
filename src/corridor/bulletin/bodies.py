"""Names of associations, centres and ministries: they hold words of trade that tell nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.bulletin.claims import Language
from corridor.bulletin.phrases import Mark
from corridor.bulletin.tokens import Token

_NAMES = frozenset({"flow", "product", "goods", "trader", "other", "and", "adverb"})
_DASHES = frozenset("-–—")
_LONGEST = 12
# Endings of Russian genitives, by which a name goes on.
_GENITIVES = ("а", "я", "ы", "и", "ов", "ев", "ей", "ок", "ого", "его", "ой", "ых", "их")


def without_bodies(marks: Sequence[Mark], tokens: Sequence[Token], lang: Language) -> list[Mark]:
    """The marks of a sentence; what an organisation is called after are plain words."""
    found: list[Mark] = []
    left = 0
    for mark in marks:
        left = _LONGEST if mark.kind == "body" else left - 1 if left and _goes_on(mark, tokens, lang) else 0
        inside = bool(left) and mark.kind != "body"
        found.append(Mark("other", "", mark.i, mark.j) if inside else mark)
    return found


def _goes_on(mark: Mark, tokens: Sequence[Token], lang: Language) -> bool:
    """Whether a name goes on: in capitals in Vietnamese, in the genitive in Russian."""
    token = tokens[mark.i]
    if lang == "vi":
        joined = mark.kind == "and" or mark.value in _DASHES
        return joined or (mark.kind in _NAMES and token.capital and not token.text.isupper())
    return mark.kind in _NAMES and (mark.kind == "and" or token.key.endswith(_GENITIVES))
