"""A document in one language for printed formats: plain sentences, sources as numbers in brackets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corridor.codes import caveats, glossary
from corridor.evidence import Finding, Measure
from corridor.report.charts.figures import figures_of
from corridor.report.charts.look import Look
from corridor.report.charts.svg import drawing
from corridor.report.documents.document import Chart, Document, Fact, Source, Table, Tile
from corridor.report.layout import Head, Laid, Line, Printed, lay_out
from corridor.report.names import capital, day, edition
from corridor.report.numbers import Style
from corridor.report.references import numbers_in_print, references, traces_of, with_sources
from corridor.report.text import Voice

#: The width at which charts are drawn for paper: at 165 mm their letters are 9 points high.
WIDTH = 640

#: Characters of a checksum that a printed list of sources shows: as many as a trace id has.
_CHECKSUM = 16
#: Characters of a whole one; a bundled figure has none, because the copy it was read in is not known.
_SHA256 = 64


@dataclass(frozen=True)
class Headline:
    """One headline figure in print: what it is, the figure, what it is compared with."""

    label: str
    figure: str
    comparison: str


@dataclass
class Spoken:
    """A document being read out; ``terms`` are those of the glossary met on the way."""

    document: Document
    voice: Voice
    terms: dict[str, None] = field(default_factory=dict)

    def say(self, key: str, **values: str) -> str:
        """A message of the report itself."""
        return self.voice.words.say(key).format(**values)

    def text(self, finding: Finding) -> str:
        """A sentence without its sources."""
        runs = self.voice.runs(finding)
        self.terms |= dict.fromkeys(run.term for run in runs if run.term)
        return "".join(run.text for run in runs)

    def sentence(self, finding: Finding) -> str:
        """A sentence with the numbers of its sources."""
        return self.text(finding) + self.mark(finding.traces, finding.caveats)

    def mark(self, traces: tuple[str, ...], caveats: tuple[str, ...]) -> str:
        """The numbers of the sources in brackets, an asterisk where there is a caveat."""
        numbers = numbers_in_print(references(self.document, traces))
        return (f" [{numbers}]" if numbers else "") + ("*" if caveats else "")

    def fact(self, fact: Fact) -> tuple[str, str]:
        """A line of the identity card: its name and its value."""
        name = self.voice.words.say(f"meta.{fact.key}")
        if isinstance(fact.value, Finding):
            return name, self.sentence(fact.value)
        return name, "".join(run.text for run in self.voice.filled(fact.value))

    def headline(self, tile: Tile) -> Headline:
        """A headline figure."""
        figure = self._number(tile.figure, Style(quantity_unit=tile.quantity_unit))
        against = f" {self.text(tile.against)}" if tile.against else ""
        compared = f"{self._number(tile.comparison, Style(sign='always'))}{against}" if tile.comparison else ""
        return Headline(self.text(tile.label) + self.mark(tile.traces, tile.caveats), figure, compared)

    def laid(self, table: Table) -> Laid:
        """A table in the language of the document."""
        return with_sources(self.document, lay_out(table, self.voice))

    def caption(self, table: Table, laid: Laid) -> str:
        """The title of a table, with the sources of all its rows where they are the same."""
        traces = traces_of(laid) if laid.same_sources else ()
        return self.sentence(replace(table.title, traces=tuple(dict.fromkeys((*table.title.traces, *traces)))))

    def row_head(self, line: Line, laid: Laid) -> str:
        """The first cell of a row with its sources, where the caption does not name them."""
        traces = () if laid.same_sources else line.row.traces
        return line.cells[0].text + self.mark(traces, line.row.caveats)

    def cells(self, line: Line, laid: Laid) -> list[str]:
        """A row in print, absent figures with the letter of their reason."""
        return [self.row_head(line, laid), *(self._cell(cell, laid) for cell in line.cells[1:])]

    def notes(self, table: Table, laid: Laid) -> Iterator[str]:
        """What stands under a table: why figures are absent, notes, caveats."""
        for place, reason in enumerate(laid.absences):
            yield f"{letter(place)}) {self.say('ui.absent', reason=reason)}"
        yield from map(self.sentence, table.notes)
        yield from map(self.caveat, table.caveats)

    def drawn(self, chart: Chart) -> str:
        """A chart as an SVG of `WIDTH`."""
        return drawing(chart.kind, figures_of(chart, self.voice), Look(self.voice.lang, WIDTH))

    def caveat(self, key: str) -> str:
        """The sentence of a caveat."""
        return caveats.sentence(key, self.voice.lang)

    def source(self, source: Source) -> str:
        """A publisher's file as the list of sources names it."""
        if source.citation:
            return source.citation[self.voice.lang]
        parts = [source.publisher[self.voice.lang], edition(source.edition, self.voice.lang, source.published)]
        if source.published:
            parts.append(f"{self.say('ui.published')}: {day(source.published, self.voice.lang)}")
        parts.append(source.file if source.file == source.link else f"{self.say('ui.file')}: {source.file}")
        if source.link and source.link != source.file:
            parts.append(source.link)
        if len(source.checksum) == _SHA256:
            parts.append(f"SHA-256: {source.checksum[:_CHECKSUM]}")
        return ". ".join(part.removesuffix(".") for part in parts if part) + "."

    def program(self) -> str:
        """How the program itself is cited; nothing where no form of citation was asked for."""
        return self.document.meta.citation.get(self.voice.lang, "")

    def glossary(self) -> list[tuple[str, str]]:
        """The terms met in the text: the term, what it means."""
        lang = self.voice.lang
        return [(capital(glossary.term(key).preferred(lang)), glossary.definition(key, lang)) for key in self.terms]

    def _number(self, measure: Measure, style: Style) -> str:
        return self.voice.absence(measure) if measure.value is None else self.voice.number(measure, style)

    def _cell(self, cell: Printed, laid: Laid) -> str:
        return f"{cell.text} {letter(laid.absences.index(cell.absence))})" if cell.absence else cell.text


def heading(head: Head) -> str:
    """A column's header on one line."""
    return head.words + (f", {head.unit}" if head.unit else "")


def letter(place: int) -> str:
    """The letter of a footnote: a, b, c."""
    return chr(ord("a") + place)


def printable(text: str) -> str:
    """The text without what no file of text may hold: control characters, and marks that turn the writing round.

    A mark that turns the writing round would reach beyond the name it stands in.
    """
    return "".join(" " if sign in "\t\n\r" else sign for sign in text if sign in "\t\n\r" or _is_printed(ord(sign)))


#: Characters without a picture of their own: controls, surrogates, directional marks and isolates, no characters.
_UNPRINTED = (
    range(0x20), range(0x7F, 0xA0), range(0x200E, 0x2010), range(0x202A, 0x202F), range(0x2066, 0x206A),
    range(0xD800, 0xE000), range(0xFFFE, 0x10000),
)  # fmt: skip


def _is_printed(code: int) -> bool:
    return not any(code in unprinted for unprinted in _UNPRINTED)
