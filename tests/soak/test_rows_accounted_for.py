"""A table with one odd cell: each of its rows is still kept, or named among what is set aside, or the file is refused.

A reader that goes on is not enough: it may have passed over the row.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.errors import CorridorError
from corridor.ingest.reading import Job, understand

from .accidents import ODD, cells_of, written
from .conftest import FIRST, MUTATIONS
from .specimens import specimens

#: Signs that part cells or end them, and what publishers print where there is no figure.
SIGNS, NONE = '\n\r"\x00\t,;|', {"", "NA", "N/A", "NaN", "nan", "null", "None", "..", "-", "*"}
WORDS = [word for word in ODD if word.strip() and word not in NONE and not set(word) & set(SIGNS)]
#: The first line of a user's own table is the map of it.
TABLES = {
    name: body.decode("utf-8")
    for name, body in specimens().items()
    if name.endswith((".csv", ".tsv", ".txt")) and not name.startswith(("own_table", "fns_tnved"))
}
#: Where a country did not exist, CEPII's row says nothing of it.
SAYS_NOTHING = {"cepii_geodist-invented-gravity.csv": "0"}
#: One in twenty of a campaign's files.
SHARE = MUTATIONS // 20 // len(TABLES)

Told = tuple[frozenset[int], frozenset[tuple[str, str]]]


def told(folder: Path, name: str, body: bytes) -> Told | None:
    """The rows of a file that are kept or set aside, by their numbers, and what is set aside; None if it is refused."""
    path = folder / name
    path.write_bytes(body)
    try:
        parts = understand(Job(path, name, "0" * 64, date(2026, 1, 20))).parts
    except CorridorError:
        return None
    tables = {part.table: pl.read_parquet(io.BytesIO(part.data)) for part in parts}
    rows = {int(number) for table in tables.values() for number in _numbers(table) if number and number.isdecimal()}
    aside = tables.get("not_understood")
    return frozenset(rows), frozenset(aside.select("text", "reason").iter_rows() if aside is not None else ())


def _numbers(table: pl.DataFrame) -> list[str | None]:
    """The number of each row in the publisher's file."""
    if "row" in table.columns:
        return table["row"].cast(pl.String).to_list()
    trace = pl.col("trace_id").str.split("/").list.last()
    return table.select(trace).to_series().to_list() if "trace_id" in table.columns else []


@pytest.mark.parametrize("name", [name for name in TABLES if cells_of(TABLES[name])[0]])
def test_no_row_with_an_odd_cell_is_lost(tmp_path: Path, times: Callable[[int, int], int], name: str) -> None:
    rows, separator = cells_of(TABLES[name])
    sound = told(tmp_path, name, TABLES[name].encode())
    assert sound is not None
    places = [(row, column) for row in range(1, len(rows)) for column in range(len(rows[row]))]
    for number in range(FIRST, FIRST + times(5, SHARE)):
        draw = random.Random(f"{name} {number}")
        (row, column), word = draw.choice(places), draw.choice(WORDS)
        if word == SAYS_NOTHING.get(name):
            continue
        odd = [list(cells) for cells in rows]
        odd[row][column] = word
        found = told(tmp_path, name, written(odd, separator).encode())
        # What is said of many rows together names the first of them.
        assert found is None or sound[0] <= found[0] or found[1] != sound[1], (number, row, column, word)
