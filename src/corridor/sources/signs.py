"""What a comma and a point mean in a table's numbers, told by all of them together, and numbers written plainly.

A spreadsheet of a country that writes 2,5 for two and a half saves a publisher's table so. One cell may mean two
numbers a thousand times apart (1,234); the others of the table say which, or nobody can.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from corridor.errors import BrokenLayout, Where
from corridor.sources import printed

#: What tables write where there is no number.
MISSING = frozenset({"", "NA", "N/A", "n/a", "na", "NaN", "nan", "NULL", "null", "None", "#N/A", "..", ".", "-", "–"})
#: Digits, the sign, digits; either may be missing. What begins with two zeros, or with zero and a digit, is a code.
_PLAIN = {
    sign: re.compile(
        rf"[+-]?(?:(?:0|[1-9][0-9]*)(?:{re.escape(sign)}[0-9]*)?|{re.escape(sign)}[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?"
    )
    for sign in (".", ",")
}
_GROUPED = {sign: re.compile(printed.grouped(sign)) for sign in (".", ",")}
_LONG = re.compile(r"[1-9][0-9]{3,}")
_OTHER = {".": ",", ",": "."}


class Column:
    """What the cells of one column say of their signs."""

    def __init__(self) -> None:
        self.words = False
        self.said: Counter[str] = Counter()

    def see(self, cell: str) -> None:
        """Take one cell, stripped, into account."""
        if self.words or cell in MISSING:
            return
        meant = [sign for sign in (".", ",") if _is_number(cell, sign)]
        if not meant:
            self.words = True
        elif len(meant) == 1:
            self.said[meant[0]] += 1
        elif unclear := next((sign for sign in (".", ",") if sign in cell), ""):
            self.said[f"{unclear}?"] += 1
        elif _LONG.fullmatch(cell):
            self.said["long"] += 1


def column(cells: Iterable[str | None]) -> Column:
    """What some cells say, each stripped or empty."""
    found = Column()
    for cell in cells:
        found.see((cell or "").strip())
    return found


def decimal(columns: Iterable[Column], separator: str, name: str) -> str:
    """The decimal sign of a table's numbers; empty where some say one and some the other.

    Raises `BrokenLayout` where nothing tells whether 1,234 is a thousand or little more than one.
    """
    numbers = [column.said for column in columns if not column.words]
    sure = [sign for sign in (".", ",") if any(said[sign] for said in numbers)]
    if sure:
        return sure[0] if len(sure) == 1 else ""
    unclear = [sign for sign in (".", ",") if any(said[f"{sign}?"] for said in numbers)]
    if not unclear:
        return "."
    if len(unclear) == 1 and any(said["long"] for said in numbers if said[f"{unclear[0]}?"]):
        # Thousands stand together elsewhere in the column, so the sign does not part them here.
        return unclear[0]
    if unclear == [","] and separator == ",":
        return "."
    if unclear == ["."] and separator != ";":
        return "."
    example = "1,234" if "," in unclear else "1.234"
    raise BrokenLayout(
        f"nothing tells whether “{example}” is 1234 or 1.234 in it",
        where=Where(file=name),
        next_step="save it with a point for the decimal sign and nothing between thousands",
    )


def number(cell: str, sign: str = ".") -> float | None:
    """A number by itself, stripped; None for words and what is not finite.

    Where it can be read in one way alone, the sign may be the other: ``2,5`` is two and a half.
    """
    for meant in (sign, _OTHER[sign]):
        if _is_number(cell, meant):
            found = float(plainly(cell, meant))
            return found if math.isfinite(found) else None
    return None


def plainly(cell: str, sign: str) -> str:
    """A number with a decimal point and nothing between thousands; anything else as it is."""
    if not _is_number(cell, sign):
        return cell
    if _GROUPED[sign].fullmatch(cell):
        cell = re.sub(rf"[^0-9+\-{re.escape(sign)}]", "", cell)
    return cell.replace(",", ".")


def is_number(cell: str) -> bool:
    """Whether a cell, stripped, is a number under either sign."""
    return _is_number(cell, ".") or _is_number(cell, ",")


def _is_number(cell: str, sign: str) -> bool:
    return bool(_PLAIN[sign].fullmatch(cell) or _GROUPED[sign].fullmatch(cell))
