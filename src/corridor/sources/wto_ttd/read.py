"""Reads the bilateral file of the tariff tracker: one importer's duty on one partner's goods at several dates.

A CSV, mostly packed with gzip: one row a subheading and date, the best available rate in per cent. The rate holds
from its date until the next one printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from corridor.evidence import ListReading
from corridor.sources import plain
from corridor.sources.rate_table import NotARate, RateRow, collected, economy, frame, hs6, per_cent

SOURCE, TABLE = "wto_ttd", "bilateral"
#: The columns that are read; others stand beside them.
_NEEDED = ("reporter_iso", "partner_iso", "year_dt", "hs_code", "best_avlbl")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first line names the tracker's columns."""
    return set(_NEEDED) <= set(plain.heading(head))


def read(path: Path, name: str) -> ListReading:
    """The whole file. Raises `UnreadableFile` or `BrokenLayout`; a row that is no rate becomes a refusal."""
    rows, refused = collected(plain.records(path, name), _rate, name)
    newest = max(row.in_force_from for row in rows if row.in_force_from)
    edition = f"Tariff tracker, {rows[0].reporter} on {rows[0].partner}, rates to {newest}"
    return ListReading(SOURCE, TABLE, edition, None, {"tariffs": frame(rows)}, refused)


def _rate(number: int, found: Mapping[str, str]) -> RateRow:
    rate = per_cent(found["best_avlbl"])
    if rate is None:
        raise NotARate("no rate is printed")
    return RateRow(
        row=number,
        reporter=economy("wits", found["reporter_iso"]),
        partner=economy("wits", found["partner_iso"]),
        regime="applied",
        # The file names no revision of the HS; its dates are those of HS 2022.
        classification="H6",
        product=hs6(found["hs_code"]),
        rate_text=found["best_avlbl"],
        rate_kind="ad_valorem",
        rate=rate,
        rate_min=rate,
        rate_max=rate,
        in_force_from=_day(found["year_dt"]),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotARate(f"no date: “{text[:40]}”") from None
