"""Gravity: the trade that size, distance and everything fixed would make one expect."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, cast

import narwhals as nw
import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import frames
from corridor.codes.arrays import Numbers, Rows
from corridor.errors import CorridorError, UsageError

if TYPE_CHECKING:
    import pandas as pd

#: Rows of a table that an estimation left out, and why.
REASONS: Mapping[str, str] = {
    "not_in_sample": "the row is of another year, is domestic trade, or lacks a value the model needs",
    "not_estimated": "the row says nothing to the model: a fixed effect of its own, or nothing but zeros in one",
}

#: One-sided tail of the interval: 95 % between the two.
_TAIL = 0.975
_ROW, _ABROAD = "_corridor_row", "_corridor_abroad"


class EstimationFailed(CorridorError):
    """A model that cannot be estimated on these rows."""


@dataclass(frozen=True)
class Model:
    """What a gravity model says; every part is a piece of a formula, so that other models fit too.

    ``terms``: columns or pieces such as ``log(dist)``, ``rta``, ``i(year, ldist)``. ``fixed_effects``: columns, or
    several joined by ``^``: ``exporter^year``. ``clusters``: columns the errors are clustered by, one or two; none
    gives errors robust to heteroskedasticity. ``method``: ``ppml`` (Poisson pseudo maximum likelihood, zeros kept;
    Santos Silva and Tenreyro 2006) or ``ols`` (logarithm of the outcome, zeros left out). ``years``: interval data,
    these years only; none takes all. ``domestic``: whether rows of an economy's trade with itself stay in.
    ``small_sample``: whether variances carry the factor for small samples: (n - 1) / (n - k) and, clustered,
    G / (G - 1). The Advanced Guide's tables are without it.
    """

    terms: tuple[str, ...]
    fixed_effects: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    outcome: str = "trade"
    method: Literal["ppml", "ols"] = "ppml"
    years: tuple[int, ...] = ()
    domestic: bool = False
    small_sample: bool = False
    exporter: str = "exporter"
    importer: str = "importer"
    year: str = "year"

    def formula(self, fixed_effects: Sequence[str] | None = None) -> str:
        """The model in the words of the estimating package: ``outcome ~ terms | fixed effects``."""
        left = f"log({self.outcome})" if self.method == "ols" else self.outcome
        effects = " + ".join(self.fixed_effects if fixed_effects is None else fixed_effects)
        return f"{left} ~ {' + '.join(self.terms)}" + (f" | {effects}" if effects else "")

    def grouping(self) -> tuple[str, ...]:
        """The columns that put rows into groups: the parts of the fixed effects, and the clusters."""
        parts = [part.strip() for each in self.fixed_effects for part in each.split("^")]
        return tuple(dict.fromkeys([self.exporter, self.importer, *parts, *self.clusters]))

    def columns(self, available: list[str]) -> list[str]:
        """The table's columns that any part of the model names."""
        named = set(re.findall(r"[A-Za-z_]\w*", " ".join((self.formula(), *self.clusters))))
        return [column for column in available if column in named]


@dataclass(frozen=True)
class Gravity(Generic[IntoFrameT]):
    """A model, estimated.

    ``coefficients``: a Polars table, a row a term: ``term, estimate, standard_error, low, high, p_value`` (95 %).
    ``rows``: the table given, each row with ``expected``, ``expected_low``, ``expected_high``, ``residual`` (in the
    outcome's unit) and ``expected_absence``. ``small_sample``: what was done to the errors, in words.
    """

    model: Model
    coefficients: Any
    rows: IntoFrameT
    observations: int
    #: Rows of the sample that a fixed effect explains alone, or that it holds at zero.
    left_out: int
    deviance: float | None
    small_sample: str

    def estimate(self, term: str) -> float:
        """The coefficient of one term; `UsageError` if the model has none of that name."""
        return self._of(term, "estimate")

    def standard_error(self, term: str) -> float:
        """The standard error of one term's coefficient; `UsageError` if the model has none of that name."""
        return self._of(term, "standard_error")

    def _of(self, term: str, column: str) -> float:
        found = dict(zip(self.coefficients["term"], self.coefficients[column], strict=True))
        if term not in found:
            raise UsageError(f"the model has no term “{term}”", next_step=f"it has: {', '.join(found)}")
        return float(found[term])


