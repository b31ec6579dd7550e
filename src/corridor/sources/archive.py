"""Whether a zip archive is safe to open: a bomb and a member that leads out of its folder are refused by name."""

from __future__ import annotations

import zlib
from pathlib import PurePosixPath, PureWindowsPath
from zipfile import BadZipFile, LargeZipFile, ZipFile

from corridor.errors import UnreadableFile, Where

#: Bytes that an archive may unpack to, and to how many times its own size where that is much.
MOST_BYTES = 16 << 30
MOST_TIMES, MUCH = 200, 256 << 20

#: What opening a damaged archive ends in: a version or a way of packing that nobody knows, a name that is no text, no
#: name at all.
DAMAGE = (BadZipFile, LargeZipFile, NotImplementedError, RuntimeError, ValueError, IndexError, zlib.error, EOFError)


def check_archive(archive: ZipFile, packed: int, name: str) -> None:
    """Raise `UnreadableFile` for an archive of ``packed`` bytes that unpacks to too much, or out of its folder."""
    where = Where(file=name)
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MOST_BYTES or (unpacked > MUCH and unpacked > MOST_TIMES * packed):
        raise UnreadableFile(
            f"the archive of {packed:,} bytes would unpack to {unpacked:,}", where=where, next_step="it is not opened"
        )
    for member in archive.namelist():
        if _leads_out(member):
            raise UnreadableFile(
                f"the archive has a member that leads out of its folder: “{member}”",
                where=where,
                next_step="it is not opened",
            )


def _leads_out(member: str) -> bool:
    windows = PureWindowsPath(member)
    return bool(windows.drive or windows.root) or ".." in windows.parts or ".." in PurePosixPath(member).parts
