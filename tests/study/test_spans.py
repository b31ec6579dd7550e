"""Spans of days as periods."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from corridor.study.spans import with_period


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (date(2025, 12, 31), "2025"),
        (date(2025, 11, 30), "2025-01:2025-11"),
        (date(2025, 12, 15), "2025-01:2025-12H1"),
        (date(2025, 3, 15), "2025-01:2025-03H1"),
    ],
)
def test_a_span_from_january_is_a_year_only_where_it_ends_with_it(end: date, code: str) -> None:
    """Forms of half a month count from January to the 15th."""
    rows = pl.DataFrame({"period_start": [date(2025, 1, 1)], "period_end": [end], "cumulative": [True]})
    assert with_period(rows)["period"].to_list() == [code]
