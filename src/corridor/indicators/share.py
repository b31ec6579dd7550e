"""Share of each row in the total."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import frames


def share(frame: IntoFrameT, value: str = "value_usd", by: frames.Names = ()) -> IntoFrameT:
    """Each row's part of the sum of its group.

    ``s_k = x_k / Σ_k x_k``, 0..1; the shares of a group add up to 1, so the residual group must be among the rows and a
    total row must not. Every row counts as a part of its own.

    Takes one period with ``value`` (USD, none missing); ``by`` names the columns of a group. Adds ``share`` and
    ``share_absence`` (``no_total`` where a group adds up to zero: its shares are null, not zero).

    Checked against: coal 0.406 and fertilisers 0.102 of Russia's deliveries to Viet Nam in 2024, customs tables.

    Worked example: 40 and 60: 0.4 and 0.6.

    In Stata: ``egen X = total(x)`` and ``gen s = x/X``. In R: ``prop.table(x)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], groups=by)
    amount = frames.number(value)
    total = frames.within(amount.sum(), by)
    return frames.leave(
        table.with_columns(
            share=frames.share_within(amount, by),
            share_absence=frames.absence((total == 0, "no_total")),
        ),
        frame,
    )
