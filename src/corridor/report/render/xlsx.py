"""A workbook: one sheet a table with typed cells, frozen headers and sources as columns; contents, sources, dictionary.

Words are written as words, whatever they begin with: no cell of the workbook is a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from corridor.codes.schema import Unit
from corridor.evidence import Measure
from corridor.report.catalogue import Catalogue, Lang
from corridor.report.documents.document import Document, FigureTiles
from corridor.report.names import edition
from corridor.report.render.spoken import Spoken, printable
from corridor.report.render.typed import ABOUT, Record, TypedTable, Variable, typed_tables
from corridor.report.text import voice

#: How a number of a unit is shown; the cell holds it unrounded.
SHOWN: Mapping[Unit, str] = {
    "usd": "#,##0", "currency": "#,##0", "usd_per_unit": "#,##0.00", "kg": "#,##0", "quantity": "#,##0",
    "share": "0.0%", "growth": "0.0%", "pp": "0.00", "ratio": "0.00", "index": "0.000", "count": "#,##0", "": "General",
}  # fmt: skip

#: A spreadsheet's cell holds no more letters.
_LONGEST = 32_767
#: Percentage points have no number format of their own: 0.01 is written as 1.
_POINTS = 100.0
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - a spreadsheet's dates know no zone
_WIDEST, _NARROWEST, _ABOUT = 46, 9, 28
#: Excel's number of the paper; points of a line.
_A4, _LINE = 9, 15.0
#: A row is at most 409 points high.
_MOST_LINES = 27
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}  # fmt: skip


@dataclass
class _Book:
    spoken: Spoken
    book: Workbook
    formats: dict[tuple[str, bool], Format] = field(default_factory=dict)

    def sheet(self, name: str) -> Worksheet:
        """A sheet that prints as wide as a page lying on its side, its first row on every page."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def format(self, shown: str = "General", *, bold: bool = False) -> Format:
        if (shown, bold) not in self.formats:
            look = {"num_format": shown, "bold": bold, "valign": "top", "text_wrap": shown == "@"}
            self.formats[shown, bold] = self.book.add_format(look)
        return self.formats[shown, bold]

    def head(self, sheet: Worksheet, names: Sequence[str], row: int = 0) -> None:
        look = self.book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1})
        for column, name in enumerate(names):
            _put_text(sheet, row, column, name, look)

    def put(
        self, sheet: Worksheet, row: int, column: int, value: float | str | None, how: Variable, *, bold: bool
    ) -> None:
        """One typed cell; nothing where there is no figure."""
        if isinstance(value, str):
            _put_text(sheet, row, column, value, self.format("@", bold=bold))
        elif value is not None:
            shown = signed(SHOWN[how.unit]) if how.change else SHOWN[how.unit]
            sheet.write_number(row, column, value * (_POINTS if how.unit == "pp" else 1), self.format(shown, bold=bold))

    def rows(self, sheet: Worksheet, rows: Iterable[Sequence[str]], start: int = 1) -> None:
        """Rows of words."""
        for place, cells in enumerate(rows, start=start):
            for column, cell in enumerate(cells):
                _put_text(sheet, place, column, cell, self.format("@"))

    def table(self, table: TypedTable) -> None:
        """A sheet for a table."""
        sheet = self.sheet(table.label)
        heads = [self.header(each) for each in table.variables]
        about = [self.spoken.say(key) for key in ABOUT.values()]
        self.head(sheet, [*heads, *about])
        for row, record in enumerate(table.records, start=1):
            for column, (value, how) in enumerate(zip(record.values, table.variables, strict=True)):
                self.put(sheet, row, column, value, how, bold=record.strong)
            for column, text in enumerate(record.about, start=len(heads)):
                _put_text(sheet, row, column, text, self.format("@"))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(table.records), 1), len(heads) + len(about) - 1)
        sheet.set_header(f"&L{_escaped(table.title)[:200]}")
        widths = _set_widths(sheet, heads, table.records, len(about))
        _set_heights(sheet, 0, [[*heads, *about]], widths)
        words = [
            [*(each if isinstance(each, str) else "" for each in record.values), *record.about]
            for record in table.records
        ]
        _set_heights(sheet, 1, words, widths)

    def header(self, variable: Variable) -> str:
        """A column's header with the unit that its cells show."""
        unit = variable.unit
        words = "%" if unit in ("share", "growth") else self.spoken.say("unit.pp") if unit == "pp" else ""
        if unit in ("usd", "usd_per_unit", "currency", "kg"):
            words = self.spoken.say(f"data_unit.{unit}")
        return f"{variable.label}, {words}" if words else variable.label

    def contents(self, tables: Sequence[TypedTable]) -> None:
        """The first sheet: what the report is, and where each table stands."""
        document, spoken = self.spoken.document, self.spoken
        sheet = self.sheet(_sheet_name(spoken.say("ui.contents")))
        title = self.book.add_format({"bold": True, "font_size": 14})
        _put_text(sheet, 0, 0, spoken.text(document.title), title)
        lines = [("", spoken.text(scope)) for scope in document.meta.scope]
        lines += [spoken.fact(fact) for fact in document.meta.facts]
        for row, (name, value) in enumerate(lines, start=1):
            _put_text(sheet, row, 0, name, self.format())
            _put_text(sheet, row, 1, value, self.format())
        start = len(lines) + 2
        self.head(sheet, [spoken.say(f"data.{key}") for key in ("sheet", "title", "notes")], start)
        link = self.book.add_format({"font_color": "#1F5A8A", "underline": 1, "valign": "top"})
        for row, table in enumerate(tables, start=start + 1):
            sheet.write_url(row, 0, f"internal:'{table.label}'!A1", link, table.label)
            _put_text(sheet, row, 1, table.title, self.format("@"))
            _put_text(sheet, row, 2, " ".join(table.notes), self.format("@"))
        _set_heights(sheet, start + 1, [["", table.title, " ".join(table.notes)] for table in tables], (24, 80, 80))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 2, 80)

    def summary(self) -> None:
        """The headline figures, typed."""
        tiles = [tile for block in self.spoken.document.front if isinstance(block, FigureTiles) for tile in block.tiles]
        if not tiles:
            return
        keys = (
            "paper.indicator",
            "paper.value",
            "data.unit",
            "data.change_of",
            "data.unit",
            "data.against",
            "ui.source",
        )
        sheet = self.sheet(_sheet_name(self.spoken.say("ui.summary")))
        self.head(sheet, [self.spoken.say(key) for key in keys])
        for row, tile in enumerate(tiles, start=1):
            _put_text(sheet, row, 0, self.spoken.text(tile.label), self.format("@"))
            self._measure(sheet, row, 1, tile.figure, change=False)
            if tile.comparison:
                self._measure(sheet, row, 3, tile.comparison, change=True)
            against = self.spoken.text(tile.against) if tile.against else ""
            _put_text(sheet, row, 5, against, self.format("@"))
            _put_text(sheet, row, 6, self.spoken.mark(tile.traces, tile.caveats).strip(), self.format("@"))
            _set_heights(sheet, row, [[self.spoken.text(tile.label), against]], (60, 20))
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, 6, 20)

    def _measure(self, sheet: Worksheet, row: int, column: int, measure: Measure, *, change: bool) -> None:
        how = Variable("", "", measure.unit, numeric=True, change=change)
        self.put(sheet, row, column, measure.value, how, bold=False)
        unit = self.header(how).removeprefix(", ")
        _put_text(sheet, row, column + 1, unit, self.format("@"))

    def sources(self) -> None:
        """The publishers' files, numbered as in the other sheets."""
        spoken = self.spoken
        sheet = self.sheet(_sheet_name(spoken.say("ui.sources")))
        keys = ("data.publisher", "data.edition", "ui.published", "ui.file", "data.address", "ui.checksum")
        self.head(sheet, ["№", *(spoken.say(key) for key in keys)])
        day = self.format("yyyy-mm-dd")
        for row, source in enumerate(spoken.document.sources, start=1):
            sheet.write_number(row, 0, row, self.format())
            lang = spoken.voice.lang
            cited = edition(source.edition, lang)
            words = (source.publisher[lang], cited, "", source.file, source.link, source.checksum)
            _set_heights(sheet, row, [words], (36,) * len(words))
            for column, text in enumerate(words, start=1):
                _put_text(sheet, row, column, text, self.format("@"))
            if source.published:
                sheet.write_datetime(row, 3, source.published, day)
        sheet.freeze_panes(1, 1)
        sheet.set_column(1, 6, 36)

    def dictionary(self, tables: Sequence[TypedTable]) -> None:
        """Every column: its name for programs, type, unit, meaning."""
        spoken = self.spoken
        sheet = self.sheet(_sheet_name(spoken.say("data.dictionary")))
        keys = ("sheet", "column", "variable", "type", "unit", "meaning")
        self.head(sheet, [spoken.say(f"data.{key}") for key in keys])
        described = [row for table in tables for row in self._described(table)]
        self.rows(sheet, described)
        _set_heights(sheet, 1, described, (24, 24, 24, 24, 24, 90))
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 4, 24)
        sheet.set_column(5, 5, 90)

    def _described(self, table: TypedTable) -> Iterable[Sequence[str]]:
        for each in table.variables:
            kind = self.spoken.say("data.number" if each.numeric else "data.text")
            shown = self.spoken.say("unit.pp") if each.unit == "pp" else unit_in_words(each, self.spoken)
            yield table.label, each.label, each.name, kind, shown, each.meaning


