"""Text files as they come, packed or not: opened the same way, and damaged ones told in one line."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from corridor.errors import UnreadableFile, Where

GZIP = b"\x1f\x8b"
#: The first bytes of a packed file, and what unpacks it.
_PACKERS = ((GZIP, gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))
_LONGEST_MARK = 6
#: What reading a damaged packed file ends in.
DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError)
#: What the first bytes of a packed file are unpacked to at most: a bomb is no longer than that.
_MOST_HEAD = 1 << 16


def unpacked(head: bytes) -> bytes:
    """The first bytes of a file as those of its text; none where it does not unpack. Only gzip unpacks in parts."""
    if not head.startswith(GZIP):
        return head
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head, _MOST_HEAD)
    except zlib.error:
        return b""


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of the text, from its start. Reading on may end in one of `DAMAGE`."""
    with path.open("rb") as plain:
        mark = plain.read(_LONGEST_MARK)
        plain.seek(0)
        unpacker = next((each for start, each in _PACKERS if mark.startswith(start)), None)
        if unpacker is None:
            yield plain
            return
        with unpacker(plain, "rb") as text:
            yield cast("IO[bytes]", text)


def damaged(name: str, fault: Exception) -> UnreadableFile:
    """The one line for a file known as ``name`` that ends early or does not unpack."""
    words = f"ends early or does not unpack ({fault})"
    return UnreadableFile(words, where=Where(file=name), next_step="fetch it again")
