"""The publishers' files by checksum: the record. Nothing here is ever changed.

``snapshots/<first two>/<sha256>`` holds the bytes, ``<sha256>.json`` beside it how they came here. The note
is written after the catalog's commit: bytes without a note that no commit names were never added.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corridor.errors import UnreadableFile, Where
from corridor.store.files import PART, one_line, remove, write_whole

#: Ending of the note beside a publisher's file.
NOTE = ".json"

#: Bytes copied at a time: few enough to stay near the processor, in one place, which no new page is asked for.
_CHUNK = 1 << 18
_CHECKSUM = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Record:
    """How a publisher's file came here. ``order`` is its place among all files ever added, from 1."""

    snapshot: str
    name: str
    size: int
    added: date
    source: str
    url: str
    order: int


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


class Snapshots:
    """The folder ``snapshots`` of a store."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory / "snapshots"

    def path(self, snapshot: str) -> Path:
        """Where the bytes of a checksum lie, or would lie."""
        return self.directory / snapshot[:2] / snapshot

    def sound(self, snapshot: str) -> bool:
        """Whether the bytes are here and are still those of the checksum."""
        with one_line(self.path(snapshot)):
            return self.path(snapshot).is_file() and checksum(self.path(snapshot)) == snapshot

    def keep(self, original: Path, snapshot: str) -> bool:
        """Copy a file whose checksum is ``snapshot``; says whether its bytes are new here.

        Raises `UnreadableFile` where the file cannot be read or is no longer the one that was summed.
        """
        if self.sound(snapshot):
            return False
        target = self.path(snapshot)
        with one_line(self.directory):
            target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + PART)
        try:
            if self._copy(original, part) != snapshot:
                where = Where(file=original.name)
                raise UnreadableFile("changed while it was being read", where=where, next_step="add it again")
            with one_line(target):
                part.replace(target)
        finally:
            remove(part)
            self._tidy(target)
        return True

    def _copy(self, original: Path, part: Path) -> str:
        """Copy and sum in one pass, so that what is kept is what was summed."""
        digest = hashlib.sha256()
        with one_line(part), part.open("wb") as opened:
            for chunk in _chunks(original):
                digest.update(chunk)
                opened.write(chunk)
            opened.flush()
            os.fsync(opened.fileno())
        return digest.hexdigest()

    def discard(self, snapshot: str) -> None:
        """Remove bytes that were never added."""
        remove(self.path(snapshot))
        self._tidy(self.path(snapshot))

    def describe(self, record: Record) -> None:
        """Write the note beside the bytes."""
        note = {**asdict(record), "added": record.added.isoformat()}
        path = self._note(record.snapshot)
        with one_line(path):
            write_whole(path, (json.dumps(note, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))

    def noted(self) -> tuple[str, ...]:
        """The checksums of all files ever added here, in alphabetical order, also of one whose bytes are gone."""
        with one_line(self.directory):
            return tuple(sorted(path.stem for path in self._files() if path.suffix == NOTE))

    def record(self, snapshot: str) -> Record | None:
        """The note beside the bytes; None where there is none or it is damaged."""
        path = self._note(snapshot)
        try:
            with one_line(path):
                return _record(snapshot, json.loads(path.read_bytes())) if path.is_file() else None
        except (ValueError, KeyError, TypeError):
            return None

    def held(self) -> tuple[str, ...]:
        """The checksums whose bytes are here, in alphabetical order."""
        with one_line(self.directory):
            return tuple(sorted(path.name for path in self._files() if _CHECKSUM.fullmatch(path.name)))

    def sweep_parts(self) -> None:
        """Remove what an interrupted copy left."""
        with one_line(self.directory):
            for path in list(self._files()):
                if path.suffix == PART:
                    remove(path)
                    self._tidy(path)

    def _tidy(self, path: Path) -> None:
        """Remove the folder of ``path`` where nothing is in it any more."""
        with suppress(OSError):
            path.parent.rmdir()

    def _files(self) -> Iterator[Path]:
        return self.directory.glob("??/*")

    def _note(self, snapshot: str) -> Path:
        path = self.path(snapshot)
        return path.with_name(path.name + NOTE)


def _record(snapshot: str, note: Mapping[str, Any]) -> Record:
    return Record(
        snapshot=snapshot,
        name=str(note["name"]),
        size=int(note["size"]),
        added=date.fromisoformat(note["added"]),
        source=str(note["source"]),
        url=str(note["url"]),
        order=int(note["order"]),
    )


def _chunks(original: Path) -> Iterator[memoryview]:
    """The bytes of a file in turn; each part is overwritten by the next."""
    place = memoryview(bytearray(_CHUNK))
    try:
        with original.open("rb", buffering=0) as opened:
            while length := opened.readinto(place):
                yield place[:length]
    except OSError as fault:
        raise UnreadableFile(f"cannot be read ({fault.strerror})", where=Where(file=original.name)) from None
