"""Revisions implied by cumulative figures."""

from datetime import date

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.indicators import implied_revision


def months(*rows: tuple[date, int | None, int | None]) -> pl.DataFrame:
    schema = {"period_end": pl.Date, "value_month": pl.Int64, "value_cumulative": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_by_hand() -> None:
    # February 32 - 10 - 20 = 2 more for January; January starts from zero in every year
    table = months(
        (date(2024, 2, 29), 20, 32), (date(2024, 1, 31), 10, 10), (date(2025, 1, 31), 7, 7), (date(2023, 12, 31), 1, 90)
    )
    result = implied_revision(table)
    assert result["implied_revision"].to_list() == [2, 0, 0, None]
    assert result["implied_revision_absence"].to_list() == [None, None, None, "no_previous_month"]


def test_a_gap_is_not_a_revision() -> None:
    # March is not held: in April its trade would look like a revision
    table = months((date(2024, 2, 29), 20, 30), (date(2024, 3, 31), None, None), (date(2024, 4, 30), 5, 48))
    assert implied_revision(table)["implied_revision"].to_list() == [None, None, None]
    assert implied_revision(table.filter(pl.col("value_month").is_not_null()))["implied_revision"][1] is None


def test_the_largest_implied_revisions_of_trade_with_russia(vn_ru) -> None:
    table = pl.DataFrame(
        [
            (day, flow, values[start], values[start + 1])
            for day, values in vn_ru.MONTHS.items()
            for flow, start in (("export", 0), ("import", 2))
        ],
        schema={"period_end": pl.Date, "flow": pl.String, "value_month": pl.Int64, "value_cumulative": pl.Int64},
        orient="row",
    )
    result = implied_revision(table, by="flow")
    found = {(flow, f"{day:%Y-%m}"): value for day, flow, _, _, value, _ in result.iter_rows()}
    printed = {
        ("export", "2024-06"): 27_309_800, ("export", "2023-05"): 4_734_726, ("export", "2025-12"): 2_318_612,
        ("import", "2023-04"): -18_390_181, ("import", "2023-05"): -11_529_274, ("import", "2024-06"): 8_612_863,
        ("import", "2024-05"): -4_339_899, ("import", "2025-12"): 4_260_631, ("import", "2023-03"): 4_059_592,
    }  # fmt: skip
    assert {key: found[key] for key in printed} == printed
    # the file of March 2024 is not held: neither its own month nor the step to April can be said
    assert found["export", "2024-03"] is None
    assert found["export", "2024-04"] is None


def test_a_month_twice_or_without_a_date_is_refused() -> None:
    day = date(2024, 1, 31)
    with pytest.raises(UnfitTable, match="2 rows share their month of period_end with another row"):
        implied_revision(months((day, 1, 1), (date(2024, 1, 1), 1, 1)))
    with pytest.raises(UnfitTable, match="period_end is String, not a date"):
        implied_revision(months((day, 1, 1)).with_columns(pl.col("period_end").cast(pl.String)))
