"""One self-contained page: no script, no request, every number with a way to the publisher's row.

Numbers carry their unrounded value in ``data-value`` and their unit in ``data-unit``. A mark after a sentence
or a row opens the list of the publisher's rows behind it (a popover, which needs no script).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corridor.codes import caveats, glossary
from corridor.evidence import Finding, Measure
from corridor.report.catalogue import Catalogue, Lang
from corridor.report.charts.figures import figures_of
from corridor.report.charts.look import Look
from corridor.report.charts.svg import embedded, picture
from corridor.report.documents.document import Chart, Document, Fact, Source, Table, Tile
from corridor.report.layout import Laid, Line, Printed, lay_out
from corridor.report.names import capital, day, edition
from corridor.report.numbers import Style, parted
from corridor.report.references import Reference, numbers_in_print, references, traces_of, with_sources
from corridor.report.text import Run, Voice, voice

#: The widths at which every chart is drawn: for a desk and for a telephone.
WIDTHS = (760, 350)

#: The mark of a row whose sources the caption of its table names.
BULLET = "◦"


@dataclass(frozen=True)
class Popover:
    """What opens at a mark: the publisher's rows, and what must be known about the figures."""

    id: str
    references: tuple[Reference, ...]
    caveats: tuple[str, ...]


@dataclass
class Page:
    """A document being set: what its templates ask for, and what was met on the way (popovers, terms)."""

    document: Document
    voice: Voice
    popovers: dict[tuple[tuple[str, ...], tuple[str, ...]], Popover] = field(default_factory=dict)
    terms: dict[str, None] = field(default_factory=dict)
    charts: int = 0
    #: The tag of a heading here: below the title on the first screen, below the chapter's title in a chapter.
    level: str = "h2"
    _met: set[str] = field(default_factory=set)

    def say(self, key: str, **values: str) -> str:
        """A message of the page itself."""
        return self.voice.words.say(f"ui.{key}").format(**values)

    def new_chapter(self) -> str:
        """Terms are explained anew from here on, and headings stand a step lower."""
        self.level = "h3"
        self._met.clear()
        return ""

    def phrase(self, finding: Finding) -> Markup:
        """A sentence without a mark, as in a title."""
        return Markup("").join(self._run(run) for run in self.voice.runs(finding))

    def sentence(self, finding: Finding) -> Markup:
        """A sentence and the mark that leads to its sources."""
        mark = self.mark(finding.traces, finding.caveats)
        *before, last = self.voice.runs(finding)
        if not mark or last.measure or last.term:
            return self.phrase(finding) + mark
        return Markup("").join(self._run(run) for run in before) + _kept(last.text, mark)

    def fact(self, fact: Fact) -> Markup:
        """A value of the identity card."""
        if isinstance(fact.value, Finding):
            return self.phrase(fact.value)
        return Markup("").join(self._run(run) for run in self.voice.filled(fact.value))

    def mark(self, traces: tuple[str, ...], caveats: tuple[str, ...], shown: str | None = None) -> Markup:
        """The button that opens the popover of these traces and caveats; nothing where there are none.

        It shows the numbers of the sources, unless ``shown`` is given.
        """
        if not traces and not caveats:
            return Markup("")
        found = self._popover(traces, caveats)
        numbers = numbers_in_print(found.references)
        label = self.say("marks", marks=numbers or caveats[0])
        text = (numbers if shown is None else shown) + ("*" if caveats else "")
        kind = "m" if shown is None else "m b"
        return Markup(
            '<sup class="{}"><button type="button" popovertarget="{}" aria-label="{}">{}</button></sup>'
        ).format(kind, found.id, label, text)

    def row_head(self, line: Line, laid: Laid) -> Markup:
        """The first cell of a row and its mark: a bullet where the caption names the sources of the whole table."""
        cell, row = line.cells[0], line.row
        mark = self.mark(row.traces, row.caveats, BULLET if laid.same_sources else None)
        return self.cell(cell, laid) + mark if cell.measure or not mark else _kept(cell.text, mark)

    def caption(self, table: Table, laid: Laid) -> Markup:
        """The title of a table, with the sources of all its rows where they are the same."""
        traces = traces_of(laid) if laid.same_sources else ()
        return self.sentence(replace(table.title, traces=tuple(dict.fromkeys((*table.title.traces, *traces)))))

    def cell(self, cell: Printed, laid: Laid) -> Markup:
        """A cell of a table."""
        if cell.measure is None:
            return Markup("{}").format(cell.text)
        if not cell.absence:
            return self._number(cell.measure, cell.text)
        note = letter(laid.absences.index(cell.absence))
        return Markup('<span class="absent" data-absence="{}" title="{}">{}<sup>{}</sup></span>').format(
            cell.measure.absence, cell.absence, cell.text, note
        )

    def tile(self, tile: Tile) -> Markup:
        """The headline figure of a tile, without its unit."""
        return self._number(tile.figure, self._parted(tile)[0])

    def tile_unit(self, tile: Tile) -> str:
        """The unit of a tile's figure, which its label says."""
        return self._parted(tile)[1]

    def measure(self, measure: Measure) -> Markup:
        """A number with its unit and sign, as a comparison prints it."""
        if measure.value is None:
            return Markup('<span class="absent">{}</span>').format(self.voice.absence(measure))
        return self._number(measure, self.voice.number(measure, Style(sign="always")))

    def table(self, table: Table) -> Laid:
        """A table in the language of the page."""
        return with_sources(self.document, lay_out(table, self.voice))

    def drawings(self, chart: Chart) -> Iterable[tuple[str, Markup]]:
        """The chart at each width: class of the width, SVG."""
        self.charts += 1
        drawn = figures_of(chart, self.voice)
        title, alt = self.voice.text(chart.figures.title), self.voice.text(chart.alt)
        for name, width in zip(("wide", "narrow"), WIDTHS, strict=True):
            svg = picture(chart.kind, drawn, Look(self.voice.lang, width))
            yield name, Markup(embedded(svg, title, alt, f"c{self.charts}{name[0]}"))

    def caveat(self, key: str) -> str:
        """The sentence of a caveat."""
        return caveats.sentence(key, self.voice.lang)

    def place(self, reference: Reference) -> str:
        """Page and rows of a reference, in words."""
        return place_in_words(reference, self.voice.words)

    def publisher(self, source: Source) -> str:
        """The publisher's name in the language of the page."""
        return source.publisher[self.voice.lang]

    def edition(self, source: Source) -> str:
        """The edition as a reader cites it."""
        return edition(source.edition, self.voice.lang, source.published)

    def published(self, source: Source) -> str:
        """The publisher's own date, in words."""
        return day(source.published, self.voice.lang) if source.published else ""

    def glossary(self) -> tuple[tuple[str, str, str], ...]:
        """The terms met in the text: key, the term, what it means."""
        lang = self.voice.lang
        return tuple(
            (key, capital(glossary.term(key).preferred(lang)), glossary.definition(key, lang)) for key in self.terms
        )

    def _parted(self, tile: Tile) -> tuple[str, str]:
        return parted(tile.figure, self.voice.words, Style(quantity_unit=tile.quantity_unit))

    def _run(self, run: Run) -> Markup:
        if run.measure is not None:
            return self._number(run.measure, run.text)
        return self._term(run) if run.term else Markup("{}").format(run.text)

    def _term(self, run: Run) -> Markup:
        self.terms[run.term] = None
        if run.term in self._met:
            return Markup("{}").format(run.text)
        self._met.add(run.term)
        return Markup('<dfn title="{}"><a href="#term-{}">{}</a></dfn>').format(
            glossary.definition(run.term, self.voice.lang), run.term, run.text
        )

    def _number(self, measure: Measure, text: str) -> Markup:
        if measure.value is None:
            return Markup('<span class="absent" data-absence="{}">{}</span>').format(measure.absence, text)
        return Markup('<span class="n" data-value="{}" data-unit="{}">{}</span>').format(
            repr(float(measure.value)), measure.unit, text
        )

    def _popover(self, traces: tuple[str, ...], caveats: tuple[str, ...]) -> Popover:
        key = (traces, caveats)
        if key not in self.popovers:
            self.popovers[key] = Popover(f"s{len(self.popovers) + 1}", references(self.document, traces), caveats)
        return self.popovers[key]


