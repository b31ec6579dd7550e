"""A report without a language: titles, sentences, tables and charts whose numbers exist only once.

A study or a set of claims is turned into a `Document`; the renderers in report/render put it into a
language and a format. Nothing here is printed text but what a publisher printed: every sentence is a
`Finding` (a message key and what fills it), every number a `Measure` with its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from corridor.codes.schema import Unit
from corridor.errors import CorridorError
from corridor.evidence import Finding, Measure, Name, Parameter, Trace
from corridor.report.numbers import Scale
from corridor.report.shapes import Outline

_SHA256 = re.compile("[0-9a-f]{64}")

#: Words that exist in every language already, such as a publisher's name: language -> words.
Texts = Mapping[str, str]

#: What a label may be: a name to translate, a sentence, or a publisher's own words.
Label = Name | Finding | str

#: A cell of a table; None is a cell that is empty on purpose, a `Measure` without value is an absent figure.
Cell = Measure | Name | Finding | str | None


class UntracedNumber(CorridorError):
    """A trace that leads nowhere: the document does not hold the row or the file it names."""


class RaggedTable(CorridorError):
    """A row of a table has more or fewer cells than the table has columns."""


@dataclass(frozen=True)
class Source:
    """One publisher's file that figures come from. Its number in print is its place in `Document.sources`.

    ``checksum`` is that of its traces; ``edition`` is the table as a reader would cite it; ``id`` is the
    publisher's id, so that ``Name("source", id)`` can be spoken. ``licence`` is the line of attribution its licence
    asks for, ``accessed`` the day the file was added, ``citation`` the whole reference where a form of citation was
    asked for.
    """

    checksum: str
    publisher: Texts
    edition: str
    file: str
    url: str = ""
    published: date | None = None
    id: str = ""
    licence: str = ""
    accessed: date | None = None
    citation: Texts = field(default_factory=dict)

    @property
    def link(self) -> str:
        """The address, if a reader may follow it: a file could carry any text in its place."""
        return self.url if self.url.startswith(("https://", "http://")) else ""

    @property
    def sha256(self) -> str:
        """The checksum of the file; bundled figures have none, only a name of their own."""
        return self.checksum if _SHA256.fullmatch(self.checksum) else ""


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter."""

    text: Finding


@dataclass(frozen=True)
class Paragraph:
    """One statement."""

    text: Finding


