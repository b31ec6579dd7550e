"""A toy world whose answers a reader can redo on paper.

Viet Nam reports, as its customs office does: coal, wheat, fertilisers, paper and a residual bought from Russia,
Australia and China, coffee and garments sold to Russia and China, in 2023 and 2024. Values are a few hundred
dollars, so that shares are simple fractions.

Imports of Viet Nam, USD (tonnes):            Exports of Viet Nam, USD:
              2023                2024                     2023     2024
              RUS   AUS   CHN     RUS   AUS   CHN          RUS CHN  RUS CHN
coal          100   300   100     150   300    50   coffee      60  40   90  30
              (10)  (30)  (10)    (30)  (40)  (10)              (6) (4)  (6) (2)
wheat         100   100     -      50   150     -   garments    30  70   30  90
              (4)   (4)           (2)   (5)         other_goods 10  10   20  20
fertilisers     -     -    60      40     -    60
paper          20     -    20       -     -    60
other_goods   100   100   100     100   100   200
total         320   500   280     340   550   370   total      100 120  140 140

Russia's coal: 1/5 of the market in 2023, 3/10 in 2024. Its wheat: 1/2, then 1/4; Australia gained the quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from corridor.codes import schema
from corridor.codes.periods import Period, parse
from corridor.harmonise.coverage import PublishedTable
from corridor.study.comparisons import Agenda, Comparison
from corridor.study.ledger import Ledger
from corridor.study.question import Question
from corridor.study.series import Series
from corridor.study.tables import Publisher, Tables

Row = dict[str, Any]

SNAPSHOT = "5" * 64
PRINTED = date(2025, 2, 4)
TABLE = {"export": "020.T", "import": "021.T"}
VALUATION = {"export": "fob", "import": "cif"}
PUBLISHERS: Mapping[str, Publisher] = {
    "vn_customs": Publisher("vn_customs", "VNM", 1),
    "vn_nso": Publisher("vn_nso", "VNM", 1),
    "ru_customs": Publisher("ru_customs", "RUS", 1),
    "imf_imts": Publisher("imf_imts", "", 2),
    "press": Publisher("press", "", 3),
}
_TYPES = {"text": pl.String, "integer": pl.Int64, "number": pl.Float64, "date": pl.Date, "boolean": pl.Boolean}

#: product: (RUS, AUS, CHN) of 2023, then of 2024, in USD; None = no row.
IMPORTS: Mapping[str, tuple[tuple[float | None, ...], tuple[float | None, ...]]] = {
    "coal": ((100, 300, 100), (150, 300, 50)),
    "wheat": ((100, 100, None), (50, 150, None)),
    "fertilisers": ((None, None, 60), (40, None, 60)),
    "paper": ((20, None, 20), (None, None, 60)),
    "other_goods": ((100, 100, 100), (100, 100, 200)),
}
#: product: (RUS, CHN) of 2023, then of 2024.
EXPORTS: Mapping[str, tuple[tuple[float | None, ...], tuple[float | None, ...]]] = {
    "coffee": ((60, 40), (90, 30)),
    "garments": ((30, 70), (30, 90)),
    "other_goods": ((10, 10), (20, 20)),
}
#: Tonnes in the order of the values.
TONNES: Mapping[tuple[str, str], tuple[tuple[float | None, ...], tuple[float | None, ...]]] = {
    ("import", "coal"): ((10, 30, 10), (30, 40, 10)),
    ("import", "wheat"): ((4, 4, None), (2, 5, None)),
    ("export", "coffee"): ((6, 4), (6, 2)),
}


def figure(partner: str, product: str, value: float, period: str = "2024-01:2024-12", **but: Any) -> Row:
    """One row of flows: Viet Nam's customs office on its imports, unless told otherwise.

    ``period`` as a user writes it: ``2024-01:2024-12`` is a cumulative column, ``2024-01`` a month, ``2024`` a year.
    """
    span = parse(period)
    flow = but.get("flow", "import")
    row = {
        **dict.fromkeys(schema.columns("flows")),
        "source": "vn_customs",
        "release": "first",
        "table": TABLE[flow],
        "reporter": "VNM",
        "partner": partner,
        "flow": flow,
        "classification": "VNC",
        "product": product,
        "freq": {"YTD": "M"}.get(span.freq, span.freq),
        "period_start": span.start,
        "period_end": span.end,
        "cumulative": span.cumulative,
        "edition": f"{TABLE[flow]}, {period}",
        "value": float(value),
        "currency": "USD",
        "value_usd": float(value),
        "valuation": VALUATION[flow],
        "maturity": "preliminary",
        "published": PRINTED,
        "added": PRINTED,
        "caveats": "",
        "snapshot": SNAPSHOT,
    }
    if but.get("quantity") is not None:
        row["quantity_unit"] = "t"
    row |= but
    # A trace that names what it traces, so that a failed test can be read.
    series = f"{row['source']}.{row['release']}.{row['flow']}"
    row["trace_id"] = row["trace_id"] or f"{row['snapshot'][:16]}/{series}/{partner}.{product}.{span.code}"
    return row


def status(partner: str, word: str, period: str, **but: Any) -> Row:
    """One row of coverage."""
    row = figure(partner, "all", 0, period, **but)
    return {name: {**row, "status": word}[name] for name in schema.columns("coverage")}


def frame(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    """Rows of a stored table, with its columns and types."""
    types = {name: _TYPES[schema.COLUMNS[name].type] for name in schema.columns(table)}
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types)


def blocks(partner: str, groups: Mapping[str, float | None], period: str, **but: Any) -> list[Row]:
    """A partner's block as printed: its total, then its groups (None = no row)."""
    named = {product: value for product, value in groups.items() if value is not None}
    rows = [figure(partner, "TOTAL", sum(named.values()), period, **but)]
    return [*rows, *(figure(partner, product, value, period, **but) for product, value in named.items())]


