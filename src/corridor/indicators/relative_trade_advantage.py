"""Vollrath's relative trade advantage."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import advantage, frames


def relative_trade_advantage(
    frame: IntoFrameT,
    reporter: str = "reporter",
    product: str = "product",
    exports: str = "exports",
    imports: str = "imports",
    by: frames.Names = (),
) -> IntoFrameT:
    """Comparative advantage in exports less dependence on imports of the same product.

    ``RTA_i^k = RXA_i^k - RMP_i^k``, any number, above 0 = net advantage, with `relative_export_advantage` and
    `relative_import_penetration`. Not a regional trade agreement.

    Takes one period of ``reporter, product, exports, imports`` (USD), a row an economy and product, where the rows are
    the whole world; null = no such row, counted as nothing; ``by`` for several periods. Adds
    ``relative_trade_advantage`` and ``relative_trade_advantage_absence``: ``no_exports``, ``no_imports`` (the economy
    trades nothing in that direction), ``only_product``, ``no_rest_of_world``, where one of the two terms is missing.

    Source: Vollrath (1991), Weltwirtschaftliches Archiv 127, 265-280. Checked by hand: the worked example.

    Worked example: exports of wheat and steel 90 and 10 against 30 and 70 of the rest, imports 20 and 60 against 50 and
    50: 21 - 1/3 in wheat, 1/21 - 3 in steel.

    In Stata: ``gen rta = rxa - rmp``. In R: ``rxa - rmp``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[exports, imports], codes=[reporter, product], groups=by)
    frames.check_unique(table, (*by, reporter, product))
    sold = advantage.with_sides(table, frames.present(exports), (reporter, product), by, "sold")
    rows = advantage.with_sides(sold, frames.present(imports), (reporter, product), by, "bought")
    missing = (*advantage.absences("sold", "no_exports"), *advantage.absences("bought", "no_imports"))
    result = rows.with_columns(
        relative_trade_advantage=advantage.relative("sold") - advantage.relative("bought"),
        relative_trade_advantage_absence=frames.absence(*missing),
    )
    return frames.leave(advantage.plain(result, "sold", "bought"), frame)
