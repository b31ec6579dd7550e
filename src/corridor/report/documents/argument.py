"""One recommendation as a document of its own: the whole argument, with its sources."""

from __future__ import annotations

from collections.abc import Mapping

from corridor.evidence import Finding, Trace
from corridor.report.documents.document import Block, Chapter, Document, Meta, Sources, Texts, gather_sources
from corridor.report.documents.study_method import traces_of
from corridor.report.documents.study_recommendations import argument_blocks


def document(finding: Finding, traces: Mapping[str, Trace], publishers: Mapping[str, Texts]) -> Document:
    """The argument that ``finding`` (of `study.recommendations.argument`) makes.

    ``traces`` holds the publisher's row of every trace id the finding names, ``publishers`` their names by source id.
    """
    heading, *blocks = argument_blocks(finding)
    used = tuple(dict.fromkeys(trace for block in blocks for trace in traces_of(block)))
    known = {each: traces[each] for each in used}
    title = getattr(heading, "text", finding)
    last: tuple[Block, ...] = (Sources(),)
    return Document(
        title=title,
        meta=Meta(scope=(Finding("scope.goods"),)),
        front=tuple(blocks),
        chapters=(Chapter("sources", Finding("heading.sources"), last),),
        sources=gather_sources(known.values(), publishers),
        traces=known,
    )
