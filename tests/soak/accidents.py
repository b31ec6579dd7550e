"""Accidents that befall files: bytes lost, cells swapped, columns gone, other letters, other signs, another program.

Each is drawn by number, so that the name of a specimen and a number are all it takes to make a file again.
"""

from __future__ import annotations

import bz2
import copy
import csv
import gzip
import io
import json
import lzma
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from corridor.sources.archive import DAMAGE

Draw = random.Random

#: What stands in cells where something else should: what programs write for nothing, numbers of other countries,
#: digits that are none of ours, what Python takes for a number and no publisher writes, formulas, quotes, ends.
ODD = (
    "", " ", "0", "-0", "-1", "NA", "N/A", "NaN", "nan", "inf", "-Infinity", "null", "None", "TRUE", "false", "..", "-",
    "*", "#REF!", "#", "1e400", "-1e-400", "1E5", "0x10", "1_000", "1,5", "1.5", "1.234,56", "1,234.56", "1 234,5",
    "1\u00a0234", "\u2212" "5", "(5)", "5-", "+7", "00", "007", "9" * 25, "0." + "0" * 30 + "1", "12,34,567", "\u0663",
    "\u00b2", "\u00bd", "\uff11", "=1+1", "@x", "'0101", '"', '""', "'", "\\", "\x00", "\x1a", "\r", "\n", "\t", ";",
    "\u2028", "\ufeff", "\u202e", "\u0301", "I\u0307", "2021", "1899", "20211", "2021-13", "2021-M00", "13/2021",
    "31.02.2021", "2021-W01", "RUS", "VNM", "ZZZ", "WLD", "643", "704", "0", "TOTAL", "XXXXXXXXXX", "010121", "10121",
    "01012100001", "H6", "kg", "USD", "thousand", "{}", "[]", "[[[[", "{\"a\":1}", "<b>", "&#0;", "&amp;", "</td>",
    "x" * 300, "9" * 4400, ",",
)  # fmt: skip
#: A word, a number or a code: what stands between the signs that part cells, in any of the formats.
WORD = re.compile(r"[^\s,;|\"'<>{}\[\]():=]+")
SEPARATORS = ",\t;|"
GZIP = b"\x1f\x8b"
LETTERS = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1251", "cp1252", "cp866", "koi8-r", "latin-1", "cp1258")
PACKERS: tuple[Callable[[bytes], bytes], ...] = (lambda body: gzip.compress(body, mtime=0), bz2.compress, lzma.compress)


def accident(name: str, body: bytes, number: int) -> bytes:
    """The file after one to four accidents; the same name and number bring the same ones."""
    draw = random.Random(f"{name} {number}")
    for _ in range(draw.choice((1, 1, 2, 3, 4))):
        body = _one(draw, body) or b"\0"
    return body


def called(name: str, number: int) -> str:
    """The name under which the file comes: one in twenty was called something else."""
    draw = random.Random(f"{number} {name}")
    if draw.random() >= 0.05:
        return name
    stem, point, ending = name.rpartition(".")
    change = draw.choice((_other_word, _swapped_words, _misspelt, _other_digit))
    # No system takes these signs, or so many.
    plain = re.sub(r'[\x00-\x1f<>:"/\\|?*\ud800-\udfff]', "_", change(draw, re.sub(r"[_.-]", " ", stem)))
    return re.sub(" ", "_", plain).strip(". ")[:100] + point + ending


