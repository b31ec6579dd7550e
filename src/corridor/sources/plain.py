"""Text files as they come, packed with gzip or not; a damaged one, or a packed bomb, costs one line.

A list of codes is read whole, whatever its encoding; a longer table in UTF-8 line by line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.sources import packed

#: No list of codes is longer; the largest one known unpacks to 3 MB.
MOST_BYTES = 64 * 1024 * 1024

#: The longest line and the longest text that is still one of the tables read here; more is a trick or a mistake.
LONGEST_LINE, LONGEST_TEXT = 2_000_000, 300_000_000


class OldLetters(UnreadableFile):
    """A text that was to be in UTF-8 and is not; see `corridor.sources.resaved`."""


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


def first_line(head: bytes) -> str:
    """The first line of a text by the first bytes of its file; empty where they are no text."""
    # Some tables end their lines with a bare carriage return.
    line = packed.unpacked(head).removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].partition(b"\r")[0]
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as fault:
        # The head may end within a letter; anything earlier is no UTF-8.
        return line[: fault.start].decode("utf-8") if fault.start >= len(line) - 3 else ""


def heading(head: bytes, separator: str = ",") -> list[str]:
    """The cells of the first line of a UTF-8 text, packed or not, stripped; none where it is none."""
    try:
        return [cell.strip() for cell in next(csv.reader([first_line(head)], delimiter=separator), [])]
    except csv.Error:
        return []


def lines(path: Path, name: str) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 text, from 1, without their ends. Raises `UnreadableFile` in one line for anything else."""
    number = 0
    try:
        with packed.opened(path) as opened:
            while line := opened.readline(LONGEST_LINE):
                number += 1
                if len(line) == LONGEST_LINE or opened.tell() > LONGEST_TEXT:
                    raise UnreadableFile("is far longer than any such list", where=Where(file=name, row=number))
                yield number, line.removeprefix(b"\xef\xbb\xbf").decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        row = Where(file=name, row=number)
        raise OldLetters("is not UTF-8 text", where=row, next_step="save it as UTF-8") from None
    except packed.DAMAGE as fault:
        raise packed.damaged(name, fault) from None


def records(path: Path, name: str, separator: str = ",") -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a CSV file with its first line as the names, each with the number of its last line.

    Raises `BrokenLayout` for a row that is longer or shorter than the heading.
    """
    last = 0

    def texts() -> Iterator[str]:
        nonlocal last
        for number, line in lines(path, name):
            last = number
            yield line + "\n"

    rows = csv.reader(texts(), delimiter=separator, strict=True)
    try:
        heading = [cell.strip() for cell in next(rows, [])]
        for cells in rows:
            if cells and len(cells) != len(heading):
                words = f"{len(cells)} cells under a heading of {len(heading)}"
                raise BrokenLayout(words, where=Where(file=name, row=last))
            if any(cells):
                yield last, dict(zip(heading, cells, strict=True))
    except csv.Error as fault:
        raise BrokenLayout(f"is no sound CSV ({fault})", where=Where(file=name, row=last)) from None


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
