"""Why a download was not had. Three kinds, told apart by whether asking again may help."""

from __future__ import annotations

from corridor.errors import CorridorError


class DownloadFailed(CorridorError):
    """A request that brought nothing to keep; the message names the publisher and the address without a key."""


class TryAgain(DownloadFailed):
    """A fault that may pass. ``wait`` is what the publisher asked for, in seconds; None where it said nothing."""

    def __init__(self, what: str, *, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


class TooManyRows(DownloadFailed):
    """The answer is as long as the publisher allows, so rows may be missing: ask for less at a time."""
