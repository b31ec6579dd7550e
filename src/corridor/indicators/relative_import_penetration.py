"""Vollrath's relative import penetration."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import advantage, frames


def relative_import_penetration(
    frame: IntoFrameT,
    importer: str = "importer",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
) -> IntoFrameT:
    """Dependence on imports of a product, measured as the relative export advantage is.

    ``RMP_i^k = (m_i^k / m_i^n) / (m_r^k / m_r^n)``, 0 up, above 1 = the economy imports relatively much of it; n = all
    products but k, r = all economies but i.

    Takes one period of ``importer, product, value`` (USD, none missing), a row each, where the rows are the whole
    world's imports; ``by`` for several periods. Adds ``relative_import_penetration`` and
    ``relative_import_penetration_absence``: ``no_imports`` (the importer buys nothing), ``only_product`` (it buys
    nothing else), ``no_rest_of_world`` (nobody else buys the product, or anything else).

    Source: Vollrath (1991), Weltwirtschaftliches Archiv 127, 265-280. Checked by hand: the worked example.

    Worked example: VNM imports wheat 20 and steel 60, the rest of the world wheat 50 and steel 50: (20/60) / (50/50) =
    1/3 in wheat, 3 in steel.

    In Stata: ``gen rmp = (m/(M-m)) / ((Mk-m)/(W-M-(Mk-m)))`` after ``egen`` totals by importer, by product and in all.
    In R: the same over ``rowSums(m)``, ``colSums(m)`` and ``sum(m)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[importer, product], groups=by)
    frames.check_unique(table, (*by, importer, product))
    rows = advantage.with_sides(table, frames.number(value), (importer, product), by, "trade")
    result = rows.with_columns(
        relative_import_penetration=advantage.relative("trade"),
        relative_import_penetration_absence=frames.absence(*advantage.absences("trade", "no_imports")),
    )
    return frames.leave(advantage.plain(result, "trade"), frame)
