"""The five-stage study as a document without a language. It reads like the report's table of contents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from corridor.codes.periods import Period
from corridor.errors import UsageError
from corridor.evidence import Finding, Name, Parameter, Trace
from corridor.report.documents.document import Chapter, Document, Fact, Meta, Texts
from corridor.report.documents.grid import chosen
from corridor.report.documents.study_collection import bundled_only, collection, latest_print
from corridor.report.documents.study_front import front
from corridor.report.documents.study_groups import direction
from corridor.report.documents.study_method import method, traces_of
from corridor.report.documents.study_recommendations import recommendations
from corridor.report.documents.study_regions import export_regions, regional_specifics
from corridor.report.documents.study_sources import shelf, sources
from corridor.report.documents.study_trade import both_directions
from corridor.report.documents.study_view import View
from corridor.report.documents.wording import spoken
from corridor.study.study import Study

#: How much a report shows: cut tables and folded chapters, or everything open and whole.
DETAILS = ("short", "full")


def document(
    study: Study,
    *,
    traces: Mapping[str, Trace],
    publishers: Mapping[str, Texts],
    as_of: date | None,
    made_on: date,
    generator: str,
    detail: str = "short",
    goods: Mapping[str, Texts] | None = None,
) -> Document:
    """The report of a study: first screen, one chapter a stage and direction, method and sources.

    ``traces`` holds the publisher's row of every trace id of the study, ``publishers`` the publishers' names by
    source id, ``goods`` names of finer goods by code. Raises `UsageError` for a ``detail`` that is neither short nor
    full.
    """
    if detail not in DETAILS:
        raise UsageError(f"there is no detail {detail!r}", next_step=f"choose one of {', '.join(DETAILS)}")
    view = View(study, detail == "short")
    first = front(view)
    chapters = _chapters(view)
    blocks = (*first, *(block for chapter in chapters for block in chapter.blocks))
    used = tuple(dict.fromkeys(trace for block in blocks for trace in traces_of(block)))
    known = shelf(view)
    return Document(
        title=_title(view),
        meta=Meta(_scope(view, as_of), _facts(view, as_of, made_on), generator),
        front=first,
        chapters=(*chapters, method(blocks, fold=view.short)),
        sources=sources(used, traces, publishers, known),
        traces={each: traces[each] for each in used},
        goods={**_named(view, publishers), **(goods or {})},
    )


def _chapters(view: View) -> tuple[Chapter, ...]:
    return (
        collection(view),
        both_directions(view),
        direction(view, view.out),
        direction(view, view.back),
        export_regions(view),
        regional_specifics(view),
        recommendations(view, view.out),
        recommendations(view, view.back),
    )


def _title(view: View) -> Finding:
    exporter, partner = (Name("area", code) for code in view.out)
    return Finding("study.title", {"exporter": exporter, "partner": partner, "period": _span(view)})


def _span(view: View) -> Name | Finding:
    """The complete periods of the study as one: years from the first to the last; else the latest one."""
    partial = {each.current for each in view.agenda.shown if each.partial} | {
        each.base for each in view.agenda.shown if each.partial
    }
    whole = [period for period in view.agenda.periods if period not in partial] or list(view.agenda.periods)
    first, last = whole[0], whole[-1]
    return Name("period", _joined(first, last)) if first != last and _joinable(first, last) else spoken(last.code)


def _joinable(first: Period, last: Period) -> bool:
    return first.freq == last.freq != "YTD"


def _joined(first: Period, last: Period) -> str:
    return f"{first.code}:{last.code}"


def _scope(view: View, as_of: date | None) -> tuple[Finding, ...]:
    lines = [Finding("scope.goods.fob" if _all_fob(view) else "scope.goods"), _whose(view)]
    if view.partial:
        period = Name("period", view.partial.current.code)
        base = Name("period", view.partial.base.code)
        lines.append(Finding("scope.incomplete", {"period": period, "base": base}))
    if bundled_only(view):
        lines.append(Finding("scope.bundled"))
    if as_of:
        lines.append(Finding("scope.as_of", {"day": _day(as_of)}))
    return tuple(lines)


def _whose(view: View) -> Finding:
    """Whose figures, from whom, which release; the exports of the one are the imports of the other where it reports."""
    series = view.series
    whose = {"source": Name("source", series.source), "release": Name("term", f"release.{series.release}")}
    if _main(view)["caveats"].str.contains("reconciled").any():
        return Finding("scope.reconciled", whose)
    return Finding(
        f"scope.{series.basis(view.out[0])}",
        {
            "reporter": Name("area", series.reporter),
            "exporter": Name("area", view.out[0]),
            "partner": Name("area", view.out[1]),
            **whose,
        },
    )


def _named(view: View, publishers: Mapping[str, Texts]) -> dict[str, Texts]:
    """Names of the publishers of all tables listed, of which some lend no figure to the report."""
    listed = view.table("collection", "sources_used")["source"].unique()
    return {source: publishers[source] for source in listed if source in publishers}


def _main(view: View) -> pl.DataFrame:
    """The publisher's tables that the study stands on."""
    return chosen(view.table("collection", "sources_used"), role="main")


def _all_fob(view: View) -> bool:
    """Whether the publisher values imports FOB, too, as one does that makes one value of both sides' reports."""
    used = chosen(view.table("collection", "sources_used"), source=view.series.source, release=view.series.release)
    return set(used["valuation"].drop_nulls()) == {"fob"} and "import" in used["flow"]


def _facts(view: View, as_of: date | None, made_on: date) -> tuple[Fact, ...]:
    series = view.series
    printed = latest_print(view)
    facts: list[tuple[str, Parameter | None]] = [
        ("period", _span(view)),
        ("incomplete", Name("period", view.partial.current.code) if view.partial else None),
        ("source", Name("source", series.source)),
        ("release", Name("term", f"release.{series.release}")),
        ("valuation", Finding("scope.valuation.fob" if _all_fob(view) else "scope.valuation")),
        ("printed", _day(printed) if printed else None),
        ("as_of", _day(as_of) if as_of else None),
        ("made_on", _day(made_on)),
    ]
    return tuple(Fact(key, value) for key, value in facts if value is not None)


def _day(day: date) -> Name:
    return Name("period", day.isoformat())
