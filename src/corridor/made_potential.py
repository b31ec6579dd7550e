"""The potential of a pair that was computed: its table, and the same as a document with the chart of the gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from corridor import __version__
from corridor.errors import UsageError
from corridor.evidence import Finding
from corridor.made_advice import Answer
from corridor.panels import Panel
from corridor.report.catalogue import language
from corridor.writing import write_all, write_whole

if TYPE_CHECKING:
    from corridor.report.documents.document import Document
    from corridor.workspace import Workspace

#: The formats of the document; the table itself is text, JSON and CSV.
FORMATS = ("html", "md", "docx", "xlsx", "pdf")
_WHAT, _NEXT = "the potential", "name another with --out"


@dataclass(frozen=True)
class Basis:
    """What a potential stands on: the pair, the series and the year, and what must be said of them."""

    pair: tuple[str, str]
    panel: Panel
    year: int
    title: tuple[Finding, ...]
    notes: tuple[Finding, ...]


@dataclass(frozen=True)
class MadePotential(Answer):
    """The table with its lines (`Answer`), the workspace that made it and what it stands on."""

    workspace: Workspace = field(kw_only=True)
    basis: Basis = field(kw_only=True)

    def document(self) -> Document:
        """The potential as a document without a language."""
        from corridor.report.documents.potential import Told, document
        from corridor.workspace import today

        ws, basis = self.workspace, self.basis
        rows = self._traced
        told = Told(
            basis.pair,
            str(basis.year),
            rows,
            basis.title,
            basis.notes,
            ws.traces(rows["trace_id"].drop_nulls()),
            ws.publishers(),
            ws.goods(rows["product"].to_list(), basis.panel.classification),
        )
        return document(told, made_on=today(), generator=f"corridor {__version__}")

    def file(self, format: str, *, lang: str = "en") -> bytes:
        """The document as a file's content in a format of `FORMATS`. Raises `UsageError` for another."""
        from corridor.report.render.formats import rendered

        if format not in FORMATS:
            raise UsageError(f"no format “{format}”", next_step=f"there are: {', '.join(FORMATS)}")
        return rendered(self.document(), format, language(lang))

    def write(self, out: Path, format: str, *, lang: str = "en") -> Path:
        """Writes one format into a file and gives its path; a failure leaves what was there."""
        return write_whole(out, self.file(format, lang=lang), what=_WHAT, next_step=_NEXT)

    def write_charts(self, out: Path, *, lang: str = "en") -> list[Path]:
        """Writes the chart into the folder ``out``: SVG, PNG at the size of a slide, and its data as CSV."""
        from corridor.report.charts.saved import saved

        return write_all(out, saved(self.document(), language(lang)), what=_WHAT, next_step=_NEXT)

    @property
    def name(self) -> str:
        """The document's file name without its ending."""
        return "potential-" + "-".join(self.basis.pair)

    @cached_property
    def _traced(self) -> pl.DataFrame:
        """Every product with the publisher's row of what the pair trades in it."""
        basis = self.basis
        exporter, importer = basis.pair
        own = basis.panel.figures(
            (pl.col("exporter") == exporter) & (pl.col("importer") == importer) & (pl.col("year") == basis.year)
        )
        return self.table.join(own.select("product", "trace_id"), on="product", how="left")