def gravity(frame: IntoFrameT, model: Model) -> Gravity[IntoFrameT]:
    """Estimates a gravity model and says what it expects in every row.

    ``frame``: a row an exporter, importer and year, with the outcome (zero or more, null = not known), the terms, fixed
    effects and clusters. ``expected`` is the model's mean: for ``ols`` the exponential of the expected logarithm, which
    is a median. The interval holds the uncertainty of the terms' coefficients, the fixed effects following them
    (x̃ V x̃', x̃ the terms less their fixed effects); it is that of the mean, not of one year's trade, and too narrow
    where a fixed effect rests on few rows. ``residual`` = outcome - expected.

    Estimated by pyfixest (the extra ``gravity``). Raises: UsageError if it is not installed, EstimationFailed,
    MissingColumns, UnfitTable.

    Source: Yotov, Piermartini, Monteiro and Larch (2016), An Advanced Guide to Trade Policy Analysis. Checked against:
    its models, e.g. PPML with exporter-year and importer-year effects on 28,152 rows, log of distance -0.8409.
    """
    table = frames.enter(frame)
    needed = model.columns(table.collect_schema().names())
    frames.check(table, optional=[model.outcome], groups=model.grouping())
    table = table.with_columns((nw.col(model.exporter) != nw.col(model.importer)).alias(_ABROAD))
    rows = Rows(table, list(dict.fromkeys([*needed, model.exporter, model.importer, *_years(model), _ABROAD])))
    sample = _sample(rows, table, model, needed)
    fitted = _fitted(sample, model)
    used = fitted._data[_ROW].to_numpy()
    beside = _beside(rows, model, fitted, used, sample[_ROW].to_numpy())
    keys = [model.exporter, model.importer, *_years(model)]
    return Gravity(
        model=model,
        coefficients=_coefficients(fitted),
        rows=frames.leave(_explained(rows.beside(keys, beside)), frame),
        observations=len(used),
        left_out=len(sample) - len(used),
        deviance=None if model.method == "ols" else float(fitted.deviance),
        small_sample="(n - 1) / (n - k), G / (G - 1)" if model.small_sample else "none",
    )


def _years(model: Model) -> tuple[str, ...]:
    text = model.formula() + " ".join(model.clusters)
    return (model.year,) if model.years or re.search(rf"\b{model.year}\b", text) else ()


def _sample(rows: Rows, table: frames.Table, model: Model, needed: list[str]) -> pd.DataFrame:
    """The rows the model is estimated on, as the estimating package takes them."""
    import pandas as pd

    types = table.collect_schema()
    columns = {name: _column(rows, name, types[name]) for name in needed}
    # Joined here, by number: the package would join them as text.
    joined = {_joined(each): rows.groups(_parts(each)) for each in model.fixed_effects}
    data = pd.DataFrame({_ROW: np.arange(rows.count)} | columns | joined)
    kept = data.notna().all(axis=1).to_numpy()
    if not model.domestic:
        kept = kept & (rows.numbers(_ABROAD) > 0)
    if model.years:
        kept = kept & np.isin(rows.numbers(model.year), model.years)
    if model.method == "ols":
        kept = kept & (data[model.outcome].to_numpy() > 0)
    if not kept.any():
        raise EstimationFailed("no row is left to estimate on", next_step="look at years, domestic and missing values")
    return data.loc[kept].reset_index(drop=True)


def _parts(effect: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in effect.split("^"))


def _joined(effect: str) -> str:
    return "_by_" + "_".join(_parts(effect))


