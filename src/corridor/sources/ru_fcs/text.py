"""The Service's files as UTF-8 text: old tables for computers (DBF) and old alphabets are written anew beside them."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.sources.ru_fcs import columns

_CHUNK = 1 << 20
#: The words for import and export in each old alphabet.
_WORDS = {encoding: tuple(word.encode(encoding) for word in ("ИМ", "ЭК")) for encoding in ("cp866", "cp1251")}
#: First bytes of tables of dBase, and the byte that says which alphabet; the Service's own is CP866.
_DBASE = (0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5)
_ALPHABETS = {0xC9: "cp1251", 0x57: "cp1251"}
_FIELD, _FIELDS_END, _MARKED = 32, 0x0D, ord("*")


@dataclass(frozen=True)
class Text:
    """A file of UTF-8 text: where it lies, our names of its columns, what divides its cells."""

    path: Path
    columns: tuple[str, ...]
    separator: str


@dataclass(frozen=True)
class _Table:
    """What the head of a DBF says: where its records begin, their length and number, their fields and alphabet."""

    start: int
    length: int
    records: int
    fields: tuple[tuple[str, int], ...]
    alphabet: str


def is_ours(head: bytes) -> bool:
    """Whether the heading names the Service's columns."""
    table = _table(head)
    if table:
        return bool(columns.heading([name for name, _ in table.fields]))
    return bool(_first(head)[0])


def as_it_lies(path: Path) -> Text | None:
    """The file as it is where its first part is UTF-8; None for a DBF and for an old alphabet.

    What follows the first part was not looked at: whoever reads it must be ready for bytes that are no UTF-8.
    """
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    if _table(head) is not None:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return None
    return Text(path, *_first(head))


@contextmanager
def opened(path: Path, name: str) -> Iterator[Text]:
    """The file as UTF-8 text, for as long as it is asked. Raises `UnreadableFile` or `BrokenLayout` in one line."""
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    table = _table(head)
    if table is None:
        alphabet = _alphabet(path, head, name)
        if alphabet == "utf-8":
            yield Text(path, *_first(head))
            return
    with TemporaryDirectory(prefix="corridor-") as folder:
        copy = Path(folder) / "utf8"
        if table:
            _unfold(path, table, copy, name)
            yield Text(copy, columns.heading([field for field, _ in table.fields]), "\t")
            return
        _rewrite(path, alphabet, copy)
        yield Text(copy, *_first(head))


def _first(head: bytes) -> tuple[tuple[str, ...], str]:
    line = head.removeprefix(codecs.BOM_UTF8).partition(b"\n")[0]
    return columns.split(line.decode("latin-1").strip("\r"))


def _alphabet(path: Path, head: bytes, name: str) -> str:
    if _is_utf8(path):
        return "utf-8"
    for alphabet, words in _WORDS.items():
        if any(word in head for word in words):
            return alphabet
    raise UnreadableFile(
        "is text in none of UTF-8, CP866 and CP1251", where=Where(file=name), next_step="save it as UTF-8"
    )


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _rewrite(path: Path, alphabet: str, copy: Path) -> None:
    with copy.open("wb") as file:
        for chunk in _chunks(path):
            # Both alphabets have one byte a letter; CP1251 leaves one byte without a letter.
            file.write(chunk.decode(alphabet, "replace").encode("utf-8"))


def _table(head: bytes) -> _Table | None:
    """What a DBF's first bytes say; None where they are no DBF's."""
    if len(head) <= _FIELD or head[0] not in _DBASE:
        return None
    records, start, length = struct.unpack_from("<IHH", head, 4)
    fields = []
    for place in range(_FIELD, min(start, len(head)) - 1, _FIELD):
        said = head[place : place + _FIELD]
        if said[0] == _FIELDS_END or len(said) < _FIELD:
            break
        fields.append((said[:11].partition(b"\0")[0].decode("latin-1"), said[16]))
    if not fields or length != 1 + sum(size for _, size in fields):
        return None
    return _Table(start, length, records, tuple(fields), _ALPHABETS.get(head[29], "cp866"))


def _unfold(path: Path, table: _Table, copy: Path, name: str) -> None:
    """Write the records as lines of text."""
    edges = [1]
    for _, size in table.fields:
        edges.append(edges[-1] + size)
    spans = [slice(*pair) for pair in pairwise(edges)]
    with path.open("rb") as file, copy.open("w", encoding="utf-8", newline="\n") as lines:
        file.seek(table.start)
        lines.write("\t".join(field for field, _ in table.fields) + "\n")
        for number in range(1, table.records + 1):
            record = file.read(table.length)
            if len(record) < table.length:
                raise BrokenLayout(
                    f"ends within record {number} of {table.records}",
                    where=Where(file=name),
                    next_step="fetch it again",
                )
            if record[0] != _MARKED:
                text = record.decode(table.alphabet, "replace")
                lines.write("\t".join(_cell(text[span]) for span in spans) + "\n")


def _cell(text: str) -> str:
    return " ".join(text.replace("\0", " ").replace('"', "'").split())
