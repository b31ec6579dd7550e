"""Growth between two periods."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def growth(frame: IntoFrameT, value_0: str = "value_0", value_1: str = "value_1") -> IntoFrameT:
    """Relative and absolute change of each row from the first period to the second.

    ``g = (x1 - x0) / x0``, from -1 up, 0.1 = +10 %; ``change = x1 - x0`` in USD.

    Takes one row a product (region, partner) with ``value_0`` and ``value_1`` in USD, where null means that the
    publisher's table has no such row. A figure that is not held or was not reported is not a null here: leave its row
    out. Both ends must be of one release; the function cannot see which.

    Adds ``growth``, ``change`` and ``change_kind``, which also says why ``growth`` is null: ``new`` (from nothing to
    something: growth null, change = x1), ``vanished`` (growth -1, change = -x0), ``changed``, ``unchanged``, ``absent``
    (nothing in either period: growth null; change null if neither has a row).

    Checked against: Viet Nam's exports to Russia, January 2025 on January 2024, -24.8260 %, customs table 5X.

    Worked example: 80, then 100: (100 - 80) / 80 = 0.25, change 20.

    In Stata: ``gen g = (x1-x0)/x0``. In R: ``(x1 - x0) / x0``.
    """
    table = frames.enter(frame)
    frames.check(table, optional=[value_0, value_1])
    before, after = frames.present(value_0), frames.present(value_1)
    no_row = nw.col(value_0).is_null() & nw.col(value_1).is_null()
    return frames.leave(
        table.with_columns(
            growth=frames.ratio(after - before, before),
            change=nw.when(~no_row).then(after - before),
            change_kind=_kind(before, after),
        ),
        frame,
    )


def _kind(before: nw.Expr, after: nw.Expr) -> nw.Expr:
    return (
        nw.when((before == 0) & (after == 0))
        .then(nw.lit("absent"))
        .when(before == 0)
        .then(nw.lit("new"))
        .when(after == 0)
        .then(nw.lit("vanished"))
        .when(before == after)
        .then(nw.lit("unchanged"))
        .otherwise(nw.lit("changed"))
    )
