"""Törnqvist's unit-value index."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames, unit_values


def tornqvist_unit_value_index(
    frame: IntoFrameT,
    value_0: str = "value_0",
    value_1: str = "value_1",
    quantity_0: str = "quantity_0",
    quantity_1: str = "quantity_1",
    by: frames.Names = (),
) -> IntoFrameT:
    """By what factor the unit values of a group of products changed together: a geometric mean with mean shares.

    ``ln T = Σ_k (s0_k + s1_k)/2 · ln(p1_k / p0_k)`` with unit values ``p = v / q`` and the shares ``s`` of the products
    compared in their value; 0 up, 1 = unchanged; back in time it is one over itself. ``tornqvist_quantity_index`` is
    the same of the quantities; the two together are only nearly the change in value (`fisher_unit_value_index` is
    exact). A unit value moves with the mix of goods too, and is no price.

    Takes one row a product with ``value_0, value_1`` (USD) and ``quantity_0, quantity_1`` (both in one unit; units may
    differ between products), null = no such row or not printed. Compared are products with a value and a quantity above
    zero in both periods. Returns a row a group: ``n`` (products compared), ``coverage_0, coverage_1`` (their share of
    the value, 0..1), ``tornqvist_unit_value_index, tornqvist_quantity_index`` and
    ``tornqvist_unit_value_index_absence`` (``no_quantity``: no product can be compared).

    Source: Törnqvist (1936), The Bank of Finland's consumption price index, Bank of Finland Monthly Bulletin 10, 1-8;
    IMF (2009), Export and Import Price Index Manual. Checked by hand: the worked example.

    Worked example: 10 t for 100 and 5 t for 100 become 10 t for 200 and 10 t for 100. Mean shares (1/2 + 2/3)/2 = 7/12
    and 5/12, unit values double and halve: 2^(7/12) · 2^(-5/12) = 2^(1/6) = 1.1225.

    In Stata: ``egen`` the total of ``(s0+s1)/2*ln(p1/p0)`` and ``exp()`` of it. In R:
    ``IndexNumR::priceIndex(indexMethod = "tornqvist")``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    compared = unit_values.compared(table, (value_0, value_1), (quantity_0, quantity_1), by)
    v0, v1, q0, q1 = (nw.col(name) for name in unit_values.COLUMNS)
    weight = (frames.share_within(v0, by) + frames.share_within(v1, by)) / 2
    more = nw.when(q0 > 0).then(q1 / q0).log().fill_null(0.0)
    dearer = nw.when(v0 > 0).then(v1 / v0).log().fill_null(0.0) - more
    sums = unit_values.sums(compared.with_columns(_p=weight * dearer, _q=weight * more), by, "_p", "_q")
    found = nw.col("n") > 0
    result = sums.select(
        *by,
        *unit_values.COVERAGE,
        tornqvist_unit_value_index=nw.when(found).then(nw.col("_p")).exp(),
        tornqvist_quantity_index=nw.when(found).then(nw.col("_q")).exp(),
        tornqvist_unit_value_index_absence=frames.absence((~found, "no_quantity")),
    )
    return frames.leave(result, frame)
