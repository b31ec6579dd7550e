"""Growth, change and its kinds."""

import polars as pl
import pytest

from corridor.indicators import growth


def test_each_kind_of_change_by_hand() -> None:
    table = pl.DataFrame(
        {
            "product": ["up", "same", "new", "new from zero", "gone", "gone to zero", "never", "zero twice"],
            "value_0": [100, 5, None, 0, 8, 8, None, 0],
            "value_1": [125, 5, 7, 7, None, 0, None, 0],
        }
    )
    result = growth(table)
    # (125 - 100) / 100 = 1/4; from nothing there is no rate; to nothing it is -1
    assert result["growth"].to_list() == [0.25, 0, None, None, -1, -1, None, None]
    assert result["change"].to_list() == [25, 0, 7, 7, -8, -8, None, 0]
    assert result["change_kind"].to_list() == (
        ["changed", "unchanged", "new", "new", "vanished", "vanished", "absent", "absent"]
    )


def test_january_2025_of_viet_nams_exports_to_russia() -> None:
    # Customs table 5X, January 2025: 179,449,276 after 238,711,980, -24.8260 %
    result = growth(pl.DataFrame({"value_0": [238_711_980], "value_1": [179_449_276]}))
    assert result["growth"].item() == pytest.approx(-0.248260, abs=5e-7)
    assert result["change"].item() == -59_262_704


def test_the_printed_growth_of_every_group(vn_ru) -> None:
    # Same table, growth in per cent with one decimal as computed from its two columns
    printed = {"fishery": -22.9, "cashew": -40.4, "coffee": -5.8, "pepper": 59.2, "footwear": 348.7, "machinery": -9.6}
    table = pl.DataFrame(
        [(code, *values[:2]) for code, values in vn_ru.JANUARY_EXPORTS.items()],
        schema=["product", "value_0", "value_1"],
        orient="row",
    )
    result = dict(growth(table).select("product", "growth").iter_rows())
    assert {code: round(100 * result[code], 1) for code in printed} == printed
