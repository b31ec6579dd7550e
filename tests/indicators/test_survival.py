"""Survival of trade relationships."""

import math

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.errors import UsageError
from corridor.indicators import survival


def years(**spells: list[int]) -> pl.DataFrame:
    """One exporter a relationship; ROW trades every year from 2000 to 2006 and so shows which years there are."""
    rows = [(name, year, 5) for name, seen in {**spells, "ROW": list(range(2000, 2007))}.items() for year in seen]
    return pl.DataFrame(rows, schema=["exporter", "year", "value_usd"], orient="row")


def test_by_hand() -> None:
    # spells of 1, 1, 2 and 3 years, the last still running in 2006; ROW began before 2001 and is left out:
    # S(1) = 1 - 2/4, S(2) = 1/2 (1 - 1/2), S(3) = 1/4; Greenwood 1/2 sqrt(2/(4*2)) = 1/4, 1/4 sqrt(1/4 + 1/2)
    table = years(A=[2001], B=[2003], C=[2002, 2003], D=[2004, 2005, 2006])
    result = survival(table, "exporter")
    assert result.columns == ["duration", "at_risk", "ended", "censored", "survival", "survival_error"]
    assert result.rows() == [
        (1, 4, 2, 0, 0.5, pytest.approx(0.25)),
        (2, 2, 1, 0, 0.25, pytest.approx(0.25 * math.sqrt(0.75))),
        (3, 1, 0, 1, 0.25, pytest.approx(0.25 * math.sqrt(0.75))),
    ]


def test_who_began_nobody_knows_when_is_left_out_or_kept() -> None:
    table = years(A=[2000, 2001])
    assert survival(table, "exporter").height == 0
    kept = survival(table, "exporter", begun_before="keep")
    assert kept.rows() == [
        (2, 2, 1, 0, 0.5, pytest.approx(math.sqrt(0.125))),
        (7, 1, 0, 1, 0.5, pytest.approx(math.sqrt(0.125))),
    ]


def test_a_gap_ends_a_spell_or_is_bridged() -> None:
    table = years(A=[2001, 2003])
    assert survival(table, "exporter").select("duration", "ended").rows() == [(1, 2)]
    assert survival(table, "exporter", gap=1).select("duration", "ended").rows() == [(3, 1)]
    # with a gap of one the silence of 2006 may be one: not ended
    assert survival(years(A=[2004, 2005]), "exporter", gap=1).select("ended", "censored").rows() == [(0, 1)]
    with pytest.raises(UsageError, match="a gap of -1 years is none"):
        survival(table, "exporter", gap=-1)


def test_a_zero_is_no_trade() -> None:
    table = pl.concat([years(A=[2001, 2002]), pl.DataFrame({"exporter": ["A"], "year": [2003], "value_usd": [0]})])
    assert survival(table, "exporter").select("duration", "ended").rows() == [(2, 1)]


def test_a_year_that_was_not_reported_ends_nothing() -> None:
    table = years(A=[2001]).filter(pl.col("year") != 2003)
    with pytest.raises(UnfitTable, match="have years without any row"):
        survival(table, "exporter")


def test_all_ended_is_zero_without_uncertainty() -> None:
    assert survival(years(A=[2001], B=[2003]), "exporter").row(0)[4:] == (0, 0)
