"""Names of bodies in English: "the Vietnam Coffee and Cocoa Association" exports no coffee, it tells of it."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.bulletin.phrases import Mark
from corridor.bulletin.tokens import Token

_BODIES = frozenset(
    {
        "association", "chamber", "council", "committee", "institute", "agency", "corporation", "ministry", "board",
        "university", "society", "alliance", "authority", "bureau", "directorate", "academy", "federation", "centre",
        "center", "union", "department", "group", "bank", "company", "service", "foundation", "fund",
    }
)  # fmt: skip
# What follows them is part of the name: "the Association of Seafood Exporters and Producers".
_HEADS = frozenset({"of", "for"})
_JOINING = frozenset({"of", "and", "for", "&", "-", "–"})
#: Areas are called so too.
_AREAS = frozenset({"russian federation", "economic union", "european union", "customs union", "soviet union"})
_LONGEST = 10


def body(tokens: Sequence[Token], place: int) -> Mark | None:
    """The name that begins at a token, as an office that is nobody's; None where no name of a body does."""
    if not _is_name(tokens[place]):
        return None
    end = _end(tokens, place)
    return Mark("office", "", place, end) if end - place > 1 else None


def _end(tokens: Sequence[Token], place: int) -> int:
    """Behind the last word of the name, or ``place`` where there is none."""
    end = at = place
    headed = False
    while at < min(len(tokens), place + _LONGEST):
        token = tokens[at]
        if token.kind == "word" and token.capital:
            if token.key in _BODIES and not _names_an_area(tokens, at):
                end, headed = at + 1, _heads(tokens, at)
            elif headed:
                end = at + 1
        elif token.key not in _JOINING:
            break
        at += 1
    return end


def _heads(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].key in _HEADS


def _is_name(token: Token) -> bool:
    return token.kind == "word" and token.capital and len(token.text) > 1 and not token.text.isupper()


def _names_an_area(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and f"{tokens[at - 1].key} {tokens[at].key}" in _AREAS
