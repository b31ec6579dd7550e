"""Tables for programs, a file each in one .zip: CSV for spreadsheets and scripts, .dta with labels for Stata."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pyreadstat

from corridor.report.catalogue import Catalogue, Lang
from corridor.report.documents.document import Document
from corridor.report.render.spoken import Spoken
from corridor.report.render.typed import ABOUT, TypedTable, typed_tables
from corridor.report.render.xlsx import unit_in_words
from corridor.report.text import voice

_EPOCH = (1980, 1, 1, 0, 0, 0)
#: Stata's label of a variable or a file holds no more letters.
_LABEL = 80
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_zip(document: Document, lang: Lang, extra: Catalogue | None = None) -> bytes:
    """Every table as CSV: UTF-8, names for programs as header, unrounded numbers, with a dictionary and the sources."""
    spoken = Spoken(document, voice(lang, extra, document.publishers()))
    tables = tuple(typed_tables(spoken))
    files = {f"{table.name}.csv": _csv(_header(table), _rows(table)) for table in tables}
    return _zip({**files, **_beside(tables, spoken)})


def dta_zip(document: Document, lang: Lang, extra: Catalogue | None = None) -> bytes:
    """Every table as Stata's .dta (version 118) with labels in the language, with a dictionary and the sources."""
    spoken = Spoken(document, voice(lang, extra, document.publishers()))
    tables = tuple(typed_tables(spoken))
    files = {f"{table.name}.dta": dta(table, spoken) for table in tables if table.records}
    return _zip({**files, **_beside(tables, spoken)})


def dta(table: TypedTable, spoken: Spoken) -> bytes:
    """One table as a .dta file."""
    columns = [*zip(*_rows(table), strict=True)]
    frame = pl.DataFrame(
        {
            name: pl.Series(name, values, dtype=kind)
            for name, values, kind in zip(_header(table), columns, _kinds(table), strict=True)
        }
    )
    labels: list[str | None] = [_label(each.label, unit_in_words(each, spoken)) for each in table.variables]
    labels += map(spoken.say, ABOUT.values())
    # The library writes to a path alone.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.dta"
        pyreadstat.write_dta(frame, path, file_label=_cut(f"{table.label}. {table.title}"), column_labels=labels)
        return path.read_bytes()


def _header(table: TypedTable) -> list[str]:
    return [*(each.name for each in table.variables), *ABOUT]


def _rows(table: TypedTable) -> list[tuple[float | str | None, ...]]:
    return [(*record.values, *record.about) for record in table.records]


def _kinds(table: TypedTable) -> list[type[pl.DataType]]:
    return [*(pl.Float64 if each.numeric else pl.String for each in table.variables), *([pl.String] * len(ABOUT))]


def _label(words: str, unit: str) -> str:
    return _cut(f"{words} ({unit})") if unit else _cut(words)


def _cut(words: str) -> str:
    return words if len(words) <= _LABEL else f"{words[: _LABEL - 1]}…"


def _beside(tables: Sequence[TypedTable], spoken: Spoken) -> dict[str, bytes]:
    """The data dictionary and the list of sources."""
    names = ("file", "title", "variable", "label", "type", "unit", "meaning")
    described = [
        (table.name, table.title, each.name, each.label, kind, unit_in_words(each, spoken), each.meaning)
        for table in tables
        for each in table.variables
        for kind in ["number" if each.numeric else "text"]
    ]
    sources = [
        (number, source.publisher[spoken.voice.lang], source.edition, str(source.published or ""), source.file,
         source.link, source.checksum)
        for number, source in enumerate(spoken.document.sources, start=1)
    ]  # fmt: skip
    heads = ("number", "publisher", "edition", "published", "file", "address", "sha256")
    return {"dictionary.csv": _csv(names, described), "sources.csv": _csv(heads, sources)}


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _plain(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: an apostrophe keeps words words."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return "" if cell is None else repr(cell) if isinstance(cell, float) else cell


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


#: The writers of this module by the name of their format.
WRITERS: dict[str, Callable[..., bytes]] = {"csv": csv_zip, "dta": dta_zip}
