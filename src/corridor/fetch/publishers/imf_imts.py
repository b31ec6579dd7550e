"""The IMF's trade in goods by partner (IMTS, once DOTS), through its SDMX interface, as a table in text."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date

from corridor.fetch.faults import DownloadFailed
from corridor.fetch.publisher import Ask, Found, Publisher
from corridor.fetch.request import Request, Span

ID = "imf_imts"
#: The publisher's indicators: exports free on board, imports with cost, insurance and freight.
_FLOWS: Mapping[str, str] = {"XG_FOB_USD": "export", "MG_CIF_USD": "import"}
_WORLD = {"G001": "WLD"}
_TABLE = "text/csv"
_ACCEPT = "application/vnd.sdmx.data+csv;version=2.0.0"


def plan(ask: Ask) -> tuple[Request, ...]:
    """Both reports of the pair, and of each side its trade with the world, by year."""
    return tuple(_request(ask, reporter, partner) for reporter, partner in ask.both())


def look(request: Request, body: bytes) -> Found:
    """Count the observations, and see for which flow, partner and year there are any.

    An answer without observations is a valid one here (a key that fits no series gives it too).
    """
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    needed = {"INDICATOR", "COUNTERPART_COUNTRY", "TIME_PERIOD", "OBS_VALUE"}
    if rows and not needed <= rows[0].keys():
        raise DownloadFailed(f"the table lacks the columns {', '.join(sorted(needed - rows[0].keys()))}")
    seen = {
        (_FLOWS.get(row["INDICATOR"], ""), _WORLD.get(row["COUNTERPART_COUNTRY"], row["COUNTERPART_COUNTRY"]), year)
        for row in rows
        if row["OBS_VALUE"] and (year := row["TIME_PERIOD"][:4])
    }
    present = frozenset(span for span in request.spans if (span.flow, span.partner, str(span.start.year)) in seen)
    return Found(len(rows), present)


def _request(ask: Ask, reporter: str, partner: str) -> Request:
    key = f"{reporter}.{'+'.join(_FLOWS)}.{partner}+G001.A"
    spans = tuple(
        Span("IMTS", "A", date(year, 1, 1), date(year, 12, 31), flow, reporter, each, "TOTAL")
        for each in (partner, "WLD")
        for flow in _FLOWS.values()
        for year in ask.years
    )
    return Request(
        source=ID,
        name=f"imts-{reporter}-{partner}-{ask.first_year}-{ask.last_year}.csv",
        url=f"{ask.base}/external/sdmx/2.1/data/IMF.STA,IMTS/{key}",
        kind="csv",
        params={"startPeriod": str(ask.first_year), "endPeriod": str(ask.last_year)},
        headers={"Accept": f"{_ACCEPT}, {_TABLE};q=0.5"},
        spans=spans,
        fresh_for=86_400.0,
    )


PUBLISHER = Publisher(id=ID, base="https://api.imf.org", plan=plan, look=look)
