"""Vollrath's relative export advantage."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import advantage, frames


def relative_export_advantage(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
) -> IntoFrameT:
    """Comparative advantage in exports, with neither the product nor the economy counted twice.

    ``RXA_i^k = (x_i^k / x_i^n) / (x_r^k / x_r^n)``, 0 up, above 1 = advantage; n = all products but k, r = all
    economies but i. Unlike in `rca`, the product is no part of what it is compared with, nor is the economy.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. Adds ``relative_export_advantage`` and ``relative_export_advantage_absence``:
    ``no_exports`` (the exporter sells nothing), ``only_product`` (it sells nothing else), ``no_rest_of_world`` (nobody
    else sells the product, or anything else).

    Source: Vollrath (1991), A theoretical evaluation of alternative trade intensity measures of revealed comparative
    advantage, Weltwirtschaftliches Archiv 127, 265-280. Checked by hand: the worked example.

    Worked example: KAZ exports wheat 90 and steel 10, the rest of the world wheat 30 and steel 70: (90/10) / (30/70) =
    21 in wheat, (10/90) / (70/30) = 1/21 in steel.

    In Stata: ``gen rxa = (x/(X-x)) / ((Xk-x)/(W-X-(Xk-x)))`` after ``egen`` totals by exporter, by product and in all.
    In R: the same over ``rowSums(x)``, ``colSums(x)`` and ``sum(x)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[exporter, product], groups=by)
    frames.check_unique(table, (*by, exporter, product))
    rows = advantage.with_sides(table, frames.number(value), (exporter, product), by, "trade")
    result = rows.with_columns(
        relative_export_advantage=advantage.relative("trade"),
        relative_export_advantage_absence=frames.absence(*advantage.absences("trade", "no_exports")),
    )
    return frames.leave(advantage.plain(result, "trade"), frame)
