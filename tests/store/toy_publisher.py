"""A toy publisher: its files are a few lines of text.

    TOY 020.T 2025-01 2025-02-10     form, month, date printed ("-": no date)
    RUS coffee 100                   partner, group, dollars
    RUS rice -                       a blank cell
    ??? what is this                 a row nobody understands

A file saying CRASH takes its process down, one saying BUG meets a mistake in the reader, one saying SLOW
is read for ever.
"""

import os
import sys
import time
from datetime import date, timedelta

import polars as pl

from corridor.codes import schema
from corridor.errors import BrokenLayout, UnrecognisedFile, Where
from corridor.evidence import trace_id
from corridor.ingest.reading import Job
from corridor.store import Bundle, pack
from corridor.store.tables import TYPES

FLOWS = {"020.T": "export", "021.T": "import"}
FORM = "TOY {table} {month} {published}\n{rows}\n"


def text(*rows: str, table: str = "020.T", month: str = "2025-01", published: str = "2025-02-10") -> str:
    return FORM.format(table=table, month=month, published=published, rows="\n".join(rows))


def understand(job: Job) -> Bundle:
    lines = job.path.read_text(encoding="utf-8").splitlines()
    if lines[0] == "CRASH":
        os._exit(3)
    if lines[0] == "SLOW":
        sys.stdout.write("reading\n")
        sys.stdout.flush()
        time.sleep(600)
    if lines[0] == "BUG":
        raise KeyError("Ненадёжно\nhai dòng")
    if not lines[0].startswith("TOY "):
        raise UnrecognisedFile("no reader recognises this file", where=Where(file=job.path.name))
    if len(lines) < 2:
        raise BrokenLayout("the table has no rows", where=Where(file=job.name, page=1), next_step="fetch it again")
    return bundle(lines, job.name, job.snapshot, job.added)


def bundle(lines: list[str], name: str, snapshot: str, added: date) -> Bundle:
    _, table, month, printed = lines[0].split()
    start = date.fromisoformat(f"{month}-01")
    published = added if printed == "-" else date.fromisoformat(printed)
    common = {
        "source": "toy",
        "release": "first",
        "table": table,
        "reporter": "VNM",
        "flow": FLOWS[table],
        "classification": "VNC",
        "freq": "M",
        "cumulative": False,
        "edition": f"{table}, {month}, {published}",
        "period_start": start,
        "period_end": (start + timedelta(days=31)).replace(day=1) - timedelta(days=1),
        "currency": "USD",
        "valuation": "fob",
        "maturity": "preliminary",
        "caveats": "",
        "file": name,
        "published": published,
        "added": added,
        "snapshot": snapshot,
        "page": "1",
    }
    flows, coverage, aside = [], [], []
    for number, line in enumerate(lines[1:], start=2):
        partner, product, value = line.split(maxsplit=2)
        row = {**common, "partner": partner, "product": product, "trace_id": trace_id(snapshot, 1, number)}
        if partner == "???":
            aside.append({**row, "row": number, "text": line, "reason": "unknown partner “???”"})
        elif value == "-":
            coverage.append({**row, "status": "blank"})
        else:
            flows.append({**row, "value": float(value), "value_usd": float(value)})
    rows = {"flows": flows, "quantities": [], "coverage": coverage, "not_understood": aside}
    return pack(
        {name: frame(name, found) for name, found in rows.items()},
        source="toy",
        table=table,
        release="first",
        edition=common["edition"],
        published=published,
    )


def frame(table: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows of a stored table; a column not named is empty."""
    named = [{name: row.get(name) for name in schema.columns(table)} for row in rows]
    return pl.DataFrame(named, schema=dict(TYPES[table]))
