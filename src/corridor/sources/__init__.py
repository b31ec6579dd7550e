"""The publishers: one folder each, and the folder existing is the registration.

A source's folder holds ``source.yml`` (see `corridor.sources.card`) and ``read.py`` with two functions:

- ``recognise(path, head) -> bool``: whether a file is this publisher's, by content and never by name; ``head``
  is the file's first bytes, so that most files are turned down without being opened again;
- ``read(path, name) -> Reading``: the file in the publisher's own words; ``name`` is for messages. A table that
  names areas and goods by codes gives a `CodedReading`; a file that reports no flows (a tariff schedule, a list of
  names) a `ListReading`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Protocol, cast

from corridor.errors import OutOfScope, UnknownName, UnreadableFile, UnrecognisedFile, Where
from corridor.evidence import AnyReading

# The module is imported before the function of the same name is defined: importing it later would put it in
# the function's place.
from corridor.sources import out_of_scope
from corridor.sources.card import Card, parse_card

__all__ = ["Card", "card", "is_from", "read", "recognise", "source_ids"]

#: Bytes of a file's beginning that readers see first; every format in use says its name in fewer.
HEAD_BYTES = 4096
#: Of these the first ones, in which a page of the web says that it is one; and how text in two bytes a letter begins.
_STRETCH, _UTF_16 = 512, (b"\xff\xfe", b"\xfe\xff")


class Reader(Protocol):
    """What a source's ``read.py`` offers."""

    def recognise(self, path: Path, head: bytes) -> bool:
        """Whether the file is this publisher's."""
        ...

    def read(self, path: Path, name: str) -> AnyReading:
        """The file in the publisher's own words."""
        ...


@cache
def source_ids() -> tuple[str, ...]:
    """The ids of all sources, in alphabetical order."""
    return tuple(sorted(entry.name for entry in files(__name__).iterdir() if entry.joinpath("source.yml").is_file()))


@cache
def card(source: str) -> Card:
    """The card of a source. Raises `UnknownName`, or `BrokenCard` for a card that is no sound form."""
    if source not in source_ids():
        raise UnknownName(f"no source is called {source!r}", next_step=f"known sources: {', '.join(source_ids())}")
    name = f"{source}/source.yml"
    return parse_card(files(__name__).joinpath(source, "source.yml").read_text(encoding="utf-8"), name)


def recognise(path: Path) -> str:
    """The id of the source a file comes from, told by its content.

    Raises `UnreadableFile` for a folder, an empty file, one that cannot be opened or one that is damaged, and
    `UnrecognisedFile` for one that no reader knows, `OutOfScope` for one known to be none, with the reason.
    """
    head = _head(path)
    for source in source_ids():
        if _reader(source).recognise(path, head):
            return source
    if odd := _no_table(head):
        raise UnrecognisedFile(odd[0], where=Where(file=path.name), next_step=odd[1])
    if known := out_of_scope.kind_of(path, head):
        raise OutOfScope(f"is out of scope: {known.what}", where=Where(file=path.name), next_step=known.instead)
    raise UnrecognisedFile(
        "no reader recognises this file",
        where=Where(file=path.name),
        next_step="corridor sources lists what is read; a table of your own goes in by corridor add --map",
    )


def is_from(path: Path, source: str) -> bool:
    """Whether a source's own reader takes a file for one of its own; another reader may claim it first.

    Raises `UnreadableFile` for a folder, an empty file and one that cannot be opened.
    """
    return _reader(source).recognise(path, _head(path))


def _no_table(head: bytes) -> tuple[str, str] | None:
    """What a file is that no reader could know whatever it says, and what to do with it."""
    start = head[:_STRETCH].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "is a page of the web that no reader knows", "download the table itself; the page may say why not"
    if head.startswith(_UTF_16):
        return "is text in UTF-16", "save it as UTF-8"
    return None


def read(path: Path, source: str, name: str) -> AnyReading:
    """A publisher's file in its own words; ``name`` is the name the user knows it by, for messages.

    Raises `UnreadableFile` or `BrokenLayout`, both with the place and the next step.
    """
    _head(path, name)
    return _reader(source).read(path, name)


def _reader(source: str) -> Reader:
    card(source)
    return cast("Reader", import_module(f"{__name__}.{source}.read"))


def _head(path: Path, name: str = "") -> bytes:
    """The first bytes of a file that is a file, opens, and is not empty."""
    where = Where(file=name or path.name or str(path))
    try:
        if path.is_dir():
            raise UnreadableFile("this is a folder, not a file", where=where, next_step="name the files in it")
        if path.exists() and not path.is_file():
            raise UnreadableFile("this is a device or a pipe, not a file", where=where)
        with path.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
    except OSError as fault:
        raise UnreadableFile(f"cannot be opened ({fault.strerror})", where=where) from None
    if not head:
        raise UnreadableFile("the file is empty", where=where, next_step="fetch it again")
    return head
