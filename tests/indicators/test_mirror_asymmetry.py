"""Asymmetry of mirror statistics."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.indicators import mirror_asymmetry


def test_by_hand_and_every_absence() -> None:
    table = pl.DataFrame(
        {
            "value_exporter": [100, 100, None, 10, 0, 0, None],
            "value_importer": [110, 110, 5, None, 4, 0, None],
            "comparable": [True, False, True, True, True, True, None],
        }
    )
    result = mirror_asymmetry(table)
    # 110/100; 2 (110 - 100)/(110 + 100) = 2/21; against nothing exported 2 (4 - 0)/4 = 2
    assert result["asymmetry_ratio"].to_list() == [1.1, None, None, None, None, None, None]
    assert result["relative_difference"].to_list() == [pytest.approx(2 / 21), None, None, None, 2, None, None]
    assert result["mirror_asymmetry_absence"].to_list() == [
        None, "not_comparable", "no_exporter_report", "no_importer_report", "no_exports", "no_trade", "not_comparable",
    ]  # fmt: skip


def test_russia_and_viet_nam() -> None:
    # million USD: Russian imports on Vietnamese exports 2018, 2023 and 2024, then Vietnamese imports on Russian
    # exports 2018 and 2023
    table = pl.DataFrame(
        {
            "value_exporter": [2440.0, 1744.817503, 2337.104399, 2470.069561, 1914.516446],
            "value_importer": [3623.868754, 2661.618846, 3555.836189, 2100.0, 1889.004581],
            "comparable": [True] * 5,
        }
    )
    ratios = mirror_asymmetry(table)["asymmetry_ratio"]
    assert [round(ratio, 3) for ratio in ratios[:3]] == [1.485, 1.525, 1.521]
    # printed with the Russian report on top
    assert [round(1 / ratio, 3) for ratio in ratios[3:]] == [1.176, 1.014]


def test_whether_two_reports_compare_is_true_or_false() -> None:
    table = pl.DataFrame({"value_exporter": [1], "value_importer": [1], "comparable": ["yes"]})
    with pytest.raises(UnfitTable, match="comparable is String, not true or false"):
        mirror_asymmetry(table)


@given(st.floats(1, 1e9), st.floats(1, 1e9))
def test_the_difference_is_the_same_from_either_side(x: float, m: float) -> None:
    table = pl.DataFrame({"value_exporter": [x, m], "value_importer": [m, x], "comparable": [True, True]})
    one, other = mirror_asymmetry(table)["relative_difference"].to_list()
    assert one == -other
    assert -2 <= one <= 2


def test_two_reports_that_are_known_to_compare() -> None:
    table = pl.DataFrame({"value_exporter": [100, None], "value_importer": [110, 5]})
    result = mirror_asymmetry(table, comparable=None)
    assert result["asymmetry_ratio"].to_list() == [1.1, None]
    assert result["mirror_asymmetry_absence"].to_list() == [None, "no_exporter_report"]
