"""Text tables: what stands in a file's first line, and its rows as text, packed by gzip or not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.sources import packed, plain, signs

if TYPE_CHECKING:
    import polars as pl


#: What may stand between cells: the publisher's comma or tab, and what a spreadsheet makes of it.
SEPARATORS = (",", "\t", ";")


#: Numbers as a country writes them whose decimal sign is the comma; with semicolons between cells, points may part
#: thousands too.
_COMMAS = r"^\s*[+-]?[0-9][0-9.\s\u00a0\u202f'’]*,[0-9]+(?:[eE][+-]?[0-9]+)?\s*$"
#: Of a table with commas between cells: a number whose comma can be nothing else.
_SURE_COMMAS = r"^\s*[+-]?(?:[0-9]+,[0-9]{1,2}|[0-9]+,[0-9]{4,}|0,[0-9]+|[0-9]{4,},[0-9]+)\s*$"
#: Different cells of a column that are looked at to tell what its signs mean.
_MOST_SEEN = 10_000
_POINTS = r"^\s*[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+\s*$"


class OddNumbers(BrokenLayout):
    """A table resaved where numbers are written with a comma; see `corridor.sources.resaved`."""


def header(head: bytes, separator: str = ",", encoding: str = "utf-8-sig") -> tuple[str, ...]:
    """The cells of the first line; none where it is no text or longer than what was read."""
    line, end, _ = packed.unpacked(head).partition(b"\n")
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        return ()
    if not end or "\x00" in text:
        return ()
    try:
        return tuple(cell.strip() for cell in next(csv.reader(io.StringIO(text), delimiter=separator), []))
    except csv.Error:
        return ()


def spelt(header: Sequence[str], names: Iterable[str]) -> tuple[str, ...]:
    """The heading with ``names`` spelt so: programs change their capitals, blanks and signs. Each is found once."""
    ours = {_bare(name): name for name in names if name not in header}
    return tuple(ours.pop(_bare(cell), cell) for cell in header)


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


def separator(head: bytes, are_ours: Callable[[tuple[str, ...]], bool]) -> str:
    """What divides the cells of the first line where they are somebody's columns; empty where they never are."""
    return next((each for each in SEPARATORS if are_ours(header(head, each))), "")


def scan(
    path: Path,
    columns: Mapping[str, type[pl.DataType]],
    *,
    separator: str = ",",
    missing: Mapping[str, str] | None = None,
) -> pl.LazyFrame:
    """The rows of a UTF-8 file, each with ``row`` from 1, the header not counted; only an empty cell is null.

    ``columns`` are all columns in order with their types; ``missing`` says of some which other cell is null.
    """
    import polars as pl

    return pl.scan_csv(
        path,
        separator=separator,
        schema=dict(columns),
        null_values=dict(missing) if missing else None,
        row_index_name="row",
        row_index_offset=1,
        glob=False,
    )


def collect(rows: pl.LazyFrame, name: str) -> pl.DataFrame:
    """The rows of a file known as ``name``; `BrokenLayout` or `UnreadableFile` in one line where it is malformed."""
    import polars as pl

    try:
        return rows.collect(engine="streaming")
    except pl.exceptions.PolarsError as fault:
        raise broken(name, fault) from None
    except packed.DAMAGE as fault:
        raise packed.damaged(name, fault) from None


def read(path: Path, name: str, *, separator: str = ",", names: Iterable[str] = ()) -> pl.DataFrame:
    """Every row of a UTF-8 file as text, with ``row`` from 1, the header not counted.

    ``names`` as in `spelt`. Errors as `collect`, and `OddNumbers` where other signs than the comma divide the cells
    and numbers have a comma.

    An empty line is no row.
    """
    import polars as pl

    rows = scan(path, dict.fromkeys(_names(path, name, separator), pl.String), separator=separator)
    # A cell of two quotes is as empty as one of nothing.
    texts = pl.exclude("row")
    told = rows.with_columns(pl.when(texts != "").then(texts))
    found = collect(told.filter(~pl.all_horizontal(pl.exclude("row").is_null())), name)
    if _has_odd_numbers(found, separator, name):
        raise OddNumbers("numbers are written with a comma", where=Where(file=name), next_step="save it with points")
    return found.rename(dict(zip(found.columns, spelt(found.columns, names), strict=True)))


def _has_odd_numbers(rows: pl.DataFrame, separator: str, name: str) -> bool:
    """Whether numbers have, or may have, a comma for the decimal sign."""
    import polars as pl

    # Few columns have either sign, and looking for it takes less than looking for a number.
    # By a plain name a heading such as * would be taken for all columns.
    texts = [pl.selectors.by_name(column).as_expr() for column in rows.columns if column != "row"]
    seen = {",": _SURE_COMMAS, ";": f"{_COMMAS}|{_POINTS}"}.get(separator, _COMMAS)
    signed = [each.str.contains(",", literal=True).any() for each in texts]
    if separator == ";":
        signed = [each | text.str.contains(".", literal=True).any() for each, text in zip(signed, texts, strict=True)]
    with_signs = [text for text, has in zip(texts, rows.select(signed).row(0), strict=True) if has]
    if not with_signs or not any(rows.select(text.str.contains(seen).any() for text in with_signs).row(0)):
        return False
    if separator != ",":
        return True
    # Commas divide the cells, so that numbers with one are quoted; all the numbers together say what it means.
    columns = [signs.column(rows[column].unique().head(_MOST_SEEN)) for column in rows.columns if column != "row"]
    return signs.decimal(columns, separator, name) == ","


def _names(path: Path, name: str, separator: str) -> list[str]:
    try:
        with packed.opened(path) as content, io.TextIOWrapper(content, encoding="utf-8-sig") as lines:
            return [cell.strip() for cell in next(csv.reader(lines, delimiter=separator))]
    except UnicodeDecodeError:
        raise plain.OldLetters("is not UTF-8 text", where=Where(file=name), next_step="save it as UTF-8") from None
    except (*packed.DAMAGE, csv.Error, StopIteration) as fault:
        raise UnreadableFile(f"its first line cannot be read ({fault})", where=Where(file=name)) from None


def broken(name: str, fault: Exception) -> BrokenLayout:
    """What the library says of a malformed file, in one line."""
    words = re.sub(r"\s+", " ", str(fault)).split(" You might want")[0][:200]
    return BrokenLayout(
        f"the table cannot be read: {words}", where=Where(file=name), next_step="fetch it again, whole and unchanged"
    )
