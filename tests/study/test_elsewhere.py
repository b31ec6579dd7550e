"""A period that the chosen series lacks: which release to ask with, and what a quarter is called."""

from datetime import date

import polars as pl
import pytest

from corridor.codes.periods import Period
from corridor.study.comparisons import NotHeld
from corridor.study.spans import with_period
from corridor.study.study import study
from world import figure, question, tables, years


def test_the_message_names_the_release_that_holds_the_period() -> None:
    revised = [
        figure("RUS", "TOTAL", 1, "2022-03", flow=flow, source="vn_nso", release="revised", classification="TOTAL")
        for flow in ("export", "import")
    ]
    with pytest.raises(NotHeld, match=r"no figures for 2022-03; 2022-03 is held with --release revised"):
        study(tables([*years(), *revised]), question(periods=(Period.month(2022, 3),)))


def test_without_one_the_message_says_what_to_do() -> None:
    with pytest.raises(NotHeld, match="add the missing files or ask for others"):
        study(tables(years()), question(periods=(Period.month(2022, 3),)))


def test_a_first_quarter_is_called_the_quarter() -> None:
    rows = pl.DataFrame(
        {
            "period_start": [date(2025, 1, 1)] * 2 + [date(2025, 4, 1)],
            "period_end": [date(2025, 3, 31)] * 2 + [date(2025, 6, 30)],
            "cumulative": [False, True, False],
        }
    )
    assert with_period(rows)["period"].to_list() == ["2025Q1", "2025-01:2025-03", "2025Q2"]
