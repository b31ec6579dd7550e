"""From a table to NumPy and back: for measures that are no sums over rows but work on whole matrices or series.

A table is taken into memory once, its columns as places and numbers; what was computed goes back beside the rows it
belongs to, in the user's own kind of table and through the user's own connection or session.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, cast

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from corridor.codes.frames import Table, UnfitTable, check_unique, shared_keys

Numbers: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]
Truths: TypeAlias = NDArray[np.bool_]
#: A column of numbers (NaN = missing), whole numbers or truths.
Values: TypeAlias = NDArray[Any]
#: A column taken from a table: its name there, some of its rows, and which of those each new row has.
Taken: TypeAlias = tuple[str, Places, NDArray[Any]]

_VIEW = "_corridor"
#: A matrix of more cells than so many times its rows is counted by its rows.
_SPARSE = 16


class Rows:
    """The rows of a table in memory, in one order, and the way back for what is computed from them."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self._table = table
        self._held = _Fetched(table, columns) if _is_database(table) else _Frame(table)
        self.count = self._held.count

    def numbers(self, column: str) -> Numbers:
        """A column as floating-point numbers, NaN where it is missing."""
        return self._held.numbers(column)

    def places(self, column: str) -> Places:
        """The place of each row's value among all values of a column in rising order."""
        return self._held.places(column)

    def groups(self, columns: Sequence[str]) -> Places:
        """The place of each row's group among all groups in rising order."""
        if not columns:
            return np.zeros(self.count, dtype=np.intp)
        places = self.places(columns[0])
        for column in columns[1:]:
            finer = self.places(column)
            size = int(finer.max()) + 1 if self.count else 1
            places = np.unique(places * size + finer, return_inverse=True)[1]
        return places

    def beside(self, keys: Sequence[str], columns: Mapping[str, Values]) -> Table:
        """The table with values beside each row; ``keys`` name the columns that tell its rows apart."""
        return self._held.beside(keys, columns)

    def table(self, columns: Iterable[tuple[str, Taken | Values]]) -> Table:
        """A new table of the same kind, on the same connection or session."""
        return self._held.made(columns)

    def square(self, column: str, rows: Places, blocks: Iterable[Numbers]) -> Table:
        """A new table of the same kind: the texts of a column in some rows, and a column of numbers named by each.

        A row of a block becomes a column; blocks are used up one by one, so that no two are held at once.
        """
        return self._held.square(column, rows, blocks)


class _Frame:
    """Rows of a data frame, which is in memory as it is."""

    def __init__(self, table: Table) -> None:
        self._frame: nw.DataFrame[Any] = table.collect()
        self.count = len(self._frame)

    def numbers(self, column: str) -> Numbers:
        return self._frame[column].cast(nw.Float64).to_numpy().astype(np.float64)

    def places(self, column: str) -> Places:
        values = self._frame[column]
        if not len(values):
            return np.zeros(0, dtype=np.intp)
        if isinstance(values.dtype, nw.Categorical | nw.Enum):
            values = values.cast(nw.String)
        if isinstance(values.dtype, nw.String) and values.implementation.is_polars():
            return _in_order(values, values.cast(nw.Categorical).to_native().to_physical().to_numpy())
        known = values.unique().sort().to_list()
        return values.replace_strict(known, range(len(known)), return_dtype=nw.Int64).to_numpy().astype(np.intp)

    def beside(self, keys: Sequence[str], columns: Mapping[str, Values]) -> Table:
        given = {name: self._series(name, values) for name, values in columns.items()}
        return self._frame.with_columns(**given).lazy()

    def made(self, columns: Iterable[tuple[str, Taken | Values]]) -> Table:
        series = [self._series(name, column) for name, column in columns]
        return series[0].to_frame().with_columns(*series[1:]).lazy()

    def square(self, column: str, rows: Places, blocks: Iterable[Numbers]) -> Table:
        kind, backend = self._frame[column].dtype, self._frame.implementation
        texts = self._frame[column][rows].cast(nw.String).to_list()
        names = iter(texts)
        # The block comes first in zip, or the name after its last row would be lost.
        parts = [
            nw.from_dict({name: row for row, name in zip(block, names, strict=False)}, backend=backend)
            for block in blocks
        ]
        key = nw.new_series(column, texts, nw.String, backend=backend).cast(kind).to_frame()
        return nw.concat([key, *parts], how="horizontal").lazy()

    def _series(self, name: str, column: Taken | Values) -> nw.Series[Any]:
        if isinstance(column, tuple):
            return self._frame[column[0]][column[1]][column[2]].alias(name)
        return nw.new_series(name, column, backend=self._frame.implementation)


