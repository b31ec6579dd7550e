"""The types of the stored tables' columns, as Polars names them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from corridor.codes import schema

_POLARS: Mapping[schema.Type, type[pl.DataType]] = {
    "text": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "date": pl.Date,
    "boolean": pl.Boolean,
}

#: Stored table -> column -> type, in the order of the data dictionary.
TYPES: Mapping[str, Mapping[str, pl.DataType]] = {
    table: {name: _POLARS[schema.COLUMNS[name].type]() for name in names} for table, names in schema.TABLES.items()
}
