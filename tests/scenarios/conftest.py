"""A toy schedule whose answers are plain numbers, and the hand that writes its rows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from corridor.codes import schema

KINDS = {"text": pl.String, "integer": pl.Int64, "number": pl.Float64, "date": pl.Date, "boolean": pl.Boolean}
DEFAULTS: dict[str, Any] = {
    "source": "toy", "table": "schedule", "edition": "toy 2026", "reporter": "VNM", "partner": "WLD",
    "rate_kind": "ad_valorem", "classification": "T8", "published": date(2026, 1, 1), "added": date(2026, 1, 1),
    "caveats": "", "snapshot": "a" * 64, "trace_id": "a/1",
}  # fmt: skip


def rates(*rows: dict[str, Any]) -> pl.DataFrame:
    """Rows of the stored table ``tariffs``; a column not named is empty."""
    names = schema.columns("tariffs")
    types = {name: KINDS[schema.COLUMNS[name].type] for name in names}
    filled = [DEFAULTS | row for row in rows]
    return pl.DataFrame([{name: row.get(name) for name in names} for row in filled], schema=types)


@pytest.fixture
def write() -> Callable[..., pl.DataFrame]:
    return rates


def mfn(product: str, rate: float | None, **more: Any) -> dict[str, Any]:
    return {"product": product, "regime": "mfn", "rate": rate, "rate_text": str(rate), **more}


def agreed(product: str, regime: str, partner: str, rate: float | None, **more: Any) -> dict[str, Any]:
    return {"product": product, "regime": regime, "partner": partner, "rate": rate, "rate_text": str(rate), **more}


@pytest.fixture
def toy() -> pl.DataFrame:
    """Four lines: 01 preferred, 02 left out for China, 03 divided, 04 left out of the agreement with the Union."""
    eaeu, china = ("VN-EAEU", "EAEU"), ("ACFTA", "CHN THA")
    return rates(
        mfn("01010101", 0.10, legal_reference="26/2023"),
        agreed("01010101", *eaeu, 0.0, legal_reference="113/2022"),
        agreed("01010101", *china, 0.05, legal_reference="118/2022"),
        mfn("01010102", 0.20),
        agreed("01010102", *eaeu, 0.30),
        agreed("01010102", *china, 0.0, excluded_partners="CHN"),
        mfn("01010103", 0.10),
        agreed("01010103", *eaeu, None, rate_kind="split", rate_min=0.0, rate_max=0.05),
        agreed("01010103", *china, 0.0),
        mfn("01010104", 0.10),
        agreed("01010104", *eaeu, None, rate_kind="excluded"),
        agreed("01010104", *china, 0.0),
        {"product": "01010104", "regime": "vat", "rate_text": "5/8/10", "rate_kind": "several"},
        {"product": "01010104", "regime": "general", "rate_text": "15", "rate": 0.15},
    )
