"""Files for the user: there whole, or as they were before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corridor.errors import CorridorError, Where

#: Ending of a file that is still being written.
PARTIAL = ".partial"


def write_whole(path: Path, content: str | bytes, *, what: str, next_step: str) -> Path:
    """Puts ``content`` (text as UTF-8) into a file and gives its path.

    A failure leaves the old file, if there was one, untouched, and is a `CorridorError` of one line: ``what`` names the
    thing that cannot be written. A device such as a null device is written to as it is.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    partial = path.with_name(f"{path.name}{PARTIAL}")
    try:
        with _one_line(path, what, next_step):
            if path.exists() and not path.is_file():
                path.write_bytes(data)
            else:
                partial.write_bytes(data)
                partial.replace(path)
    except CorridorError:
        _remove(partial)
        raise
    return path


def made_folder(folder: Path, *, what: str, next_step: str) -> Path:
    """The folder, made where it is not there yet; a failure is a `CorridorError` of one line."""
    with _one_line(folder, what, next_step):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _one_line(path: Path, what: str, next_step: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as fault:
        # A name with a zero byte is a ValueError of its own kind.
        reason = getattr(fault, "strerror", None) or fault
        raise CorridorError(
            f"{what} cannot be written ({reason})", where=Where(file=str(path)), next_step=next_step
        ) from None


def _remove(partial: Path) -> None:
    # What made the writing fail may also forbid the removal; the first fault is the one to tell.
    with suppress(OSError, ValueError):
        partial.unlink(missing_ok=True)
