"""Location quotients."""

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.errors import UsageError
from corridor.indicators import location_quotient


def test_by_hand() -> None:
    # part 2/4, 2/4; whole 1/4, 3/4: 2 and 2/3
    table = pl.DataFrame({"value_usd": [2, 2], "whole": [10, 30]})
    assert location_quotient(table)["location_quotient"].to_list() == pytest.approx([2, 2 / 3])


def test_absence_is_not_zero() -> None:
    # the part is 4 + 0 + 4 of 8; the whole 10 + 10 + 0 + 20 of 40
    table = pl.DataFrame({"value_usd": [4, 0, 4, None], "whole": [10, 10, None, 20]})
    result = location_quotient(table)
    assert result["location_quotient"].to_list() == [2, 0, None, None]
    assert result["location_quotient_absence"].to_list() == [None, None, "no_whole", "absent"]


def test_viet_nams_exports_to_russia_2024(long, wide) -> None:
    # against its exports to all 85 listed partners, 398,060,004,494 USD
    table = wide(value_usd=long("EXPORTS", 2024), whole=long("ALL_EXPORTS", 2024))
    assert table["whole"].sum() == 398_060_004_494
    found = dict(location_quotient(table).select("product", "location_quotient").iter_rows())
    printed = {
        "coffee": 10.5471, "tea": 9.5251, "confectionery_cereals": 5.2907, "pepper": 4.9528, "fishery": 4.0327,
        "garments": 3.5555, "cashew": 2.8152, "rubber": 2.3407, "other_goods": 2.1903, "fruit_vegetables": 1.7597,
        "rubber_articles": 1.1664, "machinery": 0.8069,
    }  # fmt: skip
    assert {code: round(found[code], 4) for code in printed} == printed
    assert found["crude_oil"] is None


def test_against_the_others() -> None:
    # 4 and 6 of 10 in the part; the others have 10 - 4 = 6 and 30 - 6 = 24 of 30: 0.4 / 0.2 and 0.6 / 0.8
    table = pl.DataFrame({"value_usd": [4, 6], "whole": [10, 30]})
    assert location_quotient(table, reference="others")["location_quotient"].to_list() == pytest.approx([2, 0.75])
    with pytest.raises(UnfitTable, match="1 of 2 rows have more value_usd than whole"):
        location_quotient(table.with_columns(whole=pl.Series([3, 30])), reference="others")
    with pytest.raises(UsageError, match="reference cannot be 'rest'"):
        location_quotient(table, reference="rest")