class _Fetched:
    """Rows fetched from a database, and given back through its own connection or session."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self._table = table
        native = table.select(*columns).to_native()
        self._columns = _from_spark(native) if table.implementation.is_spark_like() else _from_duckdb(native)
        self.count = len(self._columns[columns[0]])

    def numbers(self, column: str) -> Numbers:
        values = self._columns[column]
        if values.dtype.kind != "O":
            return values.astype(np.float64)
        return np.array([np.nan if value is None else float(value) for value in values], dtype=np.float64)

    def places(self, column: str) -> Places:
        values = self._columns[column].tolist()
        place = {value: at for at, value in enumerate(sorted(set(values)))}
        return np.fromiter(map(place.__getitem__, values), dtype=np.intp, count=len(values))

    def beside(self, keys: Sequence[str], columns: Mapping[str, Values]) -> Table:
        every = np.arange(self.count)
        taken: list[tuple[str, Taken | Values]] = [(key, (key, every, every)) for key in keys]
        side = self.made([*taken, *columns.items()])
        return self._table.join(side, on=list(keys), how="left")

    def square(self, column: str, rows: Places, blocks: Iterable[Numbers]) -> Table:
        names = map(str, self._columns[column][rows])
        numbers = zip(names, (row for block in blocks for row in block), strict=True)
        return self.made([(column, (column, rows, np.arange(len(rows)))), *numbers])

    def made(self, columns: Iterable[tuple[str, Taken | Values]]) -> Table:
        wanted = dict(columns)
        sources = {name: column[0] for name, column in wanted.items() if isinstance(column, tuple)}
        arrays = {n: self._columns[c[0]][c[1]][c[2]] if isinstance(c, tuple) else c for n, c in wanted.items()}
        make = _in_spark if self._table.implementation.is_spark_like() else _in_duckdb
        return cast(Table, nw.from_native(make(self._table.to_native(), arrays, sources)))


def check_once(table: Table, keys: Sequence[str]) -> None:
    """Raise `UnfitTable` if two rows have the same ``keys``; what is in memory is counted there, in half the time."""
    if _is_database(table):
        check_unique(table, keys)
        return
    rows = Rows(table.select(*keys), keys)
    check_cells(rows.groups(keys[:-1]), rows.places(keys[-1]), keys)


def check_cells(across: Places, along: Places, keys: Sequence[str]) -> None:
    """Raise `UnfitTable` if two rows are in one cell of a matrix whose sides ``keys`` name."""
    width = int(along.max()) + 1 if len(along) else 1
    cell = across * width + along
    # Where most cells are filled, counting all of them is faster than sorting the rows.
    dense = len(cell) > 0 and int(cell.max()) < _SPARSE * len(cell)
    times = np.bincount(cell) if dense else np.unique(cell, return_counts=True)[1]
    if repeated := int(times[times > 1].sum()):
        raise shared_keys(repeated, keys)


def first_rows(places: NDArray[np.integer[Any]]) -> Places:
    """For each place the first row that has it; nothing is said of places that no row has."""
    first: Places = np.zeros(int(places.max()) + 1 if len(places) else 0, dtype=np.intp)
    # Written from the end, so that the first of equal rows stays.
    first[places[::-1]] = np.arange(len(places) - 1, -1, -1)
    return first


def _in_order(values: nw.Series[Any], codes: NDArray[np.uint32]) -> Places:
    """Polars' own numbers of texts, which come as the texts do, as places in rising order."""
    first = first_rows(codes)
    there = np.flatnonzero(np.bincount(codes))
    place = np.empty(len(first), dtype=np.intp)
    place[there[np.argsort(values[first[there]].to_numpy())]] = np.arange(len(there))
    return place[codes]


def _is_database(table: Table) -> bool:
    kind = table.implementation
    if kind.is_polars() or kind.is_pandas_like():
        return False
    if kind.is_duckdb() or kind.is_spark_like():
        return True
    raise UnfitTable(
        f"a table of {kind} cannot be computed in memory",
        next_step="give one of Polars, pandas, PyArrow, DuckDB or PySpark",
    )


def _from_duckdb(relation: Any) -> dict[str, Values]:
    return {name: _unmasked(values) for name, values in relation.fetchnumpy().items()}


def _unmasked(values: Values) -> Values:
    if not isinstance(values, np.ma.MaskedArray):
        return values
    if not values.mask.any():
        return np.asarray(values.data)
    known: Values = np.asarray(values.data).astype(object)
    known[np.asarray(values.mask)] = None
    return known


def _from_spark(frame: Any) -> dict[str, Values]:
    rows = frame.collect()
    columns = {name: np.empty(len(rows), dtype=object) for name in frame.columns}
    for at, values in enumerate(columns.values()):
        values[:] = [row[at] for row in rows]
    return columns


def _in_duckdb(relation: Any, arrays: Mapping[str, Values], sources: Mapping[str, str]) -> Any:
    types = dict(zip(relation.columns, relation.types, strict=True))
    corridor_arrays = {f"c{at}": values for at, values in enumerate(arrays.values())}
    columns = ", ".join(_selected(f"c{at}", name, types.get(sources.get(name, ""))) for at, name in enumerate(arrays))
    # DuckDB finds the dictionary by its variable's name; a relation shows its own connection in no other way.
    made = relation.query(_VIEW, f"select {columns} from corridor_arrays")
    relation.query(_VIEW, f"drop view {_VIEW}")
    del corridor_arrays
    return made


def _selected(source: str, name: str, kind: Any) -> str:
    typed = f"cast({source} as {kind})" if kind is not None else source
    return '{} as "{}"'.format(typed, name.replace('"', '""'))


_SPARK_TYPES = {"f": "double", "i": "bigint", "b": "boolean"}


def _in_spark(frame: Any, arrays: Mapping[str, Values], sources: Mapping[str, str]) -> Any:
    known = {field.name: field.dataType.simpleString() for field in frame.schema.fields}
    types = {n: known[sources[n]] if n in sources else _SPARK_TYPES[v.dtype.kind] for n, v in arrays.items()}
    cells = [values.tolist() for values in arrays.values()]
    schema = ", ".join(f"`{name.replace('`', '``')}` {kind}" for name, kind in types.items())
    return frame.sparkSession.createDataFrame(list(zip(*cells, strict=True)), schema)
