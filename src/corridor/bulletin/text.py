"""From a file's bytes to its text: plain text, Markdown, HTML and DOCX; anything else is refused in one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from corridor.bulletin.docx import docx_text, is_docx
from corridor.bulletin.encodings import decoded
from corridor.bulletin.html import html_text, is_html
from corridor.errors import UnreadableFile, Where

#: Bytes; pictures make a Word document large, not its words.
LONGEST = 50_000_000
#: A bulletin is a few pages; what is so much longer would be read for minutes.
MOST_SIGNS = 5_000_000

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
# Signs that are not seen: a soft hyphen, blanks of no width, marks of direction.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def extract(data: bytes, name: str) -> str:
    """The text of a file, newlines as ``\\n``, letters composed (NFC); ``name`` is what messages call the file.

    A file is known by its content; only HTML without a heading of its own is known by its name. Paragraphs of HTML and
    DOCX become lines, table rows become lines with tabs. Raises `UnreadableFile` for what is no text, is empty or is
    longer than `LONGEST` bytes or `MOST_SIGNS` characters.
    """
    where = Where(file=name)
    if len(data) > LONGEST:
        raise UnreadableFile(f"{len(data)} bytes are too much for a text", where=where, next_step="give its text part")
    if is_docx(data):
        return _clean(docx_text(data, where), where)
    text = _decoded(data, where)
    return _clean(html_text(text) if is_html(text, name) else text, where)


def clean(text: str, name: str) -> str:
    """A text that is one already, as `extract` would give it."""
    return _clean(text, Where(file=name))


def _clean(text: str, where: Where) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    if len(lines) > MOST_SIGNS:
        raise UnreadableFile(
            f"a text of {len(lines)} characters is no bulletin", where=where, next_step="give the part with the figures"
        )
    if not lines.strip():
        raise UnreadableFile("there is no text in it", where=where)
    return unicodedata.normalize("NFC", lines)


def _decoded(data: bytes, where: Where) -> str:
    if not data.strip():
        raise UnreadableFile("the file is empty", where=where)
    kind = next((what for magic, what in _BINARY.items() if data.startswith(magic)), "")
    text = None if kind else decoded(data)
    if text is None:
        raise UnreadableFile(
            f"this is {kind or 'a binary file, or a text in an encoding not known here'}",
            where=where,
            next_step="give plain text (best in UTF-8), Markdown, HTML or DOCX",
        )
    return text
