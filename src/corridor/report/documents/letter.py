"""The letter that goes with a study: three products with figure, reason and weakest evidence, on one page.

Figures more than three years old, and estimates, are said to be so in the first line; nothing is recommended on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from corridor.codes import periods
from corridor.errors import NothingFound
from corridor.evidence import Finding, Measure, Name, Parameter, Trace
from corridor.report.documents.document import Block, Document, Fact, Heading, Meta, Paragraph, Sources, Texts
from corridor.report.documents.study_method import traces_of
from corridor.report.documents.study_recommendations import arguments
from corridor.report.documents.study_sources import shelf, sources
from corridor.report.documents.study_view import View, ends
from corridor.report.documents.wording import base_of, phrase, spoken, told
from corridor.study.study import Study

#: Products that one page has room for.
PRODUCTS = 3
#: Figures of an earlier year than so many years before the letter's are old.
_YEARS = 3
#: Caveats of figures that nobody counted.
_ESTIMATES = frozenset({"estimated", "mirror_estimate"})

#: What each kind of recommendation gives as its reason.
_REASONS: Mapping[str, tuple[str, ...]] = {
    "recommendations.demand": ("exporter", "importer", "market_size", "market_growth", "share"),
    "recommendations.supply": ("exporter", "importer", "supply_size", "supply_growth", "share"),
}
_FIGURE = ("period", "deliveries")


def letter(
    study: Study, *, traces: Mapping[str, Trace], publishers: Mapping[str, Texts], made_on: date, generator: str
) -> Document:
    """The letter on the studied direction. Raises `NothingFound` where the study makes no recommendation."""
    view = View(study, short=True)
    chosen = arguments(view, view.out)[:PRODUCTS]
    if not chosen:
        raise NothingFound(
            "the study makes no recommendation that a letter could carry",
            next_step="its report says why; a study of two complete years makes some",
        )
    blocks = (_opening(view, chosen, made_on), *_products(chosen), Paragraph(Finding("letter.closing")), Sources())
    used = tuple(dict.fromkeys(trace for block in blocks for trace in traces_of(block)))
    return Document(
        title=Finding("letter.subject", ends(view.out)),
        meta=Meta(facts=(Fact("made_on", Name("period", made_on.isoformat())),), generator=generator),
        front=blocks,
        chapters=(),
        sources=sources(used, traces, publishers, shelf(view)),
        traces={each: traces[each] for each in used},
    )


def _opening(view: View, chosen: tuple[Finding, ...], made_on: date) -> Paragraph:
    period = _code(chosen[0].parameters["period"])
    given: dict[str, Parameter] = {
        **ends(view.out),
        "period": spoken(period),
        "source": Name("source", view.series.source),
        "release": Name("term", f"release.{view.series.release}"),
    }
    return Paragraph(Finding(f"letter.{_standing(view, chosen, period, made_on)}", given))


def _standing(view: View, chosen: tuple[Finding, ...], period: str, made_on: date) -> str:
    """How far the figures carry: recommended, old or estimated."""
    end = max(each.end for each in periods.parse_many(period))
    if made_on.year - end.year > _YEARS:
        return "old"
    marked = {key for finding in chosen for key in finding.caveats}
    rows = view.described("groups", view.out, period)
    if rows.height and "caveats" in rows.columns:
        marked |= {key for cell in rows["caveats"].drop_nulls() for key in cell.split()}
    return "estimated" if marked & _ESTIMATES else "recommended"


def _products(chosen: tuple[Finding, ...]) -> Iterator[Block]:
    for number, finding in enumerate(chosen, start=1):
        given = finding.parameters
        yield Heading(Finding("letter.product", {"number": Measure(number, "count"), "product": given["product"]}))
        yield Paragraph(_figure(finding))
        yield Paragraph(_reason(finding))
        weakest = given["weakest"]
        if isinstance(weakest, Finding):
            yield Paragraph(Finding("argument.weakest", {"what": told(weakest)}, weakest.traces, weakest.caveats))


def _figure(finding: Finding) -> Finding:
    """What is sold, and how it has changed since the base period."""
    told_figure, growth = _part(finding, "letter.figure", _FIGURE), finding.parameters["growth"]
    if not isinstance(growth, Measure):
        raise TypeError("a recommendation tells the growth of deliveries")
    changed = phrase("growth", growth, base=base_of(_code(finding.parameters["base"])))
    return replace(told_figure, parameters={**told_figure.parameters, "growth": changed})


def _reason(finding: Finding) -> Finding:
    """The reason in a line; as the study tells it where it is of a kind the letter has no words for."""
    names = _REASONS.get(finding.key)
    return told(finding) if names is None else _part(finding, finding.key.replace("recommendations", "letter"), names)


def _part(finding: Finding, key: str, names: tuple[str, ...]) -> Finding:
    given = told(finding).parameters
    return Finding(key, {name: given[name] for name in names}, finding.traces)


def _code(value: Parameter) -> str:
    if not isinstance(value, Name):
        raise TypeError("a recommendation names its periods")
    return value.code
