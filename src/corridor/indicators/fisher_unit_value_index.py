"""Fisher's unit-value index."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames, unit_values


def fisher_unit_value_index(
    frame: IntoFrameT,
    value_0: str = "value_0",
    value_1: str = "value_1",
    quantity_0: str = "quantity_0",
    quantity_1: str = "quantity_1",
    by: frames.Names = (),
) -> IntoFrameT:
    """By what factor the unit values of a group of products changed together, and by what factor the quantities.

    With unit values ``p = v / q``: ``laspeyres = Σ p1 q0 / Σ p0 q0``, ``paasche = Σ p1 q1 / Σ p0 q1`` and their
    geometric mean, ``fisher = √(laspeyres · paasche)``; 0 up, 1 = unchanged. The index times ``fisher_quantity_index``
    is the change in value of the products compared, exactly; back in time it is one over itself. A unit value moves
    with the mix of goods too, and is no price.

    Takes one row a product with ``value_0, value_1`` (USD) and ``quantity_0, quantity_1`` (both in one unit; units may
    differ between products), null = no such row or not printed. Compared are products with a value and a quantity above
    zero in both periods. Returns a row a group: ``n`` (products compared), ``coverage_0, coverage_1`` (their share of
    the value, 0..1), ``laspeyres, paasche, fisher_unit_value_index, fisher_quantity_index`` and
    ``fisher_unit_value_index_absence`` (``no_quantity``: no product can be compared).

    Source: Fisher (1922), The Making of Index Numbers; IMF (2009), Export and Import Price Index Manual. Checked by
    hand: the worked example.

    Worked example: 10 t for 100 and 5 t for 100 become 10 t for 200 and 10 t for 100. Unit values 10, 20 become 20, 10:
    Laspeyres (200 + 50) / 200 = 1.25, Paasche 300 / (100 + 200) = 1, Fisher √1.25 = 1.118; quantities 1.5/1.118 =
    1.342.

    In Stata: ``gen`` the four sums and ``gen f = sqrt(l*p)``. In R: ``IndexNumR::priceIndex(indexMethod = "fisher")``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    compared = unit_values.compared(table, (value_0, value_1), (quantity_0, quantity_1), by)
    v0, v1, q0, q1 = (nw.col(name) for name in unit_values.COLUMNS)
    rows = compared.with_columns(_p1q0=frames.ratio(v1 * q0, q1), _p0q1=frames.ratio(v0 * q1, q0))
    sums = unit_values.sums(rows, by, "_p1q0", "_p0q1")
    w0, w1 = nw.col("_v0"), nw.col("_v1")
    laspeyres, paasche = frames.ratio(nw.col("_p1q0"), w0), frames.ratio(w1, nw.col("_p0q1"))
    index = (laspeyres * paasche).sqrt()
    result = sums.select(
        *by,
        *unit_values.COVERAGE,
        laspeyres=laspeyres,
        paasche=paasche,
        fisher_unit_value_index=index,
        fisher_quantity_index=frames.ratio(frames.ratio(w1, w0), index),
        fisher_unit_value_index_absence=frames.absence((nw.col("n") == 0, "no_quantity")),
    )
    return frames.leave(result, frame)
