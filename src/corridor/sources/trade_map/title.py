"""What a table is about: its title says whose trade it is, its column headings which trade and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from corridor.codes import areas
from corridor.errors import UnknownName
from corridor.sources.time_period import period

_FLOWS = {"exported": "export", "imported": "import", "exports": "export", "imports": "import"}
#: Title -> what the rows are. The rest of a title behind a country is a year or the goods chosen.
_END = r"(?:\s+(?:in|for|detailed)\s.*|\s*\(.*|\s*,\s*[0-9]{4}.*|\s*$)"
_LISTS = (
    (re.compile(r"list of (?P<word>exporters|importers)\b", re.I), "reporters"),
    (re.compile(rf"list of .*markets .*\b(?P<word>exported|imported) by (?P<who>.+?){_END}", re.I), "partners"),
    (
        re.compile(
            r"list of (?:products|services)(?: at \d digits level)? "
            rf"(?P<word>exported|imported|commercialized) by (?P<who>.+?){_END}",
            re.I,
        ),
        "products",
    ),
)
_BLOCK = re.compile(r"(?P<who>.+?)['’]s (?P<word>exports|imports) (?:to|from) (?P<whom>.+)", re.I)
_PERIOD = r"(?P<period>[0-9]{4}(?:-[MQ][0-9]{1,2})?)\b"
#: A heading of values and no other: shares, growth and unit values have words before these or other units behind.
_COLUMN = re.compile(
    r"(?P<word>exported value|imported value|value exported|value imported|value|(?:trade )?balance(?: in value)?)"
    rf"(?: in)? {_PERIOD}"
    r"(?:\s*,\s*(?P<unit>[^,()]+)|\s*\((?P<inside>[^()]+)\))?",
    re.I,
)
_PACKED = (".gz", ".bz2", ".xz")
#: What is left over, in the publisher's words.
_REST = {"area nes": "X899", "ship stores and bunkers": "X837", "free zones": "X838"}
_GOODS = re.compile(r"(?:product|service)\s*:\s*'?(?P<code>[0-9A-Z]+)\b[\s-]*(?P<name>.*)", re.I)


@dataclass(frozen=True)
class Subject:
    """What the rows of a table are, the flow where the title says it, and the reporter's name."""

    rows: str
    flow: str | None = None
    reporter: str = ""


@dataclass(frozen=True)
class Heading:
    """One column of values: flow or ``balance`` or nothing, the period (frequency, first and last day), and the unit.

    The unit is in small letters, empty where the heading names none.
    """

    flow: str | None
    freq: str
    start: date
    end: date
    unit: str = ""


def subject(title: str) -> Subject | None:
    """What a title says; None where it is no title of a list."""
    for pattern, rows in _LISTS:
        if found := pattern.search(title):
            said = found.groupdict()
            flow = {"exporters": "export", "importers": "import", **_FLOWS}.get(said["word"].lower())
            return Subject(rows, flow, (said.get("who") or "").strip())
    return None


def from_file_name(name: str) -> str:
    """The title that the publisher made the file's name of."""
    path = PurePath(name)
    return PurePath(path.stem if path.suffix.lower() in _PACKED else path).stem.replace("_", " ")


def block(text: str) -> tuple[str, str, str] | None:
    """Reporter, partner and flow of a block's title: «Viet Nam's imports from Russian Federation»."""
    found = _BLOCK.fullmatch(text)
    return (found["who"], found["whom"], _FLOWS[found["word"].lower()]) if found else None


def heading(text: str) -> Heading | None:
    """What a column's heading says; None for a column without values."""
    found = _COLUMN.fullmatch(text)
    days = period(found["period"]) if found else None
    if found is None or days is None:
        return None
    words = found["word"].lower().split()
    unit = (found["unit"] or found["inside"] or "").strip().lower()
    flow = "balance" if "balance" in words else next((_FLOWS[word] for word in words if word in _FLOWS), None)
    return Heading(flow, *days, unit)


def goods(text: str) -> tuple[str, str] | None:
    """Code and name of the product or service that a table is of."""
    found = _GOODS.match(text)
    return (found["code"], found["name"].strip()) if found else None


def area(label: str) -> str:
    """Our code of the area that the publisher calls so; the label itself where nobody knows it."""
    if rest := _REST.get(label.lower()):
        return rest
    try:
        return areas.find(label).code
    except UnknownName:
        return label
