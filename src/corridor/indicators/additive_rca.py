"""Additive revealed comparative advantage."""

from __future__ import annotations

from typing import Literal

from narwhals.typing import IntoFrameT

from corridor.codes import frames


def additive_rca(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    world: Literal["all", "others"] = "all",
) -> IntoFrameT:
    """By how much a product's share in an economy's exports is larger than in the world's.

    ``ARCA = x_i^k / X_i - X^k / W``, a difference of shares, -1..1, 0 = as in the world; it has the sign of ``RCA - 1``
    and adds up to 0 over the products of an economy that exports anything. With ``world="others"`` the exporter itself
    is taken out of the world, ``x_i^k / X_i - (X^k - x_i^k) / (W - X_i)``; say which was used.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. A pair without a row has ``-X^k / W``; give it a row of zero to see it. Adds
    ``additive_rca`` and ``additive_rca_absence``: ``no_exports`` (the exporter sells nothing at all),
    ``no_rest_of_world`` (nobody else sells anything).

    Raises: UsageError for another ``world``.

    Source: Hoen and Oosterhaven (2006), On the measurement of comparative advantage, Annals of Regional Science 40,
    677-691. Checked by hand: the worked example.

    Worked example: world 200, of it wheat 120; KAZ exports 100, of it wheat 90: 0.9 - 0.6 = 0.3. Against the others,
    who export 100, of it wheat 30: 0.9 - 0.3 = 0.6.

    In Stata: ``gen a = x/X - Xk/W`` after ``egen`` totals by exporter, by product and in all. In R:
    ``sweep(prop.table(x, 1), 2, colSums(x) / sum(x))``.
    """
    frames.check_choice("world", world, "all", "others")
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[exporter, product], groups=by)
    frames.check_unique(table, (*by, exporter, product))
    amount = frames.number(value)
    basket = frames.within(amount.sum(), (*by, exporter))
    of_product, of_all = frames.within(amount.sum(), (*by, product)), frames.within(amount.sum(), by)
    if world == "others":
        of_product, of_all = frames.rest(of_product, amount), frames.rest(of_all, basket)
    result = table.with_columns(
        additive_rca=frames.ratio(amount, basket) - frames.ratio(of_product, of_all),
        additive_rca_absence=frames.absence((basket == 0, "no_exports"), (of_all == 0, "no_rest_of_world")),
    )
    return frames.leave(result, frame)
