"""The publishers: one folder each, and the folder existing is the registration.

A source's folder holds ``source.yml`` (see `corridor.sources.card`) and ``read.py`` with two functions:

- ``recognise(path, head) -> bool``: whether a file is this publisher's, by content and never by name; ``head``
  is the file's first bytes, so that most files are turned down without being opened again;
- ``read(path, name) -> Reading``: the file in the publisher's own words; ``name`` is for messages. A table that
  names areas and goods by codes gives a `CodedReading`; a file that reports no flows (a tariff schedule, a list of
  names) a `ListReading`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, cast

from corridor.errors import (
    BrokenLayout,
    CorridorError,
    OutOfScope,
    UnknownName,
    UnreadableFile,
    UnrecognisedFile,
    Where,
)
from corridor.evidence import AnyReading, CodedReading

# The module is imported before the function of the same name is defined: importing it later would put it in
# the function's place.
from corridor.sources import delimited, out_of_scope, packed, plain, resaved
from corridor.sources.card import Card, parse_card

__all__ = ["Card", "card", "is_from", "read", "recognise", "source_ids"]

#: Bytes of a file's beginning that readers see first; every format in use says its name in fewer.
HEAD_BYTES = 4096
#: Of these the first ones, in which a page of the web says that it is one.
_STRETCH = 512
#: What is shown of an answer, and how long a line of words in the place of a table is at most.
_WORDS = 120


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
    if source := _recognised(path, head) or _resaved(path, head):
        return source
    if _is_page(head):
        words = "is a page of the web that no reader knows"
        step = "download the table itself; the page may say why not"
        raise UnrecognisedFile(words, where=Where(file=path.name), next_step=step)
    if known := out_of_scope.kind_of(path, head):
        raise OutOfScope(f"is out of scope: {known.what}", where=Where(file=path.name), next_step=known.instead)
    if odd := _no_table(head):
        raise UnrecognisedFile(odd[0], where=Where(file=path.name), next_step=odd[1])
    raise UnrecognisedFile(
        "no reader recognises this file",
        where=Where(file=path.name),
        next_step="corridor sources lists what is read; a table of your own goes in with corridor add --map",
    )


def is_from(path: Path, source: str) -> bool:
    """Whether a source's own reader takes a file for one of its own; another reader may claim it first.

    Raises `UnreadableFile` for a folder, an empty file and one that cannot be opened.
    """
    return _reader(source).recognise(path, _head(path))


def _recognised(path: Path, head: bytes) -> str:
    """The source that takes a file as it lies; empty where none does."""
    return next((source for source in source_ids() if _reader(source).recognise(path, head)), "")


def _resaved(path: Path, head: bytes) -> str:
    """The source whose table another program saved in the file; empty where there is none."""
    with _probes(path, head) as probes:
        return next((source for _, probe in probes if (source := _recognised(probe, _head(probe)))), "")


@contextmanager
def _probes(path: Path, head: bytes) -> Iterator[Iterator[tuple[resaved.Form, Path]]]:
    """The forms in which a file can be written anew, each with its beginning."""
    with TemporaryDirectory(prefix="corridor-") as folder, closing(resaved.forms(path, head)) as forms:
        yield _written(forms, Path(folder))


def _written(forms: Iterator[resaved.Form], folder: Path) -> Iterator[tuple[resaved.Form, Path]]:
    for form in forms:
        probe = folder / "probe"
        form.probe(probe)
        if probe.stat().st_size:
            yield form, probe


def _text(head: bytes) -> bytes:
    """The first bytes of the text, without a mark and blanks in front."""
    return packed.unpacked(head)[:_STRETCH].lstrip(b"\xef\xbb\xbf \t\r\n")


def _is_page(head: bytes) -> bool:
    return _text(head).lower().startswith((b"<!doctype html", b"<html"))


def _no_table(head: bytes) -> tuple[str, str] | None:
    """What a file is that no reader could know whatever it says, and what to do with it."""
    text = _text(head)
    said = " ".join(text[:_WORDS].decode("utf-8", "replace").split())
    if text.startswith((b"{", b"[", b"<?xml")):
        return f"no reader recognises this file: it begins {said}", "it may say what was wrong with the question"
    if len(head) < _WORDS and not {*b"\n\t;\x00"} & {*text.strip()}:
        return f"no reader recognises this file: it says only “{said}”", "fetch it again"
    return None


def read(path: Path, source: str, name: str) -> AnyReading:
    """A publisher's file in its own words; ``name`` is the name the user knows it by, for messages.

    Raises `UnreadableFile` or `BrokenLayout`, both with the place and the next step.
    """
    head = _head(path, name)
    reader = _reader(source)
    if not reader.recognise(path, head):
        return _read_resaved(reader, path, head, name) or reader.read(path, name)
    try:
        return reader.read(path, name)
    except (BrokenLayout, plain.OldLetters) as fault:
        if path.stat().st_size > plain.LONGEST_TEXT:
            raise
        return _read_again(reader, path, head, name, fault)


def _read_again(reader: Reader, path: Path, head: bytes, name: str, fault: CorridorError) -> AnyReading:
    """The file as another program saved it; what is wrong with it as it lies where it cannot be read so either."""
    try:
        reading = _read_resaved(reader, path, head, name)
    except (BrokenLayout, UnreadableFile) as again:
        raise (again if isinstance(fault, delimited.OddNumbers) else fault) from None
    if reading is None:
        raise fault
    return reading


def _read_resaved(reader: Reader, path: Path, head: bytes, name: str) -> AnyReading | None:
    """The file as another program saved it; None where it holds no such table.

    Raises `BrokenLayout` where several sheets hold one.
    """
    found: dict[str, AnyReading] = {}
    faults: list[BrokenLayout | UnreadableFile] = []
    with _probes(path, head) as probes:
        for form, probe in probes:
            if form.page in found or not reader.recognise(probe, _head(probe)):
                continue
            try:
                found[form.page] = _read_form(reader, form, probe, name)
            except (BrokenLayout, UnreadableFile) as fault:
                faults.append(fault)
    if len(found) > 1:
        sheets = " and ".join(f"“{page}”" for page in list(found)[:2])
        words = f"{len(found)} sheets hold a table each: {sheets}"
        raise BrokenLayout(words, where=Where(file=name), next_step="save each sheet as a file of its own")
    if faults and not found:
        raise next((fault for fault in faults if not isinstance(fault, delimited.OddNumbers)), faults[0])
    return next(iter(found.values()), None)


def _read_form(reader: Reader, form: resaved.Form, probe: Path, name: str) -> AnyReading:
    whole = probe.with_name("whole")
    form.whole(whole, name)
    reading = reader.read(whole, name)
    reading = replace(reading, refusals=(*reading.refusals, *form.refusals))
    return replace(reading, page=form.page) if isinstance(reading, CodedReading) and form.page else reading


@cache
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
