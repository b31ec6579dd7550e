"""The text of a Word document (DOCX): a zip of XML, read with the standard library and with no trust."""

from __future__ import annotations

import zlib
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from corridor.bulletin.spans import alone, columns_of
from corridor.errors import UnreadableFile, Where

_DOCUMENT = "word/document.xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
# A page of text is some 10 kB of XML; a file that unfolds to more than this was made to.
_MOST_XML = 100_000_000
_MOST_SIGNS = 10_000_000
_CHUNK = 1 << 16
# Fields' instructions, deleted text and pictures' substitutes are not what a reader sees.
_HIDDEN = frozenset({"instrText", "delText", "delInstrText", "Fallback"})


def is_docx(data: bytes) -> bool:
    """Whether the bytes are a zip that holds a Word document."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _DOCUMENT in archive.namelist()
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        return False


def docx_text(data: bytes, where: Where) -> str:
    """Paragraphs on lines of their own, cells of a row parted by tabs.

    Raises `UnreadableFile` for damaged, encrypted or oversized documents, and for XML that declares its own entities:
    no word processor writes it, and a few lines of it grow without end.
    """
    reader = _Reader()
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open(_DOCUMENT) as part:
            read = 0
            while chunk := part.read(_CHUNK):
                read += len(chunk)
                if read > _MOST_XML or reader.signs > _MOST_SIGNS:
                    raise UnreadableFile(
                        "the document unfolds to more than a text can be", where=where, next_step="give its text part"
                    )
                reader.feed(chunk)
        return reader.finish()
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, expat.ExpatError) as error:
        raise UnreadableFile(
            f"the Word document is damaged ({error})", where=where, next_step="save it again"
        ) from error
    except _OwnEntities:
        raise UnreadableFile("the Word document declares entities of its own, which is refused", where=where) from None


class _OwnEntities(Exception):
    """The XML has a document type of its own."""


class _Reader:
    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parts: list[str] = []
        self._in_text = 0
        self._in_cell = 0
        self._hidden = 0
        self._wide = 1
        self.signs = 0

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def finish(self) -> str:
        self._parser.Parse(b"", True)
        return "\n".join(alone(line) for line in "".join(self._parts).split("\n"))

    @staticmethod
    def _refuse(*declared: object) -> None:
        raise _OwnEntities

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _name(tag)
        self._hidden += name in _HIDDEN
        self._in_text += name == "t"
        self._in_cell += name == "tc"
        if name in ("tc", "gridSpan"):
            self._wide = _columns(attributes)
        if name == "tab":
            self._parts.append(" ")
        elif name in ("br", "cr"):
            self._parts.append(" " if self._in_cell else "\n")

    def _end(self, tag: str) -> None:
        name = _name(tag)
        self._hidden -= name in _HIDDEN
        self._in_text -= name == "t"
        self._in_cell -= name == "tc"
        if name == "p":
            self._parts.append(" " if self._in_cell else "\n")
        elif name in ("tc", "tr"):
            self._parts.append("\t" * self._wide if name == "tc" else "\n")

    def _text(self, data: str) -> None:
        if self._in_text and not self._hidden:
            self._parts.append(data)
            self.signs += len(data)


def _columns(attributes: dict[str, str]) -> int:
    """How many columns a cell takes."""
    return columns_of(next((value for key, value in attributes.items() if key.endswith(" val")), ""))


def _name(tag: str) -> str:
    """The local name of Word's own elements; "Fallback" of compatibility blocks; else nothing."""
    space, _, local = tag.rpartition(" ")
    return local if space in (_WORD, _STRICT) or local == "Fallback" else ""
