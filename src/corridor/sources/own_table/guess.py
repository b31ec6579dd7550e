"""A map proposed for a table, by the words of its heading and what stands below them."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from corridor.errors import UnreadableFile, Where
from corridor.sources import alphabet, plain
from corridor.sources.own_table import content

#: Our column -> patterns that headings for it hold, in three languages, the surest first. A country alone is the
#: partner where no heading says so more surely, and the reporter where one does.
_WORDS = (
    ("reporter", ("report", "declarant", "exporter", "отч[иеё]т", "báo cáo", "khai báo")),
    ("partner", ("partner", "counterpart", "importer", "партн[её]р", "контрагент", "đối tác")),
    ("partner", ("country", "страна", "nước")),
    ("reporter", ("country", "страна", "nước", "importer")),
    ("flow", ("flow", "direction", "направл", "napr", "luồng", "chiều")),
    ("product", ("product", "commodity", r"\bhs", "тн вэд", "tnved", r"\bcode", r"\bкод", r"\bmã")),
    ("period", ("period", "year", "month", "date", "период", "год", "месяц", "kỳ", "năm", "tháng")),
    ("value", ("(?<!unit )value", "usd", "amount", "стоим", "сумма", "trị giá", "kim ngạch")),
    ("net_weight_kg", ("net weight", "netto", "weight", r"\bkg", "нетто", r"\bвес", "khối lượng")),
)
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+")
_CONSTANTS = {"reporter": "RUS", "partner": "WLD", "flow": "export", "product": "TOTAL", "period": "2025"}
_SEPARATORS = (",", ";", "\t")
_LINES = 200


def guess(path: Path) -> str:
    """A map in YAML, with a line of comment for what must be looked at.

    Raises `UnreadableFile` or `BrokenLayout` for no table.
    """
    text, encoding = _text(plain.read_bytes(path, path.name), path)
    lines = text.split("\n")[:_LINES]
    separator = max(_SEPARATORS, key=lines[0].count)
    heading = [cell.strip() for cell in next(iter(plain.cells(lines[0], path.name, separator)), [])]
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
        "decimal": _decimal(plain.cells("\n".join(lines[1:]), path.name, separator), heading, found, separator),
        "separator": separator,
        "encoding": encoding,
    }
    check = f"# Proposed from the headings: look at {', '.join(constants) or 'scale'}, classification and areas.\n"
    if left := [cell for cell in heading if cell and cell not in found.values()]:
        check += f"# Left out: {', '.join(left)}.\n"
    return check + yaml.safe_dump(said, allow_unicode=True, sort_keys=False, default_style=None)


def _columns(heading: list[str]) -> dict[str, str]:
    """Our columns with the headings that say them; each heading is used once."""
    found: dict[str, str] = {}
    for ours, words in _WORDS:
        free = [cell for cell in heading if cell and cell not in found.values() and ours not in found]
        named = next((cell for word in words for cell in free if re.search(word, cell.lower())), None)
        if named:
            found[ours] = named
    return found


def _scale(heading: str) -> float:
    word = heading.lower()
    if any(each in word for each in ("million", "mln", "млн", "triệu")):
        return 1e6
    return 1000.0 if any(each in word for each in ("thousand", "1000", "тыс", "nghìn")) else 1.0


def _decimal(rows: list[list[str]], heading: list[str], found: dict[str, str], separator: str) -> str:
    """The decimal sign of the values; commas between thousands are none, where commas divide the cells besides."""
    place = heading.index(found["value"])
    cells = [row[place].strip() for row in rows if len(row) > place]
    odd = [cell for cell in cells if "," in cell and "." not in cell]
    if separator == ",":
        odd = [cell for cell in odd if not _THOUSANDS.fullmatch(cell)]
    points = any("." in cell and cell.rfind(".") < cell.rfind(",") for cell in cells)
    return "," if odd or points else "."


def _text(table: bytes, path: Path) -> tuple[str, str]:
    """The table as text, and the encoding that the map is to name."""
    if content.is_workbook(table):
        return content.as_text(content.sheet(table, path.name), ","), "utf-8"
    encoding = alphabet.of_file(path)
    if encoding.startswith("utf"):
        return content.text(table, "utf-8", path.name).replace("\r\n", "\n").replace("\r", "\n"), "utf-8"
    return plain.decoded(table, (encoding or "cp1252", "latin-1")), encoding or "cp1252"
