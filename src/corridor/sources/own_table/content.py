"""A user's table as rows of text, whether he keeps it as text or as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from corridor.errors import UnreadableFile, Where
from corridor.sources import alphabet
from corridor.sources.workbook import OLE, ZIP, open_sheets


def text(table: bytes, encoding: str, name: str) -> str:
    """The text of a table. Raises `UnreadableFile` for one in another encoding than is said."""
    try:
        if alphabet.marked(table) == "utf-16":
            return table.decode("utf-16")
        return table.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        words = f"is not text in {encoding}"
        raise UnreadableFile(words, where=Where(file=name), next_step="say the encoding in the map") from None


def is_workbook(table: bytes) -> bool:
    """Whether the bytes are a workbook's."""
    return table.startswith((ZIP, OLE))


def sheet(table: bytes, name: str, wanted: Sequence[str] = (), decimal: str = ".") -> list[list[str]]:
    """The rows of the first sheet that has the headings ``wanted``, from them on; numbers with the decimal sign.

    Without headings the first sheet with two columns. Raises `UnreadableFile` for a workbook without such a sheet.
    """
    with TemporaryDirectory(prefix="corridor-") as folder:
        path = Path(folder) / "table"
        path.write_bytes(table)
        sheets = open_sheets(path, name)
    for each in sheets:
        rows = [[_cell(cell, decimal) for cell in row] for row in each.rows]
        for number, row in enumerate(rows):
            said = {cell.strip() for cell in row} - {""}
            if said >= set(wanted) and len(said) > 1:
                return rows[number:]
    words = f"no sheet has the columns {', '.join(wanted)}" if wanted else "no sheet has a table"
    raise UnreadableFile(words, where=Where(file=name), next_step="correct the names in the map" if wanted else "")


def as_text(rows: list[list[str]], separator: str) -> str:
    """The rows as a text table."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _cell(cell: float | str, decimal: str) -> str:
    """A workbook holds fifteen digits of a number; more are its noise."""
    return f"{cell:.15g}".replace(".", decimal) if isinstance(cell, int | float) else cell
