"""Additive revealed comparative advantage."""

import polars as pl
import pytest

from corridor.errors import UsageError
from corridor.indicators import additive_rca

TABLE = pl.DataFrame(
    {"exporter": ["KAZ", "KAZ", "RUS", "RUS"], "product": ["wheat", "steel"] * 2, "value_usd": [90, 10, 30, 70]}
)


def test_by_hand() -> None:
    # wheat is 0.9 of KAZ's exports and 0.6 of the world's; of the others' it is 0.3
    assert additive_rca(TABLE)["additive_rca"].to_list() == pytest.approx([0.3, -0.3, -0.3, 0.3])
    others = additive_rca(TABLE, world="others")["additive_rca"].to_list()
    assert others == pytest.approx([0.6, -0.6, -0.6, 0.6])


def test_alone_in_the_world_there_is_nothing_to_compare_with() -> None:
    result = additive_rca(TABLE.head(2), world="others")
    assert result["additive_rca"].to_list() == [None, None]
    assert result["additive_rca_absence"].to_list() == ["no_rest_of_world"] * 2
    assert additive_rca(TABLE.head(2))["additive_rca"].to_list() == pytest.approx([0, 0])


def test_another_world_is_refused() -> None:
    with pytest.raises(UsageError, match="world cannot be 'mars'"):
        additive_rca(TABLE, world="mars")  # type: ignore[arg-type]
