"""CEPII's BACI: one archive a revision of the HS, with all countries, products and years since the revision."""

from __future__ import annotations

from datetime import date

from corridor.errors import UnknownName
from corridor.fetch.publisher import Ask, Publisher
from corridor.fetch.request import Request, Span

ID = "baci"
EDITION = "202601"
#: First year of each revision of the HS.
REVISIONS = {"HS22": 2022, "HS17": 2017, "HS12": 2012, "HS07": 2007, "HS02": 2002, "HS96": 1996, "HS92": 1988}
MOST_BYTES = 8 << 30


def plan(ask: Ask) -> tuple[Request, ...]:
    """The archive of the newest revision that holds the first year asked for, or of the one named."""
    revision = ask.classification or next(
        (name for name, since in REVISIONS.items() if since <= ask.first_year), "HS92"
    )
    if revision not in REVISIONS:
        raise UnknownName(f"BACI has no revision {revision}", next_step=f"there are: {', '.join(REVISIONS)}")
    edition = (ask.edition or EDITION).removeprefix("V")
    name = f"BACI_{revision}_V{edition}.zip"
    first = max(ask.first_year, REVISIONS[revision])
    spans = tuple(
        Span(table=f"BACI {revision}", freq="A", start=date(year, 1, 1), end=date(year, 12, 31), flow="export")
        for year in range(first, ask.last_year + 1)
    )
    return (
        Request(
            source=ID,
            name=name,
            url=f"{ask.base}/DATA_DOWNLOAD/baci/data/{name}",
            kind="zip",
            spans=spans,
            most_bytes=MOST_BYTES,
            large=True,
        ),
    )


PUBLISHER = Publisher(id=ID, base="https://www.cepii.fr", plan=plan, of_pair=False)
