"""Files of the user's own that are read as they are: a map, a scenario, notes, a template, a table."""

from __future__ import annotations

from pathlib import Path

from corridor.errors import UnreadableFile, Where


def content(path: Path, *, what: str = "", next_step: str = "") -> bytes:
    """The bytes of a file. Raises `UnreadableFile` in one line; ``what`` names the thing that cannot be read."""
    try:
        return path.read_bytes()
    except OSError as fault:
        words = f"{what} cannot be read ({fault.strerror})".lstrip()
        raise UnreadableFile(words, where=Where(file=str(path)), next_step=next_step) from None


def text(path: Path) -> str:
    """The text of a UTF-8 file. Raises `UnreadableFile` in one line."""
    try:
        return content(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile("is not UTF-8 text", where=Where(file=str(path)), next_step="save it as UTF-8") from None
