"""Stage 5, recommendations: which groups to look at next, in both directions, each with its argument.

On publishers' groups alone this is a screening by group: it says where to look, and names the HS headings inside a
group as "to be examined".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from corridor.codes import products
from corridor.evidence import Finding, Measure, Name
from corridor.recommend.criterion import Criterion
from corridor.recommend.findings.beside import of_sides
from corridor.recommend.findings.demand import DEMAND
from corridor.recommend.findings.supply import SUPPLY
from corridor.recommend.findings.weakness import weakest
from corridor.recommend.ranking import rank
from corridor.recommend.regional import belongs
from corridor.study.comparisons import Agenda, Comparison
from corridor.study.ledger import Ledger
from corridor.study.market import side_by_side_market
from corridor.study.question import Question
from corridor.study.record import record
from corridor.study.result import StageResult

STAGE = "recommendations"
#: Recommendations told as an argument in the report; the table holds them all.
ARGUED = 5
#: Regions named for one group; and a share that is the whole's is as much, whatever the last digit of a float.
_REGIONS, _AS_MUCH = 5, 1 - 1e-12


def recommendations(
    question: Question, ledger: Ledger, agenda: Agenda, groups: StageResult, specifics: StageResult
) -> StageResult:
    """Ranked groups with reasons, weakest evidence, what would change it and the regions that could supply.

    Tables: ``recommendations`` (criteria, scores, rank, stability; both directions), ``reasons`` (one row a
    recommendation and criterion), ``not_judged`` (with why), ``record`` (see
    `corridor.study.record`). The residual group is never recommended.
    """
    comparison = _basis(agenda)
    if comparison is None:
        return StageResult(STAGE, _empty(), (), (Finding("recommendations.no_comparison"),))
    ranked, reasons, apart, findings, records = [], [], [], [], []
    for exporter, importer in question.directions:
        flow = ledger.series.flow(exporter)
        candidates = _candidates(ledger, flow, comparison, groups, exporter, importer)
        if candidates.is_empty():
            continue
        judged = candidates.filter(pl.col("why_not").is_null())
        table = rank(judged, criteria(flow)).with_columns(_identity())
        ranked.append(table)
        reasons.append(_reasons(table, criteria(flow)))
        apart.append(_not_judged(candidates, exporter, importer, comparison))
        beside = of_sides(exporter, importer, comparison.current.end.year)
        findings += [argument(row, specifics, beside) for row in table.head(ARGUED).iter_rows(named=True)]
        records.append(record(ledger, exporter, importer))
    if not ranked:
        return StageResult(STAGE, _empty(), (), (Finding("recommendations.no_market"),))
    found = {
        "recommendations": pl.concat(ranked, how="diagonal_relaxed"),
        "reasons": pl.concat(reasons),
        "not_judged": pl.concat(apart),
        "record": pl.concat(measures for _, measures in records),
    }
    notes = (
        Finding("recommendations.screening_by_group", {"classification": Name("text", ledger.series.classification)}),
    )
    return StageResult(STAGE, found, (*findings, *(line for line, _ in records)), notes, _weights())


def criteria(flow: str) -> tuple[Criterion, ...]:
    """The criteria that the reporter's ``flow`` allows: its imports show demand, its exports show supply."""
    return DEMAND if flow == "import" else SUPPLY


def _weights() -> Mapping[str, float]:
    return {
        f"{name}.{each.name}": each.weight for name, them in (("demand", DEMAND), ("supply", SUPPLY)) for each in them
    }


def _empty() -> dict[str, pl.DataFrame]:
    return {name: pl.DataFrame() for name in ("recommendations", "reasons", "not_judged", "record")}


def _basis(agenda: Agenda) -> Comparison | None:
    """The latest comparison of whole periods; an incomplete year only where there is nothing else."""
    order = sorted(agenda.shown, key=lambda each: (not each.partial, each.current.end))
    return order[-1] if order else None


def _candidates(
    ledger: Ledger, flow: str, comparison: Comparison, groups: StageResult, exporter: str, importer: str
) -> pl.DataFrame:
    """One row a group of the reporter's market, with the measured columns of every criterion and ``why_not``."""
    market = side_by_side_market(ledger, flow, comparison)
    if market.is_empty() or _of(groups.tables["changes"], exporter, importer, comparison).is_empty():
        # Without the pair's own groups in both periods there is nothing to set against the market.
        return market.clear()
    places = _of(groups.tables["places"], exporter, importer, comparison).select(
        "product", "share", "share_0", "share_change", "rank", "unit_value_ratio"
    )
    whole = market["market_1"].sum()
    changes = _changes(groups, exporter, importer, comparison)
    traded = changes["value_1"].fill_null(0.0).sum()
    own_share = pl.col("value_1").fill_null(0.0) / traded
    return (
        market.join(places.rename({"rank": "place"}), on="product", how="left")
        .join(changes, on="product", how="left")
        .with_columns(
            exporter=pl.lit(exporter),
            importer=pl.lit(importer),
            flow=pl.lit(flow),
            base_period=pl.lit(comparison.base.code),
            period=pl.lit(comparison.current.code),
            market_growth=pl.when(pl.col("market_0") > 0).then(pl.col("market_1") / pl.col("market_0") - 1),
            midpoint_growth=_midpoint_growth(),
            location_quotient=pl.when(pl.col("market_1") > 0).then(own_share / (pl.col("market_1") / whole)),
        )
        .with_columns(why_not=_why_not())
    )


def _midpoint_growth() -> pl.Expr:
    """Change over the mean of both periods, -2..2: a group that is new counts as 2 instead of having no growth.

    Davis, Haltiwanger and Schuh (1996), Job Creation and Destruction.
    """
    before, after = pl.col("value_0").fill_null(0.0), pl.col("value_1").fill_null(0.0)
    return pl.when(before + after > 0).then((after - before) / ((after + before) / 2))


