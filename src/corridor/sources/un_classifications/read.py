"""Reads lists of names in the United Nations' classifications: HS 1992 to 2022, SITC, BEC, EBOPS and ISIC.

Three layouts: the JSON of UN Comtrade (``classCode``, ``results`` of ``id, text, parent``), a CSV of the same (``id,
text, parent, ...``, also ``cmdCode, cmdDescE``), and the registry's structures of the ISIC (``Code, Description``).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path

from corridor.codes.classifications import CLASSIFICATIONS, find
from corridor.errors import BrokenLayout, Where
from corridor.evidence import ListReading, Refusal
from corridor.sources import packed, plain
from corridor.sources.left_out import LETTERS
from corridor.sources.name_rows import Named, name_rows
from corridor.sources.workbook import OLE, ZIP, Cell, Sheet, is_workbook, open_sheets, words

SOURCE = "un_classifications"

#: Lines of the data base that stand for several others.
PSEUDO = frozenset({"ALL", "TOTAL", "AG1", "AG2", "AG3", "AG4", "AG5", "AG6"})

_NOT_BOTH = "not a code and a name"

_JSON = re.compile(rb'^\s*(?:\xef\xbb\xbf)?\s*\{\s*"more"\s*:.*?"classCode"\s*:', re.DOTALL)
_CSV = (["id", "text", "parent"], ["pfCode", "cmdCode", "cmdDescE"])
_ISIC = re.compile(r'^"?Code"?(?:,|\s{2,})"?Description"?\s*$')
_SAID = re.compile(r"\b(?:HS ?\d{4}|H[0-6]|BEC ?[45]|SITC Rev\. ?\d|S[1-4])\b")
_EBOPS = re.compile(r"EBOPS (?:20)?(02|10)")
#: A class that only one revision of the ISIC has; nothing else in the file says which it is.
_ISIC_MARKS = {"I4": "0114", "I31": "0501", "I3": "5150", "I2": "1130"}
_LINE = re.compile(r'"?([A-Z]|\d{1,4})"?(?:,|\s{2,})"?(.+?)"?\s*')


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first bytes are one of the three layouts."""
    if head.startswith((OLE, ZIP)):
        return is_workbook(path, head) and _header(open_sheets(path, path.name)) in _CSV
    start = packed.unpacked(head)
    if _JSON.match(start):
        return True
    line = plain.decoded(start).split("\n", 1)[0]
    return bool(_ISIC.match(line)) or plain.first_cells(start)[:3] in _CSV


def read(path: Path, name: str) -> ListReading:
    """The names in English. Raises `BrokenLayout` where nothing says which classification it is."""
    text = _text(path, name)
    refusals: list[Refusal] = []
    if text.lstrip().startswith("{"):
        classification, rows = _from_json(text, name, refusals)
    elif _ISIC.match(text.split("\n", 1)[0]):
        classification, rows = _from_isic(text, name, refusals)
    else:
        classification, rows = _from_csv(text, name, refusals)
    return ListReading(
        source=SOURCE,
        table="names",
        edition=f"names in {CLASSIFICATIONS[classification].name}",
        published=None,
        tables={"product_names": name_rows(rows, classification, "en")},
        refusals=tuple(refusals),
    )


def _text(path: Path, name: str) -> str:
    """The file's text; a workbook's first sheet as CSV, which is what it was made from."""
    with path.open("rb") as opened:
        start = opened.read(8)
    if not start.startswith((OLE, ZIP)):
        return plain.decoded(plain.read_bytes(path, name))
    sheet = StringIO(newline="")
    csv.writer(sheet, lineterminator="\n").writerows([words(cell) for cell in row] for row in _first(path, name))
    return sheet.getvalue()


def _first(path: Path, name: str) -> Sequence[Sequence[Cell]]:
    return next(iter(sheet.rows for sheet in open_sheets(path, name)), ())


def _header(sheets: Sequence[Sheet]) -> list[str]:
    return [words(cell) for cell in sheets[0].rows[0][:3]] if sheets and sheets[0].rows else []


def _from_json(text: str, name: str, refusals: list[Refusal]) -> tuple[str, list[Named]]:
    try:
        given = json.loads(text)
        pairs = [(str(each["id"]), str(each["text"])) for each in given["results"]]
        said = str(given["classCode"])
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise BrokenLayout(f"is no sound list of names ({fault!r})", where=Where(file=name)) from None
    return _known(find(said), name), list(_named(enumerate(pairs, start=1), refusals))


def _from_csv(text: str, name: str, refusals: list[Refusal]) -> tuple[str, list[Named]]:
    header, *lines = [[cell.strip() for cell in line] for line in plain.cells(text, name)]
    code, words = ("cmdCode", "cmdDescE") if "cmdCode" in header else ("id", "text")
    columns = header.index(code), header.index(words)
    pairs = []
    for number, line in enumerate(lines, start=2):
        if len(line) > max(columns):
            pairs.append((number, (line[columns[0]], line[columns[1]])))
        elif any(line):
            refusals.append(Refusal(None, number, " | ".join(line)[:LETTERS], _NOT_BOTH))
    classification = _classification([words for _, (_, words) in pairs], header, lines)
    return _known(classification, name), list(_named(pairs, refusals))


def _classification(texts: Sequence[str], header: Sequence[str], lines: Sequence[Sequence[str]]) -> str | None:
    """What the line of the total says it is the total of; BEC 4 writes it in a column of its own."""
    if "pfCode" in header:
        return {"BE": "B4"}.get(lines[0][header.index("pfCode")]) if lines else None
    for text in texts[:3]:
        if services := _EBOPS.search(text):
            return f"EB{services[1]}"
        if said := _SAID.search(text):
            return find(said[0])
    return None


def _named(pairs: Iterable[tuple[int, tuple[str, str]]], refusals: list[Refusal]) -> Iterator[Named]:
    for number, (code, text) in pairs:
        if code in PSEUDO:
            continue
        called = " ".join(text.removeprefix(f"{code} - ").removeprefix(f"{code} ").split())
        if code and called:
            yield number, code, called, None, None
        elif code or text:
            refusals.append(Refusal(None, number, f"{code} {text}".strip()[:LETTERS], _NOT_BOTH))


def _from_isic(text: str, name: str, refusals: list[Refusal]) -> tuple[str, list[Named]]:
    rows: list[Named] = []
    for number, line in enumerate(text.split("\n")[1:], start=2):
        found = _LINE.fullmatch(line)
        if found:
            rows.append((number, found[1], " ".join(found[2].replace('""', '"').split()), None, None))
        elif line.strip():
            refusals.append(Refusal(None, number, line[:LETTERS], _NOT_BOTH))
    codes = {row[1] for row in rows}
    return _known(_isic(codes), name), rows


def _isic(codes: set[str]) -> str | None:
    return next((code for code, mark in _ISIC_MARKS.items() if mark in codes), None)


def _known(code: str | None, name: str) -> str:
    if code is None:
        raise BrokenLayout("nothing in the file says which classification it names", where=Where(file=name))
    return code
