"""Sheets to fill in and add."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corridor.codes import areas
from corridor.codes.names import LANGUAGES
from corridor.errors import CorridorError, NothingFound, UsageError, Where
from corridor.sources.own_regions.read import COLUMNS, FLOWS, SHEET, UNITS

TEMPLATES = ("region",)
#: Rows that offer lists to choose from.
_ROWS = 1000
_WIDTHS = {"region": 14, "product": 14, "source": 60}


def write(kind: str, out: Path, country: str = "RUS") -> Path:
    """Writes an empty sheet with lists to choose from, and beside it the regions' codes in three languages.

    Raises `UsageError` for another kind or an existing file, `NothingFound` for a country without regions.
    """
    if kind not in TEMPLATES:
        raise UsageError(f"no template “{kind}”", next_step=f"there are: {', '.join(TEMPLATES)}")
    if out.exists():
        raise UsageError(f"{out} is there already", next_step="name another file with --out: a filled one is not lost")
    regions = areas.regions(country, nested=True)
    if not regions:
        raise NothingFound(f"no regions of {country} are known", next_step="name a country with regions, e.g. RUS")
    try:
        _workbook(out, regions)
    except OSError as fault:
        raise CorridorError(
            f"the sheet cannot be written ({fault.strerror})",
            where=Where(file=str(out)),
            next_step="name another --out",
        ) from None
    return out


def _workbook(out: Path, regions: tuple[str, ...]) -> None:
    from io import BytesIO

    from xlsxwriter import Workbook

    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        _sheet(book, regions)
        _codes(book, regions)
    out.write_bytes(made.getvalue())


def _sheet(book: Any, regions: tuple[str, ...]) -> None:
    sheet = book.add_worksheet(SHEET)
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bottom": 1})
    sheet.write_row(0, 0, COLUMNS, head)
    for at, name in enumerate(COLUMNS):
        # A code typed as a number would lose its leading zero.
        sheet.set_column(at, at, _WIDTHS.get(name, 12), None if name == "value" else text)
    lists = {"flow": list(FLOWS), "unit": [each for each in UNITS if each]}
    for name, choices in lists.items():
        at = COLUMNS.index(name)
        sheet.data_validation(1, at, _ROWS, at, {"validate": "list", "source": choices})
    at = COLUMNS.index("region")
    sheet.data_validation(1, at, _ROWS, at, {"validate": "list", "source": f"=codes!$A$2:$A${len(regions) + 1}"})
    sheet.freeze_panes(1, 0)


def _codes(book: Any, regions: tuple[str, ...]) -> None:
    sheet = book.add_worksheet("codes")
    sheet.write_row(0, 0, ("region", *LANGUAGES))
    for row, code in enumerate(regions, start=1):
        sheet.write_row(row, 0, (code, *(areas.name(code, lang) for lang in LANGUAGES)))
    sheet.set_column(1, len(LANGUAGES), 36)
