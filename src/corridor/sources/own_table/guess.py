"""A map proposed for a table, by the words of its heading and what stands below them."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

from corridor.errors import UnreadableFile, Where
from corridor.sources import plain

#: Our column -> words that headings for it hold, in three languages, the surest first.
_WORDS = {
    "reporter": ("reporter", "declarant", "exporter", "отчит", "nước báo cáo"),
    "partner": ("partner", "country", "importer", "страна", "партн", "nước", "đối tác"),
    "flow": ("flow", "direction", "направл", "napr", "luồng", "chiều"),
    "product": ("product", "commodity", "hs", "code", "код", "тн вэд", "tnved", "mã"),
    "period": ("period", "year", "month", "date", "период", "год", "kỳ", "năm", "tháng"),
    "value": ("value", "usd", "amount", "стоим", "сумма", "trị giá", "kim ngạch"),
    "net_weight_kg": ("net weight", "netto", "weight", "kg", "нетто", "вес", "khối lượng"),
}
_CONSTANTS = {"reporter": "RUS", "partner": "WLD", "flow": "export", "product": "TOTAL", "period": "2025"}
_SEPARATORS = (",", ";", "\t")
_LINES = 200


def guess(path: Path) -> str:
    """A map in YAML, with a line of comment for what must be looked at. Raises `UnreadableFile` for no table."""
    text = plain.decoded(plain.read_bytes(path, path.name), ("utf-8-sig", "cp1251", "cp1252"))
    lines = text.split("\n")[:_LINES]
    separator = max(_SEPARATORS, key=lines[0].count)
    heading = [cell.strip() for cell in next(csv.reader(lines[:1], delimiter=separator), [])]
    if len(heading) < 2:
        raise UnreadableFile("the first line names no columns", where=Where(file=path.name))
    found = _columns(heading)
    if "value" not in found:
        raise UnreadableFile("no heading names a value", where=Where(file=path.name), next_step=f"headings: {heading}")
    constants = {name: said for name, said in _CONSTANTS.items() if name not in found}
    said = {
        "title": path.stem,
        "columns": found,
        **({"constants": constants} if constants else {}),
        "classification": "HS",
        "scale": _scale(found["value"]),
        "areas": "names",
        "decimal": _decimal(lines, heading.index(found["value"]), separator),
        "separator": separator,
        "encoding": "utf-8" if _is_utf8(path) else "cp1251",
    }
    check = f"# Proposed from the headings: look at {', '.join(constants) or 'scale'}, classification and areas.\n"
    return check + yaml.safe_dump(said, allow_unicode=True, sort_keys=False, default_style=None)


def _columns(heading: list[str]) -> dict[str, str]:
    """Our columns with the headings that say them; each heading is used once."""
    found: dict[str, str] = {}
    for ours, words in _WORDS.items():
        free = [cell for cell in heading if cell and cell not in found.values()]
        named = next((cell for word in words for cell in free if word in cell.lower()), None)
        if named:
            found[ours] = named
    return found


def _scale(heading: str) -> float:
    word = heading.lower()
    if any(each in word for each in ("million", "mln", "млн", "triệu")):
        return 1e6
    return 1000.0 if any(each in word for each in ("thousand", "1000", "тыс", "nghìn")) else 1.0


def _decimal(lines: list[str], place: int, separator: str) -> str:
    rows = csv.reader(lines[1:], delimiter=separator)
    cells = [row[place] for row in rows if len(row) > place]
    return "," if any("," in cell and "." not in cell for cell in cells) else "."


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
