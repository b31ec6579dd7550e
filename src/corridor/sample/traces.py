"""From a bundled row back to the publisher."""

from __future__ import annotations

from typing import Any

import polars as pl

from corridor.errors import NothingFound
from corridor.evidence import Trace
from corridor.sample.citations import Edition, citations, editions
from corridor.sample.tables import FACTS, FIGURES, read

_PREFIX = "sample:"


def traces(trace_id: str) -> Trace:
    """Where a bundled figure stands: the publisher's table, and the line of the bundled file that repeats it.

    ``trace_id`` is ``sample:<file>/<citation or fact>/<line>``. ``file`` and ``checksum`` of the answer are the
    publisher's, blank where not known; ``page`` and ``row`` are the bundled file and its line.

    Raises `NothingFound` if no bundled row has that trace.
    """
    file, section, line = _parts(trace_id)
    found = read(file).filter(pl.col("line") == line).to_dicts() if file in (*FIGURES, *FACTS) else []
    section_column = "fact" if file in FACTS else "citation"
    if not found or found[0][section_column] != section:
        raise NothingFound(
            f"no bundled figure has the trace {trace_id!r}", next_step="a trace looks like sample:totals/020.T-month/2"
        )
    return _of_fact(file, found[0]) if file in FACTS else _of_figure(file, found[0])


def _parts(trace_id: str) -> tuple[str, str, int]:
    file, section, line = (*trace_id.split("/"), "", "")[:3]
    number = int(line) if line.isdecimal() else 0
    return (file.removeprefix(_PREFIX) if file.startswith(_PREFIX) else ""), section, number


def _of_figure(file: str, row: dict[str, Any]) -> Trace:
    citation = citations()[row["citation"]]
    edition = editions().get(f"{citation.table} {row['period']}", Edition())
    return Trace(
        publisher=citation.publisher(row["period"]),
        file=edition.file or citation.file,
        checksum=edition.sha256,
        page=f"{file}.csv",
        row=str(row["line"]),
        edition=f"{citation.title}; {row['period']}{edition.words()}; {citation.section}",
        url=edition.address or citation.address,
    )


def _of_fact(file: str, row: dict[str, Any]) -> Trace:
    return Trace(
        publisher=row["whose"],
        file="",
        checksum="",
        page=f"{file}.csv",
        row=str(row["line"]),
        edition=f"{row['fact']}, {row['period_text']}",
        url=row["url"],
    )
