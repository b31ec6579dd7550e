"""Negotiation sheets by tariff line: what to ask for, what to defend, what an agreement covers and costs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

import polars as pl

from corridor.codes import products
from corridor.errors import UsageError
from corridor.scenarios import tariffs

#: A rate of at least 15 % is an international peak; one of three times the mean a national peak (WTO).
INTERNATIONAL_PEAK, NATIONAL_PEAK = 0.15, 3.0


def request_list(both: pl.DataFrame, supply: pl.DataFrame) -> pl.DataFrame:
    """Lines on which the exporter still pays, the most worth asking for first.

    ``both`` as `margins.preference_margins` gives it for the exporter, ``supply`` has ``product`` (line) and
    ``value_usd``, what the exporter sells (through groups: a weight, not to be added up). Returns lines with an
    effective rate above zero or unknown, with ``disadvantage`` = effective rate minus what rivals pay (a difference of
    shares, positive = the exporter pays more), ordered by it, then by supply.
    """
    named = supply.group_by("product").agg(supply_usd=pl.col("value_usd").sum())
    return (
        both.filter((pl.col("effective") > 0) | pl.col("effective").is_null())
        .join(named, on="product", how="left")
        .with_columns(disadvantage=-pl.col("margin_competitors"))
        .sort("disadvantage", "supply_usd", "product", descending=[True, True, False], nulls_last=True)
    )


def defensive_list(both: pl.DataFrame, supply: pl.DataFrame) -> pl.DataFrame:
    """Lines that the importer still protects against the partner, those with most to lose first.

    The same lines as `request_list`, seen from the importer: ordered by the effective rate, then by what the partner
    sells already.
    """
    order = ["effective", "supply_usd", "product"]
    return request_list(both, supply).sort(order, descending=[True, True, False], nulls_last=True)


def coverage(rates: pl.DataFrame, imports: pl.DataFrame) -> pl.DataFrame:
    """What the agreements cover for each partner, by lines and by trade.

    ``rates`` as `tariffs.effective_rates`, ``imports`` has ``product`` (line), ``partner, value_usd``: true figures by
    line, or those of a product divided equally over its lines. Returns ``partner, lines`` and the shares (0..1) of
    lines and of trade at ``mfn_zero`` (nothing to prefer), ``preferred`` (below MFN), of these ``preferred_zero``,
    ``not_preferred`` (MFN is paid) and ``unknown``; the four without ``preferred_zero`` add up to one.
    """
    classed = rates.with_columns(status=_status()).join(imports, on=["product", "partner"], how="left")
    value = pl.col("value_usd").fill_null(0.0)
    states = ("mfn_zero", "preferred", "not_preferred", "unknown")
    zero = (pl.col("status") == "preferred") & (pl.col("effective") == 0)
    return (
        classed.group_by("partner")
        .agg(
            lines=pl.len(),
            trade_usd=value.sum(),
            **{f"{name}_lines": (pl.col("status") == name).mean() for name in states},
            preferred_zero_lines=zero.mean(),
            **{f"{name}_trade": _share(value, pl.col("status") == name) for name in states},
            preferred_zero_trade=_share(value, zero),
        )
        .sort("partner")
    )


def _status() -> pl.Expr:
    return (
        pl.when(pl.col("mfn") == 0)
        .then(pl.lit("mfn_zero"))
        .when(pl.col("effective").is_null() | pl.col("mfn").is_null())
        .then(pl.lit("unknown"))
        .when(pl.col("effective") < pl.col("mfn"))
        .then(pl.lit("preferred"))
        .otherwise(pl.lit("not_preferred"))
    )


def _share(value: pl.Expr, which: pl.Expr) -> pl.Expr:
    return pl.when(value.sum() > 0).then(value.filter(which).sum() / value.sum())


def averages(rates: pl.DataFrame, imports: pl.DataFrame) -> pl.DataFrame:
    """Average duties of each partner: simple over lines, and weighted by what the importer buys of the partner.

    Returns ``partner, lines, lines_unknown`` (left out of both), ``mfn_simple, effective_simple, effective_weighted``
    (null without trade), ``peaks`` (lines at 15 % and more), ``national_peaks`` (at three times the simple mean and
    more). Trade-weighted means understate: a duty that keeps goods out has no weight.

    Worked example: 0 and 10 % with trade of 3 and 1: simple 5 %, weighted 2.5 %.
    """
    known = pl.col("effective").is_not_null()
    weight = pl.col("value_usd").fill_null(0.0).filter(known)
    paid = pl.col("effective").filter(known)
    joined = rates.join(imports, on=["product", "partner"], how="left")
    return (
        joined.group_by("partner")
        .agg(
            lines=pl.len(),
            lines_unknown=(~known).sum(),
            mfn_simple=pl.col("mfn").mean(),
            effective_simple=paid.mean(),
            effective_weighted=pl.when(weight.sum() > 0).then((paid * weight).sum() / weight.sum()),
            peaks=(paid >= INTERNATIONAL_PEAK).sum(),
            national_peaks=((paid >= NATIONAL_PEAK * paid.mean()) & (paid > 0)).sum(),
        )
        .sort("partner")
    )


def peaks(rates: pl.DataFrame, *, threshold: float = INTERNATIONAL_PEAK) -> pl.DataFrame:
    """Lines whose effective rate is at least the threshold (share), highest first."""
    return rates.filter(pl.col("effective") >= threshold).sort(
        "effective", "product", descending=[True, False], nulls_last=True
    )


def escalation(rates: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Average duties by degree of processing: a rise from raw to high taxes what is made of a good more than the good.

    ``lines`` has ``product, group`` (see `groups.lines_of_groups`): the degree is that of groups that have one only, so
    the result is approximate. Returns ``partner, degree, lines, mfn_simple, effective_simple``, least processed first.
    """
    degrees = {code: products.group(code).degrees for code in lines["group"].unique()}
    single = [(code, found[0], products.DEGREES.index(found[0])) for code, found in degrees.items() if len(found) == 1]
    named = pl.DataFrame(single, schema={"group": pl.String, "degree": pl.String, "rank": pl.Int64}, orient="row")
    return (
        rates.join(lines.join(named, on="group").select("product", "degree", "rank").unique(), on="product")
        .group_by("partner", "degree", "rank")
        .agg(lines=pl.len(), mfn_simple=pl.col("mfn").mean(), effective_simple=pl.col("effective").mean())
        .sort("partner", "rank")
        .drop("rank")
    )


