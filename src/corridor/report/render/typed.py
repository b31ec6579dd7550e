"""A document's tables with their types: unrounded numbers, text, and for every row its sources.

What spreadsheets and programs read. Numbers are in the data's own units (`corridor.codes.schema.Unit`), names and
labels in the language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from corridor.codes import glossary
from corridor.codes.schema import Unit
from corridor.evidence import Measure
from corridor.report.documents.document import Chart, Column, Document, Row, Table
from corridor.report.layout import Head, Laid, Line, Printed
from corridor.report.references import Reference, numbers_in_print, references
from corridor.report.render.spoken import Spoken, printable

#: Columns that every table has behind its own: name for programs -> message that heads it.
ABOUT = {"sources": "ui.source", "sources_at": "data.where", "caveats": "data.caveats", "absent": "data.absent"}

_NO_NAME = re.compile(r"\W+", re.ASCII)
_LONGEST = 32


@dataclass(frozen=True)
class Variable:
    """A column: its name for programs, its header in the language, its unit; ``change`` is printed with a sign."""

    name: str
    label: str
    unit: Unit = ""
    numeric: bool = False
    change: bool = False
    meaning: str = ""


@dataclass(frozen=True)
class Record:
    """A row: numbers unrounded, None where there is none; then the sources, places, caveats, reasons of absence."""

    values: tuple[float | str | None, ...]
    about: tuple[str, str, str, str]
    strong: bool = False


@dataclass(frozen=True)
class TypedTable:
    """A table or the data of a chart: its label in print ("Table 3"), a name for a file, title, notes."""

    label: str
    name: str
    title: str
    variables: tuple[Variable, ...]
    records: tuple[Record, ...]
    notes: tuple[str, ...]


def typed_tables(spoken: Spoken) -> Iterator[TypedTable]:
    """Every table of the document and the data of every chart, in order, numbered as in print."""
    tables, figures = count(1), count(1)
    for block in spoken.document.blocks():
        if isinstance(block, Table):
            yield _typed(block, "table", next(tables), spoken)
        elif isinstance(block, Chart):
            yield _typed(block.figures, "figure", next(figures), spoken)


def _typed(table: Table, kind: str, number: int, spoken: Spoken) -> TypedTable:
    laid = spoken.laid(table)
    lines = (*laid.lines, *laid.footers)
    feet = len(laid.footers)
    return TypedTable(
        label=spoken.say(f"paper.{kind}", n=str(number)),
        name=f"{kind}_{number:02}_{_name(table.key)}",
        title=printable(spoken.text(table.title)),
        variables=_variables(table.columns, laid.heads, spoken),
        records=tuple(
            _record(line, laid, table.columns, spoken, strong=place >= len(lines) - feet or line.row.highlight)
            for place, line in enumerate(lines)
        ),
        notes=tuple(map(printable, (*map(spoken.text, table.notes), *map(spoken.caveat, table.caveats)))),
    )


def _variables(columns: Sequence[Column], heads: Sequence[Head], spoken: Spoken) -> tuple[Variable, ...]:
    names = _distinct(_name(column.key) for column in columns)
    return tuple(
        Variable(
            name,
            printable(f"{head.group}: {head.words}" if head.group else head.words),
            column.unit if head.numeric else "",
            head.numeric,
            column.kind == "change",
            meaning(column.key, spoken),
        )
        for name, column, head in zip(names, columns, heads, strict=True)
    )


def meaning(key: str, spoken: Spoken) -> str:
    """What the glossary says of a term; nothing where the column's header says it all."""
    return glossary.definition(key, spoken.voice.lang) if key in glossary.defined() else ""


def _record(line: Line, laid: Laid, columns: Sequence[Column], spoken: Spoken, *, strong: bool) -> Record:
    values = tuple(_value(cell, head) for cell, head in zip(line.cells, laid.heads, strict=True))
    missing = [
        f"{head.words}: {cell.absence}" for cell, head in zip(line.cells, laid.heads, strict=True) if cell.absence
    ]
    caveats = [spoken.caveat(key) for key in line.row.caveats]
    numbers, places = _sources(spoken.document, line.row, spoken)
    about = (numbers, places, " ".join(caveats), "; ".join(missing))
    return Record(values, (printable(about[0]), printable(about[1]), printable(about[2]), printable(about[3])), strong)


def _value(cell: Printed, head: Head) -> float | str | None:
    if isinstance(cell.measure, Measure):
        return cell.measure.value if head.numeric or cell.measure.value is None else printable(cell.text)
    return printable(cell.text) or None


def _sources(document: Document, row: Row, spoken: Spoken) -> tuple[str, str]:
    """The printed numbers of a row's sources, and file, page and rows of each."""
    found = references(document, row.traces)
    return numbers_in_print(found), "; ".join(_place(each, spoken) for each in found)


def _place(reference: Reference, spoken: Spoken) -> str:
    parts = [reference.source.file]
    for page, rows in reference.places:
        if page:
            parts.append(spoken.say("ui.page" if page.isdigit() else "ui.sheet", page=page))
        if rows:
            parts.append(spoken.say("ui.rows", rows=rows))
    return ", ".join(parts)


def _name(key: str) -> str:
    """A name that every program takes: Latin letters, digits and underscores, not too long."""
    return _NO_NAME.sub("_", key).strip("_")[:_LONGEST] or "column"


def _distinct(names: Iterable[str]) -> list[str]:
    met: Counter[str] = Counter()
    found = []
    for name in names:
        met[name] += 1
        found.append(name if met[name] == 1 else f"{name[: _LONGEST - 3]}_{met[name]}")
    return found
