"""A PDF typeset for print: bookmarks, embedded fonts with every letter of the three languages, charts as drawings.

The words of the document travel as data to templates/paper.typ: nothing in them can be taken for markup.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from corridor.report.catalogue import Catalogue, Lang
from corridor.report.charts.png import FONT, set_in_type
from corridor.report.charts.svg import in_font
from corridor.report.documents.document import (
    Block,
    Chart,
    Document,
    FigureTiles,
    Heading,
    List,
    Note,
    Paragraph,
    Sources,
    Table,
)
from corridor.report.render.columns import columns
from corridor.report.render.paper import PAPERS, Paper
from corridor.report.render.spoken import Spoken, heading, printable
from corridor.report.text import voice

#: What the template is told: text, numbers, lists and maps of them.
Told = dict[str, Any]


@dataclass
class Setting:
    """A document on its way to the typesetter: what it says, block by block, and its drawings."""

    spoken: Spoken
    paper: Paper
    drawings: dict[str, str] = field(default_factory=dict)
    charts: list[Chart] = field(default_factory=list)
    tables: int = 0

    def blocks(self, blocks: Iterable[Block]) -> list[Told]:
        """The blocks as the template reads them."""
        tell: Mapping[type[Block], Callable[..., Told]] = {
            Heading: lambda block: {"text": self.spoken.sentence(block.text)},
            Paragraph: lambda block: {"text": self.spoken.sentence(block.text)},
            List: lambda block: {"ordered": block.ordered, "items": [*map(self.spoken.sentence, block.items)]},
            FigureTiles: self._tiles,
            Table: self.table,
            Chart: self._chart,
            Note: lambda block: {"items": [*map(self.spoken.caveat, block.caveats)]},
            Sources: lambda block: {
                "items": [*map(self.spoken.source, self.spoken.document.sources)],
                "program": self.spoken.program(),
            },
        }
        return [{"kind": type(block).__name__, **tell[type(block)](block)} for block in blocks]

    def table(self, table: Table, of: int | None = None) -> Told:
        """A table; ``of`` is the number of the figure whose data it holds."""
        laid = self.spoken.laid(table)
        title = self.spoken.caption(table, laid)
        self.tables += 1
        rows = [self.spoken.cells(line, laid) for line in (*laid.lines, *laid.footers)]
        heads = [heading(head) for head in laid.heads]
        fitted = columns([heads, *rows], self.paper.width, self.paper.cell)
        return {
            "label": self.spoken.say("paper.table", n=str(self.tables)),
            "title": title if of is None else self.spoken.say("paper.of_figure", title=title, n=str(of)),
            "groups": [*laid.groups()] if laid.grouped else [],
            "heads": heads,
            "numeric": [head.numeric for head in laid.heads],
            "rows": rows,
            "strong": laid.strong(),
            "widths": fitted.widths,
            "size": fitted.size,
            "whole": fitted.one_page,
            "notes": [*self.spoken.notes(table, laid)],
        }

    def annex(self) -> Iterator[Told]:
        """The data of all figures, a table each."""
        if self.charts:
            tables = [{"kind": "Table", **self.table(chart.figures, n)} for n, chart in enumerate(self.charts, start=1)]
            yield {"title": self.spoken.say("paper.figures"), "blocks": tables}

    def glossary(self) -> Iterator[Told]:
        """The terms that the text uses."""
        terms = self.spoken.glossary()
        if terms:
            yield {"title": self.spoken.say("ui.terms"), "blocks": [{"kind": "Terms", "items": terms}]}

    def _tiles(self, block: FigureTiles) -> Told:
        told = [self.spoken.headline(tile) for tile in block.tiles]
        keys = ("indicator", "value", "compared")
        return {
            "heads": [self.spoken.say(f"paper.{key}") for key in keys],
            "rows": [(each.label, each.figure, each.comparison) for each in told],
        }

    def _chart(self, chart: Chart) -> Told:
        self.charts.append(chart)
        name = f"{len(self.charts)}.svg"
        self.drawings[name] = in_font(self.spoken.drawn(chart), FONT)
        laid = self.spoken.laid(chart.figures)
        return {
            "file": name,
            "alt": self.spoken.text(chart.alt),
            "label": self.spoken.say("paper.figure", n=str(len(self.charts))),
            "title": self.spoken.caption(chart.figures, laid),
            "notes": [*self.spoken.notes(chart.figures, laid)],
        }


def pdf(document: Document, lang: Lang, extra: Catalogue | None = None) -> bytes:
    """The document as a PDF in that language; ``extra`` adds messages to the package's catalogue."""
    return typeset(sources(document, lang, extra))


def typeset(files: Mapping[str, bytes]) -> bytes:
    """A PDF from its template and what it is told, with the typesetter's own fonts, all embedded."""
    made: bytes = set_in_type(files, format="pdf", timestamp=0)
    return made


def sources(document: Document, lang: Lang, extra: Catalogue | None = None) -> dict[str, bytes]:
    """The files that the typesetter is given: the template, what it is told, the drawings."""
    spoken = Spoken(document, voice(lang, extra, document.publishers()))
    setting = Setting(spoken, PAPERS[lang])
    front = {"title": spoken.say("ui.summary"), "blocks": setting.blocks(document.front)}
    chapters = [
        {"title": f"{number}. {spoken.sentence(chapter.title)}", "blocks": setting.blocks(chapter.blocks)}
        for number, chapter in enumerate(document.chapters, start=1)
    ]
    chapters += [*setting.annex(), *setting.glossary()]
    told: Told = {
        "lang": lang,
        "title": spoken.sentence(document.title),
        "author": document.meta.generator,
        "scope": [*map(spoken.sentence, document.meta.scope)],
        "facts": [*map(spoken.fact, document.meta.facts)],
        "contents": spoken.say("ui.contents"),
        "chapters": [front, *chapters],
        "closing": [spoken.say("ui.rounding"), spoken.say("ui.generated", program=document.meta.generator)],
        "paper": vars(setting.paper) | {"font": FONT},
    }
    return packed("paper.typ", told, setting.drawings)


def packed(template: str, told: Told, drawings: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """A template of the package with what it is told and its drawings."""
    data = json.dumps(_cleaned(told), ensure_ascii=False)
    files = {name: drawn.encode() for name, drawn in (drawings or {}).items()}
    return {"main.typ": _template(template), "told.json": data.encode(), **files}


def _cleaned(value: Any) -> Any:
    """The value with every text in it fit for print; a hyphen that is a minus ends no line."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {name: _cleaned(each) for name, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, Sequence) else value


@cache
def _template(name: str) -> bytes:
    return (resources.files("corridor.report.render") / "templates" / name).read_bytes()
