"""One value for two sides' reports of a flow, by a method that the user names; never done unasked.

Both values are first put on one footing: an importer's cif value is divided by one plus the margin the user states. A
side that did not report itself (an estimate, mostly made from the other side's report) is no witness and counts as
silent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, get_args

import polars as pl

from corridor.codes import schema
from corridor.errors import NothingFound, UsageError

Method = Literal["prefer_importer", "prefer_exporter", "mean", "weighted"]
METHODS: tuple[Method, ...] = get_args(Method)

#: Where each method comes from.
CITATIONS: Mapping[Method, str] = {
    "prefer_importer": "Feenstra, Lipsey, Deng, Ma, Mo (2005), World Trade Flows: 1962-2000, NBER WP 11040",
    "prefer_exporter": "IMTS 2010: exports are valued fob, so no margin is assumed",
    "mean": "the mean of direct and mirror data, as in ITC's export potential; Decreux and Spies (2016)",
    "weighted": "after Gaulier and Zignago (2010), BACI, CEPII WP 2010-23; weights in a plain form",
}
#: Comparisons of a side with other partners below which nothing is said of its reliability.
LEAST_COMPARISONS = 10

_SIDES = ("exporter", "importer")
_NEEDED = tuple(f"{name}_{side}" for name in ("value", "maturity", "valuation") for side in _SIDES)


def reconcile(
    mirror: pl.DataFrame, method: Method, *, cif_margin: float, asymmetry: Mapping[str, float] | None = None
) -> pl.DataFrame:
    """The rows with what the method makes of both reports.

    ``mirror``: a row a flow with ``exporter, importer`` and for each side ``value_ (USD), maturity_, valuation_``.
    ``cif_margin``: 0.07 = an import's cif value is 1.07 times its fob value. ``asymmetry``, for ``weighted``: by
    economy how far its reports are from its other partners', as `asymmetries` gives it.

    Adds ``fob_exporter, fob_importer`` (USD; null for a side that did not report itself), ``weight_exporter`` (0..1,
    the exporter's part in the result), ``reconciled_usd``, ``basis`` (reported = the exporter's value, mirror = the
    importer's, reconciled = made of both) and ``reconciliation_absence`` (``no_own_report``).

    Worked example: exporter 100 fob, importer 165 cif, margin 0.10: importer fob 150; ``mean`` 125; with asymmetries
    0.1 and 0.3 the exporter's weight is 0.3 / 0.4 = 0.75, so ``weighted`` gives 112.5.

    Raises `UsageError` for another method, a margin outside 0 to 1, or ``weighted`` without an economy's asymmetry.
    """
    method = method_of(method, cif_margin)
    schema.require(mirror.columns, *_SIDES, *_NEEDED, what="table of both sides")
    table = mirror.with_columns(_fob(side, cif_margin).alias(f"fob_{side}") for side in _SIDES)
    both = pl.all_horizontal(pl.col(f"fob_{side}").is_not_null() for side in _SIDES)
    weight = (
        pl.when(both)
        .then(_weight(table, method, asymmetry or {}))
        .when(pl.col("fob_exporter").is_not_null())
        .then(1.0)
        .when(pl.col("fob_importer").is_not_null())
        .then(0.0)
    )
    parts = pl.col("weight_exporter"), 1 - pl.col("weight_exporter")
    value = pl.sum_horizontal(
        pl.when(part > 0).then(part * pl.col(f"fob_{side}")) for part, side in zip(parts, _SIDES, strict=True)
    )
    weighed = table.with_columns(weight_exporter=weight)
    return weighed.with_columns(
        reconciled_usd=pl.when(pl.col("weight_exporter").is_not_null()).then(value),
        basis=_basis(),
        reconciliation_absence=pl.when(pl.col("weight_exporter").is_null()).then(pl.lit("no_own_report")),
    )


def method_of(name: str, cif_margin: float) -> Method:
    """The method of that name. Raises `UsageError` for a name that is none, or a margin that cannot be one."""
    found = next((method for method in METHODS if method == name), None)
    if found is None:
        known = ", ".join(METHODS)
        raise UsageError(f"no method of reconciliation is called {name!r}", next_step=f"there are: {known}")
    if not 0 <= cif_margin < 1:
        raise UsageError(f"the margin between cif and fob is {cif_margin}", next_step="give a share, e.g. 0.07")
    return found


def asymmetries(mirror: pl.DataFrame, *, cif_margin: float, without: tuple[str, str]) -> dict[str, float]:
    """By economy, the mean of ``|ln(importer's fob value / exporter's)|`` over its trade with others: 0 = no gap.

    ``mirror`` as for `reconcile`, of many pairs; the pair ``without`` is left out, so that a gap is not judged by
    itself. Raises `NothingFound` for an economy of the pair with fewer than `LEAST_COMPARISONS` comparisons.
    """
    pair = pl.col("exporter").is_in(without) & pl.col("importer").is_in(without)
    table = mirror.filter(~pair).with_columns(_fob(side, cif_margin).alias(f"fob_{side}") for side in _SIDES)
    told = table.filter((pl.col("fob_exporter") > 0) & (pl.col("fob_importer") > 0)).with_columns(
        gap=(pl.col("fob_importer") / pl.col("fob_exporter")).log().abs()
    )
    return {area: _asymmetry(told, area) for area in without}


def _asymmetry(told: pl.DataFrame, area: str) -> float:
    gaps = told.filter((pl.col("exporter") == area) | (pl.col("importer") == area))["gap"].to_list()
    if len(gaps) < LEAST_COMPARISONS:
        raise NothingFound(
            f"the reports of {area} can be compared with other partners' in {len(gaps)} cases,"
            f" weights need {LEAST_COMPARISONS}",
            next_step="add both sides' reports of its trade with others, or take the method mean",
        )
    return math.fsum(gaps) / len(gaps)


def _fob(side: str, cif_margin: float) -> pl.Expr:
    """A side's own report, fob."""
    value = pl.col(f"value_{side}").cast(pl.Float64)
    fob = pl.when(pl.col(f"valuation_{side}") == "cif").then(value / (1 + cif_margin)).otherwise(value)
    return pl.when(pl.col(f"maturity_{side}") != "estimated").then(fob)


def _weight(table: pl.DataFrame, method: Method, asymmetry: Mapping[str, float]) -> pl.Expr:
    """The exporter's part where both sides reported."""
    if method != "weighted":
        return pl.lit({"prefer_importer": 0.0, "prefer_exporter": 1.0, "mean": 0.5}[method])
    named = {area for side in _SIDES for area in table[side].unique()}
    if unknown := sorted(named - asymmetry.keys()):
        raise UsageError(
            f"no asymmetry of {', '.join(unknown)} is given", next_step="weigh with what asymmetries(...) gives"
        )
    own, other = (pl.col(side).replace_strict(dict(asymmetry), return_dtype=pl.Float64) for side in _SIDES)
    return pl.when(own + other > 0).then(other / (own + other)).otherwise(0.5)


def _basis() -> pl.Expr:
    weight = pl.col("weight_exporter")
    return (
        pl.when(weight == 1)
        .then(pl.lit("reported"))
        .when(weight == 0)
        .then(pl.lit("mirror"))
        .when(weight.is_not_null())
        .then(pl.lit("reconciled"))
    )