def xlsx(document: Document, lang: Lang, extra: Catalogue | None = None) -> bytes:
    """The document's tables as an .xlsx file in that language; ``extra`` adds messages to the package's catalogue."""
    spoken = Spoken(document, voice(lang, extra, document.publishers()))
    out = BytesIO()
    with Workbook(out, _OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": printable(spoken.text(document.title))[:255],
                "author": document.meta.generator,
                "created": _EPOCH,
            }
        )
        book = _Book(spoken, workbook)
        tables = tuple(typed_tables(spoken))
        book.contents(tables)
        book.summary()
        for table in tables:
            book.table(table)
        book.sources()
        book.dictionary(tables)
    return out.getvalue()


def signed(shown: str) -> str:
    """A number format that prints a plus before what is positive."""
    return f"+{shown};-{shown};{shown}"


def unit_in_words(variable: Variable, spoken: Spoken) -> str:
    """The unit of unrounded data."""
    return spoken.say(f"data_unit.{variable.unit}") if variable.unit else ""


def _put_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    if text:
        sheet.write_string(row, column, printable(text)[:_LONGEST], look)


def _sheet_name(words: str) -> str:
    return words[:31]


def _escaped(title: str) -> str:
    # An ampersand begins a code in a page's header.
    return title.replace("&", "&&")


def _set_widths(sheet: Worksheet, heads: Sequence[str], records: Sequence[Record], about: int) -> list[float]:
    """Widths of the columns in letters, as they are set."""
    widths: list[float] = []
    for column, head in enumerate(heads):
        cells = [str(record.values[column] or "") for record in records if isinstance(record.values[column], str)]
        longest = max((len(cell) for cell in cells), default=0)
        widths.append(min(max(longest, len(head) // 2, _NARROWEST) + 2, _WIDEST))
        sheet.set_column(column, column, widths[-1])
    sheet.set_column(len(heads), len(heads) + about - 1, _ABOUT)
    return [*widths, *[_ABOUT] * about]


def _set_heights(sheet: Worksheet, start: int, rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
    """Rows whose words run over several lines are made as high: not every program does so when it opens the file."""
    for place, cells in enumerate(rows, start=start):
        lines = max((-(-len(cell) // int(wide - 1)) for cell, wide in zip(cells, widths, strict=False)), default=1)
        if lines > 1:
            sheet.set_row(place, min(lines, _MOST_LINES) * _LINE)
