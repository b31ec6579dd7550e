"""From a file's bytes to its text: plain text, Markdown, HTML and DOCX; anything else is refused in one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from corridor.bulletin.docx import docx_text, is_docx
from corridor.bulletin.html import html_text, is_html
from corridor.errors import UnreadableFile, Where

#: A bulletin is a few pages; what is longer is no bulletin.
LONGEST = 50_000_000

_BINARY: Mapping[bytes, str] = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "an RTF file",
    b"PK\x03\x04": "an archive, and no DOCX",
}
_WIDE = (b"\xff\xfe", b"\xfe\xff")
# Signs that are not seen: a soft hyphen, blanks of no width, marks of direction.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def extract(data: bytes, name: str) -> str:
    """The text of a file, newlines as ``\\n``, letters composed (NFC); ``name`` is what messages call the file.

    A file is known by its content; only HTML without a heading of its own is known by its name. Paragraphs of HTML and
    DOCX become lines, table rows become lines with tabs. Raises `UnreadableFile` for what is no text, is empty or is
    longer than `LONGEST` bytes.
    """
    where = Where(file=name)
    if len(data) > LONGEST:
        raise UnreadableFile(f"{len(data)} bytes are too much for a text", where=where, next_step="give its text part")
    if is_docx(data):
        return _clean(docx_text(data, where))
    text = _decoded(data, where)
    return _clean(html_text(text) if is_html(text, name) else text)


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    return unicodedata.normalize("NFC", lines)


def _decoded(data: bytes, where: Where) -> str:
    kind = next((what for magic, what in _BINARY.items() if data.startswith(magic)), "")
    if kind or (b"\0" in data and not data.startswith(_WIDE)):
        raise UnreadableFile(
            f"this is {kind or 'a binary file'}, not a text",
            where=where,
            next_step="give plain text, Markdown, HTML or DOCX",
        )
    if not data.strip():
        raise UnreadableFile("the file is empty", where=where)
    try:
        return data.decode("utf-16" if data.startswith(_WIDE) else "utf-8-sig")
    except UnicodeDecodeError:
        return _cyrillic(data, where)


def _cyrillic(data: bytes, where: Where) -> str:
    """Older Russian pages are in Windows-1251; they show it by being mostly Cyrillic."""
    text = data.decode("cp1251", errors="replace")
    letters = [sign for sign in text if sign.isalpha()]
    cyrillic = sum("а" <= sign.lower() <= "я" for sign in letters)
    if "\ufffd" in text or 2 * cyrillic < len(letters):
        raise UnreadableFile("the text is in no encoding known here", where=where, next_step="save it as UTF-8")
    return text
