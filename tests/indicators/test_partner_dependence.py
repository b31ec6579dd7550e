"""Dependence on one partner."""

import polars as pl
import pytest

from corridor.indicators import partner_dependence


def test_by_hand_and_every_absence() -> None:
    table = pl.DataFrame(
        {"reporter": ["RU-PRI", "RU-AMU", "RU-SA", "RU-KHA", "RU-CHU"], "value_usd": [3, None, 2, 9, 0],
         "whole": [12, 10, None, 8, 0]}
    )  # fmt: skip
    result = partner_dependence(table)
    assert result["partner_dependence"].to_list() == [0.25, None, None, None, None]
    assert result["partner_dependence_absence"].to_list() == [None, "absent", "no_whole", "exceeds_whole", "no_whole"]


def test_russia_in_viet_nams_trade_2024(long) -> None:
    # share of Russia in exports to, and imports from, all listed partners: 0.5871 % and 0.6046 %
    table = pl.DataFrame(
        {
            "value_usd": [long("EXPORTS", 2024)["value_usd"].sum(), long("IMPORTS", 2024)["value_usd"].sum()],
            "whole": [long("ALL_EXPORTS", 2024)["value_usd"].sum(), long("ALL_IMPORTS", 2024)["value_usd"].sum()],
        }
    )
    assert partner_dependence(table)["partner_dependence"].to_list() == pytest.approx([0.005871, 0.006046], abs=5e-7)
