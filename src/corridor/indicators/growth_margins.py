"""Margins of the growth of trade: products that stayed, came and went."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def growth_margins(
    frame: IntoFrameT, value_0: str = "value_0", value_1: str = "value_1", by: frames.Names = ()
) -> IntoFrameT:
    """How much of a change in trade comes from products traded before and after, from new ones and from lost ones.

    ``continuing_effect = Σ (x1 - x0)`` over products traded in both periods (the intensive margin), ``entry_effect = Σ
    x1`` over new ones and ``exit_effect = -Σ x0`` over those that went (together the extensive margin), all in USD.
    They add up to ``change = X1 - X0`` exactly. Depends on the products: with finer ones more comes and goes.

    Takes one row a product (region, partner) with ``value_0`` and ``value_1`` in USD, null = no such row, counted as
    nothing; rows that appeared or vanished must be in. Returns a row a group: ``change, continuing_effect,
    entry_effect, exit_effect``, the numbers of products ``n_continuing, n_entered, n_exited``, and
    ``growth_margins_absence`` (``no_trade``: nothing in either period).

    Source: Bernard, Jensen, Redding and Schott (2009), The Margins of US Trade, American Economic Review 99(2),
    487-493. Checked by hand: the worked example.

    Worked example: wheat 40 to 55, steel 10 to 0, tea 0 to 4: change 9 = 15 + 4 - 10.

    In Stata: ``gen byte kind = (x0>0) + 2*(x1>0)`` and ``collapse (sum)`` by it. In R: ``tapply(x1 - x0, list(x0 > 0,
    x1 > 0), sum)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[value_0, value_1], groups=by)
    before, after = frames.present(value_0), frames.present(value_1)
    kinds = {
        "continuing": (before > 0) & (after > 0),
        "entered": (before == 0) & (after > 0),
        "exited": (before > 0) & (after == 0),
    }
    columns = {f"_{name}": nw.when(where).then(after - before).otherwise(0.0) for name, where in kinds.items()}
    counts = {f"n_{name}": where.cast(nw.Int64) for name, where in kinds.items()}
    rows = table.with_columns(**columns, **counts, _before=before, _after=after)
    sums = {name: nw.col(name).sum() for name in (*columns, *counts, "_before", "_after")}
    return frames.leave(_effects(frames.each(rows, by, **sums), by), frame)


def _effects(sums: frames.Table, by: tuple[str, ...]) -> frames.Table:
    traded = (nw.col("_before") + nw.col("_after")).fill_null(0.0) > 0
    return sums.select(
        *by,
        change=nw.when(traded).then(nw.col("_after") - nw.col("_before")),
        continuing_effect=nw.when(traded).then(nw.col("_continuing")),
        entry_effect=nw.when(traded).then(nw.col("_entered")),
        exit_effect=nw.when(traded).then(nw.col("_exited")),
        **{
            f"n_{name}": nw.col(f"n_{name}").fill_null(0).cast(nw.Int64) for name in ("continuing", "entered", "exited")
        },
        growth_margins_absence=frames.absence((~traded, "no_trade")),
    )
