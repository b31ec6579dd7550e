"""Unit value."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import frames


def unit_value(frame: IntoFrameT, value: str = "value_usd", quantity: str = "quantity") -> IntoFrameT:
    """Value of a unit of quantity, a unit value and no price: it moves with the mix of goods in the group too.

    ``UV = v / q`` in USD per tonne or piece, 0 up.

    Takes ``value`` (USD, none missing) and ``quantity`` (in the row's ``quantity_unit``; null = not printed). Adds
    ``unit_value`` and ``unit_value_absence`` (``no_quantity``: not printed or zero, for instance rounded down).

    Source: United Nations (2013), International Merchandise Trade Statistics: Compilers Manual, on unit values. Checked
    against: Viet Nam's coffee to Russia, January 2024, 41,386,045 USD / 14,287 t = 2896.7624.

    Worked example: 41,386,045 USD for 14,287 t: 2896.76 USD a tonne.

    In Stata: ``gen uv = v/q``. In R: ``v / q``.
    """
    table = frames.enter(frame)
    frames.check(table, values=[value], optional=[quantity])
    amount = frames.present(quantity)
    return frames.leave(
        table.with_columns(
            unit_value=frames.ratio(frames.number(value), amount),
            unit_value_absence=frames.absence((amount == 0, "no_quantity")),
        ),
        frame,
    )
