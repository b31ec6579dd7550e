"""The flows of a long file added up over its goods, kept beside the tables: a comparison of years need not read them.

``sums/<checksum of the Parquet file of flows>.parquet`` has the columns `schema.SUMS`. It says nothing that the flows
do not say: where it is missing or damaged, they are added up again.
"""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO
from pathlib import Path

import polars as pl

from corridor.codes import schema
from corridor.store.entries import TableFile
from corridor.store.files import one_line, remove, write_whole

_FOLDER = "sums"


def write(directory: Path, flows: TableFile, sums: pl.DataFrame) -> None:
    """Keep the sums of a file of flows."""
    buffer = BytesIO()
    sums.select(schema.SUMS).write_parquet(buffer)
    with one_line(path := _path(directory, flows)):
        write_whole(path, buffer.getvalue())


def read(directory: Path, flows: TableFile) -> pl.DataFrame | None:
    """The sums of a file of flows; None where they were not kept, or not for all its rows."""
    try:
        found = pl.read_parquet(_path(directory, flows), glob=False).select(schema.SUMS)
    except (OSError, pl.exceptions.PolarsError):
        return None
    return found if found["rows"].sum() == flows.rows else None


def sweep(directory: Path, named: Collection[str]) -> None:
    """Remove the sums of files whose checksum nobody names any more."""
    with one_line(directory):
        for path in (directory / _FOLDER).glob("*.parquet*"):
            if path.name.removesuffix(".parquet") not in named:
                remove(path)


def _path(directory: Path, flows: TableFile) -> Path:
    return directory / _FOLDER / f"{flows.sha}.parquet"
