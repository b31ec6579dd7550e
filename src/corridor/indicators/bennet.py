"""Bennet's split of a change in value."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def bennet(
    frame: IntoFrameT,
    value_0: str = "value_0",
    value_1: str = "value_1",
    quantity_0: str = "quantity_0",
    quantity_1: str = "quantity_1",
) -> IntoFrameT:
    """How much of a change in value comes from the unit value and how much from the quantity.

    With unit values ``p = v / q``: ``unit_value_effect = (p1 - p0)(q0 + q1)/2`` and ``quantity_effect = (q1 - q0)(p0 +
    p1)/2`` in USD; their sum is ``v1 - v0`` exactly, nothing is left over.

    Takes one row a product with ``value_0, value_1`` (USD) and ``quantity_0, quantity_1`` (both in one unit), null = no
    such row or not printed. Adds ``unit_value_0, unit_value_1`` (USD per unit), ``unit_value_growth, quantity_growth``
    (0.1 = +10 %), ``unit_value_effect, quantity_effect`` and ``bennet_absence``: ``absent`` (no row in one of the
    periods), ``no_quantity`` (a quantity not printed or zero); there is no split then.

    Source: Bennet (1920), The Theory of Measurement of Changes in Cost of Living, Journal of the Royal Statistical
    Society 83, 455-462. Checked against: Viet Nam's coffee to Russia, January 2025 on January 2024: +25,061,562 and
    -27,458,595.

    Worked example: 10 t for 50, then 12 t for 72: unit values 5 and 6; (6 - 5) · 11 + (12 - 10) · 5.5 = 11 + 11 = 22 =
    72 - 50.

    In Stata: ``gen pe = (p1-p0)*(q0+q1)/2``, ``gen qe = (q1-q0)*(p0+p1)/2``. In R: ``(p1 - p0) * (q0 + q1) / 2``.
    """
    table = frames.enter(frame)
    frames.check(table, optional=[value_0, value_1, quantity_0, quantity_1])
    v0, v1 = frames.number(value_0), frames.number(value_1)
    q0, q1 = frames.number(quantity_0), frames.number(quantity_1)
    missing = v0.is_null() | v1.is_null()
    measured = (q0.fill_null(0.0) > 0) & (q1.fill_null(0.0) > 0)
    result = _split(table, (v0, v1), (q0, q1)).with_columns(
        bennet_absence=frames.absence((missing, "absent"), (~measured, "no_quantity"))
    )
    return frames.leave(result, frame)


def _split(table: frames.Table, v: tuple[nw.Expr, nw.Expr], q: tuple[nw.Expr, nw.Expr]) -> frames.Table:
    p0, p1 = frames.ratio(v[0], q[0]), frames.ratio(v[1], q[1])
    return table.with_columns(
        unit_value_0=p0,
        unit_value_1=p1,
        unit_value_growth=frames.ratio(p1 - p0, p0),
        quantity_growth=frames.ratio(q[1] - q[0], q[0]),
        unit_value_effect=(p1 - p0) * (q[0] + q[1]) / 2,
        quantity_effect=(q[1] - q[0]) * (p0 + p1) / 2,
    )
