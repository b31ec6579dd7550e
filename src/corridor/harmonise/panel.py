"""Years reported in several revisions of a classification, in one."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from corridor.harmonise.conversion import Conversion, convert
from corridor.harmonise.shares import DEFAULT, Method, Weights, shares


def panel(
    flows: pl.DataFrame,
    target: str,
    concordances: pl.DataFrame,
    *,
    method: Method = DEFAULT,
    weights: Weights | None = None,
) -> Conversion:
    """All rows told in ``target``, those already in it unchanged and without a caveat.

    ``flows`` as for `convert`, in any number of classifications. With ``trade_weighted`` or ``largest`` and no
    ``weights`` given, the rows of the panel that are in ``target`` are the weights.
    Raises `NothingFound` where no tables lead from one of the classifications to ``target``.
    """
    own = flows.filter(pl.col("classification") == target)
    given = weights or _own_trade(own, target, method)
    others = sorted(set(flows["classification"]) - {target})
    told = [
        convert(
            flows.filter(pl.col("classification") == code),
            shares(concordances, code, target, method=method, weights=given),
        )
        for code in others
    ]
    return Conversion(
        flows=pl.concat([own, *(each.flows for each in told)], how="diagonal"),
        parts=pl.concat([own, *(each.parts for each in told)], how="diagonal"),
        unmatched=pl.concat([flows.clear(), *(each.unmatched for each in told)], how="diagonal"),
        note=" + ".join(each.note for each in told),
    )


def _own_trade(own: pl.DataFrame, target: str, method: Method) -> Mapping[str, pl.DataFrame]:
    if method in ("un_conversion", "equal_split") or own.is_empty():
        return {}
    amount = "value_usd" if "value_usd" in own.columns else "value"
    return {target: own.select("product", value=pl.col(amount))}
