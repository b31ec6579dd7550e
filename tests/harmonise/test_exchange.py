"""Values in another currency: the amount stays, the rate is named, a missing rate is said."""

from datetime import date

import polars as pl
import pytest

from corridor.errors import UsageError
from corridor.harmonise.exchange import to_usd

from . import concordance_world as world


def rates(*rows: tuple[str, str, float, str], day: int = 1) -> pl.DataFrame:
    names = {"currency": pl.String, "period": pl.String, "exchange_rate": pl.Float64, "rate_basis": pl.String}
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(
        file=pl.lit("Bank of Russia, rates.csv"), added=pl.lit(date(2026, 1, day)), snapshot=pl.lit(str(day))
    )


def flows(currency: str, start: date, end: date, value: float = 1000.0) -> pl.DataFrame:
    return world.flows("H5", {"010121": 0}).with_columns(
        value=pl.lit(value), currency=pl.lit(currency), period_start=pl.lit(start), period_end=pl.lit(end)
    ).drop("value_usd")  # fmt: skip


MARCH = (date(2025, 3, 1), date(2025, 3, 31))
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
KNOWN = rates(
    ("RUB", "2025-03", 0.0125, "average"), ("RUB", "2025", 0.012, "average"), ("RUB", "2025-03", 0.013, "end")
)


def test_the_average_of_the_very_period_is_taken_and_named() -> None:
    made = to_usd(pl.concat([flows("RUB", *MARCH), flows("RUB", *YEAR)]), KNOWN)
    assert made.flows["value_usd"].to_list() == [12.5, 12.0]
    assert made.flows["value"].to_list() == [1000, 1000]
    assert made.flows["currency"].to_list() == ["RUB", "RUB"]
    assert made.flows["rate_source"][0] == "2025-03 0.0125 USD a RUB (average; Bank of Russia, rates.csv)"
    assert made.flows["caveats"].to_list() == ["converted_currency"] * 2
    assert made.without_rate.is_empty()


def test_the_rate_of_the_last_day_is_another_basis() -> None:
    assert to_usd(flows("RUB", *MARCH), KNOWN, basis="end").flows["value_usd"].to_list() == [13.0]
    with pytest.raises(UsageError, match="'mean'; there are: average, end"):
        to_usd(flows("RUB", *MARCH), KNOWN, basis="mean")


def test_dollars_pass_unchanged() -> None:
    made = to_usd(flows("USD", *MARCH), KNOWN.clear())
    assert made.flows.select("value_usd", "rate_source", "caveats").rows() == [(1000, None, "")]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2025, 1, 1), date(2025, 3, 31)),
        (date(2025, 4, 1), date(2025, 4, 30)),
        (date(2025, 3, 1), date(2025, 3, 15)),
    ],
)
def test_a_period_without_its_own_rate_is_listed_apart(start: date, end: date) -> None:
    given = flows("RUB", start, end)
    made = to_usd(given, KNOWN)
    assert made.flows.is_empty()
    assert made.without_rate.equals(given)


def test_a_day_and_a_leap_month() -> None:
    known = rates(("VND", "2024-02", 0.00004, "average"), ("VND", "2024-02-29", 0.00005, "average"))
    day, month = (date(2024, 2, 29),) * 2, (date(2024, 2, 1), date(2024, 2, 29))
    made = to_usd(pl.concat([flows("VND", *day, 1e6), flows("VND", *month, 1e6)]), known)
    assert made.flows["value_usd"].to_list() == pytest.approx([50, 40])


def test_of_a_rate_added_twice_the_later_one_counts_and_caveats_stay() -> None:
    both = pl.concat([rates(("RUB", "2025-03", 0.02, "average"), day=2), KNOWN])
    made = to_usd(flows("RUB", *MARCH).with_columns(caveats=pl.lit("estimated")), both)
    assert made.flows["value_usd"].to_list() == [20.0]
    assert made.flows["caveats"].to_list() == ["estimated converted_currency"]
