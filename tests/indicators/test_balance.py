"""Turnover, balance and coverage."""

import polars as pl
import pytest

from corridor.indicators import balance


def test_by_hand() -> None:
    # 30 and 10: 40, 20, 3, 20/40; without imports no coverage; without trade no ratio at all
    result = balance(pl.DataFrame({"exports": [30, 10, 0, 0], "imports": [10, 0, 0, 5]}))
    assert result.drop("exports", "imports").rows() == [
        (40, 20, 3, 0.5, None),
        (10, 10, None, 1, "no_imports"),
        (0, 0, None, None, "no_trade"),
        (5, -5, 0, -1, None),
    ]


def test_viet_nam_with_russia(vn_ru) -> None:
    # Customs tables 020.T and 021.T, December, totals as printed
    table = pl.DataFrame(
        {
            "exports": [1_744_817_503, 2_337_104_399, 2_261_477_217],
            "imports": [1_889_004_581, 2_246_830_793, 2_509_419_879],
        }
    )
    result = balance(table)
    assert result["turnover"].to_list() == [3_633_822_084, 4_583_935_192, 4_770_897_096]
    assert result["balance"].to_list() == [-144_187_078, 90_273_606, -247_942_662]
    assert [round(c, 8) for c in result["coverage_ratio"]] == [0.92367034, 1.04017820, 0.90119523]
    assert [round(b, 8) for b in result["normalised_balance"]] == [-0.03967918, 0.01969347, -0.05196982]
    # the same totals as the cumulative columns of December
    december = [values for day, values in vn_ru.MONTHS.items() if day.month == 12]
    assert [(values[1], values[3]) for values in december] == table.rows()


def test_names_of_columns_are_free() -> None:
    result = balance(pl.DataFrame({"x": [3.0], "m": [1.0]}), exports="x", imports="m")
    assert result["coverage_ratio"].to_list() == [pytest.approx(3)]
