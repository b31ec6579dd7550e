"""Formulas of the whole world: advantage, intensity and complexity."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from corridor.codes import complexity
from corridor.codes.arrays import Truths
from corridor.codes.product_space import revealed
from corridor.worksheets.explanations.at import At, Put, added, shown, total


def _sums(at: At, column: str = "value_usd", side: str = "exporter") -> tuple[float, float, float, float]:
    """x_i^k, X_i, X^k and W."""
    rows = at.here
    return (
        at.number(column),
        total(rows.filter(pl.col(side) == at.row[side]), column),
        total(rows.filter(product=at.row["product"]), column),
        total(rows, column),
    )


def _world(at: At) -> tuple[str, str, str, str]:
    x, of_exporter, of_product, of_all = _sums(at)
    if at.options.get("world") == "others":
        of_product, of_all = of_product - x, of_all - of_exporter
    return shown(x), shown(of_exporter), shown(of_product), shown(of_all)


def _rca(at: At) -> str:
    x, of_exporter, of_product, of_all = _world(at)
    return f"({x} / {of_exporter}) / ({of_product} / {of_all}) = {at('rca')}"


def _additive_rca(at: At) -> str:
    x, of_exporter, of_product, of_all = _world(at)
    return f"{x} / {of_exporter} - {of_product} / {of_all} = {at('additive_rca')}"


def _normalised_rca(at: At) -> str:
    x, of_exporter, of_product, of_all = map(shown, _sums(at))
    return f"{x} / {of_all} - {of_exporter} · {of_product} / {of_all}² = {at('normalised_rca')}"


def _relative(at: At, column: str = "value_usd", side: str = "exporter") -> tuple[str, float]:
    x, own, product, all_ = _sums(at, column, side)
    rest = all_ - own - (product - x)
    value = (x / (own - x)) / ((product - x) / rest) if own > x and product > x and rest > 0 else 0.0
    return f"({shown(x)} / {shown(own - x)}) / ({shown(product - x)} / {shown(rest)})", value


def _advantages(at: At) -> tuple[str, str, float, float]:
    one, rxa = _relative(at, "exports", "reporter")
    two, rmp = _relative(at, "imports", "reporter")
    return one, two, rxa, rmp


def _relative_trade_advantage(at: At) -> str:
    one, two, rxa, rmp = _advantages(at)
    return f"{one} - {two} = {shown(rxa)} - {shown(rmp)} = {at('relative_trade_advantage')}"


def _revealed_competitiveness(at: At) -> str:
    _, _, rxa, rmp = _advantages(at)
    return f"ln {shown(rxa)} - ln {shown(rmp)} = {at('revealed_competitiveness')}"


def _trade_intensity(at: At) -> str:
    sold, bought = (total(at.of(**{side: at.row[side]}), "value_usd") for side in ("exporter", "importer"))
    return (
        f"({at('value_usd')} / {shown(sold)}) / ({shown(bought)} / {shown(total(at.here, 'value_usd'))})"
        f" = {at('trade_intensity')}"
    )


def _drysdale_garnaut(at: At) -> str:
    i, j = at.row["exporter"], at.row["importer"]
    flow, sold = total(at.of(exporter=i, importer=j), "value_usd"), total(at.of(exporter=i), "value_usd")
    bought, own = total(at.of(importer=j), "value_usd"), total(at.of(importer=i), "value_usd")
    whole = total(at.here, "value_usd")
    return (
        f"({shown(flow)} / {shown(sold)}) / ({shown(bought)} / ({shown(whole)} - {shown(own)}))"
        f" = {at('drysdale_garnaut_intensity')} = bias {at('drysdale_garnaut_bias')}"
        f" · complementarity {at('drysdale_garnaut_complementarity')}"
    )


def _rca_complementarity(at: At) -> str:
    rows = at.here.with_columns(pl.col("exports", "imports").fill_null(0.0))
    x, m, w = (rows[name] / rows[name].sum() for name in ("exports", "imports", "world"))
    terms = sorted(((a * b / c, a, b, c) for a, b, c in zip(x, m, w, strict=True) if c), reverse=True)
    written = (f"{shown(a / c)} · {shown(b / c)} · {shown(c)}" for _, a, b, c in terms)
    return f"{added(written)} = {at('rca_complementarity')}"


def _presences(at: At) -> tuple[Truths, list[str], list[str]]:
    """Who is present in what, with the names of rows and columns."""
    wide = at.here.sort("product").pivot("product", index="exporter", values="value_usd").sort("exporter")
    values = wide.drop("exporter").fill_null(0.0).to_numpy().astype(np.float64)
    least = float(str(at.options.get("threshold", 1.0)))
    given = at.options.get("presence") == "given"
    m: Truths = values > 0 if given else np.nan_to_num(revealed(values)) >= least
    return m, wide["exporter"].to_list(), wide.columns[1:]


def _diversity(at: At) -> str:
    m, economies, products = _presences(at)
    inside = [p for p, there in zip(products, m[economies.index(str(at.row["exporter"]))], strict=True) if there]
    return f"{added(['1'] * len(inside))} = {at('diversity')}, in {', '.join(inside[:5])}"


def _ubiquity(at: At) -> str:
    m, economies, products = _presences(at)
    inside = [e for e, there in zip(economies, m[:, products.index(str(at.row["product"]))], strict=True) if there]
    return f"{added(['1'] * len(inside))} = {at('ubiquity')}, of {', '.join(inside[:5])}"


def _presence(at: At) -> str:
    x, of_exporter, of_product, of_all = _sums(at)
    index = (x / of_exporter) / (of_product / of_all) if of_exporter and of_product else 0.0
    return f"RCA {shown(index)} against {shown(float(str(at.options.get('threshold', 1.0))))}: {at('presence')}"


def _proximity(at: At) -> str:
    m, _, products = _presences(at)
    one, two = (m[:, products.index(str(at.row[name]))] for name in ("product", "other_product"))
    both, most = int((one & two).sum()), int(max(one.sum(), two.sum()))
    return f"{both} economies with both / {most} with the commoner one = {at('proximity')}"


def _complexity(at: At, side: int, name: str) -> str:
    m, economies, products = _presences(at)
    reflected = at.options.get("method") == "reflections"
    steps = int(str(at.options.get("steps", 18)))
    found = complexity.reflections(m, steps - steps % 2) if reflected else complexity.eigenvectors(m)
    values, names = ((found.economies, economies), (found.products, products))[side]
    own = values[names.index(str(at.row[("exporter", "product")[side]]))]
    if at.options.get("scale", "r") != "r":
        values = found.economies
    middle = float(np.nanmean(values))
    width = (own - middle) / at.number(name) if at.number(name) else float(np.nanstd(values, ddof=1))
    size = f"{m.shape[0]} economies, {m.shape[1]} products, {int(m.sum())} presences"
    return f"({shown(own)} - {shown(middle)}) / {shown(float(width))} = {at(name)}, with {size}"


def _fitness(at: At) -> str:
    m, economies, _ = _presences(at)
    steps = int(str(at.options.get("steps", 19)))
    own = m[economies.index(str(at.row["exporter"]))]
    worth = complexity.fitness(m, steps - 1)[1] if steps > 1 else np.ones(m.shape[1])
    everybody = np.nansum(m * np.nan_to_num(worth), axis=1)
    raw, mean = float(np.nansum(worth[own])), float(everybody[m.any(axis=1)].mean())
    return f"after {steps} steps {shown(raw)} / {shown(mean)} = {at('fitness')}"


def _density(at: At) -> str:
    near, all_ = _around(at, str(at.row["product"]))
    return f"{shown(near)} / {shown(all_)} = {at('density')}, before a cut to the nearest"


def _around(at: At, product: str) -> tuple[float, float]:
    """The proximities to a product of what the economy has, and of everything."""
    m, economies, products = _presences(at)
    own, column = m[economies.index(str(at.row["exporter"]))], products.index(product)
    together = (m & m[:, [column]]).sum(axis=0)
    most = np.maximum(m.sum(axis=0), m[:, column].sum())
    near = np.divide(together, most, out=np.zeros(len(products)), where=most > 0)
    if at.options.get("itself") is False:
        near[column] = 0.0
    return float(near[own].sum()), float(near.sum())


def _coi(at: At) -> str:
    m, economies, products = _presences(at)
    own = int(m[economies.index(str(at.row["exporter"]))].sum())
    return f"the sum over the {len(products) - own} products it lacks of density · complexity = {at('coi')}"


def _cog(at: At) -> str:
    near, all_ = _around(at, str(at.row["product"]))
    return (
        f"of what is near it ({shown(all_)}) the economy lacks {shown(all_ - near)};"
        f" weighted with complexity = {at('cog')}"
    )


PUT: Mapping[str, Put] = {
    "additive_rca": _additive_rca,
    "cog": _cog,
    "coi": _coi,
    "constant_market_share_by_market": lambda at: (
        f"{at('world_effect')} + ({at('commodity_effect')}) + ({at('market_distribution_effect')})"
        f" + ({at('residual_effect')})"
    ),
    "density": _density,
    "diversity": _diversity,
    "drysdale_garnaut_intensity": _drysdale_garnaut,
    "eci": lambda at: _complexity(at, 0, "eci"),
    "expy": lambda at: f"Σ (x / X) · PRODY = {at('expy')}",
    "fitness": _fitness,
    "market_penetration": lambda at: f"{at('markets_reached')} / {at('markets')} = {at('market_penetration')}",
    "normalised_rca": _normalised_rca,
    "pci": lambda at: _complexity(at, 1, "pci"),
    "presence": _presence,
    "prody": lambda at: f"Σ s Y / Σ s = {at('prody')}",
    "proximity": _proximity,
    "rca": _rca,
    "rca_complementarity": _rca_complementarity,
    "relative_export_advantage": lambda at: f"{_relative(at)[0]} = {at('relative_export_advantage')}",
    "relative_import_penetration": lambda at: (
        f"{_relative(at, side='importer')[0]} = {at('relative_import_penetration')}"
    ),
    "relative_trade_advantage": _relative_trade_advantage,
    "revealed_competitiveness": _revealed_competitiveness,
    "rsca": lambda at: f"({at('rca')} - 1) / ({at('rca')} + 1) = {at('rsca')}",
    "shift_share": lambda at: (
        f"{at('national_effect')} + ({at('industry_effect')}) + ({at('regional_effect')})"
        f" = {shown(at.number('value_1') - at.number('value_0'))}"
    ),
    "trade_intensity": _trade_intensity,
    "ubiquity": _ubiquity,
}
