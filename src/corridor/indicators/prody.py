"""Income level of a product."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def prody(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    income: str = "gdp_per_head",
    by: frames.Names = (),
) -> IntoFrameT:
    """The income per head of the economies that export a product, those counting most for whom it matters most.

    ``PRODY_k = Σ_i (s_i^k / Σ_j s_j^k) Y_i`` with the product's share ``s_i^k = x_i^k / X_i`` in each exporter's basket
    and its income per head ``Y_i``, in the unit of the income; the weights are those of `rca`. Between the lowest and
    the highest income of its exporters.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world, with ``income`` (the same in all rows of an exporter; null = not known: the economy is left out of the
    weights, not counted as poor); ``by`` for several periods. Adds ``prody``, the same in all rows of a product, and
    ``prody_absence``: ``no_world_exports``, ``no_income`` (of none of its exporters). Say which income (constant or
    current, PPP) and year.

    Raises: UnfitTable if an exporter has more than one income.

    Source: Hausmann, Hwang and Rodrik (2007), What you export matters, Journal of Economic Growth 12, 1-25. Checked by
    hand: the worked example.

    Worked example: wheat is 1/2 of A's basket (income 1,000) and 1/4 of B's (4,000): (1/2 · 1,000 + 1/4 · 4,000) /
    (3/4) = 2,000.

    In Stata: ``prody`` of SSC, or ``egen`` totals of ``s*y`` and ``s`` by product. In R:
    ``economiccomplexity::productivity_levels(x, gdp)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], optional=[income], codes=[exporter, product], groups=by)
    frames.check_unique(table, (*by, exporter, product))
    frames.check_constant(table, income, (*by, exporter))
    amount = frames.number(value)
    share = frames.ratio(amount, frames.within(amount.sum(), (*by, exporter))).fill_null(0.0)
    counted = nw.when(~nw.col(income).is_null()).then(share).otherwise(0.0)
    rows = table.with_columns(_weight=counted, _income=counted * frames.present(income))
    weight, of_product = frames.within(nw.col("_weight").sum(), (*by, product)), (*by, product)
    result = rows.with_columns(
        prody=frames.ratio(frames.within(nw.col("_income").sum(), of_product), weight),
        prody_absence=frames.absence(
            (frames.within(amount.sum(), of_product) == 0, "no_world_exports"), (weight == 0, "no_income")
        ),
    )
    return frames.leave(result.drop("_weight", "_income"), frame)
