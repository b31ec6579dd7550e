"""Stage 1, collection: what was found, from whom, in which release, and how far the two sides agree."""

from __future__ import annotations

import polars as pl

from corridor.evidence import Finding, Measure, Name
from corridor.harmonise.coverage import calendar
from corridor.harmonise.pairs import between
from corridor.indicators import mirror_asymmetry
from corridor.study.comparisons import Agenda
from corridor.study.mirror import mirror_elsewhere, mirror_reports, pair_totals
from corridor.study.mirror_reasons import mirror_reasons
from corridor.study.question import Question
from corridor.study.reconciled_trade import reconciled_trade
from corridor.study.result import StageResult
from corridor.study.revisions import implied_months, implied_revisions, revisions
from corridor.study.series import Series
from corridor.study.spans import month_end, month_start, span, with_period
from corridor.study.tables import Tables

STAGE = "collection"
#: Caveats of rows that `harmonise.revisions` made.
_TOLD_ANEW = r"\b(?:converted_(?:un_conversion|equal_split|trade_weighted|largest)|hs_revision_changed)\b"
#: How a published statement on mirror statistics speaks of its two sides.
_AGAINST = "reported by .* against .* reported by"


def collection(tables: Tables, question: Question, series: Series, agenda: Agenda) -> StageResult:
    """What the tables hold of the pair.

    Tables: ``sources_used``, ``coverage`` (one row a published table and period, with a reason for each hole),
    ``totals`` (every release), ``mirror`` (both sides by year), ``mirror_reasons`` (how each side compiles its
    figures), ``reconciled`` (one value for both sides, only where asked), ``revisions``, ``implied`` and
    ``implied_revisions``.
    """
    pair = pair_totals(tables.flows, question)
    own = pair.filter((pl.col("source") == series.source) & (pl.col("release") == series.release))
    months = pair.filter((pl.col("freq") == "M") & ~pl.col("cumulative"))
    mirror = mirror_reports(pair, question, tables)
    found = {
        "sources_used": _sources_used(tables.flows, question, series),
        "coverage": _coverage(tables, question),
        "totals": _totals(pair),
        "mirror": mirror_asymmetry(mirror),
        "mirror_reasons": mirror_reasons(mirror, tables.publishers),
        "mirror_published": _mirror_published(tables.facts, question),
        "reconciled": reconciled_trade(mirror, mirror_elsewhere(tables, question), question),
        "revisions": with_period(revisions(months)),
        "implied": with_period(implied_months(own)),
        "implied_revisions": with_period(implied_revisions(own)),
    }
    return StageResult(STAGE, found, _findings(found, series), _missing(found, series, agenda))


def _sources_used(flows: pl.DataFrame, question: Question, series: Series) -> pl.DataFrame:
    pair = [question.exporter, question.partner]
    # Rows told in another revision of the HS than the publisher's stand beside his own, which are counted.
    rows = flows.filter(between(pair) & ~pl.col("caveats").fill_null("").str.contains(_TOLD_ANEW))
    main = (
        (pl.col("source") == series.source)
        & (pl.col("release") == series.release)
        & (pl.col("reporter") == series.reporter)
    )
    return (
        rows.group_by("source", "release", "table", "reporter", "flow", "classification")
        .agg(
            first_period=pl.col("period_start").min(),
            last_period=pl.col("period_end").max(),
            rows=pl.len(),
            valuation=pl.col("valuation").first(),
            last_published=pl.col("published").max(),
            caveats=_each_once("caveats"),
        )
        .with_columns(role=pl.when(main).then(pl.lit("main")).otherwise(pl.lit("context")))
        .sort("role", "source", "table", "flow", "classification", descending=[True, False, False, False, False])
    )


def _each_once(column: str) -> pl.Expr:
    """The words of a column of words, each once, in alphabetical order."""
    words = pl.col(column).str.split(" ").explode().drop_nulls()
    return words.filter(words != "").unique().sort().str.join(" ")


def _coverage(tables: Tables, question: Question) -> pl.DataFrame:
    frames = [
        calendar(tables.flows, tables.coverage, tables.calendar, reporter, partner)
        for reporter, partner in question.directions
    ]
    return with_period(pl.concat(frames))


def _totals(pair: pl.DataFrame) -> pl.DataFrame:
    columns = (
        "source", "release", "table", "reporter", "partner", "flow", "freq", "cumulative", "period", "period_start",
        "period_end", "value_usd", "valuation", "maturity", "caveats", "trace_id",
    )  # fmt: skip
    return with_period(pair).select(columns).sort("reporter", "flow", "source", "release", "cumulative", "period_end")


