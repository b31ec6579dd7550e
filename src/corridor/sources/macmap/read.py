"""Reads ad-valorem equivalents of the ITC's Market Access Map: importer, partner, subheading, year.

Text with a heading, by tabs, or by commas as other programs save it; the equivalent is a share (0.05 = 5 %). The site
packs several such texts into one zip.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corridor.evidence import ListReading
from corridor.sources import plain
from corridor.sources.rate_table import (
    NotARate,
    RateRow,
    collected,
    economy,
    fraction,
    frame,
    hs6,
    nomenclature,
    span,
    year,
)

SOURCE, TABLE = "macmap", "ave"
#: Names of the heading, in small letters; the nomenclature's goes by several.
_NEEDED = frozenset({"year", "reporter", "partner", "hs6", "ave"})
_NOMENCLATURE = ("ntlc revision", "revision", "ntlc_revision")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first line names importer, partner, subheading, year and equivalent."""
    return bool(_separator(head))


def _separator(head: bytes) -> str:
    """What divides the cells of the heading; empty where it is another's."""
    return next((each for each in ("\t", ",") if {*map(str.lower, plain.heading(head, each))} >= _NEEDED), "")


def read(path: Path, name: str) -> ListReading:
    """The whole text. Raises `UnreadableFile` or `BrokenLayout`; a row that is no rate becomes a refusal."""
    with path.open("rb") as opened:
        separator = _separator(opened.read(4096)) or "\t"
    rows, refused = collected(plain.records(path, name, separator), _rate, name)
    return ListReading(SOURCE, TABLE, f"Market Access Map, {span(rows)}", None, {"tariffs": frame(rows)}, refused)


def _economy(code: str) -> str:
    """The publisher numbers economies as the United Nations' data base does: 842 is the United States."""
    return economy("un_comtrade" if code.strip().isdecimal() else "wits", code.strip().lstrip("0") or "0")


def _rate(number: int, printed: Mapping[str, str]) -> RateRow:
    found = {name.lower(): cell for name, cell in printed.items()}
    equivalent = fraction(found["ave"])
    if equivalent is None:
        raise NotARate("no equivalent is printed")
    since, until = year(found["year"].strip())
    return RateRow(
        row=number,
        reporter=_economy(found["reporter"]),
        partner=_economy(found["partner"]),
        regime="applied",
        classification=nomenclature(next((found[key] for key in _NOMENCLATURE if found.get(key)), "")),
        product=hs6(found["hs6"]),
        rate_text=found["ave"],
        rate_kind="equivalent",
        rate=equivalent,
        in_force_from=since,
        in_force_until=until,
    )
