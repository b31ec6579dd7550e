"""Markdown: the same document for a reader of plain text. A chart is its table; sources are numbers in brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from corridor.codes import caveats, glossary
from corridor.evidence import Finding, Measure
from corridor.report.catalogue import Catalogue, Lang
from corridor.report.documents.document import (
    Block,
    Chart,
    Document,
    Fact,
    FigureTiles,
    Heading,
    List,
    Note,
    Paragraph,
    Source,
    Sources,
    Table,
    Tile,
)
from corridor.report.layout import Head, Laid, Line, Printed, lay_out
from corridor.report.names import capital, day, edition
from corridor.report.numbers import Style
from corridor.report.references import numbers_in_print, references
from corridor.report.text import Voice, voice

# What an address may hold unquoted; angle brackets would end it.
_ADDRESS = ":/?#[]@!$&'()*+,;=%-._~"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


@dataclass
class _Writer:
    document: Document
    voice: Voice
    terms: dict[str, None] = field(default_factory=dict)

    def sentence(self, finding: Finding) -> str:
        runs = self.voice.runs(finding)
        self.terms |= dict.fromkeys(run.term for run in runs if run.term)
        return _escaped("".join(run.text for run in runs)) + self.mark(finding.traces, finding.caveats)

    def mark(self, traces: tuple[str, ...], caveats: tuple[str, ...]) -> str:
        """Numbers of the sources in brackets, an asterisk where there is a caveat."""
        numbers = numbers_in_print(references(self.document, traces))
        return (f" [{numbers}]" if numbers else "") + ("\\*" if caveats else "")

    def say(self, key: str) -> str:
        return self.voice.words.say(f"ui.{key}")

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        write: Mapping[type[Block], Callable[..., Iterator[str]]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            List: self._list,
            FigureTiles: self._tiles,
            Table: self._table,
            Chart: self._chart,
            Note: self._note,
            Sources: self._sources,
        }
        for block in blocks:
            yield from write[type(block)](block)

    def head(self) -> Iterator[str]:
        yield f"# {self.sentence(self.document.title)}"
        yield from (self.sentence(line) for line in self.document.meta.scope)
        facts = [
            f"- {self.voice.words.say(f'meta.{fact.key}')}: {self._fact(fact)}" for fact in self.document.meta.facts
        ]
        if facts:
            yield "\n".join(facts)

    def glossary(self) -> Iterator[str]:
        if not self.terms:
            return
        lang = self.voice.lang
        yield f"## {self.say('terms')}"
        terms = {capital(glossary.term(key).preferred(lang)): glossary.definition(key, lang) for key in self.terms}
        yield "\n".join(f"- **{_escaped(term)}** – {_escaped(meaning)}" for term, meaning in terms.items())

    def _fact(self, fact: Fact) -> str:
        if isinstance(fact.value, Finding):
            return self.sentence(fact.value)
        return _escaped("".join(run.text for run in self.voice.filled(fact.value)))

    def _heading(self, block: Heading) -> Iterator[str]:
        yield f"### {self.sentence(block.text)}"

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        yield self.sentence(block.text)

    def _list(self, block: List) -> Iterator[str]:
        signs = [f"{number}." if block.ordered else "-" for number in range(1, len(block.items) + 1)]
        yield "\n".join(f"{sign} {self.sentence(item)}" for sign, item in zip(signs, block.items, strict=True))

    def _tiles(self, block: FigureTiles) -> Iterator[str]:
        yield "\n".join(f"- {self.sentence(tile.label)}: {self._figure(tile)}" for tile in block.tiles)

    def _figure(self, tile: Tile) -> str:
        figure = self._number(tile.figure, Style(quantity_unit=tile.quantity_unit))
        against = f" {self.sentence(tile.against)}" if tile.against else ""
        compared = f" ({self._number(tile.comparison, Style(sign='always'))}{against})" if tile.comparison else ""
        return f"**{figure}**{compared}{self.mark(tile.traces, tile.caveats)}"

    def _number(self, measure: Measure, style: Style) -> str:
        return self.voice.absence(measure) if measure.value is None else _escaped(self.voice.number(measure, style))

    def _chart(self, block: Chart) -> Iterator[str]:
        yield from self._table(block.figures)

    def _table(self, table: Table) -> Iterator[str]:
        laid = lay_out(table, self.voice)
        yield f"**{self.sentence(table.title)}**"
        yield "\n".join([_row(map(_heading, laid.heads)), _row(map(_rule, laid.heads)), *self._lines(laid)])
        notes = [self.voice.words.say("ui.absent").format(reason=reason) for reason in laid.absences]
        notes += [*map(self.sentence, table.notes), *(self._caveat(key) for key in table.caveats)]
        if notes:
            yield "\n".join(f"- {note}" for note in notes)

    def _lines(self, laid: Laid) -> Iterator[str]:
        yield from (self._line(line, strong=line.row.highlight) for line in laid.lines)
        yield from (self._line(line, strong=True) for line in laid.footers)

    def _line(self, line: Line, *, strong: bool) -> str:
        first, *rest = (_cell(cell, strong=strong) for cell in line.cells)
        return _row([first + self.mark(line.row.traces, line.row.caveats), *rest])

    def _note(self, block: Note) -> Iterator[str]:
        yield "\n".join(f"> - {self._caveat(key)}" for key in block.caveats)

    def _caveat(self, key: str) -> str:
        return _escaped(caveats.sentence(key, self.voice.lang))

    def _sources(self, block: Sources) -> Iterator[str]:
        yield "\n".join(f"{number}. {self._source(source)}" for number, source in enumerate(self.document.sources, 1))
        if program := self.document.meta.citation.get(self.voice.lang):
            yield _escaped(program)

    def _source(self, source: Source) -> str:
        if source.citation:
            return _escaped(source.citation[self.voice.lang])
        told_edition = edition(source.edition, self.voice.lang, source.published)
        file = _escaped(source.file)
        linked = f"[{file}](<{quote(source.link, safe=_ADDRESS)}>)" if source.link else file
        published = f" {self.say('published')}: {day(source.published, self.voice.lang)}." if source.published else ""
        told = f"**{_escaped(source.publisher[self.voice.lang])}**. {_escaped(told_edition)}.{published}"
        checksum = f" {self.say('checksum')}: `{source.sha256}`" if source.sha256 else ""
        label = "" if source.file == source.link else f"{self.say('file')}: "
        return f"{told} {label}{linked}.{checksum}"


def markdown(document: Document, lang: Lang, extra: Catalogue | None = None) -> str:
    """The document as Markdown in that language; ``extra`` adds messages to the package's catalogue."""
    writer = _Writer(document, voice(lang, extra, document.publishers()))
    parts = [*writer.head(), *writer.blocks(document.front)]
    for number, chapter in enumerate(document.chapters, start=1):
        parts += [f"## {number}. {writer.sentence(chapter.title)}", *writer.blocks(chapter.blocks)]
    parts += [*writer.glossary(), writer.say("rounding")]
    return "\n\n".join(parts) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _heading(head: Head) -> str:
    group = f"{head.group}: " if head.group else ""
    return _escaped(f"{group}{head.words}" + (f", {head.unit}" if head.unit else ""))


def _rule(head: Head) -> str:
    return "---:" if head.numeric else "---"


def _cell(cell: Printed, *, strong: bool) -> str:
    text = _escaped(cell.text)
    return f"**{text}**" if strong and text else text