def _mirror_published(facts: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Published statements on how far the two sides' reports of a flow are apart, for years no table holds."""
    pair = [question.exporter, question.partner]
    return facts.filter(
        pl.col("area").is_in(pair) & pl.col("partner").is_in(pair) & pl.col("share_text").str.contains(_AGAINST)
    ).sort("period_start")


def _findings(found: dict[str, pl.DataFrame], series: Series) -> tuple[Finding, ...]:
    return (
        _series_finding(found["sources_used"], series),
        *_mirror_findings(found["mirror"]),
        *_revision_findings(found["revisions"]),
    )


def _series_finding(sources: pl.DataFrame, series: Series) -> Finding:
    main = sources.filter(pl.col("role") == "main")
    ends = main.select(pl.col("first_period").min(), pl.col("last_period").max()).row(0)
    return Finding(
        "collection.main_series",
        {
            "reporter": Name("area", series.reporter),
            "source": Name("source", series.source),
            "release": Name("term", f"release.{series.release}"),
            "first": Name("period", span(ends[0], month_end(ends[0])).code),
            "last": Name("period", span(month_start(ends[1]), ends[1]).code),
        },
    )


def _mirror_findings(mirror: pl.DataFrame) -> list[Finding]:
    found = []
    for (exporter, importer), rows in mirror.group_by("exporter", "importer", maintain_order=True):
        ratios = rows.drop_nulls("asymmetry_ratio").sort("year")
        if ratios.is_empty():
            continue
        first, last = ratios.row(0, named=True), ratios.row(-1, named=True)
        found.append(
            Finding(
                "collection.mirror_path",
                {
                    "exporter": Name("area", str(exporter)),
                    "importer": Name("area", str(importer)),
                    "first_year": Name("period", str(first["year"])),
                    "first_ratio": Measure(first["asymmetry_ratio"], "ratio"),
                    "last_year": Name("period", str(last["year"])),
                    "last_ratio": Measure(last["asymmetry_ratio"], "ratio"),
                },
                traces=(*first["trace_id"].split(), *last["trace_id"].split()),
                caveats=("mirror_not_corrected",),
            )
        )
    estimated = mirror.filter(pl.col("why_not") == "estimated")
    if estimated.height:
        found.append(
            Finding(
                "collection.mirror_estimated",
                {
                    "count": Measure(estimated["year"].n_unique(), "count"),
                    "first_year": Name("period", str(estimated["year"].min())),
                },
                caveats=("mirror_estimate",),
            )
        )
    return found


def _revision_findings(table: pl.DataFrame) -> list[Finding]:
    changed = table.drop_nulls("relative_revision")
    if changed.is_empty():
        return []
    largest = changed.sort(pl.col("relative_revision").abs(), descending=True).row(0, named=True)
    return [
        Finding(
            "collection.largest_revision",
            {
                "reporter": Name("area", largest["reporter"]),
                "flow": Name("term", f"flow.{largest['flow']}"),
                "period": Name("period", largest["period"]),
                "first": Measure(largest["first_usd"], "usd"),
                "revised": Measure(largest["revised_usd"], "usd"),
                "relative": Measure(largest["relative_revision"], "growth"),
            },
            traces=tuple(largest["trace_id"].split()),
        )
    ]


def _missing(found: dict[str, pl.DataFrame], series: Series, agenda: Agenda) -> tuple[Finding, ...]:
    holes = found["coverage"].filter((pl.col("status") == "not_held") & ~pl.col("cumulative"))
    # The cumulative columns of one series say nothing of a hole in another.
    implied = found["implied"].select("flow", "period", "implied_usd")
    offered = {(series.source, series.release, flow, period): value for flow, period, value in implied.iter_rows()}
    keys = holes.select("source", "release", "flow", "period")
    asked = tuple(
        Finding("collection.period_not_held", {"period": Name("period", period.code)}) for period in agenda.missing
    )
    return asked + tuple(
        Finding(
            "collection.not_held_implied" if key in offered else "collection.not_held",
            {
                "source": Name("source", key[0]),
                "table": Name("text", table),
                "period": Name("period", key[3]),
                **({"implied": Measure(offered[key], "usd")} if key in offered else {}),
            },
            caveats=("implied",) if key in offered else (),
        )
        for key, table in zip(keys.iter_rows(), holes["table"], strict=True)
    )