def _column(rows: Rows, name: str, kind: nw.dtypes.DType) -> Any:
    """Numbers as they are; what names something by its place among all names, which groups just as well."""
    if isinstance(kind, (nw.String, nw.Categorical, nw.Enum)):
        return rows.places(name)
    return rows.numbers(name)


def _fitted(sample: pd.DataFrame, model: Model) -> Any:
    package = _package()
    errors = {"CRV1": "+".join(model.clusters)} if model.clusters else "hetero"
    options = {"k_adj": model.small_sample, "G_adj": model.small_sample}
    formula = model.formula([_joined(each) for each in model.fixed_effects])
    given = {"fml": formula, "data": sample, "vcov": errors, "ssc": package.ssc(**options), "copy_data": False}
    with warnings.catch_warnings():
        # It warns of separated rows, which are counted here, and calls pandas in ways that pandas warns of.
        warnings.simplefilter("ignore")
        try:
            if model.method == "ols":
                return package.feols(**given)
            return package.fepois(**given, separation_check=["fe"] if model.fixed_effects else [])
        except (ValueError, RuntimeError, np.linalg.LinAlgError, _formula_error()) as error:
            raise EstimationFailed(
                f"{model.formula()} cannot be estimated: {error}", next_step="look at terms that do not vary"
            ) from error


def _package() -> Any:
    try:
        import pyfixest
    except ImportError as missing:
        raise UsageError(
            "gravity needs pyfixest, which is not installed", next_step="install corridor[gravity]"
        ) from missing
    return pyfixest


def _formula_error() -> type[Exception]:
    """What the package's formulas raise for a piece they cannot read."""
    from formulaic.errors import FormulaicError

    return cast("type[Exception]", FormulaicError)


def _coefficients(fitted: Any) -> Any:
    import polars as pl

    table = fitted.tidy()
    names = {"Estimate": "estimate", "Std. Error": "standard_error", "2.5%": "low", "97.5%": "high"}
    columns = {ours: table[theirs].to_numpy() for theirs, ours in names.items()}
    return pl.DataFrame(
        {"term": [str(each) for each in table.index], **columns, "p_value": table["Pr(>|t|)"].to_numpy()}
    )


def _beside(rows: Rows, model: Model, fitted: Any, used: Any, sample: Any) -> dict[str, Numbers]:
    """Expected, its interval and the residual of each row; NaN where the row was not used."""
    link = np.asarray(fitted._Y_hat_link, dtype=np.float64).ravel()
    spread = _spread(fitted, model)
    found = {name: np.full(rows.count, np.nan) for name in ("expected", "expected_low", "expected_high")}
    for name, sign in (("expected", 0.0), ("expected_low", -1.0), ("expected_high", 1.0)):
        found[name][used] = np.exp(link + sign * spread)
    found["residual"] = rows.numbers(model.outcome) - found["expected"]
    state = np.zeros(rows.count)
    state[sample] = 1.0
    state[used] = 2.0
    return {**found, "_state": state}


def _spread(fitted: Any, model: Model) -> Numbers:
    """Half the width of the interval of the expected logarithm."""
    from statistics import NormalDist

    within = np.asarray(fitted._X, dtype=np.float64)
    if model.method == "ppml":
        # As the package leaves them: terms less their fixed effects, times the root of the weights.
        within = within / np.sqrt(np.asarray(fitted._weights, dtype=np.float64).reshape(-1, 1))
    variance = np.einsum("ij,jk,ik->i", within, np.asarray(fitted._vcov), within)
    width: Numbers = NormalDist().inv_cdf(_TAIL) * np.sqrt(np.maximum(variance, 0.0))
    return width


def _explained(table: frames.Table) -> frames.Table:
    numbers = ("expected", "expected_low", "expected_high", "residual")
    return table.with_columns(
        *(nw.when(~nw.col(name).is_nan()).then(nw.col(name)).alias(name) for name in numbers),
        expected_absence=frames.absence(
            (nw.col("_state") == 0, "not_in_sample"), (nw.col("_state") == 1, "not_estimated")
        ),
    ).drop("_state", _ABROAD)
