"""UN Comtrade's interface v1: what to ask for a pair, split so that no answer meets the limit on its rows.

Without a key the preview answers with at most 500 rows and one period a call: totals and HS chapters. With a
key the four levels of the HS come, as many years a call as fit under 100,000 rows, the limit of a free key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from corridor.codes import areas
from corridor.codes.area_tables import publisher_codes
from corridor.errors import UnknownName
from corridor.fetch.faults import DownloadFailed, TooManyRows
from corridor.fetch.publisher import Ask, Found, Publisher
from corridor.fetch.request import Request, Span

ID = "un_comtrade"
PREVIEW_ROWS = 500
KEYED_ROWS = 100_000
#: Years of which a keyed call may ask at once, whatever their rows.
MOST_YEARS = 12
#: Rows of one reporter, partner, flow and year at most: the total, HS2, HS4 and HS6 of HS 2022.
ROWS_OF_A_YEAR = 1 + 97 + 1_229 + 5_613
ANSWER_BYTES = 256 << 20
A_DAY = 86_400.0

_FLOWS: Mapping[str, str] = {"X": "export", "M": "import"}
#: The publisher's names of the revisions of the HS.
_REVISIONS: Mapping[str, str] = {
    "HS92": "H0", "HS96": "H1", "HS02": "H2", "HS07": "H3", "HS12": "H4", "HS17": "H5", "HS22": "H6",
}  # fmt: skip
_WORLD = "WLD"
_LEVELS = ("TOTAL,AG2", "AG4", "AG6")


def plan(ask: Ask) -> tuple[Request, ...]:
    """Both reports of the pair, and of each side its trade with the world, all goods."""
    return tuple(request for reporter, partner in ask.both() for request in _reports(ask, reporter, partner))


def look(request: Request, body: bytes) -> Found:
    """Count the rows, and see for which flow, partner and year there are any.

    Raises `TooManyRows` where the answer is as long as the limit allows, and `DownloadFailed` with the
    publisher's own words where it complains.
    """
    answer = json.loads(body)
    if answer.get("error"):
        raise DownloadFailed(f"the publisher complains: {answer['error']}")
    rows = answer.get("data")
    if not isinstance(rows, list):
        raise DownloadFailed("the answer has no list of rows")
    if request.row_limit is not None and len(rows) >= request.row_limit:
        raise TooManyRows(
            f"the answer has {len(rows):,} rows, as many as the publisher gives at once, so rows may be missing"
        )
    seen = {(row.get("flowCode"), str(row.get("partnerCode")), row.get("refYear")) for row in rows}
    asked = {_code(ask_partner, span.start): ask_partner for span in request.spans for ask_partner in [span.partner]}
    named = {(_FLOWS.get(str(flow), ""), asked.get(partner, ""), year) for flow, partner, year in seen}
    present = frozenset(span for span in request.spans if (span.flow, span.partner, span.start.year) in named)
    return Found(len(rows), present)


def _reports(ask: Ask, reporter: str, partner: str) -> Iterator[Request]:
    if not ask.keyed:
        for year in ask.years:
            yield _request(ask, reporter, partner, (year,), tuple(_FLOWS), (_LEVELS[0],))
        return
    most = max(1, min(MOST_YEARS, KEYED_ROWS // (ROWS_OF_A_YEAR * len(_FLOWS) * 2)))
    for first in range(0, len(ask.years), most):
        yield _request(ask, reporter, partner, ask.years[first : first + most], tuple(_FLOWS), _LEVELS)


def _request(
    ask: Ask, reporter: str, partner: str, years: Sequence[int], flows: Sequence[str], levels: Sequence[str]
) -> Request:
    """One call, with the smaller ones that ask for the same."""
    limit = KEYED_ROWS if ask.keyed else PREVIEW_ROWS
    partners = (partner, _WORLD)
    day = date(years[-1], 12, 31)
    goods = ask.classification or "HS"
    path = "data/v1/get" if ask.keyed else "public/v1/preview"
    params = {
        "reporterCode": _code(reporter, day),
        "period": ",".join(map(str, years)),
        "partnerCode": ",".join(_code(each, day) for each in partners),
        "partner2Code": "0",
        "customsCode": "C00",
        "motCode": "0",
        "cmdCode": ",".join(levels),
        "flowCode": ",".join(flows),
        "maxRecords": str(limit),
        "format": "JSON",
        "includeDesc": "true",
    }
    return Request(
        source=ID,
        name=_name(reporter, partner, years, flows, levels),
        url=f"{ask.base}/{path}/C/A/{_REVISIONS.get(goods, goods)}",
        kind="json",
        params=params,
        spans=tuple(_span(reporter, each, flow, year) for each in partners for flow in flows for year in years),
        parts=tuple(_halves(ask, reporter, partner, years, flows, levels)),
        row_limit=limit,
        most_bytes=ANSWER_BYTES,
        fresh_for=A_DAY,
    )


def _halves(
    ask: Ask, reporter: str, partner: str, years: Sequence[int], flows: Sequence[str], levels: Sequence[str]
) -> Iterator[Request]:
    """The same by fewer years; by one flow; by fewer levels of the HS."""
    if len(years) > 1:
        middle = len(years) // 2
        for some in (years[:middle], years[middle:]):
            yield _request(ask, reporter, partner, some, flows, levels)
    elif len(flows) > 1:
        for flow in flows:
            yield _request(ask, reporter, partner, years, (flow,), levels)
    elif len(levels) > 1:
        for level in levels:
            yield _request(ask, reporter, partner, years, flows, (level,))


def _span(reporter: str, partner: str, flow: str, year: int) -> Span:
    return Span(
        table="C/A/HS",
        freq="A",
        start=date(year, 1, 1),
        end=date(year, 12, 31),
        flow=_FLOWS[flow],
        reporter=reporter,
        partner=partner,
    )


def _name(reporter: str, partner: str, years: Sequence[int], flows: Sequence[str], levels: Sequence[str]) -> str:
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]}-{years[-1]}"
    goods = "-".join(levels).replace(",", "-")
    return f"comtrade-{reporter}-{partner}-{span}-{''.join(flows)}-{goods}.json"


def _code(area: str, on: date) -> str:
    """The publisher's own number of an economy: 842 and not 840 for the United States. Raises `UnknownName`."""
    for known in publisher_codes():
        own = known.publisher == ID and known.area == area and known.code.isdecimal()
        if own and (known.since is None or known.since <= on) and (known.until is None or on <= known.until):
            return known.code
    numeric = areas.area(area).numeric
    if numeric is None:
        raise UnknownName(f"UN Comtrade has no number for {area}", next_step="name a country, e.g. RUS")
    return str(int(numeric))


PUBLISHER = Publisher(
    id=ID,
    base="https://comtradeapi.un.org",
    plan=plan,
    look=look,
    key_variable="CORRIDOR_COMTRADE_KEY",
    key_header="Ocp-Apim-Subscription-Key",
)
