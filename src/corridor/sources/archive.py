"""Whether a zip archive is safe to open: a bomb and a member that leads out of its folder are refused by name."""

from __future__ import annotations

import lzma
import zlib
from pathlib import PurePosixPath, PureWindowsPath
from zipfile import BadZipFile, ZipFile

from corridor.errors import UnreadableFile, Where

#: Bytes that an archive may unpack to, and to how many times its own size where that is much.
MOST_BYTES = 16 << 30
MOST_TIMES, MUCH = 200, 256 << 20

#: What opening or reading a damaged archive ends in.
DAMAGE = (
    BadZipFile,  # a list of contents, a heading or a checksum that is wrong
    RuntimeError,  # a version, or a way of packing or of hiding, that Python does not know
    ValueError,  # a name that is no text, a place before the file's begin
    IndexError,  # a member without a name
    EOFError,  # a member that ends early
    zlib.error,
    lzma.LZMAError,
)


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
