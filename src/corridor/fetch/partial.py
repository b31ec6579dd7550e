"""A large file on its way: what has come so far, and what it must still be when the rest comes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corridor.fetch.faults import DownloadFailed, TryAgain

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


@dataclass(frozen=True)
class Partial:
    """The file ``<name>.part`` and its note ``<name>.part.json`` beside where the whole file will lie."""

    target: Path

    @property
    def path(self) -> Path:
        """Where the bytes lie that have come."""
        return self.target.with_name(self.target.name + ".part")

    @property
    def _note(self) -> Path:
        return self.target.with_name(self.target.name + ".part.json")

    def headers(self, url: str) -> dict[str, str]:
        """What to ask with, so that only the rest comes, and only if the file is still the same."""
        validator = self._validator(url)
        size = self.path.stat().st_size if validator and self.path.is_file() else 0
        return {"Range": f"bytes={size}-", "If-Range": validator} if size else {}

    def begin(self, url: str, status: int, headers: Mapping[str, str]) -> int:
        """Make ready for an answer's body and say after how many bytes it goes on.

        Raises `TryAgain` where the publisher sends another part than the one asked for.
        """
        if status == 206:
            return self._go_on(headers)
        with said_in_one_line(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.unlink(missing_ok=True)
            validator = _strong(headers)
            self._note.write_text(json.dumps({"url": url, "validator": validator}), encoding="utf-8")
        return 0

    def forget(self) -> None:
        """Remove what has come: it is of no use."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def finish(self) -> Path:
        """The whole file in its place."""
        with said_in_one_line(self.target):
            self.path.replace(self.target)
            self._note.unlink(missing_ok=True)
        return self.target

    def _go_on(self, headers: Mapping[str, str]) -> int:
        size = self.path.stat().st_size
        found = _RANGE.fullmatch(headers.get("content-range", ""))
        if found is None or int(found[1]) != size:
            self.forget()
            raise TryAgain("the publisher sent another part of the file than the one asked for")
        return size

    def _validator(self, url: str) -> str:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return str(note["validator"]) if note["url"] == url else ""
        except (OSError, ValueError, KeyError, TypeError):
            return ""


def whole_size(status: int, headers: Mapping[str, str]) -> int | None:
    """How long the whole file will be, where the publisher says so."""
    if status == 206:
        found = _RANGE.fullmatch(headers.get("content-range", ""))
        return int(found[3]) if found and found[3] != "*" else None
    said = headers.get("content-length", "")
    return int(said) if said.isdecimal() else None


def _strong(headers: Mapping[str, str]) -> str:
    """What names exactly these bytes: a strong ETag, else the date of the last change."""
    etag = headers.get("etag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("last-modified", "")


@contextmanager
def said_in_one_line(path: Path) -> Iterator[None]:
    """Turns a full disk and its like into a `DownloadFailed`."""
    try:
        yield
    except OSError as fault:
        raise DownloadFailed(f"{path} cannot be written ({fault.strerror or fault})") from None
