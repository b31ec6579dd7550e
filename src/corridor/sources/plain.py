"""A text file's lines, whether packed with gzip or not, whatever its encoding; a packed bomb costs one line."""

from __future__ import annotations

import csv
from pathlib import Path

from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.sources import packed

#: No list of codes is longer; the largest one known unpacks to 3 MB.
MOST_BYTES = 64 * 1024 * 1024

#: Encodings tried in order; the last one takes any bytes.
ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")


def read_bytes(path: Path, name: str) -> bytes:
    """The whole file, unpacked. Raises `UnreadableFile` for one that is damaged or too long to be a list of codes."""
    try:
        with packed.opened(path) as content:
            data = content.read(MOST_BYTES + 1)
    except packed.DAMAGE as fault:
        raise packed.damaged(name, fault) from None
    if len(data) > MOST_BYTES:
        words = f"is longer than {MOST_BYTES // 2**20} MB, no list of codes is"
        raise UnreadableFile(words, where=Where(file=name))
    return bytes(data)


def decoded(data: bytes, encodings: tuple[str, ...] = ENCODINGS) -> str:
    """Text in the first of the encodings that takes the bytes, with line ends as one sign."""
    for encoding in encodings[:-1]:
        try:
            return _one_line_end(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _one_line_end(data.decode(encodings[-1], "replace"))


def cells(text: str, name: str, delimiter: str = ",") -> list[list[str]]:
    """The cells of a CSV text; line n is ``[n - 1]`` as long as no cell holds a line end."""
    try:
        return list(csv.reader(text.split("\n"), delimiter=delimiter))
    except csv.Error as fault:
        raise BrokenLayout(f"is no sound CSV ({fault})", where=Where(file=name)) from None


def first_cells(head: bytes, delimiter: str = ",") -> list[str]:
    """The cells of the first line, stripped; of bytes that are no text, none."""
    line = decoded(head).split("\n", 1)[0]
    try:
        found = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [cell.strip() for cell in found]


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
