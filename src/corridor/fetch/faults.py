"""Why a download was not had. Three kinds, told apart by whether asking again may help."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from corridor.errors import CorridorError, Where


class DownloadFailed(CorridorError):
    """A request that brought nothing to keep; the message names the publisher and the address without a key."""


class TryAgain(DownloadFailed):
    """A fault that may pass. ``wait`` is what the publisher asked for, in seconds; None where it said nothing."""

    def __init__(self, what: str, *, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


class TooManyRows(DownloadFailed):
    """The answer is as long as the publisher allows, so rows may be missing: ask for less at a time."""


@contextmanager
def named(source: str, address: str) -> Iterator[None]:
    """Puts the publisher before a fault and the address behind it; asking again is no longer of use then."""
    try:
        yield
    except DownloadFailed as fault:
        kind = TooManyRows if isinstance(fault, TooManyRows) else DownloadFailed
        raise kind(f"{fault.what} ({address})", where=Where(source=source), next_step=fault.next_step) from None
