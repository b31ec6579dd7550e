"""UN Comtrade in each form in which people hold it: API answer, bulk file, tables of R and Python users, legacy file.

All forms say the same 47 things under different names; `columns.tidy` gives them one name each. A row counts if it
is a whole: all partners of the second kind, all modes of transport and supply, all customs procedures. Its parts are
passed over, because their sum stands in the file as well or can be asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, Where
from corridor.evidence import CodedReading, Refusal
from corridor.sources import delimited
from corridor.sources.selection import selection
from corridor.sources.un_comtrade import answer, columns

if TYPE_CHECKING:
    import polars as pl

#: Rows of one number that is already in another row: written once for all of them.
_PARTS = "{} rows are parts of others: {}"


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first line names Comtrade's columns, or the first object of an answer does."""
    del path
    return bool(delimited.separator(head, columns.are_ours)) or answer.is_ours(head)


def read(path: Path, name: str) -> CodedReading:
    """The whole rows of a file. Raises `BrokenLayout` where a column is missing or holds words for numbers."""
    head = _head(path)
    separator = delimited.separator(head, columns.are_ours) or ","
    raw = answer.read(path, name) if answer.is_ours(head) else delimited.read(path, name, separator=separator)
    tidy = columns.tidy(raw, name)
    if not columns.figured(tidy):
        raise BrokenLayout("the file holds no rows of trade", where=Where(file=name), next_step="ask for other cells")
    whole, refusals = _whole(tidy)
    if not whole.height:
        kinds = "; ".join(refusal.text for refusal in refusals)
        raise BrokenLayout(
            f"no row of it is a whole flow of goods: {kinds}",
            where=Where(file=name),
            next_step="ask for second partner 0, customs C00, mode 0",
        )
    traded = "services" if _one(tidy, "type", name) == "S" else "goods"
    freq = _one(tidy, "freq", name)
    return selection(
        "un_comtrade",
        f"{traded} {freq}",
        f"UN Comtrade, {traded}, {_years(whole)}",
        "un_comtrade",
        columns.figures(whole),
        {"freq": freq, "maturity": "official"},
        refusals=refusals,
        names=columns.names(whole),
    )


def _head(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(1 << 14)


def _whole(rows: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """The rows that are no part of another row, and one refusal for each kind of parts."""
    refusals = []
    for reason, part in columns.parts():
        found = rows.filter(part)
        if found.height:
            words = _PARTS.format(found.height, reason)
            refusals.append(Refusal(None, int(found["row"].to_list()[0]), words, "a part of another figure"))
            rows = rows.filter(~part)
    return rows, tuple(refusals)


def _one(rows: pl.DataFrame, column: str, name: str) -> str:
    found = rows[column].unique().to_list()
    if len(found) != 1:
        said = ", ".join(sorted(map(str, found)))
        words = f"the file mixes kinds of data ({column}: {said})"
        raise BrokenLayout(words, where=Where(file=name), next_step="keep each kind in a file of its own")
    return str(found[0])


def _years(rows: pl.DataFrame) -> str:
    years = sorted({period[:4] for period in rows["period"].drop_nulls() if period[:4].isdigit()})
    return "-".join(dict.fromkeys([*years[:1], *years[-1:]])) or "no year"
