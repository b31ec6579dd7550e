"""What index numbers of unit values begin with: the products that can be compared, and their part of the value."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from corridor.codes import frames

#: Values and quantities of both periods, zero where a product cannot be compared.
COLUMNS = ("_v0", "_v1", "_q0", "_q1")

_ALL = ("_all_0", "_all_1")

#: How many products are compared, and their share of the value in both periods.
COVERAGE = (
    nw.col("n"),
    frames.ratio(nw.col("_v0"), nw.col("_all_0")).alias("coverage_0"),
    frames.ratio(nw.col("_v1"), nw.col("_all_1")).alias("coverage_1"),
)


def compared(
    table: frames.Table, values: tuple[str, str], quantities: tuple[str, str], by: Sequence[str]
) -> frames.Table:
    """The table with `COLUMNS`: a product is compared if it has a value and a quantity above zero in both periods."""
    frames.check(table, optional=[*values, *quantities], groups=by)
    given = [frames.present(column) for column in (*values, *quantities)]
    whole = (given[0] > 0) & (given[1] > 0) & (given[2] > 0) & (given[3] > 0)
    columns = {name: nw.when(whole).then(amount).otherwise(0.0) for name, amount in zip(COLUMNS, given, strict=True)}
    return table.with_columns(**columns, _one=whole.cast(nw.Int64), _all_0=given[0], _all_1=given[1])


def sums(rows: frames.Table, by: Sequence[str], *columns: str) -> frames.Table:
    """A row a group: ``n`` products compared, and the sums of `COLUMNS`, of all values and of ``columns``."""
    wanted = {name: nw.col(name).sum() for name in (*COLUMNS, *_ALL, *columns)}
    summed = frames.each(rows, by, n=nw.col("_one").sum(), **wanted)
    return summed.with_columns(n=nw.col("n").fill_null(0).cast(nw.Int64))
