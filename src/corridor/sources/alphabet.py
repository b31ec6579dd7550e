"""Which letters the bytes of a text are: UTF-8, UTF-16 with its mark or without, or an old alphabet of one byte."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO

from corridor.sources import packed, plain

_CHUNK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HIGH = re.compile(rb"[\x80-\xff]+")
#: From this mean length of a run of letters beyond ASCII on, the words are written in another script than Latin.
_RUN = 1.5
#: The share of zeros, at every second place, of text in two bytes a letter; and the share left for the others.
_ZEROS, _OTHERS = 0.4, 0.05


def marked(head: bytes) -> str:
    """The encoding that a byte order mark names; empty without a mark."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def of_file(path: Path) -> str:
    """The name of the encoding of a text file, packed or not; empty for what is no text or too long for a table.

    May end in one of `packed.DAMAGE`.
    """
    with packed.opened(path) as content:
        head = content.read(_CHUNK)
        found = marked(head) or _unmarked(head)
        if found and found != "utf-8-sig":
            return found if _is_sound(content, head, found) else ""
        if b"\x00" in head:
            return ""
        if _is_sound(content, head, "utf-8"):
            return "utf-8-sig"
    with packed.opened(path) as content:
        return _old(content)


@contextmanager
def opened(path: Path, encoding: str) -> Iterator[TextIO]:
    """The letters of a text file, packed or not, each line ended by ``\\n``."""
    with packed.opened(path) as content, io.TextIOWrapper(content, encoding, "replace") as text:
        yield text


def _unmarked(head: bytes) -> str:
    """UTF-16 without a mark: every second byte of Latin letters and signs is zero."""
    zeros = [head[place::2].count(0) / max(len(head) // 2, 1) for place in (0, 1)]
    for name, zero, other in (("utf-16-le", zeros[1], zeros[0]), ("utf-16-be", zeros[0], zeros[1])):
        if zero >= _ZEROS and other <= _OTHERS:
            return name
    return ""


def _is_sound(content: IO[bytes], head: bytes, encoding: str) -> bool:
    """Whether all bytes are letters of the encoding, and neither a line nor the text is longer than any table's."""
    decoder = codecs.getincrementaldecoder(encoding)()
    length, line = 0, 0
    try:
        while head:
            length += len(head)
            text = decoder.decode(head)
            line = len(text) - text.rfind("\n") if "\n" in text else line + len(text)
            if length > plain.LONGEST_TEXT or line > plain.LONGEST_LINE or "\x00" in text:
                return False
            head = content.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _old(content: IO[bytes]) -> str:
    """The likeliest alphabet of one byte: a Cyrillic one where whole words lie beyond ASCII, else the Latin one.

    Capital letters of one Cyrillic alphabet have the places of signs in the other. Figures and codes are the same in
    all of them: a mistake would show in the names of goods and nowhere else.
    """
    runs, letters, signs, capitals, length = 0, 0, 0, 0, 0
    while chunk := content.read(_CHUNK):
        length += len(chunk)
        if length > plain.LONGEST_TEXT or b"\x00" in chunk:
            return ""
        for run in _HIGH.findall(chunk):
            runs, letters = runs + 1, letters + len(run)
            signs += sum(0x80 <= byte < 0xB0 for byte in run)
            capitals += sum(0xC0 <= byte < 0xE0 for byte in run)
    if letters < runs * _RUN:
        return "cp1252"
    return "cp866" if signs > capitals else "cp1251"
