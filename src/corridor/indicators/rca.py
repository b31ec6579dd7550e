"""Revealed comparative advantage."""

from __future__ import annotations

from typing import Literal

from narwhals.typing import IntoFrameT

from corridor.codes import arrays, frames


def rca(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    world: Literal["all", "others"] = "all",
) -> IntoFrameT:
    """Balassa's revealed comparative advantage of each exporter in each product.

    ``RCA = (x_i^k / X_i) / (X^k / W)``: the product's share in the exporter's basket over its share in world exports, 0
    up; above 1 the exporter is specialised. With ``world="others"`` the exporter itself is taken out of the world,
    ``(x_i^k / X_i) / ((X^k - x_i^k) / (W - X_i))``; say which was used.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. Adds ``rca`` and ``rca_absence``: ``no_exports`` (the exporter sells nothing at
    all), ``no_world_exports`` (nobody, or nobody else, sells the product); null there is not zero.

    Raises: UsageError for another ``world``.

    Source: Balassa (1965), The Manchester School 33, 99-123. Checked against: R package economiccomplexity 2.0.0 on
    world_trade_avg_1998_to_2000, AFG in 0011, 0.2312238.

    Worked example: world 200, of it wheat 120; KAZ exports 100, of it wheat 90: (90/100) / (120/200) = 1.5. Against the
    others, 30 of 100: 0.9/0.3 = 3.

    In Stata: ``egen`` totals by exporter, by product and in all, then ``gen rca = (x/X)/(Xk/W)``. In R:
    ``economiccomplexity::balassa_index(x, discrete = FALSE)``.
    """
    frames.check_choice("world", world, "all", "others")
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[exporter, product], groups=by)
    arrays.check_once(table, (*by, exporter, product))
    amount = frames.number(value)
    basket = frames.within(amount.sum(), (*by, exporter))
    of_product, of_all = frames.within(amount.sum(), (*by, product)), frames.within(amount.sum(), by)
    if world == "others":
        of_product, of_all = frames.rest(of_product, amount), frames.rest(of_all, basket)
    result = table.with_columns(
        rca=frames.ratio_of_ratios(amount, basket, of_product, of_all),
        rca_absence=frames.absence((basket == 0, "no_exports"), (of_product == 0, "no_world_exports")),
    )
    return frames.leave(result, frame)