def _one(draw: Draw, body: bytes) -> bytes:
    if draw.random() < 0.25:
        return draw.choice(ON_BYTES)(draw, body)
    if body.startswith(b"PK"):
        return _member(draw, body)
    if body.startswith(GZIP):
        return _unpacked(draw, body)
    if body.startswith(b"%PDF"):
        return _printed(draw, body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return draw.choice(ON_BYTES)(draw, body)
    if draw.random() < 0.1:
        return draw.choice(ON_FILES)(draw, text)
    if text.startswith(("{", "[")) and draw.random() < 0.5:
        return _in_an_object(draw, text).encode("utf-8", "surrogatepass")
    return draw.choice(ON_TEXT)(draw, text).encode("utf-8", "surrogatepass")


# On bytes


def _stretch(draw: Draw, body: bytes | str, longest: int = 64) -> tuple[int, int]:
    place = draw.randrange(len(body) + 1)
    return place, min(len(body), place + draw.randint(1, longest))


def _changed(draw: Draw, body: bytes) -> bytes:
    place, end = _stretch(draw, body)
    return body[:place] + draw.randbytes(draw.randint(1, 16)) + body[end:]


def _dropped(draw: Draw, body: bytes) -> bytes:
    place, end = _stretch(draw, body)
    return body[:place] + body[end:]


def _put_in(draw: Draw, body: bytes) -> bytes:
    place, _ = _stretch(draw, body)
    return body[:place] + draw.randbytes(draw.randint(1, 64)) + body[place:]


def _again(draw: Draw, body: bytes) -> bytes:
    place, end = _stretch(draw, body)
    return body[:place] + body[place:end] * draw.randint(1, 50) + body[place:]


def _cut(draw: Draw, body: bytes) -> bytes:
    return body[: draw.randrange(len(body) + 1)]


def _zeroed(draw: Draw, body: bytes) -> bytes:
    place, end = _stretch(draw, body)
    return body[:place] + bytes(end - place) + body[end:]


def _one_bit(draw: Draw, body: bytes) -> bytes:
    if not body:
        return body
    place = draw.randrange(len(body))
    return body[:place] + bytes([body[place] ^ 1 << draw.randrange(8)]) + body[place + 1 :]


ON_BYTES = (_changed, _dropped, _put_in, _again, _cut, _zeroed, _one_bit)


# On words, wherever they stand


def _words(text: str) -> list[re.Match[str]]:
    return list(WORD.finditer(text)) or list(re.finditer(r"^", text))


def _other_word(draw: Draw, text: str) -> str:
    word = draw.choice(_words(text))
    return text[: word.start()] + draw.choice(ODD) + text[word.end() :]


def _swapped_words(draw: Draw, text: str) -> str:
    words = _words(text)
    first, second = sorted((draw.choice(words), draw.choice(words)), key=lambda word: word.start())
    if first.start() == second.start():
        return text
    between = text[first.end() : second.start()]
    return text[: first.start()] + second.group() + between + first.group() + text[second.end() :]


def _misspelt(draw: Draw, text: str) -> str:
    word = draw.choice(_words(text))
    told = word.group()
    found = draw.choice((told.upper(), told.lower(), told[1:], told[:-1], told + told[-1:], f" {told} ", told[::-1]))
    return text[: word.start()] + found + text[word.end() :]


def _other_digit(draw: Draw, text: str) -> str:
    places = [place for place, letter in enumerate(text) if letter.isdecimal()]
    if not places:
        return text
    place = draw.choice(places)
    return text[:place] + draw.choice("0123456789-.,e ") + text[place + 1 :]


def _other_letter(draw: Draw, text: str) -> str:
    place = draw.randrange(len(text)) if text else 0
    return text[:place] + draw.choice('",;\t\n\r\x00 <>{}[]:|=ёệ\u0301\U0001f600') + text[place + draw.randint(0, 1) :]


# On lines


def _lines(draw: Draw, text: str) -> str:
    lines = text.split("\n")
    place, other = draw.randrange(len(lines)), draw.randrange(len(lines))
    match draw.choice(("drop", "repeat", "swap", "short", "join", "blank", "note", "many", "end")):
        case "drop":
            del lines[place]
        case "repeat":
            lines.insert(other, lines[place])
        case "swap":
            lines[place], lines[other] = lines[other], lines[place]
        case "short":
            lines[place] = lines[place][: draw.randrange(len(lines[place]) + 1)]
        case "join":
            lines[place : place + 2] = ["".join(lines[place : place + 2])]
        case "blank":
            lines.insert(place, draw.choice(("", " ", "\r", ",,,,", "\t\t\t", '""')))
        case "note":
            lines.insert(place, draw.choice(("Source: invented", "sep=;", "# 1", "Total", "1", "a,b,c", "Note\tx")))
        case "many":
            lines[place:place] = [lines[other]] * draw.randint(2, 200)
        case "end":
            lines = lines[:place]
    return "\n".join(lines)


# On columns


def _columns(draw: Draw, text: str) -> str:
    rows, separator = cells_of(text)
    if not rows:
        return _lines(draw, text)
    # A line of its own above the table, such as a map, stays what it is.
    above, rows = (text.split("\n")[:1], rows[1:]) if text.startswith("#") else ([], rows)
    widest = max(map(len, rows), default=0)
    if not widest:
        return _lines(draw, text)
    one, other, odd = draw.randrange(widest), draw.randrange(widest), draw.choice(ODD)
    change = draw.choice((_without, _exchanged, _doubled, _filled, _blank, _headed, _cell, _moved))
    table = written([change(draw, row, at, one, other, odd) for at, row in enumerate(rows)], separator)
    return "\n".join([*above, table])


#: How `csv` puts marks round cells.
Quoting = Literal[0, 1, 2, 3]


def cells_of(text: str) -> tuple[list[list[str]], str]:
    first = max(text.split("\n", 9)[:9], key=len)
    separator = max(SEPARATORS, key=first.count)
    if not first.count(separator):
        return [], ""
    try:
        return list(csv.reader(text.split("\n"), delimiter=separator)), separator
    except csv.Error:
        return [], ""


def written(rows: Sequence[Sequence[str]], separator: str, quoting: Quoting = csv.QUOTE_MINIMAL) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\n", quoting=quoting).writerows(rows)
    return buffer.getvalue()


Change = Callable[[Draw, list[str], int, int, int, str], list[str]]


def _without(draw: Draw, row: list[str], at: int, one: int, other: int, odd: str) -> list[str]:
    return row[:one] + row[one + 1 :]


def _exchanged(draw: Draw, row: list[str], at: int, one: int, other: int, odd: str) -> list[str]:
    if max(one, other) < len(row):
        row[one], row[other] = row[other], row[one]
    return row


def _doubled(draw: Draw, row: list[str], at: int, one: int, other: int, odd: str) -> list[str]:
    return [*row[:other], *row[one : one + 1], *row[other:]]


def _filled(draw: Draw, row: list[str], at: int, one: int, other: int, odd: str) -> list[str]:
    return [*row[:one], odd, *row[one + 1 :]] if at else row


def _blank(draw: Draw, row: list[str], at: int, one: int, other: int, odd: str) -> list[str]:
    return [*row[:one], "", *row[one:]]


def _headed(draw: Draw, row: list[str], at: int, one: int, other: int, odd: str) -> list[str]:
    return row if at else [*row[:one], odd, *row[one + 1 :]]


def _cell(draw: Draw, row: list[str], at: int, one: int, other: int, odd: str) -> list[str]:
    return row if draw.random() < 0.5 else [*row[:one], draw.choice(ODD), *row[one + 1 :]]


def _moved(draw: Draw, row: list[str], at: int, one: int, other: int, odd: str) -> list[str]:
    return row if draw.random() < 0.7 else [*row[:one], "", *row[one:]]


ON_TEXT = (_other_word, _other_word, _swapped_words, _misspelt, _other_digit, _other_letter, _lines, _columns, _columns)


# On objects


def _in_an_object(draw: Draw, text: str) -> str:
    """Another value, one more or one less anywhere in the objects of a text, or of one of its lines."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        lines = text.split("\n")
        place = draw.randrange(len(lines))
        lines[place] = _in_an_object(draw, lines[place]) if len(lines) > 1 else _other_word(draw, lines[place])
        return "\n".join(lines)
    places = list(_places(said))
    if not places:
        return text
    (within, at), (other, there) = draw.choice(places), draw.choice(places)
    match draw.choice(("odd", "odd", "empty", "drop", "swap", "deep", "again")):
        case "odd":
            within[at] = draw.choice((draw.choice(ODD), None, True, 0, -1, 1.5, 1e308, 10**25, "2021", "643"))
        case "empty":
            within[at] = draw.choice(({}, [], [None], {"": ""}))
        case "drop":
            del within[at]
        case "swap":
            within[at], other[there] = copy.deepcopy(other[there]), copy.deepcopy(within[at])
        case "deep":
            within[at] = [within[at]]
        case "again" if isinstance(within, list):
            within[at:at] = [copy.deepcopy(within[at])] * draw.randint(1, 20)
        case _:
            within[at] = str(within[at])
    return json.dumps(said, ensure_ascii=draw.random() < 0.5)


def _places(said: Any) -> Iterator[tuple[Any, Any]]:
    """Every value in an object, as what it stands in and where in it."""
    for at in said if isinstance(said, dict) else range(len(said)) if isinstance(said, list) else ():
        yield said, at
        yield from _places(said[at])


# On whole files, as another program saves them


def _in_letters(draw: Draw, text: str) -> bytes:
    return text.encode(draw.choice(LETTERS), "replace")


def _packed(draw: Draw, text: str) -> bytes:
    return draw.choice(PACKERS)(text.encode("utf-8", "replace"))


def _in_an_archive(draw: Draw, text: str) -> bytes:
    return _archive({draw.choice(("a.csv", "b/c.txt", "../d", "e")): text.encode("utf-8", "replace")})


def _other_ends(draw: Draw, text: str) -> bytes:
    return text.replace("\n", draw.choice(("\r\n", "\r", "\n\n", "\r\r\n", " \n", "\u2028"))).encode("utf-8", "replace")


def _other_separator(draw: Draw, text: str) -> bytes:
    rows, _ = cells_of(text)
    marked: tuple[Quoting, ...] = (csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC)
    quoting = draw.choice(marked)
    return written(rows, draw.choice(SEPARATORS), quoting).encode("utf-8", "replace")


def _decimal_commas(draw: Draw, text: str) -> bytes:
    rows, _ = cells_of(text)
    told = [[re.sub(r"^(-?\d+)\.(\d+)$", r"\1,\2", cell) for cell in row] for row in rows]
    return written(told, draw.choice(";\t,")).encode("utf-8", "replace")


def _without_end(draw: Draw, text: str) -> bytes:
    """A quotation mark that is not closed, so that the rest of a long file is one cell."""
    lines = text.split("\n")
    place = draw.randrange(len(lines)) + 1
    below = lines[-2:-1] * (140_000 // (len(lines[-2:-1][0]) + 1)) if lines[-2:-1] else []
    return "\n".join([*lines[:place], '"', *below[:20_000], *lines[place:]]).encode("utf-8", "replace")


ON_FILES = (
    _in_letters, _in_letters, _packed, _in_an_archive, _other_ends, _other_separator, _decimal_commas, _without_end,
)  # fmt: skip


# On workbooks, packed files and printed forms

UNSOUND = (OSError, *DAMAGE)


def _member(draw: Draw, body: bytes) -> bytes:
    """An accident within a member of an archive, which is then sound again from outside."""
    try:
        members = _members(body)
    except UNSOUND:
        return draw.choice(ON_BYTES)(draw, body)
    # What the sheets say stands in these two; the others say how it looks.
    telling = [name for name in members if "sheet" in name or "Strings" in name]
    name = draw.choice(telling if telling and draw.random() < 0.8 else list(members) or [""])
    if draw.random() < 0.03:
        members.pop(name, None)
    else:
        members[name] = _one(draw, members.get(name, b"<a/>")) or b""
    return _archive(members)


def _unpacked(draw: Draw, body: bytes) -> bytes:
    """An accident within a packed text."""
    try:
        text = gzip.decompress(body)
    except UNSOUND:
        return draw.choice(ON_BYTES)(draw, body)
    return gzip.compress(_one(draw, text), mtime=0)


def _members(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name)[: 1 << 20] for name in archive.namelist()}


def _archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name.replace("\x00", "")), member)
    return buffer.getvalue()


def _printed(draw: Draw, body: bytes) -> bytes:
    """Words and places of a printed form, whose streams are plain text."""
    text = body.decode("latin-1")
    change = draw.choice((_swapped_words, _swapped_words, _misspelt, _other_digit, _other_digit, _other_word, _lines))
    return change(draw, text).encode("latin-1", "replace")