def revenue_forgone(rates: pl.DataFrame, imports: pl.DataFrame) -> pl.DataFrame:
    """Duty not collected because of preferences, if every import used its own: ``Σ imports (mfn - effective)``.

    Returns ``partner, trade_usd, revenue_mfn_usd, revenue_usd, forgone_usd, trade_unknown_usd`` (imports on lines
    without a known rate; in none of the three). An upper bound: goods without a certificate pay MFN.
    """
    joined = imports.join(rates, on=["product", "partner"], how="inner")
    known = pl.col("effective").is_not_null() & pl.col("mfn").is_not_null()
    value = pl.col("value_usd")
    sums = joined.group_by("partner").agg(
        trade_usd=value.sum(),
        revenue_mfn_usd=(value * pl.col("mfn")).filter(known).sum(),
        revenue_usd=(value * pl.col("effective")).filter(known).sum(),
        trade_unknown_usd=value.filter(~known).sum(),
    )
    return sums.with_columns(forgone_usd=pl.col("revenue_mfn_usd") - pl.col("revenue_usd")).sort("partner")


def staging(rows: pl.DataFrame, partner: str, years: Iterable[int]) -> pl.DataFrame:
    """How the partner's duties stand on 1 January of each year, by the rates that the schedule prints for that day.

    Returns ``period`` (the year, as text), ``lines, zero`` (lines at zero), ``above_zero, unknown, effective_simple``.
    A schedule that prints one year's rates only shows the same figures in every year: that is no promise for the years
    to come.
    """
    return pl.DataFrame([{"period": str(year), **_stand(rows, partner, date(year, 1, 1))} for year in years])


def _stand(rows: pl.DataFrame, partner: str, on: date) -> dict[str, float | int | None]:
    effective = tariffs.effective_rates(rows, [partner], on)["effective"]
    mean = effective.mean()
    return {
        "lines": len(effective),
        "zero": int((effective == 0).sum()),
        "above_zero": int((effective > 0).sum()),
        "unknown": effective.null_count(),
        "effective_simple": float(mean) if isinstance(mean, float) else None,
    }


#: What a share of use is a share of: all exports to the partner, or those on lines with a preference to use.
Denominator = Literal["total_exports", "eligible_exports"]


def utilisation(preferential_usd: float, base_usd: float, *, denominator: Denominator) -> dict[str, float | str]:
    """Share of exports that used a preference, 0..1, with what it is a share of.

    Viet Nam's ministry of industry and trade divides by total exports; where much trade is free of MFN duty that is far
    below the share of eligible exports. The denominator has no default.

    Raises: UsageError for a base that is not positive or less than what it should hold.

    Worked example: 59.44 of 100 exported with form EAV: 59.44 % of total exports; of 80 eligible, 74.3 %.
    """
    if not base_usd > 0 or not 0 <= preferential_usd <= base_usd:
        raise UsageError("exports that used a preference cannot be below zero or above what they are divided by")
    return {"utilisation": preferential_usd / base_usd, "denominator": denominator}
