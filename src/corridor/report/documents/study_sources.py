"""The sources of the study's report: the files behind the rows it shows, each with its publisher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from corridor.evidence import Trace
from corridor.report.documents.document import Source, Texts
from corridor.report.documents.study_view import View

#: Source id of figures that no table of a publisher holds: the press, ministries, papers.
PRESS = "published_facts"

_LANGS = ("en", "ru", "vi")


@dataclass(frozen=True)
class Shelf:
    """What is known of a trace besides its row: the source it belongs to and the day its table was printed."""

    ids: Mapping[str, str]
    printed: Mapping[str, date]
    main: str

    def source(self, trace_id: str) -> str:
        """The publisher's id; rows of groups carry none and belong to the main series."""
        return self.ids.get(trace_id, self.main)


def shelf(view: View) -> Shelf:
    """Publishers and dates of the study's rows, from the tables that name them."""
    totals = view.table("collection", "totals")
    coverage = view.table("collection", "coverage").drop_nulls("trace_id")
    ids: dict[str, str] = {}
    for table in (
        view.table("export_regions", "published_facts"),
        view.table("regional_specifics", "published_facts"),
        view.table("collection", "mirror_published"),
        coverage,
        totals,
    ):
        if table.height:
            ids |= dict(table.select("trace_id", "source").iter_rows())
    undated = totals.filter(pl.col("caveats").fill_null("").str.contains("published_is_added"))["trace_id"].to_list()
    dated = coverage.filter(~pl.col("trace_id").is_in(undated)).drop_nulls("published")
    return Shelf(ids, dict(dated.select("trace_id", "published").iter_rows()), view.series.source)


def sources(
    used: Iterable[str], traces: Mapping[str, Trace], publishers: Mapping[str, Texts], shelf: Shelf
) -> tuple[Source, ...]:
    """One source a file: those of the main series first, what the press printed last; its number is its place."""
    files: dict[str, list[str]] = {}
    for trace_id in used:
        files.setdefault(traces[trace_id].checksum, []).append(trace_id)
    found = [_source([(each, traces[each]) for each in ids], publishers, shelf) for ids in files.values()]
    return tuple(sorted(found, key=lambda source: (_place(source, shelf), source.id, source.edition, source.file)))


def _place(source: Source, shelf: Shelf) -> int:
    return 0 if source.id == shelf.main else 2 if source.id == PRESS else 1


def _source(rows: list[tuple[str, Trace]], publishers: Mapping[str, Texts], shelf: Shelf) -> Source:
    """A press figure is named by its author; a table by its publisher."""
    trace_id, trace = rows[0]
    source = shelf.source(trace_id)
    verbatim = dict.fromkeys(_LANGS, trace.publisher)
    names = verbatim if source == PRESS else publishers.get(source, verbatim)
    printed = [shelf.printed[each] for each, _ in rows if each in shelf.printed]
    return Source(
        checksum=trace.checksum,
        publisher=names,
        edition=_common([each.edition for _, each in rows]),
        file=trace.file or trace.url,
        url=trace.url,
        published=max(printed, default=None),
        id=source,
    )


def _common(editions: list[str]) -> str:
    """What the editions of one file's rows have in common: a bundled table's rows name their own periods too."""
    parts = [edition.split("; ") for edition in editions]
    return "; ".join(dict.fromkeys(part for part in parts[0] if all(part in others for others in parts)))
