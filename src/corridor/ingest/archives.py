"""Archives as publishers send them: each file inside is a file of its own.

A workbook is a zip archive too, and stays whole: its own list of contents tells it apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, is_zipfile

from corridor.errors import UnreadableFile, Where
from corridor.sources.archive import DAMAGE, check_archive

#: The list of contents that workbooks and documents of office programs hold.
_OFFICE = "[Content_Types].xml"


@dataclass(frozen=True)
class Member:
    """A file out of an archive: where its bytes lie now, and the path a person would name."""

    path: Path
    known: Path


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive of files, not a workbook. False for one that cannot be opened as a zip."""
    try:
        if not path.is_file() or not is_zipfile(path):
            return False
        with ZipFile(path) as archive:
            return _OFFICE not in archive.namelist()
    except (*DAMAGE, OSError):
        return False


def members(path: Path, folder: Path) -> Iterator[Member]:
    """Every file in an archive, unpacked into ``folder``.

    Raises `UnreadableFile` in one line for an archive that is damaged, encrypted, empty, a bomb, or leads out of its
    folder; nothing of it is then given.
    """
    where = Where(file=path.name)
    try:
        with ZipFile(path) as archive:
            check_archive(archive, path.stat().st_size, path.name)
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_litter(entry.filename)]
            if not entries:
                raise UnreadableFile("the archive holds no file", where=where)
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableFile("the archive is encrypted", where=where, next_step="unpack it, then add its files")
            for number, entry in enumerate(entries):
                yield Member(Path(archive.extract(entry, folder / f"{number}")), path / entry.filename)
    except DAMAGE as fault:
        raise UnreadableFile(f"the archive is damaged ({fault})", where=where, next_step="fetch it again") from None


def _is_litter(name: str) -> bool:
    """What some systems pack beside the files."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in (".DS_Store", "Thumbs.db")
