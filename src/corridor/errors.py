"""What can go wrong, said in one line: what happened, where, what to do next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Where:
    """The place an error speaks of; every part may be unknown."""

    source: str | None = None
    file: str | None = None
    page: int | str | None = None
    row: int | None = None

    def __str__(self) -> str:
        parts = [self.file or self.source or ""]
        if self.page is not None:
            parts.append(f"page {self.page}" if isinstance(self.page, int) else f"sheet {self.page}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        return _printable(", ".join(part for part in parts if part))


def _printable(text: str) -> str:
    """The text without what would break a line or steer a terminal: names of files and cells are anybody's."""
    return text if text.isprintable() else "".join(each if each.isprintable() else "\ufffd" for each in text)


class CorridorError(Exception):
    """A failure a person can act on. The terminal prints it as one line and exits with ``exit_code``."""

    exit_code = 1

    def __init__(self, what: str, *, where: Where | None = None, next_step: str = "") -> None:
        self.what = _printable(" ".join(what.split()))
        self.where = where or Where()
        self.next_step = _printable(" ".join(next_step.split()))
        super().__init__(self.line())

    def line(self) -> str:
        """The whole message on one line: ``where: what; next step``."""
        place = str(self.where)
        text = f"{place}: {self.what}" if place else self.what
        return f"{text}; {self.next_step}" if self.next_step else text

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments do not survive the default pickling, and readers raise in worker processes.
        return (_revive, (type(self), self.what, self.where, self.next_step))


def _revive(kind: type[CorridorError], what: str, where: Where, next_step: str) -> CorridorError:
    return kind(what, where=where, next_step=next_step)


class UsageError(CorridorError):
    """The question itself is wrong: an unknown name, a period that cannot be read."""

    exit_code = 2


class UnknownName(UsageError):
    """A name that no table knows; the message shows the nearest known ones."""


class UnreadableFile(CorridorError):
    """A file that cannot be read at all: empty, truncated, a folder, no permission."""


class UnrecognisedFile(CorridorError):
    """A readable file that no publisher's reader recognises."""


class OutOfScope(UnrecognisedFile):
    """A file that is known, and is no statistic that anybody is to read here."""


class BrokenLayout(CorridorError):
    """A publisher's file whose structure is not the one its reader knows."""


class StoreError(CorridorError):
    """The store cannot be used: locked by somebody, damaged, or from a newer version."""


class NothingFound(CorridorError):
    """The question is sound, but no table has an answer."""
