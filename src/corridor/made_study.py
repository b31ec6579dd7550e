"""A study that was made: what it found, ready to be written, explained and archived."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridor import __version__
from corridor.errors import NothingFound, UsageError
from corridor.evidence import Finding, Trace
from corridor.study.serialise import plain, plain_finding
from corridor.study.study import Study
from corridor.writing import made_folder, write_whole

if TYPE_CHECKING:
    from corridor.report.documents.document import Document
    from corridor.workspace import Asked, Workspace

FORMATS = ("html", "json", "md")
_NEXT = "name another folder with --out"


@dataclass(frozen=True)
class MadeStudy:
    """One study with the workspace that made it and the options it was asked with."""

    workspace: Workspace
    asked: Asked
    study: Study

    @cached_property
    def traces(self) -> Mapping[str, Trace]:
        """The publisher's row behind every trace id of the study."""
        return self.workspace.traces(self.study.trace_ids())

    @cached_property
    def publishers(self) -> Mapping[str, Mapping[str, str]]:
        """The publishers' names as printed on the newest table that the study uses."""
        return self.workspace.publishers(self.study.last_printed())

    @property
    def recommended(self) -> list[str]:
        """The ids of the recommendations, the best of each direction first."""
        rows = self.study.stage("recommendations").tables["recommendations"]
        return rows["id"].to_list() if rows.height else []

    @property
    def name(self) -> str:
        """The report's file name without its ending."""
        return f"study-{self.study.question.exporter}-{self.study.question.partner}"

    def to_dict(self) -> dict[str, Any]:
        """The study as plain data: unrounded numbers, shares 0..1, one object with its schema's name."""
        return plain(self.study, self.traces)

    def notes(self) -> Iterator[str]:
        """What a person at the terminal should know before reading: where the figures come from."""
        yield from self.workspace.notes()
        series = self.study.series
        whose = f"reported by {series.reporter}, classification {series.classification}"
        yield f"figures: {series.source}, {series.release} release, {whose}"

    def document(self, detail: str = "short") -> Document:
        """The study as a document without a language."""
        from corridor.report.documents.study import document
        from corridor.workspace import today

        return document(
            self.study,
            traces=self.traces,
            publishers=self.publishers,
            as_of=self.asked.as_of,
            made_on=today(),
            generator=f"corridor {__version__}",
            detail=detail,
        )

    def render(self, format: str, *, lang: str = "en", detail: str = "short") -> str:
        """The report as text in one format: html, json or md. Raises `UsageError` for another."""
        if format == "json":
            return json.dumps(self.to_dict(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        if format == "html":
            from corridor.report.catalogue import language
            from corridor.report.render.html import page

            return page(self.document(detail), language(lang))
        if format == "md":
            from corridor.report.catalogue import language
            from corridor.report.render.markdown import markdown

            return markdown(self.document(detail), language(lang))
        raise UsageError(f"no format “{format}”", next_step=f"there are: {', '.join(FORMATS)}")

    def write(
        self, out: Path, *, formats: Sequence[str] = ("html",), lang: str = "en", detail: str = "short"
    ) -> list[Path]:
        """Writes the report into the folder ``out``, one file a format, and gives their paths.

        Every format is made before the first is written, so that a failure leaves nothing half-written.
        """
        texts = {f"{self.name}.{each}": self.render(each, lang=lang, detail=detail) for each in formats}
        folder = made_folder(out, what="the report", next_step=_NEXT)
        return [write_whole(folder / name, text, what="the report", next_step=_NEXT) for name, text in texts.items()]

    def archive(
        self, file: Path, *, formats: Sequence[str] = ("html",), lang: str = "en", detail: str = "short"
    ) -> Path:
        """Packs report, tables, data dictionary, sources, options and versions into one zip; see `corridor.archive`."""
        from corridor.archive import pack

        return pack(self, file, formats=formats, lang=lang, detail=detail)

    def explain(self, id: str, *, lang: str = "en", as_json: bool = False) -> str:
        """The whole argument behind one recommendation. Raises `NothingFound` naming the ids there are."""
        if id not in self.recommended:
            first = ", ".join(self.recommended[:3])
            raise NothingFound(
                f"this study makes no recommendation {id}", next_step=f"it makes {first or 'none at all'}"
            )
        if as_json:
            return json.dumps(
                {"schema": "corridor.recommendation/1", **self._argument(id)}, ensure_ascii=False, indent=1
            )
        from corridor.report.catalogue import language
        from corridor.report.documents.argument import document
        from corridor.report.render.markdown import markdown

        return markdown(document(self._finding(id), self.traces, self.publishers), language(lang))

    def _finding(self, id: str) -> Finding:
        from corridor.study.recommendations import argument

        rows = self.study.stage("recommendations").tables["recommendations"]
        row = next(row for row in rows.iter_rows(named=True) if row["id"] == id)
        return argument(row, self.study.stage("regional_specifics"))

    def _argument(self, id: str) -> dict[str, Any]:
        whole = self.to_dict()["stages"]["recommendations"]
        row = next(each for each in whole["tables"]["recommendations"] if each["id"] == id)
        return {
            "recommendation": row,
            "reasons": [each for each in whole["tables"]["reasons"] if each["id"] == id],
            "argument": plain_finding(self._finding(id)),
            "traces": {key: vars(self.traces[key]) for key in (row["trace_id"] or "").split()},
        }
