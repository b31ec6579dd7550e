"""Stage 3, export regions: who in the country sells to the partner, and how few of them make most of it."""

from __future__ import annotations

import polars as pl

from corridor.evidence import Finding, Measure, Name
from corridor.indicators import gini, hhi, smallest_set
from corridor.study.question import Question
from corridor.study.regions import facts_of, latest_period, regional_exports, regional_facts, totals
from corridor.study.result import StageResult
from corridor.study.tables import Tables

STAGE = "export_regions"


def export_regions(tables: Tables, question: Question) -> StageResult:
    """The key exporting regions of both economies towards each other.

    Tables: ``regions`` (rank, share, cumulative share, whether in the smallest set that covers the threshold; regions
    tied with the last one belong to it), ``region_concentration``, ``published_facts``. Without regional rows in the
    store: the published facts and a plain statement of what is missing.
    """
    frames, indices, findings, missing, facts = [], [], [], [], []
    for exporter, importer in question.directions:
        rows = regional_exports(tables.flows, exporter, importer)
        printed = facts_of(tables.facts, exporter, importer)
        facts.append(printed.with_columns(economy=pl.lit(exporter)))
        if rows.is_empty():
            missing.append(_not_held(exporter, importer, printed.height))
            continue
        table = _ranked(totals(rows), exporter, importer, question.threshold)
        frames.append(table)
        indices.append(_indices(table, question.threshold))
        findings.append(_key_regions(table, exporter, importer, question.threshold, latest_period(rows)))
    left_out = sum(regional_facts(tables.facts, a, b).height for a, b in question.directions) - sum(
        f.height for f in facts
    )
    if left_out:
        missing.append(Finding("export_regions.facts_left_out", {"count": Measure(left_out, "count")}))
    found = {
        "regions": pl.concat(frames) if frames else pl.DataFrame(),
        "region_concentration": pl.concat(indices) if indices else pl.DataFrame(),
        "published_facts": pl.concat(facts),
    }
    return StageResult(STAGE, found, tuple(findings), tuple(missing), {"threshold": question.threshold})


def _ranked(table: pl.DataFrame, exporter: str, importer: str, threshold: float) -> pl.DataFrame:
    ranked = smallest_set(table, threshold=threshold, by=["period"])
    return ranked.with_columns(exporter=pl.lit(exporter), importer=pl.lit(importer))


def _indices(table: pl.DataFrame, threshold: float) -> pl.DataFrame:
    by = ["exporter", "importer", "period"]
    index = hhi(table, over="region", by=by).join(gini(table, over="region", by=by), on=by)
    sizes = table.group_by(by).agg(smallest_set=pl.col("in_smallest_set").sum())
    return index.join(sizes, on=by).with_columns(threshold=pl.lit(threshold)).sort("period")


def _key_regions(table: pl.DataFrame, exporter: str, importer: str, threshold: float, period: str | None) -> Finding:
    rows = table.filter((pl.col("period") == period) & pl.col("in_smallest_set")).sort("rank")
    return Finding(
        "export_regions.key_regions",
        {
            "exporter": Name("area", exporter),
            "importer": Name("area", importer),
            "period": Name("period", str(period)),
            "threshold": Measure(threshold, "share"),
            "count": Measure(rows.height, "count"),
            "regions": tuple(
                (Name("area", region), Measure(share, "share"))
                for region, share in rows.select("region", "share").iter_rows()
            ),
        },
        traces=tuple(part for traces in rows["trace_id"] for part in traces.split()),
        caveats=("declarant_region",),
    )


def _not_held(exporter: str, importer: str, facts: int) -> Finding:
    return Finding(
        "export_regions.not_held",
        {"exporter": Name("area", exporter), "importer": Name("area", importer), "facts": Measure(facts, "count")},
    )
