"""Looking something up by its code: the text in a language, and the error for a code that no table knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corridor.codes.names import LANGUAGES, bare, nearest, shorten
from corridor.errors import UnknownName


def unknown(what: str, text: str, known: Iterable[str]) -> UnknownName:
    """The error for an unknown code or name; it shows the nearest known ones."""
    near = nearest(text, {bare(name): name for name in known})
    return UnknownName(f'no {what} "{shorten(text)}"', next_step=f"did you mean {' or '.join(near)}?" if near else "")


def in_language(texts: Mapping[str, str], lang: str) -> str:
    """The text in a language; raises `UnknownName` for a language outside `corridor.codes.names.LANGUAGES`."""
    if lang not in LANGUAGES:
        raise UnknownName(f'no names in the language "{shorten(lang)}"', next_step=f"there are: {', '.join(LANGUAGES)}")
    return texts[lang]
