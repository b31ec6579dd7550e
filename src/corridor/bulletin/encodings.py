"""From bytes to letters: the encodings that bulletins come in, told apart by what they give."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What a page may declare about itself and be believed: single-byte encodings of the three languages.
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""")
_KNOWN = {
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",
    "windows-1258": "cp1258",
    "koi8-r": "koi8-r",
    "iso-8859-5": "iso8859-5",
}
_HEAD = 2048
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[А-Яа-яЁё]+")
# Letters, digits and punctuation of the three languages; anything else hardly stands in a bulletin.
_USUAL = re.compile(
    r"[\t\n\r -~\u00a0-\u024f\u0300-\u036f\u0400-\u045f\u1e00-\u1eff\u2000-\u206f\u20ab\u20ac\u20bd\u2116]"
)
_MOSTLY = 0.98
# Russian words and abbreviations of one letter.
_SINGLE = frozenset("авикосуягт")


def decoded(data: bytes) -> str | None:
    """The letters of a file, None where no encoding known here gives a text.

    UTF-8 and UTF-16, with a byte order mark or without; an encoding that a page declares; Windows-1251.
    """
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\0" in data:
        return _wide(data)
    found = _strictly(data, "utf-8")
    return found if found is not None else _declared(data) or _cyrillic(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of its blanks is zero, and so it is of few binary files' bytes."""
    return _plausible([text for text in (_strictly(data, "utf-16-le"), _strictly(data, "utf-16-be")) if text])


def _plausible(texts: Sequence[str]) -> str | None:
    return next((text for text in texts if len(_USUAL.findall(text)) >= _MOSTLY * len(text)), None)


def _declared(data: bytes) -> str | None:
    named = _DECLARED.search(data[:_HEAD])
    encoding = _KNOWN.get(named[1].decode("ascii").lower()) if named else None
    return _strictly(data, encoding) if encoding else None


def _cyrillic(data: bytes) -> str | None:
    """Older Russian files are in Windows-1251: beyond ASCII they have words in Cyrillic letters, and quotes and dashes.

    In another encoding the same bytes give words of mixed letters.
    """
    text = _strictly(data, "cp1251")
    if text is None:
        return None
    foreign = [word for word in _WORD.findall(text) if not word.isascii()]
    cyrillic = sum(map(_is_russian, foreign))
    return text if cyrillic >= _MOSTLY * len(foreign) else None


def _is_russian(word: str) -> bool:
    return _CYRILLIC.fullmatch(word) is not None and (len(word) > 1 or word.lower() in _SINGLE)
