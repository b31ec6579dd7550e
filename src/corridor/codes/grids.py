"""Trade as a matrix: a row an economy, a column a product; one matrix a period or other group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import narwhals as nw
import numpy as np
from narwhals.typing import IntoFrameT
from numpy.typing import NDArray

from corridor.codes import frames
from corridor.codes.arrays import Numbers, Places, Rows, Taken, Truths, Values, check_cells, first_rows
from corridor.codes.product_space import Presence
from corridor.errors import UsageError

Pairs = Literal["given", "all"]

_MISSING = "_missing"


@dataclass(frozen=True)
class Grid:
    """One group of a table as a matrix; a cell without a row is zero."""

    values: Numbers
    #: The rows of the table that are in the matrix, and the economy and product of each.
    rows: Places
    economy: Places
    product: Places
    #: A row of the table for each economy and for each product, in rising order of their codes.
    economies: Places
    products: Places


@dataclass(frozen=True)
class Measured:
    """What was computed of a grid: arrays that fit its matrix, an economy's being a column and a product's a row."""

    columns: Mapping[str, Values]
    #: Reasons why there is no number, the first that holds; true where it does.
    missing: Mapping[str, Truths]


@dataclass(frozen=True)
class Linked:
    """Pairs of products, as columns of the grid, with a number each."""

    first: NDArray[np.unsignedinteger[Any]]
    second: NDArray[np.unsignedinteger[Any]]
    numbers: Numbers


class Grids:
    """All grids of a table, and the way back to it."""

    def __init__(self, table: frames.Table, economy: str, product: str, value: str, by: Sequence[str]) -> None:
        self.keys = (*by, economy, product)
        self.by = tuple(by)
        self._names = (economy, product, value)
        self._table = table
        self._rows = Rows(table, (*self.keys, value))

    def __iter__(self) -> Iterator[Grid]:
        economy, product, value = self._names
        economies, products = self._rows.places(economy), self._rows.places(product)
        numbers = self._rows.numbers(value)
        for rows in _split(self._rows.groups(self.by)):
            yield _grid(rows, economies[rows], products[rows], numbers[rows], self.keys)

    def with_columns(
        self, names: Sequence[str], measure: Callable[[Grid], Measured], pairs: Pairs = "given"
    ) -> frames.Table:
        """The table with the columns ``names`` that ``measure`` finds in each grid.

        Where ``measure`` gives reasons, they stand in ``<first of names>_absence``. ``pairs="all"`` adds a row for each
        economy and product that has none in the table.
        """
        found = [(grid, measure(grid)) for grid in self]
        columns = found[0][1].columns if found else dict.fromkeys(names, np.zeros(0))
        reasons = tuple(found[0][1].missing) if found else ()
        missing = any(where.any() for _, measured in found for where in measured.missing.values())
        result = self._all(found, columns) if pairs == "all" else self._given(found, columns)
        return _explained(result, columns, names[0], reasons, missing=missing)

    def products_table(self, measure: Callable[[Grid], Linked], other: str, name: str) -> frames.Table:
        """A new table: pairs of products (as columns of the grid) with a number each."""
        found = [(grid, measure(grid)) for grid in self] or [(EMPTY, _UNLINKED)]
        product, rows = self._names[1], np.concatenate([grid.products for grid, _ in found])
        starts = np.cumsum([0, *(len(grid.products) for grid, _ in found[:-1])])
        moved = [(linked.first + at, linked.second + at) for at, (_, linked) in zip(starts, found, strict=True) if at]
        first = _joined([found[0][1].first, *(one for one, _ in moved)])
        second = _joined([found[0][1].second, *(two for _, two in moved)])
        columns: list[tuple[str, Taken | Values]] = [(key, (key, rows, first)) for key in (*self.by, product)]
        numbers = _joined([linked.numbers for _, linked in found])
        return self._rows.table([*columns, (other, (product, rows, second)), (name, numbers)])

    def square_table(self, measure: Callable[[Grid], tuple[Places, Iterator[Numbers]]]) -> frames.Table:
        """A new table: a row and a column for each product that ``measure`` names, in blocks of columns.

        Raises: UsageError if the table has groups: their products differ.
        """
        if self.by:
            raise UsageError("a matrix is of one group", next_step="give one period, without by")
        grid = next(iter(self), EMPTY)
        named, blocks = measure(grid)
        return self._rows.square(self._names[1], grid.products[named], blocks)

    def economies_table(self, names: tuple[str, str], found: Sequence[Mapping[str, Numbers]]) -> frames.Table:
        """A new table: each two different economies, under ``names``, with the cells of square matrices, one a grid."""
        economy = self._names[0]
        grids = list(self) or [EMPTY]
        away = [~np.eye(len(grid.economies), dtype=np.bool_) for grid in grids]
        first = _joined([grid.economies[np.nonzero(where)[0]] for grid, where in zip(grids, away, strict=True)])
        second = _joined([grid.economies[np.nonzero(where)[1]] for grid, where in zip(grids, away, strict=True)])
        here = np.arange(len(first))
        columns: list[tuple[str, Taken | Values]] = [(key, (key, first, here)) for key in self.by]
        columns += [(names[0], (economy, first, here)), (names[1], (economy, second, here))]
        columns += [(n, _joined([m[n][where] for m, where in zip(found, away, strict=True)])) for n in found[0]]
        return self._rows.table(columns)

    def _given(self, found: Sequence[tuple[Grid, Measured]], columns: Mapping[str, Values]) -> frames.Table:
        beside = {name: np.zeros(self._rows.count, dtype=each.dtype) for name, each in columns.items()}
        beside[_MISSING] = np.zeros(self._rows.count, dtype=np.int64)
        for grid, measured in found:
            at = (grid.economy, grid.product)
            for name, values in measured.columns.items():
                beside[name][grid.rows] = np.broadcast_to(values, grid.values.shape)[at]
            beside[_MISSING][grid.rows] = _first_missing(grid, measured)[at]
        return self._rows.beside(self.keys, beside)

    def _all(self, found: Sequence[tuple[Grid, Measured]], columns: Mapping[str, Values]) -> frames.Table:
        economy, product, _ = self._names
        grids = [grid for grid, _ in found]
        economies = _joined([np.repeat(grid.economies, len(grid.products)) for grid in grids] or [_NOWHERE])
        products = _joined([np.tile(grid.products, len(grid.economies)) for grid in grids] or [_NOWHERE])
        made = {n: [np.broadcast_to(m.columns[n], g.values.shape).ravel() for g, m in found] for n in columns}
        made[_MISSING] = [_first_missing(grid, measured).ravel() for grid, measured in found]
        here = np.arange(len(economies))
        keys: list[tuple[str, Taken | Values]] = [(key, (key, economies, here)) for key in (*self.by, economy)]
        keys.append((product, (product, products, here)))
        every = self._rows.table([*keys, *((n, _joined(parts or [np.zeros(0)])) for n, parts in made.items())])
        order = [*self._table.collect_schema().names(), *columns, _MISSING]
        return every.join(self._table, on=list(self.keys), how="left").select(*order).sort(*self.keys)


def read(
    frame: IntoFrameT, economy: str, product: str, value: str, by: frames.Names, presence: Presence = "rca"
) -> Grids:
    """The grids of a user's table, after everything that arithmetic must not take was refused.

    Raises: MissingColumns, UnfitTable, UsageError.
    """
    frames.check_choice("presence", presence, "rca", "given")
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[economy, product], groups=by)
    if presence == "given":
        frames.check_never(
            table,
            (frames.number(value) != 0) & (frames.number(value) != 1),
            f"have a {value} that is neither 0 nor 1. A presence is there or not.",
            next_step='give trade values and presence="rca" to have it found',
        )
    return Grids(table, economy, product, value, by)


_NOWHERE: Places = np.zeros(0, dtype=np.intp)
#: The grid of a table without rows.
EMPTY = Grid(np.zeros((0, 0)), _NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE)
_UNLINKED = Linked(np.zeros(0, dtype=np.uint16), np.zeros(0, dtype=np.uint16), np.zeros(0))


def _joined(parts: Sequence[Values]) -> Values:
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def _split(group: Places) -> Iterator[Places]:
    if not len(group):
        return
    order = np.argsort(group, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(group[order])) + 1)


def _grid(rows: Places, economies: Places, products: Places, numbers: Numbers, keys: Sequence[str]) -> Grid:
    economy, first_of_economy = _close_up(economies)
    product, first_of_product = _close_up(products)
    shape = (len(first_of_economy), len(first_of_product))
    check_cells(economy, product, keys)
    values = np.zeros(shape)
    values[economy, product] = numbers
    return Grid(values, rows, economy, product, rows[first_of_economy], rows[first_of_product])


def _close_up(places: Places) -> tuple[Places, Places]:
    """Places without gaps, and the first row of each."""
    there = np.bincount(places) > 0
    closed = (np.cumsum(there) - 1)[places]
    return closed, first_rows(closed)


def _first_missing(grid: Grid, measured: Measured) -> NDArray[np.int64]:
    code = np.zeros(grid.values.shape, dtype=np.int64)
    for at, where in reversed(list(enumerate(measured.missing.values(), start=1))):
        code[np.broadcast_to(where, code.shape)] = at
    return code


def _explained(
    table: frames.Table, columns: Mapping[str, Values], name: str, reasons: Sequence[str], *, missing: bool
) -> frames.Table:
    known = {n: nw.when(~nw.col(n).is_nan()).then(nw.col(n)) for n, v in columns.items() if v.dtype.kind == "f"}
    # Without a case it is one null for all rows, which takes no room.
    cases = [(nw.col(_MISSING) == at, reason) for at, reason in enumerate(reasons if missing else (), start=1)]
    # A measure that is never missing has no reasons, and no column for them.
    why = {f"{name}_absence": frames.absence(*cases)} if reasons else {}
    added = {**(known if missing else {}), **why}
    return (table.with_columns(**added) if added else table).drop(_MISSING)
