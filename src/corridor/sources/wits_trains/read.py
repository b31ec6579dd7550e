"""Reads tariffs of UNCTAD TRAINS as WITS hands them out: averages by subheading, duty type, partner and year.

A CSV. Two spellings of the heading are known, that of the API and that of the advanced query; names are compared
without blanks and letter case, and columns beyond the needed ones are passed over. Rates are per cent.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from corridor.evidence import ListReading
from corridor.sources import plain, signs
from corridor.sources.rate_table import (
    NotARate,
    RateRow,
    collected,
    economy,
    frame,
    hs6,
    nomenclature,
    per_cent,
    span,
    year,
)

SOURCE, TABLE = "wits_trains", "averages"

#: What is needed -> the names it goes by, without blanks and in small letters.
_NAMES = {
    "reporter": ("reporter", "reportercode"),
    "partner": ("partner", "partnercode"),
    "product": ("product", "productcode"),
    "year": ("year", "tariffyear"),
    "type": ("tarifftype", "dutytype"),
    "average": ("simpleaverage",),
    "low": ("min", "minimumrate"),
    "high": ("max", "maximumrate"),
}
#: May be there: nomenclature of the codes, imports in thousands of US dollars.
_EXTRA = {"nomenclature": ("selectednomen", "nomencode"), "imports": ("importsvaluein1000usd",)}
_REGIMES = {"MFN": "mfn", "AHS": "applied", "BND": "bound", "PRF": "preferential", "PREF": "preferential"}


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first line names everything a table of tariffs of this kind has."""
    return not _missing(_columns(plain.first_line(head)))


def read(path: Path, name: str) -> ListReading:
    """The whole file. Raises `UnreadableFile` or `BrokenLayout`; a row that is no rate becomes a refusal."""
    with path.open("rb") as opened:
        columns = _columns(plain.first_line(opened.read(4096)))
    rows, refused = collected(
        plain.records(path, name),
        lambda number, found: _rate(number, {what: found[column] for what, column in columns.items()}),
        name,
    )
    return ListReading(SOURCE, TABLE, f"TRAINS, {span(rows)}", None, {"tariffs": frame(rows)}, refused)


def _columns(heading: str) -> dict[str, str]:
    """What is needed -> the heading's own name of it, for all that is there."""
    own = {name.replace(" ", "").lower(): name.strip() for name in next(csv.reader([heading]), [])}
    wanted = {**_NAMES, **_EXTRA}
    return {what: own[name] for what, names in wanted.items() for name in names if name in own}


def _missing(columns: Mapping[str, str]) -> set[str]:
    return _NAMES.keys() - columns.keys()


def _rate(number: int, found: Mapping[str, str]) -> RateRow:
    regime = _REGIMES.get(found["type"].strip().upper())
    average, low, high = (per_cent(found[name]) for name in ("average", "low", "high"))
    if regime is None or average is None:
        raise NotARate("no average is printed" if regime else f"unknown type of duty “{found['type'][:40]}”")
    since, until = year(found["year"].strip())
    thousands = signs.number(found.get("imports", "").strip())
    return RateRow(
        row=number,
        reporter=economy("wits", found["reporter"]),
        partner=economy("wits", found["partner"]),
        regime=regime,
        classification=nomenclature(found.get("nomenclature", "")),
        product=hs6(found["product"]),
        rate_text=found["average"],
        rate_kind="ad_valorem" if low == high == average else "average",
        rate=average,
        rate_min=low,
        rate_max=high,
        in_force_from=since,
        in_force_until=until,
        imports_usd=None if thousands is None else thousands * 1000,
    )
