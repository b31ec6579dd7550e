"""Vollrath's relative measures: a product against all other products, an economy against all others."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from corridor.codes import frames

_OWN, _OWN_REST, _OTHERS, _OTHERS_REST = "own", "own_rest", "others", "others_rest"


def with_sides(
    table: frames.Table, amount: nw.Expr, keys: tuple[str, str], by: Sequence[str], side: str
) -> frames.Table:
    """The table with what `relative` and `absences` need, in columns that begin with ``side``; `plain` drops them."""
    economy, product = keys
    rows = table.with_columns(amount.alias(f"_{side}"))
    value = nw.col(f"_{side}")
    sums = rows.with_columns(
        frames.within(value.sum(), (*by, economy)).alias(f"_{side}_{_OWN}"),
        frames.within(value.sum(), (*by, product)).alias(f"_{side}_product"),
        frames.within(value.sum(), by).alias(f"_{side}_all"),
    )
    own, of_product, of_all = (nw.col(f"_{side}_{name}") for name in (_OWN, "product", "all"))
    others = frames.rest(of_product, value)
    return sums.with_columns(
        frames.rest(own, value).alias(f"_{side}_{_OWN_REST}"),
        others.alias(f"_{side}_{_OTHERS}"),
        frames.rest(of_all, own + others).alias(f"_{side}_{_OTHERS_REST}"),
    ).drop(f"_{side}_product", f"_{side}_all")


def relative(side: str) -> nw.Expr:
    """``(x_i^k / x_i^n) / (x_r^k / x_r^n)``: n = all products but k, r = all economies but i; null where undefined."""
    names = ("", *(f"_{name}" for name in (_OWN_REST, _OTHERS, _OTHERS_REST)))
    return frames.ratio_of_ratios(*(nw.col(f"_{side}{name}") for name in names))


def absences(side: str, nothing: str) -> tuple[tuple[nw.Expr, str], ...]:
    """Why `relative` has no number; ``nothing`` is the reason where the economy does not trade at all."""
    own, own_rest, others, others_rest = (
        nw.col(f"_{side}_{name}") for name in (_OWN, _OWN_REST, _OTHERS, _OTHERS_REST)
    )
    return (
        (own == 0, nothing),
        (own_rest == 0, "only_product"),
        ((others == 0) | (others_rest == 0), "no_rest_of_world"),
    )


def plain(table: frames.Table, *sides: str) -> frames.Table:
    """The table without the columns of `with_sides`."""
    names = ("", *(f"_{name}" for name in (_OWN, _OWN_REST, _OTHERS, _OTHERS_REST)))
    return table.drop(*(f"_{side}{name}" for side in sides for name in names))
