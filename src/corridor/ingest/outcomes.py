"""What became of each file, and of all of them."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from corridor.errors import CorridorError, Where
from corridor.store import Ingest

Status = Literal["added", "already_held", "refused", "left_out"]

#: Tables of what is said about a file, which hold none of its figures.
_BESIDE = ("not_understood", "checks")

#: Called after each file with how many are done, how many there are, and the file's name.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class FileOutcome:
    """What became of one file.

    ``left_out`` is what lies in an archive beside the figures and is none: notes, lists of codes.
    ``rows`` counts the rows kept by stored table, ``not_understood`` those set aside, ``findings`` what the checks
    found in a file added now, by kind (see `schema.CHECKS`). ``message`` is one line, empty where there is nothing to
    say; ``source``, ``table`` and ``edition`` are empty if refused.
    """

    path: Path
    status: Status
    source: str = ""
    table: str = ""
    edition: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    not_understood: int = 0
    message: str = ""
    findings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class AddReport:
    """One outcome a file, in the order the files were named; ``between``: findings between files, by kind."""

    outcomes: tuple[FileOutcome, ...]
    between: Mapping[str, int] = field(default_factory=dict)

    def of(self, status: Status) -> tuple[FileOutcome, ...]:
        """The files with one status."""
        return tuple(outcome for outcome in self.outcomes if outcome.status == status)

    @property
    def not_understood(self) -> int:
        """Rows not understood in the files added now."""
        return sum(outcome.not_understood for outcome in self.of("added"))

    @property
    def findings(self) -> Mapping[str, int]:
        """What the checks found in the files added now, and between them and those held, by kind."""
        counts = Counter(self.between)
        for outcome in self.of("added"):
            counts.update(outcome.findings)
        return dict(sorted(counts.items()))

    @property
    def named(self) -> int:
        """How many files there were to read, without what was left out."""
        return len(self.outcomes) - len(self.of("left_out"))

    def json(self) -> str:
        """One object with ``files``: the outcomes, counts by table and by kind of finding; and ``between``."""
        files = [{**vars(outcome), "path": shown(outcome.path)} for outcome in self.outcomes]
        plain = [{name: dict(v) if isinstance(v, Mapping) else v for name, v in file.items()} for file in files]
        return json.dumps(
            {"schema": "corridor.added/1", "files": plain, "between": dict(self.between)}, ensure_ascii=False, indent=1
        )


@dataclass(frozen=True)
class RebuildReport(AddReport):
    """One outcome a kept file, in the order of adding; ``replaced`` says whether the new tables now stand."""

    replaced: bool = False


def kept(
    path: Path, status: Status, ingest: Ingest, message: str = "", findings: Mapping[str, int] | None = None
) -> FileOutcome:
    """The outcome of a file that is in the store."""
    counts = {table: rows for table, rows in ingest.rows.items() if table not in _BESIDE}
    aside = ingest.rows.get("not_understood", 0)
    return FileOutcome(
        path, status, ingest.source, ingest.table, ingest.edition, counts, aside, message, findings or {}
    )


def refused(path: Path, name: str, fault: BaseException) -> FileOutcome:
    """The outcome of a file that is not in the store, with the reason in one line under the name the user knows."""
    return FileOutcome(path, "refused", message=_line(name, fault))


def left_out(path: Path, name: str, fault: BaseException) -> FileOutcome:
    """The outcome of an archive's file that holds no figures, with what it is in one line."""
    return FileOutcome(path, "left_out", message=_line(name, fault))


def shown(path: Path) -> str:
    """A path as text that can be stored and printed, also where its bytes are no text."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def _line(name: str, fault: BaseException) -> str:
    if isinstance(fault, CorridorError):
        where = replace(fault.where, file=name)
        return type(fault)(fault.what, where=where, next_step=fault.next_step).line()
    what = f"reading it failed ({type(fault).__name__}: {fault})"
    return CorridorError(
        what, where=Where(file=name), next_step="the file is not kept, please report it with this line"
    ).line()
