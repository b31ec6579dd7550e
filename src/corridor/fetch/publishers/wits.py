"""The World Bank's WITS: trade by group of goods, and the tariff one side applies to the other, by year."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from corridor.codes import areas
from corridor.fetch.faults import DownloadFailed
from corridor.fetch.publisher import Ask, Found, Publisher
from corridor.fetch.request import Request, Span

ID = "wits"
_FLOWS: Mapping[str, str] = {"XPRT-TRD-VL": "export", "MPRT-TRD-VL": "import"}
_PATH = "API/V1/SDMX/V21/datasource"


def plan(ask: Ask) -> tuple[Request, ...]:
    """Both reports of the pair by flow and year, and both tariffs by year."""
    return tuple(
        request
        for reporter, partner in ask.both()
        for year in ask.years
        for request in (*_trade(ask, reporter, partner, year), _tariff(ask, reporter, partner, year))
    )


def look(request: Request, body: bytes) -> Found:
    """Count the series of an SDMX-JSON answer; one without any says nothing of its period."""
    answer = json.loads(body)
    sets = answer.get("dataSets") if isinstance(answer, dict) else None
    if not isinstance(sets, list):
        raise DownloadFailed("the answer has no data sets")
    rows = sum(len(each.get("series", {})) for each in sets)
    return Found(rows, frozenset(request.spans if rows else ()))


def _trade(ask: Ask, reporter: str, partner: str, year: int) -> Iterator[Request]:
    for indicator, flow in _FLOWS.items():
        where = f"reporter/{reporter.lower()}/year/{year}/partner/{partner.lower()}/product/all/indicator/{indicator}"
        yield _request(
            ask, "tradestats-trade", where, f"{reporter}-{partner}-{year}-{flow}", year, flow, reporter, partner
        )


def _tariff(ask: Ask, reporter: str, partner: str, year: int) -> Request:
    where = (
        f"reporter/{areas.area(reporter).numeric}/partner/{areas.area(partner).numeric}"
        f"/product/all/year/{year}/datatype/reported"
    )
    return _request(ask, "TRN", where, f"tariff-{reporter}-{partner}-{year}", year, "", reporter, partner)


def _request(
    ask: Ask, database: str, where: str, name: str, year: int, flow: str, reporter: str, partner: str
) -> Request:
    return Request(
        source=ID,
        name=f"wits-{name}.json",
        url=f"{ask.base}/{_PATH}/{database}/{where}",
        kind="json",
        params={"format": "JSON"},
        spans=(Span(database, "A", date(year, 1, 1), date(year, 12, 31), flow, reporter, partner),),
        fresh_for=86_400.0,
    )


PUBLISHER = Publisher(id=ID, base="https://wits.worldbank.org", plan=plan, look=look)
