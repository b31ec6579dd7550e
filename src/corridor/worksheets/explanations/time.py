"""Formulas of one flow over time."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

import polars as pl

from corridor.worksheets.explanations.at import At, Put, added, shown, total


def _cagr(at: At) -> str:
    ends = [total(at.of(year=at.row[name]), "value_usd") for name in ("last_year", "first_year")]
    years = int(at.number("last_year") - at.number("first_year"))
    return f"({shown(ends[0])} / {shown(ends[1])})^(1/{years}) - 1 = {at('cagr')}"


def _trend_growth(at: At) -> str:
    return f"exp({shown(log(1 + at.number('trend_growth')))}) - 1 = {at('trend_growth')}, over {at('n')} years"


def _rolling_year(at: At) -> str:
    months = at.here.filter(pl.col("period_end") <= pl.lit(at.row["period_end"])).sort("period_end").tail(12)
    return f"{added(shown(float(value)) for value in reversed(months['value_usd'].to_list()))} = {at('rolling_year')}"


def _seasonal_profile(at: At) -> str:
    day = at.here.with_columns(_year=pl.col("period_end").dt.year(), _month=pl.col("period_end").dt.month())
    whole = day.with_columns(_all=pl.col("value_usd").sum().over("_year"), _n=pl.len().over("_year")).filter(
        pl.col("_n") == 12, pl.col("_month") == at.row["month"]
    )
    terms = [f"{shown(value)} / {shown(all_)}" for value, all_ in whole.select("value_usd", "_all").iter_rows()]
    return f"({added(terms)}) / {at('years')} = {at('seasonal_profile')}"


def _stl_holiday(at: At) -> str:
    sign = " + " if at.options.get("logarithms") is False else " · "
    parts = [at(f"stl_{part}") for part in ("trend", "seasonal", "holiday", "remainder")]
    return f"{sign.join(parts)} = {at('value_usd')}"


def _implied_revision(at: At) -> str:
    earlier = at.here.filter(pl.col("period_end") < pl.lit(at.row["period_end"])).sort("period_end").tail(1)
    january = getattr(at.row["period_end"], "month", 0) == 1
    base = 0.0 if january or earlier.is_empty() else total(earlier, "value_cumulative")
    return f"{at('value_cumulative')} - {shown(base)} - {at('value_month')} = {at('implied_revision')}"


def _revision(at: At) -> str:
    f, r = at("value_first"), at("value_revised")
    return f"{r} - {f} = {at('revision')}; ({r} - {f}) / {f} = {at('relative_revision')}"


def _survival(at: At) -> str:
    alive = at.number("at_risk") - at.number("ended")
    here = f"(1 - {at('ended')}/{at('at_risk')})"
    if not alive:
        return f"… · {here} = {at('survival')}"
    earlier = at.number("survival") / (alive / at.number("at_risk"))
    return f"{shown(earlier)} · {here} = {at('survival')}"


PUT: Mapping[str, Put] = {
    "cagr": _cagr,
    "implied_revision": _implied_revision,
    "revision": _revision,
    "rolling_year": _rolling_year,
    "seasonal_profile": _seasonal_profile,
    "stl_holiday": _stl_holiday,
    "survival": _survival,
    "trend_growth": _trend_growth,
}
