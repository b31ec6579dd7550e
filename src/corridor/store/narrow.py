"""Tables of millions of rows: what all rows of a file have in common is said once, beside them.

A narrow Parquet file holds the columns that vary and the number of each row in the publisher's file; its metadata
hold the columns that do not, as JSON. Read back, every row has every column of its table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from corridor.codes import schema
from corridor.codes.units import KG_PER_TONNE
from corridor.errors import CorridorError
from corridor.evidence import Constant
from corridor.store.types import TYPES

#: The key of the constants in a Parquet file's metadata.
METADATA = "corridor.constants"
#: A narrow file's own columns: the row in the publisher's file, and the page or sheet it stands on.
ROW, PAGE = "row", "page"

#: Columns that are made from the others when a narrow file is read.
MADE = ("trace_id", "value", "net_weight_kg")


@dataclass(frozen=True)
class Narrow:
    """The rows of a table: ``frame`` with what varies and ``row``, ``constants`` with the rest, ``page`` among them.

    Text may be categories of the words that occur: as such it is written in half the time, and read back as text.

    ``trace_id`` stands in neither; it is made of snapshot, page and row. ``value`` may be left out where it is
    ``value_usd``, and ``net_weight_kg`` where it is ``quantity`` in tonnes.
    """

    frame: pl.LazyFrame
    height: int
    constants: Mapping[str, Constant]


def check(narrow: Narrow, table: str) -> None:
    """Raise `schema.MissingColumns`, TypeError or ValueError unless each column stands in one place, in its type."""
    wanted = {name: wanted for name, wanted in TYPES[table].items() if name not in MADE}
    types = narrow.frame.collect_schema()
    given = [*types.names(), *narrow.constants]
    schema.require(given, *wanted, ROW, PAGE, what=f"table {table}")
    twice = sorted({name for name in given if given.count(name) > 1} | (set(given) - set(TYPES[table]) - {ROW, PAGE}))
    if twice:
        raise ValueError(f"{', '.join(twice)}: not a column of {table}, or both varying and constant")
    for name, found in types.items():
        if name in wanted and found != pl.Null and (pl.String() if found == pl.Enum else found) != wanted[name]:
            raise TypeError(f"column {name} of {table} is {found}, not {wanted[name]}")


def metadata(narrow: Narrow) -> dict[str, str]:
    """The constants, as a Parquet file's metadata hold them."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in narrow.constants.items()}
    return {METADATA: json.dumps(plain, sort_keys=True)}


def constants_of(path: Path) -> Mapping[str, Constant] | None:
    """The constants of a Parquet file; None for a file that holds every column itself."""
    said = pl.read_parquet_metadata(path).get(METADATA)
    if said is None:
        return None
    found: object = json.loads(said)
    if not isinstance(found, dict):
        raise CorridorError(f"{path.name}: its constants are no mapping", next_step="run `corridor rebuild`")
    return found


def widen(frame: pl.LazyFrame, constants: Mapping[str, Constant], table: str) -> pl.LazyFrame:
    """The rows of a narrow file with every column of their table."""
    types = TYPES[table]
    place = f"{str(constants['snapshot'])[:16]}/{constants[PAGE]}/"
    made = {"trace_id": pl.concat_str(pl.lit(place), pl.col(ROW).cast(pl.String))}
    given = {*constants, *frame.collect_schema().names()}
    if "value" in types and "value" not in given:
        made["value"] = pl.col("value_usd")
    if "net_weight_kg" in types and "net_weight_kg" not in given:
        made["net_weight_kg"] = pl.col("quantity") * KG_PER_TONNE
    for name, value in constants.items():
        if name in types:
            made[name] = _literal(value, types[name])
    return frame.with_columns(**made).select(list(types))


def _literal(value: Constant, wanted: pl.DataType) -> pl.Expr:
    if isinstance(value, str) and wanted == pl.Date:
        value = date.fromisoformat(value)
    return pl.lit(value, dtype=wanted)
