"""Unit values."""

import polars as pl
import pytest

from corridor.indicators import unit_value


def test_by_hand_and_without_a_quantity() -> None:
    result = unit_value(pl.DataFrame({"value_usd": [30, 30, 30, 0], "quantity": [12, 0, None, 4]}))
    assert result["unit_value"].to_list() == [2.5, None, None, 0]
    assert result["unit_value_absence"].to_list() == [None, "no_quantity", "no_quantity", None]


@pytest.mark.parametrize(
    ("table", "group", "before", "after"),
    [
        ("JANUARY_EXPORTS", "coffee", 2896.7624, 5197.1490),
        ("JANUARY_EXPORTS", "cashew", 5022.6386, 6610.3841),
        ("JANUARY_EXPORTS", "pepper", 3655.0216, 6827.2405),
        ("JANUARY_EXPORTS", "tea", 1561.4943, 1944.7199),
        ("JANUARY_IMPORTS", "coal", 208.2058, 142.3103),
        ("JANUARY_IMPORTS", "wheat", 256.0000, 250.9229),
        ("JANUARY_IMPORTS", "fertilisers", 608.9511, 596.7578),
        ("JANUARY_IMPORTS", "plastics", 907.0426, 892.7363),
        ("JANUARY_IMPORTS", "rubber", 1774.7485, 1955.0063),
    ],
)
def test_january_2024_and_2025(vn_ru, table: str, group: str, before: float, after: float) -> None:
    v0, v1, q0, q1 = getattr(vn_ru, table)[group]
    result = unit_value(pl.DataFrame({"value_usd": [v0, v1], "quantity": [q0, q1]}))["unit_value"]
    assert [round(price, 4) for price in result] == [before, after]
