"""Vollrath's revealed competitiveness."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import advantage, frames


def revealed_competitiveness(
    frame: IntoFrameT,
    reporter: str = "reporter",
    product: str = "product",
    exports: str = "exports",
    imports: str = "imports",
    by: frames.Names = (),
) -> IntoFrameT:
    """Comparative advantage in exports against dependence on imports of the same product, as logarithms.

    ``RC_i^k = ln RXA_i^k - ln RMP_i^k``, any number, above 0 = advantage, with `relative_export_advantage` and
    `relative_import_penetration`; it changes its sign, and nothing else, when exports and imports change places.

    Takes one period of ``reporter, product, exports, imports`` (USD), a row an economy and product, where the rows are
    the whole world; null = no such row, counted as nothing; ``by`` for several periods. Adds
    ``revealed_competitiveness`` and ``revealed_competitiveness_absence``: ``no_exports``, ``no_imports`` (the economy
    trades nothing in that direction), ``only_product``, ``no_rest_of_world``, ``zero_in_series`` (it does not export,
    or not import, the product: use `relative_trade_advantage`).

    Source: Vollrath (1991), Weltwirtschaftliches Archiv 127, 265-280. Checked by hand: the worked example.

    Worked example: RXA 21 and RMP 1/3 give ln 21 - ln(1/3) = ln 63 = 4.1431.

    In Stata: ``gen rc = ln(rxa) - ln(rmp)``. In R: ``log(rxa) - log(rmp)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[exports, imports], codes=[reporter, product], groups=by)
    frames.check_unique(table, (*by, reporter, product))
    sold = advantage.with_sides(table, frames.present(exports), (reporter, product), by, "sold")
    rows = advantage.with_sides(sold, frames.present(imports), (reporter, product), by, "bought")
    missing = (*advantage.absences("sold", "no_exports"), *advantage.absences("bought", "no_imports"))
    rxa, rmp = advantage.relative("sold"), advantage.relative("bought")
    one_way = (nw.col("_sold") == 0) | (nw.col("_bought") == 0)
    result = rows.with_columns(
        revealed_competitiveness=nw.when(rxa > 0).then(rxa).log() - nw.when(rmp > 0).then(rmp).log(),
        revealed_competitiveness_absence=frames.absence(*missing, (one_way, "zero_in_series")),
    )
    return frames.leave(advantage.plain(result, "sold", "bought"), frame)
