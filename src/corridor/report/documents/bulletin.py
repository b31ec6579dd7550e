"""A bulletin as a document without a language: the text in the order its readers know, the annex, the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from corridor.bulletin.advice import Advice
from corridor.bulletin.groups_of_partners import Membership
from corridor.bulletin.totals import SIDES, Side, Totals
from corridor.bulletin.write import Bulletin
from corridor.codes.caveats import vocabulary
from corridor.errors import UsageError
from corridor.evidence import Finding, Measure, Name, Parameter, Trace
from corridor.report.documents import bulletin_access, bulletin_tables
from corridor.report.documents.bulletin_groups import groups, groups_to_date
from corridor.report.documents.bulletin_phrases import grew, paragraph, part, usd
from corridor.report.documents.bulletin_totals import (
    holiday,
    last_year,
    later,
    opening,
    period_name,
    standings,
    to_date,
)
from corridor.report.documents.document import (
    Block,
    Chapter,
    Document,
    Fact,
    Heading,
    List,
    Meta,
    Note,
    Paragraph,
    Source,
    Sources,
    Texts,
)
from corridor.report.documents.study_method import caveats_in, traces_of

#: The publishers' names, by source id, that a table printed on a day bears; None is today.
NamesOn = Callable[[date | None], Mapping[str, Texts]]


def document(
    bulletin: Bulletin,
    *,
    traces: Mapping[str, Trace],
    names_on: NamesOn,
    as_of: date | None,
    made_on: date,
    generator: str,
    annex: str = "full",
    own_labels: bool = False,
) -> Document:
    """The bulletin: its text, then an annex a flow, then caveats and sources.

    ``traces`` holds the publisher's row of every trace id of the bulletin; ``names_on`` gives the publishers' names as
    a table printed on that day bears them. ``annex`` is none, short (the period) or full (the year to date too);
    `UsageError` for anything else. ``own_labels``: the annex in the publisher's own words.
    """
    if annex not in bulletin_tables.ANNEXES:
        raise UsageError(
            f"there is no annex {annex!r}", next_step=f"choose one of {', '.join(bulletin_tables.ANNEXES)}"
        )
    text = _text(bulletin)
    chapters = bulletin_tables.annexes(bulletin, annex, own_labels=own_labels)
    blocks = (*text, *(block for chapter in chapters for block in chapter.blocks))
    used = tuple(dict.fromkeys(trace for block in blocks for trace in traces_of(block)))
    return Document(
        title=_title(bulletin),
        meta=Meta(_scope(bulletin, as_of), _facts(bulletin, as_of, made_on), generator),
        front=text,
        chapters=(*chapters, _notes(blocks)),
        sources=_sources(bulletin, used, traces, names_on),
        traces={each: traces[each] for each in used},
    )


def _text(bulletin: Bulletin) -> tuple[Block, ...]:
    """In the order that readers of trade offices' bulletins know."""
    return (
        *opening(bulletin),
        *(_members(bulletin, bulletin.membership) if bulletin.membership else ()),
        *standings(bulletin),
        *holiday(bulletin),
        *later(bulletin),
        *groups(bulletin),
        *_under("to_date", [*to_date(bulletin), *groups_to_date(bulletin)], bulletin.to_date),
        *_under("last_year", last_year(bulletin), bulletin.last_year),
        *_access(bulletin),
        *_under("advice", _advice(bulletin)),
    )


def _under(heading: str, blocks: Iterable[Block], totals: Totals | None = None) -> list[Block]:
    found = list(blocks)
    span = {"period": period_name(totals.comparison.current)} if totals else {}
    return [Heading(Finding(f"bulletin.heading.{heading}", span)), *found] if found else []


def _access(bulletin: Bulletin) -> list[Block]:
    return (
        [Heading(bulletin_access.heading(bulletin.access)), *bulletin_access.offered(bulletin)]
        if bulletin.access
        else []
    )


def _title(bulletin: Bulletin) -> Finding:
    period = period_name(bulletin.comparison.current)
    return Finding("bulletin.title", {**_ends(bulletin), "period": period})


def _ends(bulletin: Bulletin) -> dict[str, Parameter]:
    return {"reporter": Name("area", bulletin.pair.reporter), "partner": Name("area", bulletin.pair.partner)}


def _scope(bulletin: Bulletin, as_of: date | None) -> tuple[Finding, ...]:
    """What must be known before the first number: goods only, whose figures, which base, which release."""
    release = Name("term", f"release.{bulletin.pair.ledger.series.release}")
    goods = Finding("bulletin.scope_mirrored", _ends(bulletin)) if bulletin.pair.mirrored else Finding("bulletin.scope")
    base = {"base": period_name(bulletin.comparison.base), "release": release}
    lines = [goods, Finding("bulletin.scope_base", base)]
    if bulletin.bundled:
        lines.append(Finding("bulletin.scope_bundled", {"period": period_name(bulletin.comparison.current)}))
    if as_of:
        lines.append(Finding("scope.as_of", {"day": Name("period", as_of.isoformat())}))
    return tuple(lines)


def _facts(bulletin: Bulletin, as_of: date | None, made_on: date) -> tuple[Fact, ...]:
    series = bulletin.pair.ledger.series
    facts: list[tuple[str, Parameter | None]] = [
        ("period", period_name(bulletin.comparison.current)),
        ("source", Name("source", series.source)),
        ("release", Name("term", f"release.{series.release}")),
        ("period_printed", _day(bulletin.printed)),
        ("as_of", _day(as_of)),
        ("made_on", _day(made_on)),
    ]
    return tuple(Fact(key, value) for key, value in facts if value is not None)


