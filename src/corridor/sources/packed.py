"""Text files as they come, packed with gzip or not: opened the same way, and damaged ones told in one line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from corridor.errors import UnreadableFile, Where

GZIP = b"\x1f\x8b"
#: What reading a damaged packed file ends in.
DAMAGE = (OSError, EOFError, zlib.error)
#: What the first bytes of a packed file are unpacked to at most: a bomb is no longer than that.
_MOST_HEAD = 1 << 16


def unpacked(head: bytes) -> bytes:
    """The first bytes of a file as those of its text; none where it does not unpack."""
    if not head.startswith(GZIP):
        return head
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head, _MOST_HEAD)
    except zlib.error:
        return b""


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """The bytes of the text, from its start. Reading on may end in one of `DAMAGE`."""
    with path.open("rb") as plain:
        packed = plain.read(len(GZIP)) == GZIP
        plain.seek(0)
        if not packed:
            yield plain
            return
        with gzip.GzipFile(fileobj=plain, mode="rb") as text:
            yield text


def damaged(name: str, fault: Exception) -> UnreadableFile:
    """The one line for a file known as ``name`` that ends early or does not unpack."""
    words = f"ends early or does not unpack ({fault})"
    return UnreadableFile(words, where=Where(file=name), next_step="fetch it again")
