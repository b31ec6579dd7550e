"""A user's own table, by the map in front of it: see `mapping`."""

from __future__ import annotations

import re
from collections.abc import Mapping as Meanings
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.codes import areas
from corridor.errors import BrokenLayout, UnknownName, Where
from corridor.evidence import CodedReading
from corridor.sources import plain, printed
from corridor.sources.own_table import content
from corridor.sources.own_table.mapping import MARK, Mapping, split
from corridor.sources.selection import selection
from corridor.sources.time_period import period

if TYPE_CHECKING:
    import polars as pl

_VALUATION = {"export": "fob", "re_export": "fob", "import": "cif", "re_import": "cif"}
_FLOW_WORDS = {
    "export": "export", "exports": "export", "import": "import", "imports": "import", "x": "export", "m": "import",
    "экспорт": "export", "импорт": "import", "эк": "export", "им": "import", "xuất khẩu": "export",
    "nhập khẩu": "import", "re_export": "re_export", "re_import": "re_import", "re-export": "re_export",
    "re-import": "re_import", "реэкспорт": "re_export", "реимпорт": "re_import",
}  # fmt: skip
#: Months as people write them besides: 01/2024, 01.2024, 2024/01, 202401.
_MONTH_FIRST = re.compile(r"(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[/.]?(?P<month>[0-9]{2})")


def recognise(path: Path, head: bytes) -> bool:
    """Whether a map stands in front."""
    del path
    return head.startswith(MARK)


def read(path: Path, name: str) -> CodedReading:
    """The rows as the map explains them. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    import polars as pl

    said, table = split(path, name)
    raw = _raw(said, table, name)
    rows = _figures(raw, said)
    if rows.is_empty():
        raise BrokenLayout("the table holds no rows", where=Where(file=name))
    kinds = {"value_usd": pl.Float64, "net_weight_kg": pl.Float64, "row": pl.UInt32}
    typed = rows.cast({column: kind for column, kind in kinds.items() if column in rows.columns})
    codes = "un_comtrade" if said.areas in ("names", "iso", "okato") else said.areas
    return selection("own_table", said.title, said.title, codes, _amounts(typed), {"maturity": "official"})


def _amounts(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with ``value`` in ``currency`` where any is not in US dollars."""
    import polars as pl

    if "currency" not in rows.columns:
        return rows
    told = rows.with_columns(pl.col("currency").str.to_uppercase().fill_null("USD"))
    return told.drop("currency") if set(told["currency"]) <= {"USD"} else told.rename({"value_usd": "value"})


def _raw(said: Mapping, table: bytes, name: str) -> pl.DataFrame:
    """The columns that the map names, as text, with ``row`` from 1."""
    import polars as pl

    wanted = {ours: theirs for ours, theirs in said.columns.model_dump().items() if theirs}
    lines = _lines(said, table, list(wanted.values()), name)
    heading = [cell.strip() for cell in lines[0]] if lines else []
    missing = [theirs for theirs in wanted.values() if theirs not in heading]
    if missing:
        raise BrokenLayout(f"no column is called {', '.join(missing)}", where=Where(file=name))
    places = {ours: heading.index(theirs) for ours, theirs in wanted.items()}
    body = [(number, row) for number, row in enumerate(lines[1:], start=1) if any(cell.strip() for cell in row)]
    cells = {ours: [_cell(row, place) for _, row in body] for ours, place in places.items()}
    columns = {"row": [number for number, _ in body], **cells}
    kinds = {"row": pl.UInt32, **dict.fromkeys(cells, pl.String)}
    raw = pl.DataFrame(columns, schema=kinds)
    fixed = {ours: value for ours, value in said.constants.model_dump().items() if value}
    return raw.with_columns(**{ours: pl.lit(value) for ours, value in fixed.items()})


def _lines(said: Mapping, table: bytes, wanted: list[str], name: str) -> list[list[str]]:
    if content.is_workbook(table):
        return content.sheet(table, name, wanted, said.decimal)
    text = content.text(table, said.encoding, name)
    return plain.cells(text.replace("\r\n", "\n").replace("\r", "\n"), name, said.separator)


def _cell(row: list[str], place: int) -> str | None:
    return (row[place].strip() or None) if place < len(row) else None


def _figures(raw: pl.DataFrame, said: Mapping) -> pl.DataFrame:
    """Our columns of `corridor.evidence.CODED_COLUMNS`."""
    import polars as pl

    days = {text: _period(text) or (None, None, None) for text in raw["period"].drop_nulls().unique().to_list()}
    words = _FLOW_WORDS | {word.lower(): flow for word, flow in said.flow_words.items()}
    total = pl.col("product").str.to_uppercase() == "TOTAL"
    weight = (
        [printed.number(pl.col("net_weight_kg"), said.decimal).alias("net_weight_kg")]
        if "net_weight_kg" in raw.columns
        else []
    )
    told = raw.with_columns(
        _meant("period", {text: each[0] for text, each in days.items()}, pl.String).alias("freq"),
        _meant("period", {text: each[1] for text, each in days.items()}, pl.Date).alias("period_start"),
        _meant("period", {text: each[2] for text, each in days.items()}, pl.Date).alias("period_end"),
        *(_areas(raw[side], said.areas).alias(side) for side in ("reporter", "partner")),
        *weight,
        flow=_meant("flow", words, pl.String, lower=True),
        classification=pl.when(total).then(pl.lit("TOTAL")).otherwise(pl.lit(said.classification)),
        product=pl.when(total)
        .then(pl.lit("TOTAL"))
        .otherwise(printed.code(pl.col("product").str.strip_chars("' "), said.classification)),
        value_usd=printed.number(pl.col("value"), said.decimal) * said.scale,
    )  # fmt: skip
    valuation: dict[str, object] = {**_VALUATION, **{str(flow): basis for flow, basis in said.valuation.items()}}
    caveat = "hs_revision_not_stated" if said.classification == "HS" else ""
    return told.with_columns(
        valuation=_meant("flow", valuation, pl.String).fill_null("fob"),
        caveats=pl.when(total).then(pl.lit("")).otherwise(pl.lit(caveat)),
    ).drop("period", "value")


def _period(text: str) -> tuple[str, date, date] | None:
    """Frequency, first and last day of a period as a user writes it; None for what is no period."""
    month = _MONTH_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    return period(f"{month['year']}-{month['month']}" if month else text)


def _meant(column: str, meanings: Meanings[str, object], kind: type[pl.DataType], *, lower: bool = False) -> pl.Expr:
    import polars as pl

    text = pl.col(column).str.to_lowercase() if lower else pl.col(column)
    return text.replace_strict(dict(meanings), default=None, return_dtype=kind)


def _areas(said: pl.Series, scheme: str) -> pl.Series:
    if scheme not in ("names", "okato"):
        return said
    import polars as pl

    ours = {text: _area(text, scheme) for text in said.drop_nulls().unique().to_list()}
    return said.replace_strict(ours, default=None, return_dtype=pl.String)


@cache
def _area(text: str, scheme: str) -> str:
    """Our code; the word itself where nobody knows it, so that the row is set aside with it."""
    try:
        return (areas.find(text) if scheme == "names" else areas.from_publisher("okato", text)).code
    except UnknownName:
        return text