def _day(day: date | None) -> Name | None:
    return Name("period", day.isoformat()) if day else None


def _members(bulletin: Bulletin, found: Membership) -> list[Block]:
    """Whose sum it is, who has no row, and what may be on its way to another member."""
    areas = tuple(Name("area", each.area) for each in found.members)
    whose = Finding("bulletin.members", {"group": Name("area", found.group), "members": areas})
    without = (_without(side, found) for side in SIDES)
    return [*paragraph(whose, *without, _on_the_way(found)), bulletin_tables.members(bulletin, found)]


def _without(side: Side, found: Membership) -> Finding | None:
    missing = found.without_row[side]
    return (
        Finding(f"bulletin.without.{side}", {"members": tuple(Name("area", each) for each in missing)})
        if missing
        else None
    )


def _on_the_way(found: Membership) -> Finding | None:
    if found.on_the_way is None:
        return None
    to, through = found.on_the_way
    items = tuple((Name("area", each.area), usd(each.totals.exports.now)) for each in through)
    traces = tuple(trace for each in through for trace in each.totals.exports.traces)
    return Finding("bulletin.on_the_way", {"to": Name("area", to), "items": items}, traces, ("transit_possible",))


def _advice(bulletin: Bulletin) -> list[Block]:
    """The study's recommendations, shortly; for a group of partners why there are none."""
    if bulletin.membership and bulletin.assignment.advice:
        return [Paragraph(Finding("bulletin.advice_of_group", {"partner": Name("area", bulletin.pair.partner)}))]
    return _recommendations(bulletin, bulletin.advice) if bulletin.advice else []


def _recommendations(bulletin: Bulletin, found: Advice) -> list[Block]:
    """The group of goods, its figures, its weakest evidence."""
    spans: dict[str, Parameter] = {"period": period_name(found.period), "base": period_name(found.base)}
    items = tuple(_recommended(bulletin, side, each, spans) for side in SIDES for each in found.first[side])
    return [Paragraph(Finding("bulletin.advice", spans)), List(items)]


def _recommended(bulletin: Bulletin, side: Side, finding: Finding, spans: dict[str, Parameter]) -> Finding:
    given = finding.parameters
    kind = finding.key.rpartition(".")[2]
    return Finding(
        f"bulletin.advice.{side}",
        {
            **spans,
            "partner": Name("area", bulletin.pair.partner),
            "product": given["product"],
            "deliveries": given["deliveries"],
            "growth": _growth(given["growth"]),
            "share": Finding(f"bulletin.advice_share.{kind}", {"share": _part(given["share"])}),
            "weak": _weak(given["weakest"], given["importer"]),
        },
        finding.traces,
        ("listed_partners_sum",),
    )


def _part(value: Parameter) -> Finding:
    if not isinstance(value, Measure):
        raise TypeError(f"a recommendation tells no share but {value!r}")
    return part(value.value)


def _growth(value: Parameter) -> Finding:
    if not isinstance(value, Measure):
        raise TypeError(f"a recommendation tells no growth but {value!r}")
    return grew(value.value)


def _weak(weakest: Parameter, importer: Parameter) -> Finding:
    if not isinstance(weakest, Finding):
        raise TypeError(f"a recommendation tells no weakest evidence but {weakest!r}")
    rule = weakest.key.rpartition(".")[2]
    return Finding(f"bulletin.weak.{rule}", {"importer": importer} if rule == "demand_unknown" else {})


def _notes(blocks: Iterable[Block]) -> Chapter:
    """The caveats met in the text and the annex, then the sources."""
    met = {key for block in blocks for key in caveats_in(block)}
    ordered = tuple(key for key in vocabulary() if key in met)
    return Chapter("sources", Finding("bulletin.chapter.notes"), (*((Note(ordered),) if ordered else ()), Sources()))


def _sources(
    bulletin: Bulletin, used: Iterable[str], traces: Mapping[str, Trace], names_on: NamesOn
) -> tuple[Source, ...]:
    """One source a file, under the name its publisher bore on its day of print; those of the main series first.

    Sentences speak of a publisher under one name, the one on the table of the period: only files that bear it carry
    the publisher's id.
    """
    # Thousands of rows stand in a few files: the first row met of a file tells whose it is.
    first: dict[str, str] = {}
    for each in used:
        first.setdefault(traces[each].checksum, each)
    main = bulletin.pair.ledger.series.source
    ranked = [
        (bulletin.prints[each].source != main, _source(bulletin, each, traces, names_on)) for each in first.values()
    ]
    return tuple(each for _, each in sorted(ranked, key=lambda pair: (pair[0], pair[1].edition, pair[1].file)))


def _source(bulletin: Bulletin, trace_id: str, traces: Mapping[str, Trace], names_on: NamesOn) -> Source:
    trace, printed = traces[trace_id], bulletin.prints[trace_id]
    own = printed.source == bulletin.pair.ledger.series.source
    names = names_on(printed.published).get(printed.source, dict.fromkeys(("en", "ru", "vi"), trace.publisher))
    spoken = names_on(bulletin.printed if own else None).get(printed.source)
    source_id = printed.source if names == spoken else ""
    file = trace.file or trace.url
    return Source(trace.checksum, names, trace.edition, file, trace.url, printed.published, source_id)
