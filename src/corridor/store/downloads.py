"""What was asked of publishers: files on their way, what each address said of its file, and what was not had.

The folder ``downloads`` of a store. Nothing in it is the record: it may be deleted, and downloads then start
anew. ``ledger.json`` in it remembers every period that a publisher was asked for and did not give, until it does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corridor.errors import StoreError, Where
from corridor.store import lock
from corridor.store.files import one_line, write_whole

FOLDER = "downloads"
LEDGER = "ledger.json"


@dataclass(frozen=True)
class Missed:
    """A period that was asked for and not had; an empty ``reporter``, ``partner`` or ``flow`` stands for any."""

    source: str
    table: str
    freq: str
    period_start: date
    period_end: date
    flow: str
    reporter: str
    partner: str
    product: str
    reason: str
    url: str
    asked: date

    @property
    def what(self) -> tuple[object, ...]:
        """All that tells one missed period from another."""
        place = (self.source, self.table, self.freq, self.period_start, self.period_end)
        return (*place, self.flow, self.reporter, self.partner, self.product)


@dataclass(frozen=True)
class Answered:
    """What an address said of the file it gave, and the checksum under which that file is held."""

    etag: str
    last_modified: str
    snapshot: str


class Downloads:
    """The ledger, opened by the one who downloads; made by `open_downloads`."""

    def __init__(self, folder: Path, answered: Mapping[str, Answered], missed: Iterable[Missed]) -> None:
        self.folder = folder
        self._answered = dict(answered)
        self._missed = {each.what: each for each in missed}

    def answered(self, url: str) -> Answered | None:
        """What the address said when its file was last added."""
        return self._answered.get(url)

    def remember(self, url: str, answered: Answered) -> None:
        """Note what an address said of a file that is held now."""
        self._answered[url] = answered
        self._save()

    def settle(self, had: Iterable[Missed], missed: Iterable[Missed]) -> None:
        """Strike out what was had at last (whatever its reason was), and note what was not."""
        for each in had:
            self._missed.pop(each.what, None)
        self._missed.update({each.what: each for each in missed})
        self._save()

    def _save(self) -> None:
        ledger = {
            "answered": {url: asdict(answered) for url, answered in sorted(self._answered.items())},
            "missed": [_as_text(each) for each in self._missed.values()],
        }
        path = self.folder / LEDGER
        with one_line(path):
            write_whole(path, (json.dumps(ledger, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


@contextmanager
def open_downloads(store: Path) -> Iterator[Downloads]:
    """Open the folder of downloads, alone. Raises `StoreError` where another process downloads into it."""
    folder = store / FOLDER
    with one_line(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with lock.writing(folder):
        ledger = _read(folder)
        answered = {url: Answered(**each) for url, each in ledger.get("answered", {}).items()}
        yield Downloads(folder, answered, map(_missed, ledger.get("missed", [])))


def read_missed(store: Path) -> tuple[Missed, ...]:
    """Every period that was asked for and not had so far."""
    return tuple(map(_missed, _read(store / FOLDER).get("missed", [])))


def _read(folder: Path) -> Mapping[str, Any]:
    path = folder / LEDGER
    with one_line(path):
        try:
            ledger: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError:
            raise StoreError("is damaged", where=Where(file=str(path)), next_step="remove it") from None
    return ledger


def _as_text(missed: Missed) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(missed).items()}


def _missed(row: Mapping[str, Any]) -> Missed:
    dates = {name: date.fromisoformat(row[name]) for name in ("period_start", "period_end", "asked")}
    return Missed(**{**row, **dates})
