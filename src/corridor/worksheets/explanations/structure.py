"""Formulas of one distribution, and of a change in it."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

import polars as pl

from corridor.worksheets.explanations.at import At, Put, added, shown, total


def _hhi(at: At) -> str:
    shares = at.shares()
    n = at("n")
    return (
        f"{added(f'{shown(s)}²' for s in shares)} = {at('hhi')};"
        f" normalised ({at('hhi')} - 1/{n}) / (1 - 1/{n}) = {at('hhi_normalised')}"
    )


def _entropy(at: At) -> str:
    return f"-({added(f'{shown(s)} · ln {shown(s)}' for s in at.shares() if s > 0)}) = {at('entropy')}"


def _theil(at: At) -> str:
    spread = -sum(s * log(s) for s in at.shares() if s > 0)
    return f"ln {at('n')} - {shown(spread)} = {at('theil')}"


def _concentration_ratio(at: At) -> str:
    n = int(str(at.options.get("n", 3)))
    return f"{' + '.join(shown(s) for s in at.shares()[:n])} = {at('concentration_ratio')}"


def _gini(at: At) -> str:
    rising = sorted(at.shares())
    missing = int(at.number("n")) - len(rising)
    places = sum((missing + place) * share for place, share in enumerate(rising, 1))
    n = at("n")
    return f"2 · {shown(places)} / ({n} · 1) - ({n} + 1) / {n} = {at('gini')}, with Σ i s_(i) = {shown(places)}"


def _share(at: At) -> str:
    return f"{at('value_usd')} / {shown(total(at.here, 'value_usd'))} = {at('share')}"


def _lorenz(at: At) -> str:
    whole = total(at.here, "value_usd")
    return f"{shown(at.number('cumulative_share') * whole)} / {shown(whole)} = {at('cumulative_share')}"


def _smallest_set(at: At) -> str:
    inside = "in the set" if at.row["in_smallest_set"] else "not in the set"
    larger = at.here.filter(pl.col("value_usd") > at.number("value_usd"))
    held = total(larger, "value_usd") / (total(at.here, "value_usd") or 1.0)
    return f"the {larger.height} larger ones hold {shown(held)} of the whole: {inside}"


def _changes(at: At) -> list[tuple[float, float]]:
    """Shares before and after of each row, the largest difference first."""
    sides = [at.here[name].fill_null(0.0) for name in ("value_0", "value_1")]
    shares = [(x / sides[0].sum(), y / sides[1].sum()) for x, y in zip(*sides, strict=True)]
    return sorted(shares, key=lambda pair: -abs(pair[1] - pair[0]))


def _structural_change(at: At) -> str:
    terms = (f"|{shown(after)} - {shown(before)}|" for before, after in _changes(at))
    return f"½ ({added(terms)}) = {at('structural_change')}"


def _growth(at: At) -> str:
    x0, x1 = at("value_0"), at("value_1")
    kind = f" ({at.row['change_kind']})" if at.row["growth"] is None else ""
    return f"({x1} - {x0}) / {x0} = {at('growth')}{kind}"


def _contribution(at: At) -> str:
    return f"({at('value_1')} - {at('value_0')}) / {shown(total(at.here, 'value_0'))} = {at('contribution')}"


def _growth_margins(at: At) -> str:
    parts = f"{at('continuing_effect')} + {at('entry_effect')} + ({at('exit_effect')})"
    return f"{parts} = {at('change')}, of {at('n_continuing')}, {at('n_entered')} and {at('n_exited')} products"


PUT: Mapping[str, Put] = {
    "concentration_ratio": _concentration_ratio,
    "contribution": _contribution,
    "difference": lambda at: f"{at('value_1')} - ({at('value_0')}) = {at('difference')}",
    "entropy": _entropy,
    "gini": _gini,
    "growth": _growth,
    "growth_margins": _growth_margins,
    "growth_per_working_day": lambda at: (
        f"({at('value_1')} / {at('working_days_1')}) / ({at('value_0')} / {at('working_days_0')}) - 1"
        f" = {at('growth_per_working_day')}"
    ),
    "hhi": _hhi,
    "lorenz": _lorenz,
    "share": _share,
    "smallest_set": _smallest_set,
    "structural_change": _structural_change,
    "theil": _theil,
}
