"""A bulletin that was made: ready to be printed in a language and a format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridor import __version__
from corridor.bulletin.as_data import plain
from corridor.bulletin.write import Bulletin
from corridor.errors import UsageError
from corridor.evidence import Finding, Trace
from corridor.writing import write_whole

if TYPE_CHECKING:
    from corridor.report.documents.document import Document
    from corridor.workspace import Workspace

#: The formats that are text, which `MadeBulletin.render` gives as such.
TEXTS = ("md", "html", "json")
FORMATS = (*TEXTS, "docx", "xlsx", "pdf")


@dataclass(frozen=True)
class MadeBulletin:
    """One bulletin with the workspace that made it and the day it was asked to stand on."""

    workspace: Workspace
    bulletin: Bulletin
    as_of: date | None = None

    @cached_property
    def traces(self) -> Mapping[str, Trace]:
        """The publisher's row behind every trace id of the bulletin."""
        return self.workspace.traces(self.bulletin.trace_ids())

    def notes(self, lang: str = "en") -> Iterator[str]:
        """What a person at the terminal should know before reading: where the figures come from."""
        from corridor.report.lines import area, lines, said

        yield from self.workspace.notes(lang)
        series = self.bulletin.pair.ledger.series
        release = Finding(f"advice.release.{series.release}")
        told = said("store.figures", source=series.source, release=release, reporter=area(series.reporter))
        yield from lines((told,), lang)

    def to_dict(self) -> dict[str, Any]:
        """The bulletin as plain data: unrounded numbers, shares 0..1, one object with its schema's name."""
        return plain(self.bulletin, self.traces)

    def document(self, *, annex: str = "full", own_labels: bool = False) -> Document:
        """The bulletin as a document without a language; ``own_labels`` puts the publisher's words into the annex."""
        from corridor.report.documents.bulletin import document
        from corridor.workspace import today

        return document(
            self.bulletin,
            traces=self.traces,
            names_on=self.workspace.publishers,
            as_of=self.as_of,
            made_on=today(),
            generator=f"corridor {__version__}",
            annex=annex,
            own_labels=own_labels,
        )

    def render(self, format: str, *, lang: str = "en", annex: str = "full") -> str:
        """The bulletin as text in one format: md, html or json. Raises `UsageError` for another."""
        if format not in TEXTS:
            raise UsageError(f"no format of text “{format}”", next_step=f"there are: {', '.join(TEXTS)}")
        return self.file(format, lang=lang, annex=annex).decode("utf-8")

    def file(self, format: str, *, lang: str = "en", annex: str = "full") -> bytes:
        """The bulletin as a file's content in any format of `FORMATS`. Raises `UsageError` for another."""
        if format == "json":
            return (json.dumps(self.to_dict(), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")
        if format not in FORMATS:
            raise UsageError(f"no format “{format}”", next_step=f"there are: {', '.join(FORMATS)}")
        from corridor.report.catalogue import language
        from corridor.report.render.formats import rendered

        return rendered(self.document(annex=annex, own_labels=self._printed_in(lang)), format, language(lang))

    def write(self, out: Path, format: str, *, lang: str = "en", annex: str = "full") -> Path:
        """Writes one format into a file and gives its path; a failure leaves what was there."""
        content = self.file(format, lang=lang, annex=annex)
        return write_whole(out, content, what="the bulletin", next_step="name another file with --out")

    def _printed_in(self, lang: str) -> bool:
        """Whether the publisher prints its tables in that language."""
        from corridor.sources import card, source_ids

        source = self.bulletin.pair.ledger.series.source
        return source in source_ids() and lang in card(source).languages
