"""A study that was made: what it found, ready to be written, explained and archived."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridor import __version__, user_files
from corridor.errors import NothingFound, UsageError
from corridor.evidence import Finding, Trace
from corridor.report.catalogue import Lang, language
from corridor.report.render.formats import ENDINGS, rendered, rendered_letter
from corridor.study.serialise import plain, plain_finding
from corridor.study.study import Study
from corridor.writing import write_all

if TYPE_CHECKING:
    from corridor.report.documents.document import Document
    from corridor.workspace import Asked, Workspace

FORMATS = tuple(ENDINGS)
#: The formats that are text, which `MadeStudy.render` gives as such.
TEXTS = ("html", "json", "md", "tex")
#: The formats that are letters.
LETTERS = ("letter", "letter-pdf")
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

    @cached_property
    def goods(self) -> Mapping[str, Mapping[str, str]]:
        """Names of the study's goods that are none of our own groups, by code."""
        tables = (table for stage in self.study.stages for table in stage.tables.values())
        codes = {code for table in tables if "product" in table.columns for code in table["product"].drop_nulls()}
        return self.workspace.goods(codes, self.study.series.classification)

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

    def notes(self, lang: str = "en") -> Iterator[str]:
        """What a person at the terminal should know before reading: where the figures come from."""
        from corridor.report.lines import area, lines, said

        yield from self.workspace.notes(lang)
        series = self.study.series
        release = Finding(f"advice.release.{series.release}")
        named = {"source": series.source, "classification": series.classification}
        yield from lines((said("store.classified", **named, release=release, reporter=area(series.reporter)),), lang)

    def document(self, detail: str = "short", *, cite: str | None = None) -> Document:
        """The study as a document without a language; ``cite`` is the form of its list of sources (gost, apa)."""
        from corridor.report.documents.study import document
        from corridor.workspace import today

        made = document(
            self.study,
            traces=self.traces,
            publishers=self.publishers,
            as_of=self.asked.as_of,
            made_on=today(),
            generator=f"corridor {__version__}",
            detail=detail,
            goods=self.goods,
        )
        return self._cited(made, cite)

    def letter(self, *, cite: str | None = None) -> Document:
        """The letter that goes with the study, without a language. Raises `NothingFound` without a recommendation."""
        from corridor.report.documents.letter import letter
        from corridor.workspace import today

        made = letter(
            self.study,
            traces=self.traces,
            publishers=self.publishers,
            made_on=today(),
            generator=f"corridor {__version__}",
        )
        return self._cited(made, cite)

    def render(self, format: str, *, lang: str = "en", detail: str = "short") -> str:
        """The report as text in one format: html, json, md or tex. Raises `UsageError` for another."""
        if format not in TEXTS:
            raise UsageError(f"no format of text “{format}”", next_step=f"there are: {', '.join(TEXTS)}")
        return self.files((format,), lang=lang, detail=detail)[f"{self.name}.{format}"].decode()

    def files(
        self,
        formats: Sequence[str],
        *,
        lang: str = "en",
        detail: str = "short",
        template: Path | None = None,
        cite: str | None = None,
    ) -> dict[str, bytes]:
        """The report in every format asked for, by the name of its file.

        ``template`` is a .docx whose styles win; ``cite`` is gost, apa or bibtex. Raises `UsageError` for an unknown
        format, language or form of citation, `UnreadableFile` for a template that is none.
        """
        speaker = language(lang)
        unknown = [each for each in formats if each not in ENDINGS]
        if unknown:
            raise UsageError(f"no format “{unknown[0]}”", next_step=f"there are: {', '.join(FORMATS)}")
        dress = partial(_dressed, content(template), template.name if template else "")
        made: dict[str, bytes] = {}
        document = self.document(detail, cite=cite)
        for format in formats:
            if format == "json":
                made[f"{self.name}.json"] = _json(self.to_dict()).encode()
            elif format in LETTERS:
                letter = dress(rendered_letter, self.letter(cite=cite), format, speaker)
                made[f"{self.name.replace('study', 'letter', 1)}.{ENDINGS[format]}"] = letter
            else:
                made[f"{self.name}.{ENDINGS[format]}"] = dress(rendered, document, format, speaker)
        if cite == "bibtex":
            made[f"{self.name}.bib"] = self._bibtex(document, speaker).encode()
        return made

    def write(
        self,
        out: Path,
        *,
        formats: Sequence[str] = ("html",),
        lang: str = "en",
        detail: str = "short",
        template: Path | None = None,
        cite: str | None = None,
    ) -> list[Path]:
        """Writes the report into the folder ``out``, one file a format, and gives their paths.

        Every format is made before the first is written, and every file takes its place whole.
        """
        files = self.files(formats, lang=lang, detail=detail, template=template, cite=cite)
        return write_all(out, files, what="the report", next_step=_NEXT)

    def write_charts(self, out: Path, *, lang: str = "en", detail: str = "short") -> list[Path]:
        """Writes every chart into the folder ``out``: SVG, PNG at the size of a slide, and its data as CSV."""
        from corridor.report.charts.saved import saved

        charts = saved(self.document(detail), language(lang))
        return write_all(out, charts, what="the report", next_step=_NEXT)

    def _cited(self, document: Document, cite: str | None) -> Document:
        """The document with the licences and the days of access of its sources, cited in a form."""
        from corridor.report.render.cite import cited, form
        from corridor.sources import card, source_ids
        from corridor.workspace import today

        added = {each.snapshot: each.added for each in self.workspace.store.ingests()}
        licences = {each: card(each).licence for each in source_ids()}
        sources = tuple(
            replace(each, licence=licences.get(each.id, ""), accessed=added.get(each.checksum))
            for each in document.sources
        )
        known = replace(document, sources=sources)
        return cited(known, form(cite), today()) if cite else known

    def _bibtex(self, document: Document, lang: Lang) -> str:
        from corridor.report.render.cite import bibtex
        from corridor.workspace import today

        return bibtex(document, lang, today())

    def archive(
        self, file: Path, *, formats: Sequence[str] = ("html",), lang: str = "en", detail: str = "short"
    ) -> Path:
        """Packs report, tables, data dictionary, sources, options and versions into one zip; see `corridor.archive`."""
        from corridor.archive import pack

        return pack(self, file, formats=formats, lang=lang, detail=detail)

    def explain(self, id: str, *, lang: str = "en", as_json: bool = False) -> str:
        """The whole argument behind one recommendation. Raises `NothingFound` naming the ids there are."""
        self._must_recommend(id)
        if as_json:
            return json.dumps(
                {"schema": "corridor.recommendation/1", **self._argument(id)}, ensure_ascii=False, indent=1
            )
        from corridor.report.render.markdown import markdown

        return markdown(self._argument_document(id), language(lang))

    def argument_page(self, id: str, *, lang: str = "en") -> str:
        """The same as one HTML page, each figure with the way to its row. Raises `NothingFound`."""
        from corridor.report.render.html import page

        self._must_recommend(id)
        return page(self._argument_document(id), language(lang))

    def _argument_document(self, id: str) -> Document:
        from corridor.report.documents.argument import document

        return document(self._finding(id), self.traces, self.publishers)

    def _must_recommend(self, id: str) -> None:
        if id not in self.recommended:
            first = ", ".join(self.recommended[:3])
            raise NothingFound(
                f"this study makes no recommendation {id}", next_step=f"it makes {first or 'none at all'}"
            )

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


def content(template: Path | None) -> bytes | None:
    """The bytes of a user's template, where there is one. Raises `UnreadableFile`."""
    if template is None:
        return None
    return user_files.content(template, what="the template", next_step="name a .docx file with --template")


def _dressed(
    template: bytes | None, name: str, write: Callable[..., bytes], document: Document, format: str, lang: Lang
) -> bytes:
    return write(document, format, lang, template=template, name=name)


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