@dataclass(frozen=True)
class List:
    """Several statements; numbered where their order means something."""

    items: tuple[Finding, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Tile:
    """One headline figure, what it is, and what it is compared with."""

    label: Finding
    figure: Measure
    comparison: Measure | None = None
    against: Finding | None = None
    traces: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    quantity_unit: str = ""


@dataclass(frozen=True)
class FigureTiles:
    """The headline figures of the first screen."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table. The message ``column.<key>`` heads it unless ``label`` is given.

    ``kind``: a name, a text, a number, or a change (a number printed with its sign). ``group`` is a
    heading over neighbouring columns. ``scale`` and ``digits`` are chosen from the figures where None.
    """

    key: str
    unit: Unit = ""
    kind: Literal["name", "text", "number", "change"] = "number"
    label: Label | None = None
    group: Label | None = None
    scale: Scale | None = None
    digits: int | None = None
    quantity_unit: str = ""


@dataclass(frozen=True)
class Row:
    """One row: a cell for every column, and the publisher's rows its figures come from."""

    cells: tuple[Cell, ...]
    traces: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    highlight: bool = False


@dataclass(frozen=True)
class Table:
    """A table. Its first column names the rows; ``footers`` are totals."""

    key: str
    title: Finding
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footers: tuple[Row, ...] = ()
    notes: tuple[Finding, ...] = ()
    caveats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in (*self.rows, *self.footers):
            if len(row.cells) != len(self.columns):
                raise RaggedTable(
                    f"the table {self.key!r} has {len(self.columns)} columns and a row of {len(row.cells)} cells"
                )


#: The kinds of chart, each a module of report/charts of the same name.
ChartKind = Literal[
    "annual_trade",
    "two_periods",
    "contributions",
    "value_effects",
    "mirror_ratio",
    "structure",
    "market_shares",
    "processing_degree",
    "market_share_effects",
    "monthly_totals",
    "ranking",
    "growth_share",
    "tile_map",
    "region_map",
    "potential",
]


@dataclass(frozen=True)
class Chart:
    """A table, drawn. The title of ``figures`` says what is seen; ``alt`` describes the picture in words.

    The first column of ``figures`` names the rows, the others are the series, in the order that the module
    of this kind in report/charts explains. ``outlines`` are shapes by region, where the map is drawn in them.
    """

    kind: ChartKind
    figures: Table
    alt: Finding
    outlines: tuple[tuple[str, Outline], ...] = ()


@dataclass(frozen=True)
class Note:
    """Caveats by key, in the words of `corridor.codes.caveats`."""

    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """The place where the numbered list of the document's sources is printed."""


Block = Heading | Paragraph | List | FigureTiles | Table | Chart | Note | Sources


@dataclass(frozen=True)
class Chapter:
    """A chapter; ``fold`` starts it closed where the format can fold. ``key`` is its address in the page."""

    key: str
    title: Finding
    blocks: tuple[Block, ...]
    fold: bool = False


@dataclass(frozen=True)
class Fact:
    """One line of the document's identity card: message ``meta.<key>`` and its value."""

    key: str
    value: Parameter | Finding


@dataclass(frozen=True)
class Meta:
    """What a reader must know before the first number: scope (goods only, FOB, CIF), release, date.

    ``citation`` is how the program itself is cited, where a form of citation was asked for.
    """

    scope: tuple[Finding, ...] = ()
    facts: tuple[Fact, ...] = ()
    generator: str = "corridor"
    citation: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A whole report. ``front`` is the first screen; ``traces`` maps a trace id to the publisher's row.

    ``goods`` names, by code, goods that are none of our own groups.
    """

    title: Finding
    meta: Meta
    front: tuple[Block, ...]
    chapters: tuple[Chapter, ...]
    sources: tuple[Source, ...] = ()
    traces: Mapping[str, Trace] = field(default_factory=dict)
    goods: Mapping[str, Texts] = field(default_factory=dict)

    def trace(self, trace_id: str) -> Trace:
        """The publisher's row behind a trace id. Raises `UntracedNumber`."""
        if trace_id not in self.traces:
            raise UntracedNumber(f"a figure names the trace {trace_id!r}, which the document does not hold")
        return self.traces[trace_id]

    def source_number(self, trace: Trace) -> int:
        """The printed number of the file a trace leads to, from 1. Raises `UntracedNumber`."""
        if trace.checksum not in self._numbers:
            raise UntracedNumber(f"no source of the document has the checksum of {trace.file!r}")
        return self._numbers[trace.checksum]

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        """The first source of each checksum."""
        return {source.checksum: number for number, source in reversed([*enumerate(self.sources, start=1)])}

    def blocks(self) -> Iterator[Block]:
        """Every block, in the order of the page."""
        yield from self.front
        for chapter in self.chapters:
            yield from chapter.blocks

    def charts(self) -> tuple[Chart, ...]:
        """The charts, in the order of the page."""
        return tuple(block for block in self.blocks() if isinstance(block, Chart))

    def publishers(self) -> dict[str, Texts]:
        """Names of the publishers by id, and of goods that are none of our own groups by code."""
        return {**self.goods, **{source.id: source.publisher for source in self.sources if source.id}}


def gather_sources(traces: Iterable[Trace], publishers: Mapping[str, Texts]) -> tuple[Source, ...]:
    """The files behind traces, one `Source` a checksum, ordered by publisher, edition and file.

    ``publishers`` maps the publisher named in a trace to its name in every language; a publisher that is
    not in it is printed as the trace names it.
    """
    found = {trace.checksum: trace for trace in traces}
    ordered = sorted(found.values(), key=lambda trace: (trace.publisher, trace.edition, trace.file))
    return tuple(_source(trace, publishers.get(trace.publisher)) for trace in ordered)


def _source(trace: Trace, publisher: Texts | None) -> Source:
    names = publisher or dict.fromkeys(("en", "ru", "vi"), trace.publisher)
    return Source(trace.checksum, names, trace.edition, trace.file or trace.url, trace.url, id=trace.publisher)


def direction(change: Measure) -> Literal["up", "down", "same", "unknown"]:
    """Which of a message's variants says a change: ``up``, ``down``, ``same`` or ``unknown`` (no figure)."""
    if change.value is None:
        return "unknown"
    if change.value == 0:
        return "same"
    return "up" if change.value > 0 else "down"
