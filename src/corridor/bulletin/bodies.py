"""Names of associations, centres and ministries: they hold words of trade that tell nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.bulletin.claims import Language
from corridor.bulletin.phrases import Mark
from corridor.bulletin.tokens import DASHES, Token

_NAMES = frozenset({"flow", "product", "goods", "trader", "other", "and", "adverb"})
_LONGEST = 12
# Endings of Russian genitives, by which a name goes on.
_GENITIVES = ("а", "я", "ы", "и", "ов", "ев", "ей", "ок", "ого", "его", "ой", "ых", "их")
_BODIES = frozenset(
    {
        "association", "chamber", "council", "committee", "institute", "agency", "corporation", "ministry", "board",
        "university", "society", "alliance", "authority", "bureau", "directorate", "academy", "federation", "centre",
        "center", "union", "department", "group", "bank", "company", "service", "foundation", "fund",
    }
)  # fmt: skip
# What follows them is part of the name: "the Association of Seafood Exporters and Producers".
_HEADS = frozenset({"of", "for"})
_SAYING = frozenset(
    {
        "said", "says", "reported", "reports", "noted", "notes", "announced", "showed", "shows", "has", "have", "had",
        "is", "are", "was", "were", "will", "told", "stated", "published", "put", "estimates", "recalled", "added",
        "this", "that", "which", "who", "in",
    }
)  # fmt: skip
_JOINING = frozenset({"of", "and", "for", "&", "-", "–"})
#: Areas are called so too.
_AREAS = frozenset({"russian federation", "economic union", "european union", "customs union", "soviet union"})


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
    """Whether a name goes on: in capitals in Vietnamese, in the genitive in Russian, in English till a verb comes."""
    token = tokens[mark.i]
    if lang == "en":
        named = mark.kind in _NAMES and not mark.slot("verb") and not (mark.kind == "other" and token.key in _SAYING)
        return named or (mark.kind == "prep" and token.key in _HEADS)
    if lang == "vi":
        joined = mark.kind == "and" or mark.value in DASHES
        return joined or (mark.kind in _NAMES and token.capital and not token.text.isupper())
    return mark.kind in _NAMES and (mark.kind == "and" or token.key.endswith(_GENITIVES))


def body(tokens: Sequence[Token], place: int) -> Mark | None:
    """The name that begins at a token, as an office that is nobody's; None where no name of a body does."""
    if not _is_name(tokens[place]):
        return None
    end = _end_of_name(tokens, place)
    return Mark("office", "", place, end) if end - place > 1 else None


def _end_of_name(tokens: Sequence[Token], place: int) -> int:
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
