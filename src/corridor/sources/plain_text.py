"""Text files as they come, packed with gzip or not: read line by line, refused in one line where they are damaged."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.sources import packed

#: The longest line and the longest text that is still one of the lists read here; more is a trick or a mistake.
LONGEST_LINE, LONGEST_TEXT = 2_000_000, 300_000_000


def first_line(head: bytes) -> str:
    """The first line of a text by the first bytes of its file; empty where they are no text."""
    # Some tables end their lines with a bare carriage return.
    line = packed.unpacked(head).removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].partition(b"\r")[0]
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as fault:
        # The head may end within a letter; anything earlier is no UTF-8.
        return line[: fault.start].decode("utf-8") if fault.start >= len(line) - 3 else ""


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
        raise UnreadableFile("is not UTF-8 text", where=row, next_step="save it as UTF-8") from None
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
        heading = next(rows)
        for cells in rows:
            if cells and len(cells) != len(heading):
                words = f"{len(cells)} cells under a heading of {len(heading)}"
                raise BrokenLayout(words, where=Where(file=name, row=last))
            if cells:
                yield last, dict(zip(heading, cells, strict=True))
    except csv.Error as fault:
        raise UnreadableFile(f"is no sound CSV ({fault})", where=Where(file=name, row=last)) from None