def page(document: Document, lang: Lang, extra: Catalogue | None = None) -> str:
    """The document as one HTML file in that language; ``extra`` adds messages to the package's catalogue."""
    setting = Page(document, voice(lang, extra, document.publishers()))
    style = stylesheet("style.css")
    template = environment().get_template("page.html.j2")
    return template.render(
        page=setting, document=document, lang=lang, style=Markup(style), style_hash=style_hash(style)
    )


def _kept(text: str, mark: Markup) -> Markup:
    # A mark never begins a line: it stays with the last word.
    start, blank, word = text.rpartition(" ")
    return Markup('{}<span class="nb">{}{}</span>').format(start + blank, word, mark)


def letter(place: int) -> str:
    """The letter of a footnote: a, b, c."""
    return chr(ord("a") + place)


def place_in_words(reference: Reference, words: Catalogue) -> str:
    """Page (or sheet) and rows of a reference."""
    return "; ".join(_place(page, rows, words) for page, rows in reference.places)


def _place(page: str, rows: str, words: Catalogue) -> str:
    parts = []
    if page:
        parts.append(words.say("ui.page" if page.isdigit() else "ui.sheet").format(page=page))
    if rows:
        parts.append(words.say("ui.rows").format(rows=rows))
    return ", ".join(parts)


@cache
def environment() -> Environment:
    """The templates: everything that is put in is escaped, and what is not there is an error."""
    made = Environment(
        loader=PackageLoader("corridor.report.render"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["kind"] = lambda block: type(block).__name__
    made.filters["letter"] = letter
    return made


@cache
def stylesheet(*names: str) -> str:
    """Style sheets of the templates' folder, one after the other."""
    folder = resources.files("corridor.report.render") / "templates"
    return "".join((folder / name).read_text(encoding="utf-8").replace("\r\n", "\n") for name in names)


def style_hash(style: str) -> str:
    """What a page's policy names its only style sheet by."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
