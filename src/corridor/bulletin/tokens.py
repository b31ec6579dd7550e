"""Text cut into words, numbers and signs, each with its place; one pass, no backtracking."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from corridor.bulletin.claims import Language
from corridor.codes import area_tables
from corridor.codes.names import key

Kind = Literal["word", "number", "sign"]

_BLANKS = "\u00a0\u2009\u202f"
_WORD = r"(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*)"
# A checksum is one word, whatever digits it holds.
_CHECKSUM = r"(?<![^\W_])(?=[0-9a-f]{0,15}[a-f])[0-9a-f]{16,128}(?![^\W_])"
_SIGN = r"(?P<sign>['’][sS](?![^\W_])|\S)"
_PLAIN = r"[0-9]+(?:[.,][0-9]+)*"


# "2024/25", "2024-25": one year that runs over two; "2024-2025" are two.
_TWO_YEARS = "|".join(rf"{year}(?:[/–-]{(year + 1) % 100:02}|/{year + 1})" for year in range(1990, 2060))
_SPLIT_YEAR = rf"(?P<split>(?<![0-9.,/])(?=(?:19|20)[0-9]{{2}}[/–-][0-9])(?:{_TWO_YEARS})(?![0-9/–-]|[.,][0-9]))"


def _pattern(blanks: str, before: str = "") -> re.Pattern[str]:
    grouped = rf"(?<![^\W_])[0-9]{{1,3}}(?:[{blanks}][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?"
    spaced = r"(?<![^\W_])[0-9]{1,3}(?: [0-9]{3})+[.,][0-9]+(?![0-9])"
    return re.compile(rf"(?P<code>{_CHECKSUM})|{before}(?P<number>{grouped}|{spaced}|{_PLAIN})|{_WORD}|{_SIGN}")


# Only Russian parts thousands by a common blank; elsewhere "in 2025 375 firms" would become one number.
_PATTERNS = {"ru": _pattern(f" {_BLANKS}"), "en": _pattern(_BLANKS, _SPLIT_YEAR + "|"), "vi": _pattern(_BLANKS)}
_KINDS: Mapping[str, Kind] = {"code": "word", "split": "word", "word": "word", "number": "number", "sign": "sign"}
#: What may stand for a dash.
DASHES = frozenset("-–—")
#: What a line of a list may open with.
BULLETS = frozenset("-–—•*+")
_HYPHENS = "-\u2010\u2011\u2013\u2014"


class Token(NamedTuple):
    """A word, number or sign. ``key`` is what it is compared by; ``capital``: its first letter is a capital."""

    kind: Kind
    start: int
    end: int
    text: str
    key: str
    capital: bool


@lru_cache(maxsize=65536)
def word_key(text: str) -> str:
    """A word as the lexicons spell it: lower case, «ё» as «е», the tone on the usual vowel."""
    return key(text)


def tokenise(text: str, start: int, end: int, lang: Language) -> list[Token]:
    """The tokens of a stretch of text. A hyphen inside a word is dropped: "year-on-year" is three words."""
    found = [_token(match) for match in _PATTERNS[lang].finditer(text, start, end)]
    found = _with_names(found) if lang == "vi" else found
    return [
        token for place, token in enumerate(found) if token.text not in _HYPHENS or not _inside_a_word(found, place)
    ]


def _with_names(tokens: list[Token]) -> list[Token]:
    """ "Ca-dắc-xtan": a country's name spelled by syllables is one word."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        name = _spelled_name(tokens, place) if tokens[place].capital else None
        found.append(name or tokens[place])
        place += 1 if name is None else name.text.count("-") * 2 + 1
    return found


def _spelled_name(tokens: Sequence[Token], place: int) -> Token | None:
    end = place
    while end < len(tokens) - 2 and tokens[end + 1].text == "-" and tokens[end + 2].kind == "word":
        if tokens[end].end != tokens[end + 1].start or tokens[end + 1].end != tokens[end + 2].start:
            break
        end += 2
    if end == place:
        return None
    text = "".join(token.text for token in tokens[place : end + 1])
    glued = word_key(text.replace("-", ""))
    return Token("word", tokens[place].start, tokens[end].end, text, glued, True) if glued in _name_words() else None


@cache
def _name_words() -> frozenset[str]:
    """The words of the names of countries, written without hyphens."""
    return frozenset(word_key(word) for name, _ in area_tables.spellings() for word in name.replace("-", "").split())


def _token(match: re.Match[str]) -> Token:
    kind = _KINDS[match.lastgroup or "sign"]
    text = match.group()
    # "Fruit & vegetables"
    key_ = word_key(text) if kind == "word" or text == "&" else text.replace("’", "'").lower()
    return Token(kind, *match.span(), text, key_, text[0].isupper())


def _inside_a_word(tokens: list[Token], place: int) -> bool:
    token = tokens[place]
    if not 0 < place < len(tokens) - 1:
        return False
    before, after = tokens[place - 1], tokens[place + 1]
    joined = before.end == token.start and token.end == after.start
    return joined and after.kind == "word" and (before.kind == "word" or token.text != "\u2014")