def years() -> list[Row]:
    """The world's rows: the December tables of 2023 and 2024, both flows, cumulative columns."""
    rows: list[Row] = []
    for flow, table, partners in (("import", IMPORTS, ("RUS", "AUS", "CHN")), ("export", EXPORTS, ("RUS", "CHN"))):
        for side, year in enumerate((2023, 2024)):
            period = f"{year}-01:{year}-12"
            for place, partner in enumerate(partners):
                groups = {product: values[side][place] for product, values in table.items()}
                rows += [_weighed(row, side, place) for row in blocks(partner, groups, period, flow=flow)]
    return rows


def _weighed(row: Row, side: int, place: int) -> Row:
    tonnes = TONNES.get((row["flow"], row["product"]))
    quantity = tonnes[side][place] if tonnes else None
    return {**row, "quantity": quantity, "quantity_unit": "t"} if quantity is not None else row


def months(partner: str, values: Mapping[str, float], flow: str = "import", **but: Any) -> list[Row]:
    """A partner's printed monthly totals: month -> USD."""
    return [figure(partner, "TOTAL", value, month, flow=flow, **but) for month, value in values.items()]


def tables(
    rows: Iterable[Row],
    coverage: Iterable[Row] = (),
    facts: Iterable[Row] = (),
    calendar: Sequence[PublishedTable] = (),
) -> Tables:
    """The stored tables of a world."""
    return Tables(
        flows=frame("flows", rows),
        quantities=frame("quantities", ()),
        coverage=frame("coverage", coverage),
        facts=frame("facts", facts),
        publishers=PUBLISHERS,
        calendar=tuple(calendar),
    )


def question(**but: Any) -> Question:
    """Russia's exports to Viet Nam."""
    return Question(**{"exporter": "RUS", "partner": "VNM", **but})


def series(**but: Any) -> Series:
    """The series of the world: Viet Nam's customs office on Russia."""
    named = {"reporter": "VNM", "partner": "RUS", "source": "vn_customs", "release": "first", "classification": "VNC"}
    return Series(**{**named, **but})


def ledger(rows: Iterable[Row], **but: Any) -> Ledger:
    """The ledger of the world's series over ``rows``."""
    return Ledger(frame("flows", rows), series(**but))


YEARS = Comparison(Period.year(2023), Period.year(2024), "year")
AGENDA = Agenda((Period.year(2023), Period.year(2024)), (YEARS,))


def only(table: pl.DataFrame, **key: object) -> Row:
    """The one row of a table that has all of ``key``."""
    rows = table.filter(*(pl.col(name) == value for name, value in key.items()))
    assert rows.height == 1, f"{rows.height} rows for {key}"
    return rows.row(0, named=True)
