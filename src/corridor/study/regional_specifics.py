"""Stage 4, regional specifics: what each region sells to the partner, and how much it depends on it."""

from __future__ import annotations

import polars as pl

from corridor.codes import areas
from corridor.codes.products import TOTAL
from corridor.evidence import Finding, Measure, Name
from corridor.indicators import hhi, location_quotient
from corridor.study.question import Question
from corridor.study.regions import SERIES, facts_of, latest_period, regional_exports, to_each_partner
from corridor.study.result import StageResult
from corridor.study.structure import CLASSIFIED, processing_degree
from corridor.study.tables import Tables

STAGE = "regional_specifics"

#: Share of a region's sales below which a group says nothing of what the region is good at: a parcel of 12 dollars that
#: no other region sends has the highest quotient of all.
SIZEABLE = 0.01

#: Partner codes of a region's exports to everybody.
_WORLD = "WLD"
#: Partners whose sum is all there is: areas not elsewhere specified are one of them.
_SINGLE = frozenset({"country", "former", "rest"})


def regional_specifics(tables: Tables, question: Question) -> StageResult:
    """Location quotients, diversification, processing degree and dependence on the partner, by region.

    Tables: ``region_profiles`` (groups, concentration, largest group, dependence), ``location_quotients``,
    ``region_processing``, ``published_facts``. Same rule about absence as stage 3.
    """
    found: dict[str, list[pl.DataFrame]] = {
        name: [] for name in ("region_profiles", "location_quotients", "region_processing", "published_facts")
    }
    findings, missing = [], []
    everything = _totals(tables)
    for exporter, importer in question.directions:
        facts = facts_of(tables.facts, exporter, importer).filter(
            ~pl.col("product_text").is_in(["все товары", "all goods"])
        )
        found["published_facts"].append(facts.with_columns(economy=pl.lit(exporter)))
        rows = regional_exports(tables.flows, exporter, importer)
        detailed = rows.filter(pl.col("product") != TOTAL)
        groups = detailed.filter(pl.col("period") == (latest_period(detailed) or ""))
        if groups.is_empty():
            missing.append(_not_held(exporter, importer, facts.height))
            continue
        quotients = _quotients(groups, exporter, importer)
        profiles = _profiles(groups, everything, exporter, importer)
        found["location_quotients"].append(quotients)
        found["region_profiles"].append(profiles)
        found["region_processing"].append(_processing(groups, importer))
        findings += _findings(profiles, quotients, exporter, importer)
    stacked = {
        name: pl.concat(held, how="diagonal_relaxed") if (held := [f for f in frames if f.height]) else pl.DataFrame()
        for name, frames in found.items()
    }
    return StageResult(STAGE, stacked, tuple(findings), tuple(missing))


def _quotients(groups: pl.DataFrame, exporter: str, importer: str) -> pl.DataFrame:
    """Share of a group in the region's sales to the partner, and over its share in all regions' sales."""
    named = groups.select("period", "product", "value_usd", "trace_id", region="reporter")
    whole = named.group_by("product").agg(whole=pl.col("value_usd").sum())
    regions = named.select("region", "period").unique()
    grid = (
        regions.join(whole, how="cross")
        .join(named.drop("period"), on=["region", "product"], how="left")
        .with_columns(pl.col("value_usd").fill_null(0.0))
    )
    table = location_quotient(grid, by=["region"]).sort("region", "product")
    sold = table.filter(pl.col("value_usd") > 0)
    share = pl.col("value_usd") / pl.col("value_usd").sum().over("region")
    return sold.with_columns(share=share, exporter=pl.lit(exporter), importer=pl.lit(importer))


def sizeable(quotients: pl.DataFrame) -> pl.DataFrame:
    """The groups that are `SIZEABLE` among what their region sells; of a region without any, all."""
    large = pl.col("share") >= SIZEABLE
    return quotients.filter(large | ~large.any().over("exporter", "region"))


