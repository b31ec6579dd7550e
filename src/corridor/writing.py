"""Files for the user: there whole, or as they were before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    if path.exists() and not path.is_file():
        with _one_line(path, what, next_step):
            path.write_bytes(data)
    else:
        _in_place({path: data}, path, what, next_step)
    return path


def write_all(folder: Path, files: Mapping[str, bytes], *, what: str, next_step: str) -> list[Path]:
    """Puts files into a folder, made where it is not there, and gives their paths; none is put before all are made."""
    with _one_line(folder, what, next_step):
        folder.mkdir(parents=True, exist_ok=True)
    contents = {folder / name: content for name, content in files.items()}
    _in_place(contents, folder, what, next_step)
    return list(contents)


def _in_place(contents: Mapping[Path, bytes], where: Path, what: str, next_step: str) -> None:
    waiting = {path: path.with_name(f"{path.name}{PARTIAL}") for path in contents}
    try:
        with _one_line(where, what, next_step):
            for path, partial in waiting.items():
                partial.write_bytes(contents[path])
            for path, partial in waiting.items():
                partial.replace(path)
    except CorridorError:
        for partial in waiting.values():
            # What made the writing fail may also forbid the removal; the first fault is the one to tell.
            with suppress(OSError, ValueError):
                partial.unlink(missing_ok=True)
        raise


@contextmanager
def _one_line(path: Path, what: str, next_step: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as fault:
        # A name with a zero byte is a ValueError of its own kind.
        reason = getattr(fault, "strerror", None) or fault
        where = Where(file=str(getattr(fault, "filename", None) or path).removesuffix(PARTIAL))
        raise CorridorError(f"{what} cannot be written ({reason})", where=where, next_step=next_step) from None
