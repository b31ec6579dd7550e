"""What went wrong, in the reader's language.

The code says a fault once, in English. The catalogue holds those sentences with places for what they name, in every
language: a sentence that fits one is told by its translation, one that fits none stands as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from corridor.errors import CorridorError, Where
from corridor.report.catalogue import Lang, catalogue, language

_PREFIX = "fault."
_PLACE = re.compile(r"\{(\w+)\}")
#: A sentence inside a sentence inside a sentence: deeper ones are names.
_DEEPEST = 3


@dataclass(frozen=True)
class _Sentence:
    """An English sentence with places, as what finds it."""

    key: str
    pattern: re.Pattern[str]
    letters: int


def line(fault: CorridorError, lang: str) -> str:
    """The whole message on one line, as `CorridorError.line` says it: ``where: what; next step``."""
    if lang == "en":
        return fault.line()
    place = _where(fault.where, lang)
    text = f"{place}: {said(fault.what, lang)}" if place else said(fault.what, lang)
    return f"{text}; {said(fault.next_step, lang)}" if fault.next_step else text


def said(text: str, lang: str) -> str:
    """A sentence that the code said in English; several are parted by semicolons, one may follow a file's name."""
    spoken = language(lang)
    if spoken == "en" or not text:
        return text
    return _told(text, spoken, 0)


def _told(text: str, lang: Lang, depth: int) -> str:
    whole = _translated(text, lang, depth)
    if whole is not None or depth >= _DEEPEST:
        return text if whole is None else whole
    first, semicolon, rest = text.partition("; ")
    return f"{_told(first, lang, depth)}; {_told(rest, lang, depth)}" if semicolon else text


def _translated(text: str, lang: Lang, depth: int) -> str | None:
    for sentence in _sentences():
        if found := sentence.pattern.fullmatch(text):
            return _filled(catalogue(lang).say(sentence.key), found.groupdict(), lang, depth)
    return None


def _filled(template: str, parts: Mapping[str, str], lang: Lang, depth: int) -> str:
    return _PLACE.sub(lambda place: _told(parts[place[1]], lang, depth + 1), template)


@cache
def _sentences() -> tuple[_Sentence, ...]:
    """The English sentences, those with the most words of their own first."""
    english = catalogue("en")
    found = [_sentence(key, english.say(key)) for key in english.messages if key.startswith(_PREFIX)]
    return tuple(sorted(found, key=lambda each: -each.letters))


def _sentence(key: str, template: str) -> _Sentence:
    parts = _PLACE.split(template)
    pattern = "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return _Sentence(key, re.compile(pattern, re.DOTALL), sum(map(len, parts[::2])))


def _where(where: Where, lang: str) -> str:
    """File, page and row; the words among them in the language."""
    parts = str(where).split(", ")
    return ", ".join(said(part, lang) for part in parts if part)
