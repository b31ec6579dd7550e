"""Small readings in a publisher's words, for the tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from corridor.evidence import RAW_COLUMNS, Reading, Refusal
from corridor.harmonise.lookups import Lookups, ProductLabel
from corridor.harmonise.raw import Harmonised, harmonise

SNAPSHOT = "abcdef0123456789" * 4
ADDED = date(2026, 1, 20)
PRINTED = date(2025, 2, 4)
JANUARY = (date(2025, 1, 1), date(2025, 1, 31))

LOOKUPS = Lookups(
    areas={"NGA": "RUS", "HUNGARI": "HUN", "BUNGARI": "BGR", "TRUNG QUỐC": "CHN"},
    products=(
        ProductLabel("Cà phê", "coffee"),
        ProductLabel("Ô tô", "motor_vehicles"),
        ProductLabel("Hàng hóa khác", "other_goods"),
        ProductLabel("Kim loại thường khác", "base_metals", flow="export", since=date(2026, 3, 1)),
        ProductLabel("Kim loại thường khác", "base_metals", flow="import"),
        ProductLabel("Kim loại và sản phẩm", "base_metals_and_articles", flow="export", until=date(2026, 2, 28)),
    ),
    units={"Tấn": "t", "Chiếc": "piece", "USD": ""},
    valuation={"export": "fob", "import": "cif"},
    classification="VNC",
    adds_up=frozenset({"020.T"}),
)
_TYPES = {
    "block": pl.Int64, "row": pl.Int64, "period_start": pl.Date, "period_end": pl.Date, "cumulative": pl.Boolean,
    "value": pl.Float64, "quantity": pl.Float64,
}  # fmt: skip


def line(block: int, row: int, product: str | None, value: float | None, **but: Any) -> dict[str, Any]:
    """One printed figure: of a partner's total where ``product`` is None."""
    start, end = JANUARY
    return {
        "block": block, "page": "1", "row": row, "partner_label": "NGA", "product_label": product, "unit_label": None,
        "flow": "export", "freq": "M", "period_start": start, "period_end": end, "cumulative": False, "value": value,
        "quantity": None, **but,
    }  # fmt: skip


def block(number: int, total: float | None, groups: dict[str, float | None], **but: Any) -> list[dict[str, Any]]:
    """A partner's block: its total row and its groups."""
    rows = [line(number, 10 * number, None, total, **but)]
    return rows + [
        line(number, 10 * number + place, label, value, **but) for place, (label, value) in enumerate(groups.items(), 1)
    ]


def reading(rows: Iterable[dict[str, Any]], **but: Any) -> Reading:
    """A reading of those rows."""
    types = {name: _TYPES.get(name, pl.String) for name in RAW_COLUMNS}
    given = {
        "source": "toy", "table": "020.T", "release": "first", "maturity": "preliminary", "reporter": "VNM",
        "currency": "USD", "edition": "020.T, 2025-01", "published": PRINTED, **but,
    }  # fmt: skip
    return Reading(rows=pl.DataFrame(list(rows), schema=types), **given)


def put(rows: Iterable[dict[str, Any]], lookups: Lookups = LOOKUPS, **but: Any) -> Harmonised:
    """Those rows in our tables."""
    return harmonise(reading(rows, **but), lookups=lookups, snapshot=SNAPSHOT, file="t1.pdf", added=ADDED)


def refusal(page: int | None, row: int | None) -> Refusal:
    return Refusal(page, row, "???", "this line is no row of the table")
