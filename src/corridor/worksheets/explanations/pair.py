"""Formulas of two flows, of a part in a whole, and of unit values."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

import polars as pl

from corridor.worksheets.explanations.at import At, Put, added, shown, total


def _balance(at: At) -> str:
    x, m = at("exports"), at("imports")
    return (
        f"{x} - {m} = {at('balance')}; {x} / {m} = {at('coverage_ratio')};"
        f" ({x} - {m}) / ({x} + {m}) = {at('normalised_balance')}"
    )


def _grubel_lloyd(at: At) -> str:
    if "product" in at.row:
        sides = f"{at('exports')} - {at('imports')}", f"{at('exports')} + {at('imports')}"
        return f"1 - |{sides[0]}| / ({sides[1]}) = {at('grubel_lloyd')}"
    x, m = (at.here[name].fill_null(0.0) for name in ("exports", "imports"))
    return f"1 - {shown(float((x - m).abs().sum()))} / {shown(float((x + m).sum()))} = {at('grubel_lloyd')}"


def _lafay(at: At) -> str:
    x, m = (at.number(name) for name in ("exports", "imports"))
    whole = total(at.here, "exports") + total(at.here, "imports")
    overall = total(at.here, "exports") - total(at.here, "imports")
    return (
        f"100 · [{shown(x - m)} / {shown(x + m)} - {shown(overall)} / {shown(whole)}]"
        f" · {shown(x + m)} / {shown(whole)} = {at('lafay')}"
    )


def _location_quotient(at: At) -> str:
    of, part, rest = at.number("whole"), total(at.here, "value_usd"), total(at.here, "whole")
    if at.options.get("reference") == "others":
        of, rest = of - at.number("value_usd"), rest - part
    return f"({at('value_usd')} / {shown(part)}) / ({shown(of)} / {shown(rest)}) = {at('location_quotient')}"


def _common(at: At, one: str, other: str) -> list[tuple[float, float]]:
    sides = [at.here[name].fill_null(0.0) for name in (one, other)]
    shares = [(x / sides[0].sum(), y / sides[1].sum()) for x, y in zip(*sides, strict=True)]
    return sorted(shares, key=lambda pair: -min(pair))


def _export_similarity(at: At) -> str:
    terms = (f"min({shown(a)}, {shown(b)})" for a, b in _common(at, "value_a", "value_b"))
    return f"{added(terms)} = {at('export_similarity')}"


def _trade_complementarity(at: At) -> str:
    pairs = sorted(_common(at, "exports", "imports"), key=lambda pair: -abs(pair[0] - pair[1]))
    terms = (f"|{shown(m)} - {shown(x)}|" for x, m in pairs)
    return f"100 (1 - ½ ({added(terms)})) = {at('trade_complementarity')}"


def _constant_market_share(at: At) -> str:
    g = total(at.here, "market_1") / total(at.here, "market_0") - 1
    effects = f"{at('market_effect')} + ({at('structure_effect')}) + ({at('residual_effect')})"
    if "value_0" not in at.row:
        return f"g = {shown(g)}: {effects} = {at('change')}"
    own = f"g = {shown(g)}, g_i = {at('market_1')} / {at('market_0')} - 1, X0_i = {at('value_0')}"
    return f"{own}: {effects} = {shown(at.number('value_1') - at.number('value_0'))}"


def _sold(at: At) -> pl.DataFrame:
    return at.here.filter(pl.col("value_usd").fill_null(0.0) > 0)


def _extensive_margin(at: At) -> str:
    if at.options.get("variant") == "count":
        bought = at.here.filter(pl.col("market").fill_null(0.0) > 0)
        return f"{at('n')} products sold of {bought.height} bought = {at('extensive_margin')}"
    less = at.options.get("reference") == "others"
    reached = total(_sold(at), "market") - less * total(at.here, "value_usd")
    whole = total(at.here, "market") - less * total(at.here, "value_usd")
    return f"{shown(reached)} / {shown(whole)} = {at('extensive_margin')}"


def _intensive_margin(at: At) -> str:
    own = total(at.here, "value_usd")
    return f"{shown(own)} of {at('n')} products, over the reference's sales of them = {at('intensive_margin')}"


def _market_share(at: At) -> str:
    market = total(at.of(product=at.row["product"]), "value_usd")
    return f"{at('value_usd')} / {shown(market)} = {at('market_share')}, place {at('rank')}"


def _bennet(at: At) -> str:
    p0, p1, q0, q1 = (at(name) for name in ("unit_value_0", "unit_value_1", "quantity_0", "quantity_1"))
    return (
        f"({p1} - {p0}) ({q0} + {q1})/2 = {at('unit_value_effect')};"
        f" ({q1} - {q0}) ({p0} + {p1})/2 = {at('quantity_effect')}"
    )


def _fisher(at: At) -> str:
    return (
        f"√({at('laspeyres')} · {at('paasche')}) = {at('fisher_unit_value_index')}, of {at('n')} products with"
        f" {at('coverage_0')} and {at('coverage_1')} of the value"
    )


def _tornqvist(at: At) -> str:
    index = at.number("tornqvist_unit_value_index")
    return f"exp({shown(log(index))}) = {shown(index)}, of {at('n')} products" if index else "no product compares"


def _mirror_asymmetry(at: At) -> str:
    m, x = at("value_importer"), at("value_exporter")
    return f"{m} / {x} = {at('asymmetry_ratio')}; 2 ({m} - {x}) / ({m} + {x}) = {at('relative_difference')}"


PUT: Mapping[str, Put] = {
    "balance": _balance,
    "bennet": _bennet,
    "constant_market_share": _constant_market_share,
    "export_similarity": _export_similarity,
    "extensive_margin": _extensive_margin,
    "fisher_unit_value_index": _fisher,
    "grubel_lloyd": _grubel_lloyd,
    "intensive_margin": _intensive_margin,
    "lafay": _lafay,
    "location_quotient": _location_quotient,
    "market_share": _market_share,
    "mirror_asymmetry": _mirror_asymmetry,
    "partner_dependence": lambda at: f"{at('value_usd')} / {at('whole')} = {at('partner_dependence')}",
    "tornqvist_unit_value_index": _tornqvist,
    "trade_complementarity": _trade_complementarity,
    "unit_value": lambda at: f"{at('value_usd')} / {at('quantity')} = {at('unit_value')}",
}
