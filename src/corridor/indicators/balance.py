"""Turnover, balance and coverage of bilateral trade."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import frames


def balance(frame: IntoFrameT, exports: str = "exports", imports: str = "imports") -> IntoFrameT:
    """Turnover, balance, coverage ratio and normalised balance of each row.

    ``turnover = X + M`` and ``balance = X - M`` in USD, ``coverage_ratio = X / M`` (0 up), ``normalised_balance = (X -
    M) / (X + M)`` (-1..1).

    Takes ``exports`` and ``imports`` in USD, seen from one reporter, none missing: a side that was not reported has no
    balance. Adds the four columns and ``balance_absence``: ``no_imports`` (coverage ratio null) or ``no_trade`` (both
    ratios null; undefined, not zero).

    Source: Mikić and Gilbert (2009), Trade Statistics in Policymaking, UN ESCAP, for the normalised balance. Checked
    against: Viet Nam with Russia 2023-2025, customs tables; 2024 balance +90,273,606, coverage 1.04017820, normalised
    +0.01969347.

    Worked example: exports 30 and imports 10: turnover 40, balance 20, coverage ratio 30/10 = 3, normalised balance
    20/40 = 0.5.

    In Stata: ``gen nb = (x-m)/(x+m)``. In R: ``(x - m) / (x + m)``.
    """
    table = frames.enter(frame)
    frames.check(table, values=[exports, imports])
    x, m = frames.number(exports), frames.number(imports)
    return frames.leave(
        table.with_columns(
            turnover=x + m,
            balance=x - m,
            coverage_ratio=frames.ratio(x, m),
            normalised_balance=frames.ratio(x - m, x + m),
            balance_absence=frames.absence((x + m == 0, "no_trade"), (m == 0, "no_imports")),
        ),
        frame,
    )
