"""Options that several verbs share, spelt once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Lang(StrEnum):
    """Languages of the reports."""

    en = "en"
    ru = "ru"
    vi = "vi"


class Detail(StrEnum):
    """How much of the study the report shows."""

    short = "short"
    full = "full"


class Rows(StrEnum):
    """Formats of the commands that print rows."""

    text = "text"
    json = "json"
    csv = "csv"


class Prose(StrEnum):
    """Formats of a bulletin."""

    md = "md"
    html = "html"
    json = "json"
    docx = "docx"
    xlsx = "xlsx"
    pdf = "pdf"


class Verdicts(StrEnum):
    """Formats of a check."""

    text = "text"
    json = "json"
    html = "html"


class Annex(StrEnum):
    """How much of the annex a bulletin prints."""

    none = "none"
    short = "short"
    full = "full"


class Cite(StrEnum):
    """Forms of the list of sources."""

    gost = "gost"
    apa = "apa"
    bibtex = "bibtex"


class Words(StrEnum):
    """Formats of the commands that print an argument or an outcome."""

    text = "text"
    json = "json"


DEFAULT_DATA = "corridor-data"
Data = Annotated[
    Path | None, typer.Option("--data", help=f"Folder of the store.  [default: $CORRIDOR_DATA, else ./{DEFAULT_DATA}]")
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="What had been published by that day.")]
Source = Annotated[str | None, typer.Option(help="Use this source instead of the default one (see: corridor sources).")]
Release = Annotated[str | None, typer.Option(help="first, revised or official.")]
Classification = Annotated[str | None, typer.Option(help="Classification of the goods, e.g. VNC.")]
PeriodOption = Annotated[
    str | None, typer.Option("--period", help="2025, 2025Q3, 2025-01, 2025-01:2025-09 or 2023:2025.")
]
Freq = Annotated[str | None, typer.Option("--freq", help="M, Q, A or YTD: which kind of periods.")]
LangOption = Annotated[Lang, typer.Option("--lang", help="Language of the text and of the numbers.")]
RowsFormat = Annotated[Rows, typer.Option("--format", help="How to print.")]
WordsFormat = Annotated[Words, typer.Option("--format", help="How to print.")]
