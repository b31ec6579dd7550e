"""A program: the cells of a workbook, as JSON on standard output. Run by `corridor.sources.workbook`.

Leaves with 3 and one line on standard error where the workbook cannot be opened.
"""

import json
import sys
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, SheetTypeEnum, load_workbook

#: How this program leaves when the library says, in order, that it cannot open the workbook.
CANNOT_OPEN = 3
#: Cells of a sheet, empty ones too: as many as its rows may be, each with all columns that a publisher prints.
MOST_CELLS = 60_000_000


class TooLarge(Exception):
    """A sheet has more cells than anybody's table."""


def plain(cell: object) -> str | float:
    """A number as it is; a date, a truth value and words as words."""
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell)


def unpack(path: str) -> list[tuple[str, list[list[str | float]]]]:
    """Every worksheet as its name and its rows from A1 on; an empty cell is the empty text."""
    # Given a path the library goes by the name's ending; given bytes it goes by what is in them.
    with Path(path).open("rb") as content, load_workbook(content) as workbook:
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        sheets = [(name, _rows(name, workbook.get_sheet_by_name(name))) for name in names]
    return [(name, [[plain(cell) for cell in row] for row in rows]) for name, rows in sheets]


def _rows(name: str, sheet: CalamineSheet) -> list[list[Any]]:
    below, right = sheet.end or (0, 0)
    if (below + 1) * (right + 1) > MOST_CELLS:
        raise TooLarge(f"the sheet {name} reaches to row {below + 1} and column {right + 1}")
    return sheet.to_python(skip_empty_area=False)


def main() -> int:
    """Unpack the workbook named on the command line."""
    try:
        sheets = unpack(sys.argv[1])
    except (CalamineError, TooLarge) as fault:
        sys.stderr.write(" ".join(str(fault).split()))
        return CANNOT_OPEN
    sys.stdout.write(json.dumps(sheets))
    return 0


if __name__ == "__main__":
    sys.exit(main())
