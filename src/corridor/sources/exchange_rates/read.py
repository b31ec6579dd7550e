"""Reads exchange rates: a CSV ``currency, period, exchange_rate, rate_basis, source``.

``period`` is 2025, 2025-03 or 2025-03-31; ``exchange_rate`` US dollars for one unit of the currency, with a decimal
point; ``rate_basis`` average or end; ``source`` who printed it, e.g. "Bank of Russia".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from corridor.evidence import ListReading
from corridor.sources import headed_list, signs

SOURCE = "exchange_rates"
HEADER = ["currency", "period", "exchange_rate", "rate_basis", "source"]
BASES = ("average", "end")

_CURRENCY = re.compile(r"[A-Z]{3}")
_PERIOD = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading is the table's."""
    del path
    return headed_list.is_headed(head, HEADER)


def read(path: Path, name: str) -> ListReading:
    """Every rate; the printed source stands before the file's name."""
    import polars as pl

    lines, refusals = headed_list.lines(path, name, HEADER, _fault)
    found = [
        (number, currency, period, signs.number(rate), basis, f"{source}, {name}")
        for number, (currency, period, rate, basis, source) in lines
    ]
    types = {"row": pl.Int64, "currency": pl.String, "period": pl.String, "exchange_rate": pl.Float64,
             "rate_basis": pl.String, "file": pl.String}  # fmt: skip
    table = pl.DataFrame(found, schema=types, orient="row").with_columns(page=pl.lit(""))
    return ListReading(SOURCE, "rates", "exchange rates", None, {"exchange_rates": table}, refusals)


def _fault(cells: Sequence[str]) -> str:
    """Why a line cannot be used; empty where it can."""
    currency, period, rate, basis, source = cells
    if not _CURRENCY.fullmatch(currency) or not _PERIOD.fullmatch(period):
        return "not a currency of three letters and a period such as 2025 or 2025-03"
    if basis not in BASES or not source:
        return "rate_basis is average or end, and the source needs a name"
    return "" if _is_rate(rate) else "the rate is no number above zero"


def _is_rate(text: str) -> bool:
    return (signs.number(text) or 0) > 0
