"""Uploaded files: kept under harmless names, and read in a process of their own that may not take for ever."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from corridor.errors import UsageError
from corridor.report.faults import said

#: Files of one upload, and letters of a name.
MOST_FILES, LONGEST_NAME = 200, 120
_HARMFUL = re.compile(r"[^\w.() -]")
#: Names that Windows takes for devices, whatever their ending.
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


@dataclass(frozen=True)
class Upload:
    """A file of a form: the name its sender gave it, and its bytes."""

    name: str
    content: BinaryIO


@dataclass(frozen=True)
class Added:
    """What became of uploaded files: a line for each that was refused or not wholly understood, then the count."""

    lines: tuple[str, ...]
    complete: bool

    def told(self, lang: str) -> Added:
        """The same in a language: the name of a file stays, what is said of it is told."""
        return replace(self, lines=tuple(_line(each, lang) for each in self.lines))


def _line(line: str, lang: str) -> str:
    whole = said(line, lang)
    file, colon, rest = line.partition(": ")
    return f"{file}: {said(rest, lang)}" if colon and whole == line else whole


def harmless(name: str) -> str:
    """A name that is one file in one folder: no path of a sender is ever opened."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = _HARMFUL.sub("_", last).strip(" .")[-LONGEST_NAME:].lstrip(" .-")
    return f"_{kept}" if _DEVICES.match(kept) else kept or "upload"


def add(data: Path, uploads: Sequence[Upload], patience: float) -> Added:
    """Adds the files to the store in ``data`` within ``patience`` seconds; files read until then stay added."""
    if not uploads:
        raise UsageError("no file was chosen", next_step="choose files and send them again")
    if len(uploads) > MOST_FILES:
        raise UsageError(f"more than {MOST_FILES} files at once", next_step="send them in several turns, or as a .zip")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        paths = [_laid_down(Path(folder) / str(place), each) for place, each in enumerate(uploads)]
        return _read(data, Path(folder), paths, patience)


def _laid_down(folder: Path, upload: Upload) -> Path:
    folder.mkdir()
    path = folder / harmless(upload.name)
    with path.open("wb") as out:
        shutil.copyfileobj(upload.content, out)
    return path


def _read(data: Path, folder: Path, paths: Sequence[Path], patience: float) -> Added:
    command = [sys.executable, "-m", "corridor", "add", "--data", str(data.resolve()), *map(str, paths)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Added((f"reading took more than {patience:g} s and was stopped; files read by then stay added",), False)
    said = f"{done.stderr}\n{done.stdout}".replace(str(folder) + os.sep, "")
    return Added(tuple(line for line in said.splitlines() if line.strip()), done.returncode == 0)
