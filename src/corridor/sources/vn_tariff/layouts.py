"""The schedule's three shapes: the workbook, the records made from it, and the extract made from those.

Each gives the same thing: lines of goods with their names and their cells. A cell is a regime, a text, an act and
the day the act took effect; an empty cell is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corridor.errors import BrokenLayout, Where
from corridor.sources import plain
from corridor.sources.vn_tariff.agreements import PRINTED
from corridor.sources.workbook import Sheet, words

#: A cell of the schedule: regime, rate as printed, act, day as printed.
Cell = tuple[str, str, str, str]


@dataclass(frozen=True)
class Line:
    """One line of goods: its place, code, names in Vietnamese and English, unit, and what is paid on it."""

    page: str
    row: int
    product: str
    vi: str
    en: str
    vi_in_full: str
    unit: str
    cells: tuple[Cell, ...]


#: Records: key of the rate -> regime, key of the act.
_KEYS = {
    "nk_tt_rate_raw": ("general", ""),
    "mfn_rate_raw": ("mfn", "mfn_doc"),
    "vat_rate_raw": ("vat", "vat_reduction"),
    "ttdb_rate_raw": ("excise", ""),
    "bvmt_rate_raw": ("environment", ""),
    "policy": ("policy", ""),
    "xk_rate_raw": ("export", ""),
    "xk_cptpp_rate_raw": ("export:CPTPP", ""),
    "xk_ev_rate_raw": ("export:EVFTA", ""),
    "xk_ukv_rate_raw": ("export:UKVFTA", ""),
}
#: What a file must have on its first line to be the records.
RECORD_KEYS = ('"hs_code"', '"mfn_rate_raw"', '"preferential_rates"')

#: Extract: heading of the rate -> regime, heading of the act, heading of the day.
_HEADINGS = {
    "ordinary_raw": ("general", "", ""),
    "mfn_raw": ("mfn", "mfn_doc", ""),
    "vat_raw": ("vat", "", ""),
    "export_duty_raw": ("export", "", ""),
    "vn_eaeu_raw": ("VN-EAEU", "vn_eaeu_doc", "vn_eaeu_from"),
    "acfta_raw": ("ACFTA", "", ""),
    "atiga_raw": ("ATIGA", "", ""),
    "akfta_raw": ("AKFTA", "", ""),
    "ajcep_raw": ("AJCEP", "", ""),
    "evfta_raw": ("EVFTA", "", ""),
    "cptpp_raw": ("CPTPP", "", ""),
    "aifta_raw": ("AIFTA", "", ""),
    "vifta_raw": ("VIFTA", "", ""),
    "rcept_a_raw": ("RCEP-A", "", ""),
}
EXTRACT_HEADING = "hs8,desc_vi,desc_en,unit_en,ordinary_raw,mfn_raw"

#: Workbook, columns counted from 1: the rate's column -> regime; the act stands beside it, the day beyond.
_TRIPLES = {
    11: "general", 14: "mfn", 17: "vat", 20: "ACFTA", 23: "ATIGA", 26: "AJCEP", 29: "VJEPA", 32: "AKFTA",
    35: "AANZFTA", 38: "AIFTA", 41: "VKFTA", 44: "VCFTA", 47: "VN-EAEU", 50: "CPTPP", 53: "AHKFTA", 56: "VNCU",
    59: "EVFTA", 62: "UKVFTA", 65: "VN-LAO", 68: "VN-CAM", 71: "VIFTA", 85: "excise", 88: "export",
}  # fmt: skip
#: Six rates share one act and one day.
_RCEP, _RCEP_ACT, _RCEP_DAY = range(74, 80), 80, 81
_CODE, _VI, _EN, _UNIT, _FIRST_ROW = 6, 7, 8, 10, 8
_RCEP_NAMES = tuple(f"RCEPT-{letter}" for letter in "ABCDEF")
_KNOWN_LAYOUT = "save it with the agreements in the order of the schedule of 2026"
#: Agreements named in one row from which on it is a heading.
_SURE = 3
SHEET = re.compile(r"BT(\d{4})")


def of_records(path: Path, name: str) -> Iterator[Line]:
    """The lines of a file of records, one JSON object a line."""
    for number, text in plain.lines(path, name):
        if text.strip():
            yield _record(_object(text, name, number), number)


def _object(text: str, name: str, number: int) -> Mapping[str, Any]:
    where = Where(file=name, row=number)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        # Beside a broken text this is a number with more digits than Python reads.
        raise BrokenLayout("is no JSON object", where=where, next_step="fetch the file again") from None
    if not isinstance(found, dict) or not isinstance(found.get("preferential_rates"), dict):
        raise BrokenLayout("is no record of a tariff line", where=where)
    return found


def _record(found: Mapping[str, Any], number: int) -> Line:
    own = [(regime, _text(found, key), _text(found, act), "") for key, (regime, act) in _KEYS.items()]
    agreed = [
        (PRINTED.get(heading, heading), _text(cell, "rate"), _text(cell, "doc"), _text(cell, "effective_date"))
        for heading, cell in found["preferential_rates"].items()
        if isinstance(cell, dict)
    ]
    return Line(
        page="",
        row=number,
        product=_text(found, "hs_code"),
        vi=_text(found, "description_vi"),
        en=_text(found, "description_en"),
        vi_in_full=_text(found, "description_full_vi"),
        unit=_text(found, "unit_en"),
        cells=_filled([*own, *agreed]),
    )


def of_extract(path: Path, name: str) -> Iterator[Line]:
    """The lines of the extract, a CSV with one row a line of goods."""
    for number, found in plain.records(path, name):
        cells = [
            (regime, _text(found, heading), _text(found, act), _text(found, day))
            for heading, (regime, act, day) in _HEADINGS.items()
        ]
        names = (_text(found, "desc_vi"), _text(found, "desc_en"))
        yield Line("", number, _text(found, "hs8"), *names, "", _text(found, "unit_en"), _filled(cells))


def of_sheet(sheet: Sheet, name: str) -> Iterator[Line]:
    """The lines of the workbook's sheet; rows without a code are headings of its own.

    Raises `BrokenLayout` where the headings name agreements in other columns than those known.
    """
    _check_columns(sheet, name)
    for number, row in enumerate(sheet.rows[_FIRST_ROW - 1 :], start=_FIRST_ROW):
        texts = [words(cell) for cell in row]
        code = _at(texts, _CODE).replace(".", "").replace(" ", "")
        if code.isascii() and code.isdigit():
            names = (_at(texts, _VI), _at(texts, _EN))
            yield Line(sheet.name, number, code, *names, "", _at(texts, _UNIT), _filled(_of_row(texts)))


def _check_columns(sheet: Sheet, name: str) -> None:
    """An edition with an agreement more or less would give every rate behind it to another one."""
    known = {regime: at for at, regime in _TRIPLES.items()} | dict(zip(_RCEP_NAMES, _RCEP, strict=True))
    for number, row in enumerate(sheet.rows[: _FIRST_ROW - 1], start=1):
        found = {said: at for at, cell in enumerate(row, start=1) if (said := words(cell).upper()) in known}
        odd = [said for said, at in found.items() if known[said] != at]
        if len(found) >= _SURE and len(odd) * 2 > len(found):
            what = f"“{odd[0]}” stands in column {found[odd[0]]}, in the layout known in column {known[odd[0]]}"
            raise BrokenLayout(what, where=Where(file=name, page=sheet.name, row=number), next_step=_KNOWN_LAYOUT)


def _of_row(texts: Sequence[str]) -> list[Cell]:
    own = [(regime, _at(texts, at), _at(texts, at + 1), _at(texts, at + 2)) for at, regime in _TRIPLES.items()]
    shared = (_at(texts, _RCEP_ACT), _at(texts, _RCEP_DAY))
    return own + [(f"RCEP-{letter}", _at(texts, at), *shared) for at, letter in zip(_RCEP, "ABCDEF", strict=True)]


def _at(texts: Sequence[str], column: int) -> str:
    return texts[column - 1] if column <= len(texts) else ""


def _text(found: Mapping[str, Any], key: str) -> str:
    return " ".join(str(found.get(key) or "").split()) if key else ""


def _filled(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(cell for cell in cells if cell[1])
