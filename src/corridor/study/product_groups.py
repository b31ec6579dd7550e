"""Stage 2, product groups: structure, change and its causes, the market around the pair, processing degree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from corridor.codes.periods import Period
from corridor.evidence import Finding, Measure, Name
from corridor.study import market, structure
from corridor.study.bilateral import bilateral
from corridor.study.compare import changes
from corridor.study.comparisons import Agenda, Comparison
from corridor.study.denominators import shares_by_denominator
from corridor.study.ledger import Ledger
from corridor.study.product_findings import findings
from corridor.study.question import Question
from corridor.study.result import StageResult
from corridor.study.tables import Tables

STAGE = "product_groups"
#: Whose official class "non-resource non-energy exports" is: it says nothing of other economies' trade.
NRNE_OF = "RUS"


def product_groups(tables: Tables, question: Question, ledger: Ledger, agenda: Agenda) -> StageResult:
    """What is traded, what changed and why, and against whom.

    Tables: ``bilateral, denominators, groups, changes, concentration, similarity, intra_industry,
    intra_industry_total, suppliers, markets, places, constant_market_share, specialisation, processing_degree``.
    """
    described = [
        table
        for period in agenda.periods
        for exporter, importer in question.directions
        if (table := structure.groups(ledger, exporter, importer, period)).height
    ]
    groups = _stacked(described)
    moved = changes(ledger, question.directions, (*agenda.shown, *agenda.months))
    found = {
        "bilateral": bilateral(ledger, agenda),
        "denominators": shares_by_denominator(tables, question, ledger, agenda),
        "groups": groups,
        "changes": moved,
        "concentration": structure.concentration(groups, moved),
        **_indices(ledger, question, agenda),
        **_markets(ledger, question, agenda),
        "processing_degree": structure.processing_degree(groups) if groups.height else groups,
    }
    missing = (*_without_total(ledger, question, agenda.latest), *_missing(found, ledger, agenda))
    return StageResult(STAGE, found, findings(found, question, ledger, agenda), missing)


def _stacked(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All non-empty tables below one another."""
    held = [frame for frame in frames if frame.height]
    return pl.concat(held, how="diagonal_relaxed") if held else pl.DataFrame()


def _indices(ledger: Ledger, question: Question, agenda: Agenda) -> dict[str, pl.DataFrame]:
    both = [(*direction, period) for period in agenda.periods for direction in question.directions]
    traded = [each for each in both if ledger.pair(ledger.series.flow(each[0]), each[2]).height]
    pairs = [structure.intra_industry(ledger, period) for period in agenda.periods]
    return {
        "similarity": pl.DataFrame(
            [row for a, b, period in traded for row in structure.similarity(ledger, a, b, period)]
        ),
        "intra_industry": _stacked(table for table, _ in pairs),
        "intra_industry_total": pl.DataFrame([row for _, rows in pairs for row in rows]),
    }


def _markets(ledger: Ledger, question: Question, agenda: Agenda) -> dict[str, pl.DataFrame]:
    tables: dict[str, list[pl.DataFrame]] = {
        name: [] for name in ("suppliers", "markets", "places", "constant_market_share")
    }
    for comparison in agenda.shown:
        for exporter, importer in question.directions:
            flow = ledger.series.flow(exporter)
            competitors = market.competitors(ledger, flow, comparison)
            places = market.places(ledger, flow, comparison, competitors)
            kept = _listed(competitors, places, ledger.series.partner, question.suppliers)
            ends = {"exporter": pl.lit(exporter), "importer": pl.lit(importer)}
            tables["suppliers" if flow == "import" else "markets"].append(kept.with_columns(**ends))
            tables["places"].append(places.with_columns(**ends))
            tables["constant_market_share"].append(_split(ledger, flow, comparison).with_columns(**ends))
    return {
        **{name: _stacked(frames) for name, frames in tables.items()},
        "specialisation": _specialisation(ledger, question, agenda.latest),
    }


def _listed(competitors: pl.DataFrame, places: pl.DataFrame, partner: str, most: int) -> pl.DataFrame:
    """The groups the partner is present in: the largest competitors, the partner, and whoever gained its share."""
    if competitors.is_empty():
        return competitors
    gained = places.select("product", competitor="gained_by").drop_nulls()
    own = places.select("product")
    shown = competitors.join(own, on="product", how="semi")
    by_gain = shown.join(gained, on=["product", "competitor"], how="semi")
    large = shown.filter((pl.col("rank") <= most) | (pl.col("competitor") == partner))
    return pl.concat([large, by_gain]).unique(maintain_order=True).sort("product", "rank", nulls_last=True)


def _split(ledger: Ledger, flow: str, comparison: Comparison) -> pl.DataFrame:
    ends = (comparison.base, comparison.current)
    if not all(ledger.pair(flow, period).height and ledger.market(flow, period).height for period in ends):
        return pl.DataFrame()
    return market.share_of_growth(ledger, flow, comparison)


def _specialisation(ledger: Ledger, question: Question, period: Period) -> pl.DataFrame:
    return _stacked(
        market.specialisation(ledger, ledger.series.flow(exporter), period).with_columns(
            exporter=pl.lit(exporter), importer=pl.lit(importer), period=pl.lit(period.code)
        )
        for exporter, importer in question.directions
        if ledger.market(ledger.series.flow(exporter), period).height
    )


def _without_total(ledger: Ledger, question: Question, period: Period) -> Iterator[Finding]:
    """Where a file holds some goods and not their total, nothing tells how much of the trade they are."""
    for exporter, importer in question.directions:
        flow = ledger.series.flow(exporter)
        if ledger.lacks_total(flow, period):
            yield Finding(
                "product_groups.no_total",
                {
                    "exporter": Name("area", exporter),
                    "importer": Name("area", importer),
                    "period": Name("period", period.code),
                },
            )


def _missing(found: dict[str, pl.DataFrame], ledger: Ledger, agenda: Agenda) -> tuple[Finding, ...]:
    source = Name("source", ledger.series.source)
    gone = [_one_side(ledger)] if len(ledger.sides) == 1 else []
    if found["groups"].is_empty():
        gone.append(Finding("product_groups.no_groups", {"source": source}))
    if found["suppliers"].is_empty():
        key = "product_groups.some_suppliers" if ledger.selects_partners else "product_groups.no_suppliers"
        gone.append(Finding(key, {"source": source}))
    without_groups = [
        period
        for period in agenda.periods
        if any(ledger.holds(flow, period) and ledger.pair(flow, period).is_empty() for flow in ("export", "import"))
    ]
    gone += [
        Finding("product_groups.totals_only", {"period": Name("period", period.code), "source": source})
        for period in without_groups
    ]
    if NRNE_OF in (ledger.series.reporter, ledger.series.partner):
        gone.append(Finding("product_groups.nrne_not_held", {"share": Measure(None, "share", "not_held")}))
    return tuple(gone)


def _one_side(ledger: Ledger) -> Finding:
    """Of a partner on one of the publisher's two lists there is no turnover, no balance, no return direction."""
    ends = {"reporter": Name("area", ledger.series.reporter), "partner": Name("area", ledger.series.partner)}
    return Finding(f"product_groups.one_side.{ledger.sides[0]}", {**ends})