def _profiles(groups: pl.DataFrame, everything: pl.DataFrame, exporter: str, importer: str) -> pl.DataFrame:
    values = groups.select("period", "product", "trace_id", "value_usd", region="reporter")
    index = hhi(values, by=["region", "period"])
    largest = (
        values.sort("value_usd", "product", descending=[True, False])
        .group_by("region", maintain_order=True)
        .agg(
            largest_group=pl.col("product").first(),
            largest_share=pl.when(pl.col("value_usd").sum() > 0).then(
                pl.col("value_usd").first() / pl.col("value_usd").sum()
            ),
            value_usd=pl.col("value_usd").sum(),
            trace_id=pl.col("trace_id").str.join(" "),
        )
    )
    return (
        index.join(largest, on="region")
        .join(_all_exports(groups, everything), on="region", how="left")
        .with_columns(
            exporter=pl.lit(exporter),
            importer=pl.lit(importer),
            dependence=pl.when(pl.col("all_exports") > 0).then(pl.col("value_usd") / pl.col("all_exports")),
        )
        .sort("value_usd", "region", descending=[True, False])
    )


def _totals(tables: Tables) -> pl.DataFrame:
    """What each reporter exported to each partner; of a publisher whose rows are not all held, its totals."""
    if tables.region_totals is None:
        return to_each_partner(tables.flows.lazy()).collect()
    apart = tables.flows.lazy().join(tables.region_totals.lazy(), on=SERIES, how="anti")
    return pl.concat([to_each_partner(apart).collect(), tables.region_totals])


def _all_exports(groups: pl.DataFrame, everything: pl.DataFrame) -> pl.DataFrame:
    """What each region sold to all partners in the same period and source: the printed world total, else the sum."""
    sold = _of_period(groups, everything).group_by("reporter", "partner").agg(pl.col("value_usd").sum())
    world = sold.filter(pl.col("partner") == _WORLD)
    countries = [code for code in sold["partner"].unique() if areas.area(code).kind in _SINGLE]
    singles = sold.filter(pl.col("partner").is_in(countries)).join(world, on="reporter", how="anti")
    several = singles.group_by("reporter").agg(partners=pl.len()).filter(pl.col("partners") > 1)
    whole = pl.concat([world, singles.join(several, on="reporter", how="semi")])
    return whole.group_by(region="reporter").agg(all_exports=pl.col("value_usd").sum())


def _of_period(groups: pl.DataFrame, everything: pl.DataFrame) -> pl.DataFrame:
    """The totals of the period that the groups are of, or the months that its year was summed from."""
    of = [*SERIES, "reporter"]
    same = everything.join(groups.select(of).unique(), on=of, how="semi")
    period = ["period_start", "period_end", "cumulative"]
    printed = same.join(groups.select(period).unique(), on=period, how="semi")
    if printed.height:
        return printed
    start, end = pl.col("period_start"), pl.col("period_end")
    month = (start.dt.month() == end.dt.month()) & ~pl.col("cumulative")
    return same.filter(month, start >= groups["period_start"].min(), end <= groups["period_end"].max())


def _processing(groups: pl.DataFrame, importer: str) -> pl.DataFrame:
    known = groups.filter(pl.col("classification") == CLASSIFIED)
    if known.is_empty():
        return known.clear()
    rows = known.select("period", "product", "value_usd", "trace_id", exporter="reporter", importer=pl.lit(importer))
    return processing_degree(rows).rename({"exporter": "region"})


def _findings(profiles: pl.DataFrame, quotients: pl.DataFrame, exporter: str, importer: str) -> list[Finding]:
    found = []
    for row in profiles.filter(pl.col("value_usd") > 0).head(3).iter_rows(named=True):
        best = (
            sizeable(quotients.filter(pl.col("region") == row["region"]))
            .sort("location_quotient", "product", descending=[True, False])
            .row(0, named=True)
        )
        found.append(
            Finding(
                "regional_specifics.profile",
                {
                    "region": Name("area", row["region"]),
                    "importer": Name("area", importer),
                    "product": Name("product", row["largest_group"]),
                    "share": Measure(row["largest_share"], "share"),
                    "groups": Measure(row["n"], "count"),
                    "special": Name("product", best["product"]),
                    "location_quotient": Measure(best["location_quotient"], "ratio"),
                },
                traces=tuple(row["trace_id"].split()),
                caveats=("declarant_region",),
            )
        )
    return found


def _not_held(exporter: str, importer: str, facts: int) -> Finding:
    return Finding(
        "regional_specifics.not_held",
        {"exporter": Name("area", exporter), "importer": Name("area", importer), "facts": Measure(facts, "count")},
    )