def _of(table: pl.DataFrame, exporter: str, importer: str, comparison: Comparison) -> pl.DataFrame:
    if table.is_empty():
        return table
    return table.filter(
        (pl.col("exporter") == exporter)
        & (pl.col("importer") == importer)
        & (pl.col("period") == comparison.current.code)
        & (pl.col("base_period") == comparison.base.code)
    )


def _changes(groups: StageResult, exporter: str, importer: str, comparison: Comparison) -> pl.DataFrame:
    """The change of each group in the basis period, beside its growth in the incomplete year where there is one."""
    table = groups.tables["changes"]
    own = _of(table, exporter, importer, comparison).select(
        "product", "value_0", "value_1", "growth", "change", "change_kind", "quantity_growth", "unit_value_growth",
        "unit_value_effect", "trace_id",
    )  # fmt: skip
    partial = table.filter(
        (pl.col("exporter") == exporter) & (pl.col("importer") == importer) & (pl.col("kind") == "partial")
    ).select("product", partial_growth="growth", partial_trace_id="trace_id")
    return own.join(partial, on="product", how="left")


def _why_not() -> pl.Expr:
    residual = pl.col("product") == products.RESIDUAL
    nothing = pl.col("value_1").fill_null(0.0) == 0
    unknown = pl.any_horizontal(pl.col("market_1", "market_growth", "share_change").is_null())
    return (
        pl.when(residual)
        .then(pl.lit("residual"))
        .when(nothing)
        .then(pl.lit("no_deliveries"))
        .when(unknown)
        .then(pl.lit("market_not_measured"))
    )


def _not_judged(candidates: pl.DataFrame, exporter: str, importer: str, comparison: Comparison) -> pl.DataFrame:
    return (
        candidates.filter(pl.col("why_not").is_not_null())
        .select(
            "product", "why_not", "market_1", "market_growth", "value_0", "value_1",
            exporter=pl.lit(exporter), importer=pl.lit(importer), period=pl.lit(comparison.current.code),
        )
        .sort("market_1", descending=True, nulls_last=True)
    )  # fmt: skip


def _identity() -> pl.Expr:
    return pl.concat_str("exporter", "importer", "product", "period", separator="-").alias("id")


def _reasons(table: pl.DataFrame, judged_by: tuple[Criterion, ...]) -> pl.DataFrame:
    return pl.concat(
        [
            table.select(
                "id",
                criterion=pl.lit(each.name),
                value=pl.col(each.column).cast(pl.Float64),
                unit=pl.lit(each.unit),
                score=pl.col(f"score_{each.name}"),
                weight=pl.lit(each.weight),
            )
            for each in judged_by
        ]
    ).sort("id", "criterion")


def argument(row: Mapping[str, object], specifics: StageResult, beside: Sequence[str] = ()) -> Finding:
    """One row of ``recommendations`` as a finding: its figures, weakest evidence, what would change it, regions.

    ``beside``: caveats of the pair, which stand next to those of a screening by group.
    """
    flow = str(row["flow"])
    evidence, change = weakest(row)
    figures = {each.name: Measure(_number(row[each.column]), each.unit) for each in criteria(flow)}
    return Finding(
        f"recommendations.{'demand' if flow == 'import' else 'supply'}",
        {
            **figures,
            "id": Name("text", str(row["id"])),
            "rank": Measure(_number(row["rank"]), "count"),
            "score": Measure(_number(row["score"]), "index"),
            "stability": Measure(_number(row["stability"]), "share"),
            "product": Name("product", str(row["product"])),
            "exporter": Name("area", str(row["exporter"])),
            "importer": Name("area", str(row["importer"])),
            "base": Name("period", str(row["base_period"])),
            "period": Name("period", str(row["period"])),
            "growth": Measure(_number(row["growth"]), "growth"),
            "share": Measure(_number(row["share"]), "share"),
            "weakest": evidence,
            "would_change": change,
            "regions": tuple(Name("area", code) for code in _regions(row, specifics)),
            "headings": tuple(Name("text", code) for code in products.headings(str(row["product"]))),
        },
        tuple(str(row["trace_id"] or "").split()),
        ("approximate_group", "listed_partners_sum", *beside),
    )


def _regions(row: Mapping[str, object], specifics: StageResult) -> list[str]:
    """Regions that could supply: specialised in the group by their own rows, else named in published figures."""
    strong = _strong(specifics.tables["location_quotients"], str(row["exporter"]), str(row["product"]))
    if strong:
        return strong[:_REGIONS]
    facts = specifics.tables["published_facts"]
    if facts.is_empty():
        return []
    named = facts.filter((pl.col("economy") == row["exporter"]) & (pl.col("product") == row["product"]))
    return sorted({part for area in named["area"] for part in area.split("+")})


def _strong(quotients: pl.DataFrame, exporter: str, product: str) -> list[str]:
    """Regions whose sales to the partner hold more of the group than those of all regions do, the largest first.

    Their rows may be of single codes: those of the group's headings are added up.
    """
    if quotients.is_empty():
        return []
    sold = quotients.filter(pl.col("exporter") == exporter)
    of_group = pl.col("value_usd").filter(belongs(product)).sum()
    parts = sold.group_by("region").agg(group=of_group, whole=pl.col("value_usd").sum())
    whole = sold.select(of_group / pl.col("value_usd").sum()).item()
    strong = parts.filter((pl.col("group") > 0) & (pl.col("group") / pl.col("whole") >= whole * _AS_MUCH))
    found: list[str] = strong.sort("group", "region", descending=[True, False])["region"].to_list()
    return found


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
